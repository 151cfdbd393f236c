"""Code that repeats an analysis: complete scripts, data included, in Python with netmeta and in R with metafor."""

from netmeta.report.code.python_script import to_python
from netmeta.report.code.r_script import to_r

__all__ = ["to_python", "to_r"]

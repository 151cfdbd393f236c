"""Our numbers beside those of others: ``python -m netmeta.validate`` prints them and their differences.

The reference values are the CSV files of ``tests/fixtures``, which R wrote (``tests/fixtures/make.R``); the wheel
carries them. A topic is a module here with a table of quantities (``pooled``, ``regression``); ``topics`` has all.
"""

from __future__ import annotations

from netmeta.validate.comparing import TOLERANCE, Comparison, Summary, compare, summarise
from netmeta.validate.quantity import Line, Quantity
from netmeta.validate.topics import TOPICS, quantities

__all__ = [
    "TOLERANCE",
    "TOPICS",
    "Comparison",
    "Line",
    "Quantity",
    "Summary",
    "compare",
    "quantities",
    "summarise",
]

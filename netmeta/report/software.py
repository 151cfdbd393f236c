"""The programs behind an analysis, with their versions."""

from __future__ import annotations

import platform
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from netmeta.state.version import own_version

if TYPE_CHECKING:
    from netmeta.report.citations import Citations

__all__ = ["software_said", "versions"]


def versions() -> dict[str, str]:
    """Return the version of each program that took part, by name."""
    named = {"PyMARE": "pymare", "NumPy": "numpy", "SciPy": "scipy"}
    found = {name: _version(package) for name, package in named.items()}
    return {"netmeta": own_version(), **found, "Python": platform.python_version()}


def software_said(cite: Citations) -> str:
    """Name the programs in a sentence, with what they ask to be cited by."""
    found = versions()
    return (
        f"The analysis was made with the Python package netmeta {found['netmeta']}, which is not the "
        f"R package of that name, on PyMARE {found['PyMARE']} {cite('pymare')}, NumPy {found['NumPy']} "
        f"{cite('harris2020')}, SciPy {found['SciPy']} {cite('virtanen2020')} and Python {found['Python']}."
    )


@lru_cache(maxsize=8)
def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "(version unknown)"

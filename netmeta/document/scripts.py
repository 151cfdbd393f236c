"""The programs that repeat an analysis, where netmeta can write them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from netmeta.state import State

__all__ = ["python_script", "r_script"]


def python_script(state: State) -> str:
    """Return the Python program that repeats an analysis."""
    return _script(state, "to_python")


def r_script(state: State) -> str:
    """Return the R program that repeats an analysis."""
    return _script(state, "to_r")


def _script(state: State, name: str) -> str:
    return str(getattr(import_module("netmeta.report.code"), name)(state))

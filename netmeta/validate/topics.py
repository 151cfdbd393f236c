"""Which modules hold quantities; a further topic is a name here and a module with ``QUANTITIES``."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from netmeta.validate.quantity import Quantity

__all__ = ["TOPICS", "quantities"]

TOPICS: Final = ("pooled", "sensitivity", "regression", "small_study", "bayesian", "network", "counts")
"""Modules of `netmeta.validate`, in the order in which they are printed."""


def quantities() -> tuple[Quantity, ...]:
    """Return every quantity that has reference numbers."""
    modules = [import_module(f"netmeta.validate.{topic}") for topic in TOPICS]
    return tuple(one for module in modules for one in module.QUANTITIES)

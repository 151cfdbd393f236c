"""Charts: a result becomes a table of rows, and Altair marks over it. Altair is loaded by the first chart."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from netmeta.charts.forest_chart import forest as forest
    from netmeta.charts.posterior_chart import posterior as posterior
    from netmeta.charts.shrinkage_chart import shrinkage as shrinkage

_HOMES = {"forest": "forest_chart", "posterior": "posterior_chart", "shrinkage": "shrinkage_chart"}

__all__ = ["forest", "posterior", "shrinkage"]


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(import_module(f"netmeta.charts.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'netmeta.charts' has no attribute {name!r}")

"""Charts: a result becomes a table of rows, and Altair marks over it. Altair is loaded by the first chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from netmeta.charts.forest_chart import forest as forest

__all__ = ["forest"]


def __getattr__(name: str) -> object:
    if name == "forest":
        from netmeta.charts.forest_chart import forest as found

        return found
    raise AttributeError(f"module 'netmeta.charts' has no attribute {name!r}")

"""Columns of text beside a plot: how wide they are by estimate, and what a page measures itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from netmeta.charts.theme import text_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["column_measures", "column_width"]


def column_width(texts: Iterable[str], most: int) -> int:
    """Return the width of the widest text in pixels, at most ``most`` and one to spare."""
    return int(min(max(map(text_width, texts), default=0.0), most)) + 1


def column_measures(most: Mapping[str, int]) -> dict[str, dict[str, Any]]:
    """Say which signal is the width of which column, for a page that can measure text itself.

    Parameters
    ----------
    most
        The largest width in pixels of each column, by the field of its texts in the table of rows.
    """
    return {f"w_{name}": {"table": "rows", "field": name, "most": width} for name, width in most.items()}

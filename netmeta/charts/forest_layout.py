"""Where the columns of a forest plot stand, as numbers that can be pushed to a chart that is on screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from netmeta.charts.columns import column_measures
from netmeta.charts.theme import text_width

if TYPE_CHECKING:
    from netmeta.charts.forest_rows import ForestRows, Row

__all__ = ["forest_measures", "forest_signals"]

_GAP = 18
_MOST = {"label": 250, "treatment": 210, "effect": 190, "weight": 90, "n": 60}
_COLUMNS = tuple(_MOST)
_BOLD = dict.fromkeys(("head", "pooled", "group", "subtotal"), 1.1)
SPACE = 900


def forest_signals(forest: ForestRows, *, space: int = SPACE) -> dict[str, Any]:
    """Return the signals of a forest plot: column widths from their texts, the axis, the favours labels.

    Parameters
    ----------
    forest
        The rows to be drawn.
    space
        Width to fill, in pixels; a live view says its own.
    """
    width = {name: _width(name, forest.rows) for name in _COLUMNS}
    axis = forest.axis
    return {
        "space": space,
        "w_label": width["label"],
        "w_treatment": width["treatment"],
        "w_n": width["n"],
        "w_effect": width["effect"],
        "w_weight": width["weight"],
        "axis_low": axis.low,
        "axis_high": axis.high,
        "axis_ticks": list(axis.ticks),
        "favours_left": forest.favours[0],
        "favours_right": forest.favours[1],
        "pooled_hr": _pooled(forest.rows),
        "focused": "",
        "picked": "",
    }


def _pooled(rows: tuple[Row, ...]) -> float:
    return next((row["hr"] for row in rows if row["kind"] == "pooled"), 1.0)


def _width(name: str, rows: tuple[Row, ...]) -> int:
    widths = (text_width(row[name]) * _BOLD.get(row["kind"], 1.0) for row in rows if row["kind"] != "note")
    return int(min(max(widths, default=0.0), _MOST[name]) + 1)


def forest_measures() -> dict[str, dict[str, Any]]:
    """Say which signal is the width of which column, for a page that can measure text itself."""
    return column_measures(_MOST)

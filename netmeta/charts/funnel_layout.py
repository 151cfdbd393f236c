"""Where the parts of a funnel plot stand, as numbers that can be pushed to a chart that is on screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from netmeta.charts.funnel_rows import FunnelRows

__all__ = ["funnel_signals"]


def funnel_signals(table: FunnelRows, *, space: int = 900) -> dict[str, Any]:
    """Return the signals of a funnel plot: its axes and what is written under them."""
    return {
        "space": space,
        "axis_low": table.axis.low,
        "axis_high": table.axis.high,
        "axis_ticks": list(table.axis.ticks),
        "se_top": table.top,
        "se_ticks": list(table.ticks),
        "favours_left": table.favours[0],
        "favours_right": table.favours[1],
        "note": table.note,
        "marks": sum(row["kind"] != "band" for row in table.key),
        "bands": sum(row["kind"] == "band" for row in table.key),
        "focused": "",
        "picked": "",
    }

"""Cumulative analysis, live: how the answer came about, trial by trial, in an order that the reader chooses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets as w

from netmeta import numerals
from netmeta.charts.cumulative_rows import cumulative_rows
from netmeta.charts.forest_layout import forest_measures, forest_signals
from netmeta.charts.forest_rows import MOST, forest_rows
from netmeta.pooling import ORDERS, Cumulative, cumulative
from netmeta.widgets.figure import Drawn, FigureView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netmeta.pooling import SubsetFit

__all__ = ["CumulativeView"]

_ORDERED = {
    "year": "oldest first",
    "precision": "most precise first",
    "effect": "lowest hazard ratio first",
    "given": "as listed",
}


class CumulativeView(FigureView[Cumulative]):
    """One line for each trial that comes in: the pool so far."""

    figure = "forest"
    measures = forest_measures()

    def controls(self) -> Sequence[w.Widget]:
        """Make the choice of the order."""
        options = [(f"Trials {_ORDERED[order]}", order) for order in ORDERS]
        self.order = w.Dropdown(options=options, value="year", description="Order", tooltip="Order of the trials",
                                layout={"width": "auto", "align_self": "flex-end"})  # fmt: skip
        self.order.add_class("netmeta-sort")
        self.order.observe(self.answer(lambda _change: self.refresh()), "value")
        return (self.order,)

    def find(self) -> Cumulative:
        """Pool the trials as they come in."""
        return cumulative(self.analysis.included, self.analysis.model, self.order.value)

    def drawn(self, found: Cumulative | None) -> Drawn:
        """Lay the lines out."""
        table = forest_rows((), None) if found is None else cumulative_rows(found)
        return {"rows": list(table.rows)}, forest_signals(table)

    def words(self, found: Cumulative) -> str:
        """Say from when on the answer was what it is."""
        first, last = (numerals.ratio(row.hr) for row in (found.rows[0], found.rows[-1]))
        start = f"The pooled HR goes from {first} with the first trial to {last} with all {len(found.rows)}"
        cut = f" The plot shows the last {MOST}." if len(found.rows) > MOST else ""
        return f"{start}; {_since(found.rows)}.{cut}"

    def choices(self, rows: list[dict[str, Any]]) -> tuple[dict[str, str], ...]:
        """Name the lines."""
        lines = (row for row in rows if row["id"])
        return tuple({"id": row["id"], "label": f"With {row['label']}, HR {row['effect']}"} for row in lines)


def _side(fit: SubsetFit) -> int:
    return -1 if fit.ci.high < 0 else 1 if fit.ci.low > 0 else 0


def _since(rows: tuple[SubsetFit, ...]) -> str:
    side = _side(rows[-1])
    if not side:
        return "its interval includes 1 to the end"
    first = next(at for at in range(len(rows)) if all(_side(row) == side for row in rows[at:]))
    where = f"lies {'below' if side < 0 else 'above'} 1"
    if first == 0:
        return f"its interval {where} from the first on"
    return f"its interval {where} for good once {rows[first].label} is in (k = {rows[first].k})"

"""Cumulative analysis, live: how the answer came about, trial by trial, in an order that the reader chooses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from netmeta.charts.cumulative_rows import cumulative_rows
from netmeta.charts.forest_layout import forest_measures, forest_signals
from netmeta.charts.forest_rows import MOST, forest_rows
from netmeta.pooling import ORDERS, Cumulative, cumulative
from netmeta.pooling.sensitivity_words import ORDERED, cumulative_in_words
from netmeta.widgets import controls as w
from netmeta.widgets.figure import Drawn, FigureView

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["CumulativeView"]


class CumulativeView(FigureView[Cumulative]):
    """One line for each trial that comes in: the pool so far."""

    figure = "forest"
    measures = forest_measures()

    def controls(self) -> Sequence[w.Widget]:
        """Make the choice of the order."""
        options = [(f"Trials {ORDERED[order]}", order) for order in ORDERS]
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
        cut = f" The plot shows the last {MOST}." if len(found.rows) > MOST else ""
        return f"{cumulative_in_words(found)}{cut}"

    def choices(self, rows: list[dict[str, Any]]) -> tuple[dict[str, str], ...]:
        """Name the lines."""
        lines = (row for row in rows if row["id"])
        return tuple({"id": row["id"], "label": f"With {row['label']}, HR {row['effect']}"} for row in lines)

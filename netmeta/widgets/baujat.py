"""The Baujat plot, live: who disagrees with the others, and who moves the result."""

from __future__ import annotations

from typing import Any

from netmeta.charts.baujat_rows import baujat_rows, baujat_signals
from netmeta.pooling import Baujat, CommonEffect, contribution
from netmeta.pooling.sensitivity_words import contributions_in_words
from netmeta.widgets.figure import Drawn, FigureView

__all__ = ["BaujatView"]


class BaujatView(FigureView[Baujat]):
    """A point for each trial, under a common effect as the plot's authors have it, whatever the model."""

    figure = "baujat"

    def find(self) -> Baujat:
        """Measure what each pooled trial contributes."""
        return contribution(self.analysis.included, CommonEffect(level=self.analysis.model.level))

    def drawn(self, found: Baujat | None) -> Drawn:
        """Place the points."""
        table = baujat_rows(found)
        return {"rows": list(table.rows)}, baujat_signals(table)

    def words(self, found: Baujat) -> str:
        """Name the trials at the edges."""
        return contributions_in_words(found)

    def choices(self, rows: list[dict[str, Any]]) -> tuple[dict[str, str], ...]:
        """Name the points, the farthest out first."""
        return tuple({"id": row["id"], "label": row["tip"]} for row in rows)

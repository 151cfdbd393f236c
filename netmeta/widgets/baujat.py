"""The Baujat plot, live: who disagrees with the others, and who moves the result."""

from __future__ import annotations

from typing import Any

from netmeta import numerals
from netmeta.charts.baujat_rows import baujat_rows, baujat_signals
from netmeta.pooling import Baujat, CommonEffect, contribution
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
        apart = max(found.rows, key=lambda row: row.heterogeneity)
        pull = max(found.rows, key=lambda row: row.influence)
        if found.overall.q <= 0:
            return "All trials have the same effect: none disagrees."
        share = numerals.percent(100 * apart.heterogeneity / found.overall.q)
        both = "It also pulls" if pull is apart else f"{pull.label} pulls"
        return (
            f"{apart.label} disagrees most with the others: {share} of all heterogeneity "
            f"(Q = {numerals.decimal(found.overall.q, 1)}) is its own. {both} hardest on the pooled HR."
        )

    def choices(self, rows: list[dict[str, Any]]) -> tuple[dict[str, str], ...]:
        """Name the points, the farthest out first."""
        return tuple({"id": row["id"], "label": row["tip"].replace("\n", ", ")} for row in rows)

"""Influence, live: every diagnostic of every trial, and who is beyond a rule of thumb."""

from __future__ import annotations

from typing import Any

from netmeta.charts.influence_rows import MOST, influence_rows, influence_signals
from netmeta.pooling import Influence, influence
from netmeta.pooling.sensitivity_words import influence_in_words
from netmeta.widgets.figure import Drawn, FigureView

__all__ = ["InfluenceView"]


class InfluenceView(FigureView[Influence]):
    """A line for each trial, a column for each diagnostic, thresholds as dashed lines."""

    figure = "influence"
    measures = {"w_label": {"table": "rows", "field": "label", "most": 230}}  # noqa: RUF012

    def find(self) -> Influence:
        """Measure the influence of every pooled trial."""
        return influence(self.analysis.included, self.analysis.model)

    def drawn(self, found: Influence | None) -> Drawn:
        """Lay the small multiples out."""
        table = influence_rows(found)
        return {"rows": list(table.rows)}, influence_signals(table)

    def words(self, found: Influence) -> str:
        """Name the trials that stand out."""
        cut = f" The plot shows the first {MOST} trials." if len(found.rows) > MOST else ""
        return f"{influence_in_words(found, ' (the dashed lines)')}{cut}"

    def choices(self, rows: list[dict[str, Any]]) -> tuple[dict[str, str], ...]:
        """Name the lines, and what each is beyond."""
        lines = (row for row in rows if row["kind"] == "trial")
        return tuple({"id": row["id"], "label": ", ".join(row["tip"].split("\n")[:2])} for row in lines)

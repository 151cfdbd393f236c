"""The multiverse, live: every defensible way to pool these trials, and where the one at hand stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from netmeta.charts.curve_rows import curve_rows, curve_signals
from netmeta.pooling import Multiverse, multiverse_steps
from netmeta.pooling.sensitivity_words import multiverse_in_words
from netmeta.widgets.longwork import LongView

if TYPE_CHECKING:
    from collections.abc import Hashable

    from netmeta.pooling import Steps
    from netmeta.widgets.figure import Drawn

__all__ = ["MultiverseView"]


class MultiverseView(LongView[Multiverse]):
    """The specification curve: analyses by hazard ratio, and under them the choices that lead there."""

    figure = "specifications"
    waiting = "Pooling the trials in every way"
    measures = {"w_label": {"table": "rows", "field": "label", "most": 240}}  # noqa: RUF012

    def asked(self) -> Hashable:
        """Return the rows at hand, the question and the model."""
        return self.analysis.state.at_hand, self.analysis.selection, self.analysis.model

    def steps(self) -> Steps[Multiverse]:
        """Pool in every way."""
        return multiverse_steps(self.analysis.state.at_hand, self.analysis.model, selection=self.analysis.selection)

    def drawn(self, found: Multiverse | None) -> Drawn:
        """Lay the curve and the matrix out."""
        table = curve_rows(found, picked=self.analysis.picked)
        return {"rows": list(table.rows)}, curve_signals(table)

    def words(self, found: Multiverse) -> str:
        """Say how much hangs on the choices."""
        return multiverse_in_words(found)

    def choices(self, rows: list[dict[str, Any]]) -> tuple[dict[str, str], ...]:
        """Name the lines that leave a trial out."""
        lines = (row for row in rows if row["kind"] == "choice" and row["id"])
        return tuple({"id": row["id"], "label": row["label"]} for row in lines)

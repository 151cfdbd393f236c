"""Leave-one-out, live: what the answer would be without each trial; a click picks that trial."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from netmeta.charts.forest_layout import forest_measures, forest_signals
from netmeta.charts.forest_rows import ForestRows, forest_rows
from netmeta.charts.frozen import frozen
from netmeta.charts.omission_rows import omission_rows
from netmeta.errors import NetmetaError
from netmeta.pooling import leave_one_out
from netmeta.pooling.sensitivity_words import omission_in_words
from netmeta.widgets.livechart import LINKED_KEYS, LiveChart
from netmeta.widgets.textblock import TextBlock
from netmeta.widgets.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netmeta.widgets import controls as w

__all__ = ["OmissionView"]

_NOTHING = forest_rows((), None)


class OmissionView(View):
    """One line for each trial: the pool without it. The sentence above says which trial moves it most."""

    def build(self) -> Sequence[w.Widget]:
        """Make the sentence and the chart."""
        self.said = TextBlock()
        chart = LiveChart(frozen("forest"), *_drawn(_NOTHING), measures=forest_measures(), keys=LINKED_KEYS)
        self.chart = self.linked(chart)
        return (self.said, self.chart)

    def show(self) -> None:
        """Leave each pooled trial out in turn."""
        try:
            found = leave_one_out(self.analysis.included, self.analysis.model)
        except NetmetaError as error:
            self.said.write([("aside", str(error))])
            self.chart.push(*_drawn(_NOTHING), label=str(error))
            return
        table, words = omission_rows(found), omission_in_words(found)
        self.said.write([("aside", words)])
        choices = tuple(
            {"id": row["id"], "label": f"Without {row['label']}, HR {row['effect']}"}
            for row in table.rows
            if row["id"]
        )
        self.chart.push(*_drawn(table), label=f"Leave-one-out. {words}", choices=choices)


def _drawn(table: ForestRows) -> tuple[dict[str, Any], dict[str, Any]]:
    return {"rows": list(table.rows)}, forest_signals(table)

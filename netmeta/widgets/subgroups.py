"""Subgroups, live: trials pooled by what is known of them, and whether the groups differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from netmeta.charts.forest_layout import forest_measures, forest_signals
from netmeta.charts.forest_rows import ForestRows, forest_rows
from netmeta.charts.frozen import frozen
from netmeta.charts.group_rows import group_rows
from netmeta.errors import NetmetaError
from netmeta.pooling import RandomEffects, subgroups
from netmeta.widgets import controls as w
from netmeta.widgets.fields import categories, titled
from netmeta.widgets.livechart import LINKED_KEYS, LiveChart
from netmeta.widgets.textblock import TextBlock
from netmeta.widgets.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netmeta.pooling import Subgroups

__all__ = ["SubgroupView"]

_NOTHING = forest_rows((), None)
_NONE = "No fact recorded of these trials puts them into groups: each has one group, or every trial has its own."


class SubgroupView(View):
    """A choice of groups, the test between them in a sentence, and a forest plot with a diamond for each."""

    def build(self) -> Sequence[w.Widget]:
        """Make the choices, the sentences and the chart."""
        self.by = w.Dropdown(options=[], description="Groups by", tooltip="What the trials are grouped by")
        self.tau2 = w.ToggleButtons(
            options=[("a variance for each group", "separate"), ("one for all groups", "common")],
            value="separate",
            tooltips=[
                "Each group is pooled by itself",
                "One variance between trials for all groups: steadier in small groups",
            ],
        )
        for control in (self.by, self.tau2):
            control.style.description_width = "initial"
            control.observe(self.answer(lambda _change: self.refresh()), "value")
        self.said, self.careful = TextBlock(), TextBlock()
        chart = LiveChart(frozen("forest"), *_drawn(_NOTHING), measures=forest_measures(), keys=LINKED_KEYS)
        self.chart = self.linked(chart)
        self.bar = w.HBox([self.by, self.tau2])
        self.bar.add_class("netmeta-bar")
        return (self.bar, self.said, self.chart, self.careful)

    def show(self) -> None:
        """Group the pooled trials anew."""
        evidence = self.analysis.included
        self._offer(categories(evidence))
        self.tau2.layout.display = "" if isinstance(self.analysis.model, RandomEffects) else "none"
        if self.by.value is None:
            self._nothing(_NONE)
            return
        try:
            found = subgroups(evidence, self.by.value, self.analysis.model, tau2=self.tau2.value)
        except NetmetaError as error:
            self._nothing(str(error))
            return
        self._show(found)

    def _offer(self, names: tuple[str, ...]) -> None:
        before, options = self.by.value, titled(names)
        if tuple(self.by.options) != tuple(options):
            self.by.options = options
            self.by.value = before if before in names else next(iter(names), None)

    def _show(self, found: Subgroups) -> None:
        table = group_rows(found)
        self.said.write([("aside", f"{found.test_in_words}. {_meaning(found)}")])
        self.careful.write([("caution", line) for line in found.cautions])
        choices = tuple(
            {"id": row["id"], "label": f"{row['label']}, HR {row['effect']}"} for row in table.rows if row["id"]
        )
        self.chart.push(*_drawn(table), label=f"Forest plot by group. {found}", choices=choices)

    def _nothing(self, why: str) -> None:
        self.said.write([("aside", why)])
        self.careful.write(())
        self.chart.push(*_drawn(_NOTHING), label=why)


def _meaning(found: Subgroups) -> str:
    if found.between.p_value < 0.05:  # noqa: PLR2004
        return "The groups differ by more than chance would easily make them."
    return "Differences as large as these arise easily by chance."


def _drawn(table: ForestRows) -> tuple[dict[str, Any], dict[str, Any]]:
    return {"rows": list(table.rows)}, forest_signals(table)

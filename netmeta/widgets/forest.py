"""The live forest plot: a click takes a trial out or back in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from netmeta import numerals
from netmeta.charts.forest_layout import forest_measures, forest_signals
from netmeta.charts.forest_rows import MOST, SORTS, ForestRows, forest_rows
from netmeta.charts.frozen import frozen, thawed
from netmeta.pooling import PooledResult
from netmeta.report import description
from netmeta.widgets import controls as w
from netmeta.widgets.livechart import LiveChart
from netmeta.widgets.textblock import TextBlock
from netmeta.widgets.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["ForestView"]

_SORTED = {"given": "as listed", "year": "by year", "precision": "by precision", "effect": "by effect"}


class ForestView(View):
    """The trials that answer the question, and their pooled result, as a forest plot that takes clicks."""

    def build(self) -> Sequence[w.Widget]:
        """Make the chart and the choice of its order."""
        options = [(f"Trials {_SORTED[sort]}", sort) for sort in SORTS]
        self.sort = w.Dropdown(
            options=options,
            value="given",
            description="Order",
            tooltip="Order of the trials",
            layout={"width": "auto", "align_self": "flex-end"},
        )
        self.sort.add_class("netmeta-sort")
        self.sort.observe(self.answer(lambda _change: self.refresh()), "value")
        self.note = TextBlock()
        self.chart = LiveChart(frozen("forest"), *self._drawn(), measures=forest_measures())
        self.marked(self.chart)
        self.chart.on_pick(self.toggle_in_analysis)
        self.chart.on_point(self.pick)
        return (self.sort, self.chart, self.note)

    def show(self) -> None:
        """Push the rows of the moment."""
        table = self._table()
        self.chart.push(*self._drawn(table), label=self._label(), choices=_choices(table))
        self.note.write(_notes(table))

    def click(self, name: str) -> None:
        """Do what a click on the trial of this key or label does."""
        self.analysis.toggle(name)

    def _result(self) -> PooledResult | None:
        outcome = self.analysis.outcome
        return outcome if isinstance(outcome, PooledResult) else None

    def _table(self) -> ForestRows:
        selected, level = self.analysis.selected, self.analysis.model.level
        return forest_rows(
            selected,
            self._result(),
            level=level,
            sort=self.sort.value,
            included=frozenset(self.analysis.included.keys),
        )

    def _drawn(self, table: ForestRows | None = None) -> tuple[dict[str, Any], dict[str, Any]]:
        found = self._table() if table is None else table
        signals = forest_signals(found)
        return {"rows": list(found.rows)}, signals

    def _label(self) -> str:
        result = self._result()
        return (
            description(result)
            if result
            else f"Forest plot without a pooled result. {self.analysis.outcome.message}"
        )

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, str]:  # noqa: ANN401
        bundle: dict[str, str] = super()._repr_mimebundle_(**kwargs) or {}
        return {**bundle, **static_picture(self)}


def static_picture(view: ForestView, said: str = "") -> dict[str, str]:
    """Return an SVG and some words, for a page where no widget runs (a saved notebook on the web)."""
    from netmeta.charts.drawing import beside_live
    from netmeta.charts.theme import LIGHT

    tables, signals = view._drawn()  # noqa: SLF001
    spec = thawed("forest", tables, {**signals, **LIGHT})
    return beside_live(spec, said or view._label())  # noqa: SLF001


def _choices(table: ForestRows) -> tuple[dict[str, str], ...]:
    trials = (row for row in table.rows if row["id"])
    return tuple(
        {
            "id": row["id"],
            "label": f"{row['label']}, HR {row['effect']}, {'taken out' if row['kind'] == 'out' else 'pooled'}",
        }
        for row in trials
    )


def _notes(table: ForestRows) -> tuple[tuple[str, str], ...]:
    if not table.hidden:
        return ()
    total = numerals.count(MOST + table.hidden)
    return (
        (
            "aside",
            f"The plot shows the first {MOST} of {total} trials in this order; all of them are pooled.",
        ),
    )

"""Small-study effects, live: the funnel plot, what each test says, and the reason where there are few trials."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from netmeta.charts.frozen import frozen
from netmeta.charts.funnel_layout import funnel_signals
from netmeta.charts.funnel_rows import FunnelRows, funnel_rows
from netmeta.errors import NetmetaError
from netmeta.pooling import begg, d_fiv, egger, pool, selection_model, trim_and_fill
from netmeta.pooling.gate import LEAST
from netmeta.widgets import controls as w
from netmeta.widgets.livechart import LINKED_KEYS, LiveChart
from netmeta.widgets.textblock import TextBlock
from netmeta.widgets.view import View

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from netmeta.pooling import PooledResult, RankTest, RegressionTest, SelectionModel, TrimAndFill

    _Test: TypeAlias = RankTest | RegressionTest | SelectionModel | TrimAndFill

__all__ = ["SmallStudiesView"]

_READING: Final = (
    "Each dot is a trial, the most precise at the top. Where sampling error is all, dots spread evenly around the "
    "pooled line, wider towards the foot. A lopsided funnel is no proof that trials are missing: small trials may "
    "have had other patients, closer care or weaker designs, and chance does the same."
)
_SHADES: Final = (
    "In the darkest area a trial by itself has P above 0.10. A gap there, and nowhere else, makes trials that "
    "stayed unpublished more likely than those other reasons."
)
_SPACING: Final = {"width": "auto"}


class SmallStudiesView(View):
    """The funnel plot with its choices, and a sentence for each test; below ten trials a reason is asked for."""

    def build(self) -> Sequence[w.Widget]:
        """Make the choices, the chart, the place for a reason, and the sentences."""
        self.override = ""
        self.contours = w.Checkbox(value=True, description="P values as shades", indent=False, layout=_SPACING)
        self.line = w.Checkbox(value=False, description="Egger's line", indent=False, layout=_SPACING)
        options = [("no trials filled in", ""), ("trim and fill, L0", "L0"), ("trim and fill, R0", "R0")]
        self.fill = w.Dropdown(options=options, description="Fill", tooltip="Imagined trials", layout=_SPACING)
        for control in (self.contours, self.line, self.fill):
            control.observe(self.answer(lambda _change: self.refresh()), "value")
        choices = w.HBox([self.contours, self.line, self.fill])
        self._make_gate()
        self.guide, self.said = TextBlock(), TextBlock()
        self.guide.write([("aside", _READING), ("aside", _SHADES)])
        empty = funnel_rows(None)
        chart = LiveChart(frozen("funnel"), empty.tables, funnel_signals(empty), keys=LINKED_KEYS)
        self.chart = self.linked(chart)
        for box in (choices, self.gate):
            box.add_class("netmeta-bar")
        return (choices, self.chart, self.guide, self.few, self.gate, self.said)

    def _make_gate(self) -> None:
        self.few = TextBlock()
        self.reason = w.Text(
            description="Reason", placeholder="why the tests are wanted all the same", continuous_update=False
        )
        self.reason.layout.width = "420px"
        self.run = w.Button(description="Run the tests", tooltip="Run them below ten trials; the reason is kept")
        self.withdraw = w.Button(description="Withdraw", tooltip="Withdraw the reason, and the tests with it")
        self.run.on_click(lambda _button: self.override_with(self.reason.value))
        self.withdraw.on_click(lambda _button: self.override_with(""))
        self.gate = w.HBox([self.reason, self.run, self.withdraw])

    def override_with(self, reason: str) -> None:
        """Run the tests below ten trials for this reason; an empty one withdraws them."""
        self.override = " ".join(reason.split())
        self.refresh()

    def show(self) -> None:
        """Draw the funnel and say what each test finds."""
        try:
            result = pool(self.analysis.included, self.analysis.model)
        except NetmetaError as error:
            self._empty(str(error))
            return
        few = result.k < LEAST
        closed = few and not any(letter.isalpha() for letter in self.override)
        self._show_gate(result.k, few=few, closed=closed)
        for control in (self.line, self.fill):
            control.disabled = closed
        table, lost = self._table(result, closed=closed)
        sentences = () if closed else self._sentences(result)
        self.said.write([*(("caution", text) for text in lost), *sentences])
        label = " ".join([f"Funnel plot of {result.k} trials. {table.note}", *(text for _, text in sentences)])
        self.chart.push(table.tables, funnel_signals(table), label=label, choices=_choices(table))

    def _empty(self, message: str) -> None:
        table = funnel_rows(None)
        self.few.write([("aside", message)])
        self.said.write([])
        self.gate.layout.display = "none"
        self.chart.push(table.tables, funnel_signals(table), label=message)

    def _show_gate(self, k: int, *, few: bool, closed: bool) -> None:
        self.gate.layout.display = "" if few else "none"
        self.withdraw.layout.display = "none" if closed else ""
        said = (
            f"The tests ask for at least {LEAST} trials, and there are {k}: with so few they cannot tell asymmetry "
            "from chance (Sterne 2011, BMJ 343:d4002)."
        )
        then = (
            "Give a reason to run them all the same; it stays with every result."
            if closed
            else f"They were run all the same. Reason: {self.override}"
        )
        self.few.write([("caution", f"{said} {then}")] if few else [])

    def _table(self, result: PooledResult, *, closed: bool) -> tuple[FunnelRows, list[str]]:
        """Lay out the funnel with what was chosen; say which choice these trials do not allow."""
        asked: dict[str, Callable[[], Any]] = {}
        if self.line.value and not closed:
            asked["line"] = lambda: egger(result.evidence, result.model, override=self.override)
        if self.fill.value and not closed:
            asked["filled"] = lambda: trim_and_fill(
                result.evidence, result.model, estimator=self.fill.value, override=self.override
            )
        drawn, lost = {}, []
        for name, make in asked.items():
            try:
                drawn[name] = make()
            except NetmetaError as error:
                lost.append(str(error))
        return funnel_rows(result, contours=self.contours.value, **drawn), lost

    def _sentences(self, result: PooledResult) -> tuple[tuple[str, str], ...]:
        evidence, model, override = result.evidence, result.model, self.override
        tests: dict[str, Callable[[], _Test]] = {
            "Egger's test": lambda: egger(evidence, model, override=override),
            "Egger's test with mixed effects": lambda: egger(evidence, model, form="mixed", override=override),
            "Begg's test": lambda: begg(evidence, override=override),
            "D-FIV": lambda: d_fiv(evidence, level=model.level, override=override),
            "Trim and fill": lambda: trim_and_fill(
                evidence, model, estimator=self.fill.value or "L0", override=override
            ),
            "The selection model": lambda: selection_model(evidence, model, override=override),
        }
        return tuple(_said(name, test) for name, test in tests.items())


def _said(name: str, test: Callable[[], _Test]) -> tuple[str, str]:
    """Return what a test finds, or why it has nothing to say; the reason stands once, above all of them."""
    try:
        return "test", str(replace(test(), override=""))
    except NetmetaError as error:
        return "aside", f"{name} was not run. {error}"


def _choices(table: FunnelRows) -> tuple[dict[str, str], ...]:
    trials = (row for row in table.rows if row["id"])
    return tuple({"id": row["id"], "label": row["tip"]} for row in trials)

"""Benefit and harm, live: counts pooled as the reader asks, beside the hazard ratios of the same trials."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from netmeta import numerals
from netmeta.charts.benefit_harm_rows import beside_measures, beside_rows, beside_signals
from netmeta.evidence.outcome_counts import ABSENT, GRADE3, RESPONSE, TRUSTED
from netmeta.pooling import PooledResult
from netmeta.pooling.beside import BenefitHarm, CountQuestion, beside
from netmeta.pooling.count_words import cautions, estimate
from netmeta.widgets import controls as w
from netmeta.widgets.figure import FigureView
from netmeta.widgets.network_figure import tip_choices
from netmeta.widgets.textblock import TextBlock
from netmeta.widgets.texttable import TextTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netmeta.evidence.twobytwo import TwoByTwo
    from netmeta.pooling.beside import OutcomePlot
    from netmeta.widgets.figure import Drawn

__all__ = ["HarmView"]

_OUTCOMES: Final = [
    ("grade 3 or higher adverse events", "harm"),
    ("response", "response"),
    ("both", "both"),
]
_MEASURES: Final = [("risk ratio", "RR"), ("odds ratio", "OR"), ("risk difference", "RD")]
_METHODS: Final = [
    ("inverse variance, under the model above", "inverse-variance"),
    ("Mantel-Haenszel", "mantel-haenszel"),
    ("Peto (odds ratios)", "peto"),
]
_CORRECTIONS: Final = [("one half", "half"), ("by the size of the arms", "treatment-arm")]
_COUNTS: Final = [
    ("printed, or from percentages", "nearest"),
    ("printed, or exact from percentages", "exact"),
    ("printed only", "none"),
]
_TRIALS: Final = [("those of the question", "question"), ("with any therapy against any control", "network")]
_ASKED: Final = {"harm": (GRADE3,), "response": (RESPONSE,), "both": (GRADE3, RESPONSE)}
_KEYS: Final = (
    "Arrow keys move between trials, Enter takes one out or back in, Shift and Enter pick it in every plot."
)
_HEAD: Final = ("Trial", "Therapy", "Control", "Effect", "Weight", "What counts", "Source")
_NUMBERS: Final = (False, True, True, True, True, False, False)


class HarmView(FigureView[BenefitHarm]):
    """Counts of adverse events and responses beside hazard ratios, a line a trial; a click takes a trial out."""

    figure = "benefit_harm"
    measures = beside_measures()
    guide = _KEYS

    def controls(self) -> Sequence[w.Widget]:
        """Make the choices."""
        self.outcome = w.Dropdown(options=_OUTCOMES, description="Beside the hazard ratio")
        self.measure = w.Dropdown(options=_MEASURES, description="As")
        self.method = w.Dropdown(options=_METHODS, description="Pooled by")
        self.correction = w.Dropdown(options=_CORRECTIONS, description="Added to zero cells")
        self.trials = w.Dropdown(options=_TRIALS, description="Trials")
        self.counts = w.Dropdown(options=_COUNTS, description="Counts")
        self.partly = w.Checkbox(value=False, description="Partly verified numbers too", indent=False)
        asked = (self.outcome, self.measure, self.method, self.correction, self.trials, self.counts)
        for control in asked:
            control.style.description_width = "initial"
        for control in (*asked, self.partly):
            control.observe(self.answer(lambda _change: self._ask()), "value")
        box = w.HBox([*asked, self.partly])
        box.add_class("netmeta-switches")
        return (box,)

    def build(self) -> Sequence[w.Widget]:
        """Make the choices, the sentence, the plot and the table under it."""
        made = super().build()
        self.details, self.table = TextBlock(), TextTable()
        self.chart.on_pick(self.pick, remove=True)
        self.chart.on_pick(self.toggle_in_analysis)
        return (*made, self.details, self.table)

    def click(self, name: str) -> None:
        """Take the trial of this key or label out, or back in."""
        self.analysis.toggle(name)

    def find(self) -> BenefitHarm:
        """Count, pool and put beside the hazard ratios."""
        state, outcome = self.analysis.state, self.analysis.outcome
        wide = self.trials.value == "network"
        shown = state.network_selected if wide else state.selected
        # A pool of trials with different controls means nothing: beside it stand the trials alone.
        pooled = outcome if isinstance(outcome, PooledResult) and not wide else None
        return beside(tuple(shown), pooled, self._questions(), state.model, state.excluded)

    def drawn(self, found: BenefitHarm | None) -> Drawn:
        """Place the lines."""
        table = beside_rows(found, said=False)
        return {"rows": list(table.rows)}, beside_signals(table)

    def draw(self, found: BenefitHarm) -> None:
        """Put the plot, what was done to counts, and the table on the page."""
        super().draw(found)
        self.said.write([line for outcome in found.outcomes for line in _answer(outcome)])
        several = len(found.outcomes) > 1
        self.details.write([line for outcome in found.outcomes for line in _details(outcome, titled=several)])
        rows = [row for outcome in found.outcomes for row in _rows(outcome)]
        self.table.write(_HEAD, rows, "Counts of each trial, and where they come from", _NUMBERS)

    def tell(self, reason: str) -> None:
        """Say why there is nothing."""
        super().tell(reason)
        self.details.write(())
        self.table.write((), ())

    def words(self, found: BenefitHarm) -> str:
        """Say what the plot shows."""
        return found.in_words

    def choices(self, rows: list[dict[str, object]]) -> tuple[dict[str, str], ...]:
        """Name the lines by their tooltips."""
        return tip_choices(rows)

    def _ask(self) -> None:
        """Keep measure and method together: Peto's method has odds ratios only."""
        if self.method.value == "peto":
            self._quiet = True
            self.measure.value = "OR"
        self.measure.disabled = self.method.value == "peto"
        self.refresh()

    def _questions(self) -> tuple[CountQuestion, ...]:
        trust = (*TRUSTED, "partly verified") if self.partly.value else TRUSTED
        return tuple(
            CountQuestion(
                outcome, self.measure.value, self.method.value, self.correction.value, trust, self.counts.value
            )
            for outcome in _ASKED[self.outcome.value]
        )


def _answer(outcome: OutcomePlot) -> list[tuple[str, str]]:
    """Say the result, and what to beware of, or why there is none."""
    found = outcome.pooled
    if found is None:
        return [("caution", outcome.problem)]
    return [("answer", found._lines()[0]), *(("caution", line) for line in cautions(found))]  # noqa: SLF001


def _details(outcome: OutcomePlot, *, titled: bool) -> list[tuple[str, str]]:
    """Say how trials differ, how counts were found, what was corrected and what left out."""
    name = outcome.counts.outcome
    title = [("said", f"More about {name}:")] if titled else []
    return [*title, *(("aside", line) for line in (*_rest(outcome), *_left_out(outcome)))]


def _rest(outcome: OutcomePlot) -> tuple[str, ...]:
    found = outcome.pooled
    if found is None:
        return outcome.counts.provenance
    lines = found._lines()  # noqa: SLF001
    said = {lines[0], *cautions(found)}
    return tuple(line for line in lines if line not in said and not line.startswith("Left out: "))


def _left_out(outcome: OutcomePlot) -> list[str]:
    """Say which trials have no counts: by name where the numbers exist and are not used, together where not."""
    missing = [one for one in outcome.counts.left_out if one.brief == ABSENT]
    named = [f"Left out: {one.study} ({one.reason})." for one in outcome.counts.left_out if one not in missing]
    if not missing:
        return named
    names = ", ".join(one.study for one in missing)
    return [*named, f"The library has no {outcome.counts.outcome} of these trials: {names}."]


def _rows(outcome: OutcomePlot) -> list[tuple[str, ...]]:
    weights = {} if outcome.pooled is None else {one.key: one.weight for one in outcome.pooled.effects}
    return [
        (
            f"{table.study}: {table.experimental} vs {table.control}", table.treated.in_words,
            table.untreated.in_words, _effect(outcome, table.key), _weight(weights.get(table.key)),
            _definition(outcome, table), table.source,
        )
        for table in outcome.counts
    ]  # fmt: skip


def _effect(outcome: OutcomePlot, key: str) -> str:
    one = outcome.effects.get(key)
    return "" if one is None else f"{outcome.measure} {estimate(outcome.measure, one)}"


def _weight(weight: float | None) -> str:
    return "" if weight is None else numerals.percent(weight)


def _definition(outcome: OutcomePlot, table: TwoByTwo) -> str:
    doubt = f"partly verified: {table.unverified}" if table.verification == "partly verified" else ""
    what = table.definition if outcome.harmful else f"response, {table.definition}".removesuffix(", ")
    return "; ".join(filter(None, (what, doubt)))

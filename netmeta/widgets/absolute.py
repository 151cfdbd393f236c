"""What it means for patients, live: a baseline that the reader assumes, and what follows while it is dragged."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from netmeta import numerals
from netmeta.charts.absolute_rows import absolute_measures, absolute_rows, absolute_signals
from netmeta.errors import NetmetaError, PoolingError
from netmeta.pooling import Baseline, absolute_effects, baseline_of
from netmeta.pooling.absolute_words import event_free
from netmeta.pooling.baseline_trials import printed_median
from netmeta.pooling.relative import relative
from netmeta.state import Problem
from netmeta.widgets import controls as w
from netmeta.widgets.figure import FigureView
from netmeta.widgets.slider import Slider

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netmeta.evidence import Trial
    from netmeta.network import NetworkEffect
    from netmeta.pooling import AbsoluteEffects, PooledResult, RelativeEffect
    from netmeta.widgets.figure import Drawn

__all__ = ["AbsoluteView"]

_OWN, _CURVE, _POOLED = "own", "curve", ""
_LONGEST: Final = 60.0
_UNKNOWN: Final = Baseline(event_free=0.5, time=12.0)


class AbsoluteView(FigureView["AbsoluteEffects"]):
    """The pooled hazard ratio in patients of a thousand, under a baseline; one step for undo when it is let go."""

    figure = "absolute"
    measures = absolute_measures()
    guide = ""
    _draft: Baseline | None = None

    def controls(self) -> Sequence[w.Widget]:
        """Make the choice of effect and baseline, and the two sliders."""
        self.effect = w.Dropdown(options=[("the pooled result", _POOLED)], description="Effect")
        self.baseline = w.Dropdown(options=[("a share set by hand", _OWN)], description="Baseline")
        self.time = Slider(label="Months", min=1, max=_LONGEST, step=1, value=12)
        self.share = Slider(label=_share_label("", ""), min=1, max=99, step=1, value=50)
        self.effect.observe(self.answer(lambda _change: self.refresh()), "value")
        self.baseline.observe(self.answer(lambda _change: self._choose()), "value")
        self.time.observe(self.answer(lambda change: self._drag(self._at_time(change["new"]))), "value")
        self.share.observe(self.answer(lambda change: self._drag(self._of_share(change["new"]))), "value")
        for slider in (self.time, self.share):
            slider.on_rest(lambda _value: self._let_go())
        choices, sliders = w.HBox([self.effect, self.baseline]), w.GridBox([self.time, self.share])
        choices.add_class("netmeta-switches")
        sliders.add_class("netmeta-sliders")
        return choices, sliders

    @property
    def assumed(self) -> Baseline:
        """The baseline that is shown: the one being dragged, the reader's, or the one that the trials suggest."""
        return self._draft or self.analysis.baseline_in_use or _UNKNOWN

    def show(self) -> None:
        """Bring the controls in line, compute and draw."""
        self._show_choices()
        self._show_sliders()
        super().show()

    def find(self) -> AbsoluteEffects:
        """Carry the effect over to patients."""
        return absolute_effects(self._chosen(), self.assumed)

    def drawn(self, found: AbsoluteEffects | None) -> Drawn:
        """Place the curves and bars."""
        table = absolute_rows(found)
        return {"rows": list(table.rows)}, absolute_signals(table)

    def draw(self, found: AbsoluteEffects) -> None:
        """Say it in patients first, what is assumed last."""
        super().draw(found)
        said = found._lines()  # noqa: SLF001
        rest = len(found.assumptions)
        lines = [("answer", said[0]), *(("said", line) for line in said[1:-rest])]
        self.said.write([*lines, ("caution", " ".join(found.assumptions))])

    def words(self, found: AbsoluteEffects) -> str:
        """Say the same as the lines."""
        return " ".join(found._lines())  # noqa: SLF001

    def choices(self, rows: list[dict[str, object]]) -> tuple[dict[str, str], ...]:  # noqa: ARG002
        """Give nothing to pick: the sliders are the keyboard's way."""
        return ()

    def _chosen(self) -> Trial | PooledResult | RelativeEffect:
        """Return the trial or the comparison of the network that is chosen, or the pooled result."""
        trials: dict[str, Trial] = {trial.key: trial for trial in self.analysis.included}
        chosen = self.effect.value
        if chosen in trials:
            return trials[chosen]
        compared = {_name(one): one for one in self._compared()}
        if chosen in compared:
            return replace(relative(compared[chosen]), endpoint=self.analysis.selection.endpoint)
        outcome: PooledResult | Problem = self.analysis.outcome
        if isinstance(outcome, Problem):
            raise PoolingError(outcome.message)
        return outcome

    def _compared(self) -> tuple[NetworkEffect, ...]:
        """Return the treatments against the reference, as the network of the question has them."""
        network = self.analysis.network_outcome
        return () if isinstance(network, Problem) else network.effects

    def _show_choices(self) -> None:
        alone = [(f"{trial.label} alone", trial.key) for trial in self.analysis.included]
        network = [(f"network: {one.experimental} against {one.control}", _name(one)) for one in self._compared()]
        _offer(self.effect, [("the pooled result", _POOLED), *alone, *network], self.effect.value, _POOLED)
        printed = [(_printed(trial), trial.key) for trial in self._with_median()]
        hand = [("a share set by hand", _OWN)]
        given = [("a given curve", _CURVE)] if self.assumed.kind == "curve" else []
        _offer(self.baseline, [*printed, *hand, *given], self._kind(), _OWN)

    def _with_median(self) -> list[Trial]:
        return [trial for trial in self.analysis.selected if printed_median(trial) is not None]

    def _kind(self) -> str:
        """Name the choice that the baseline of the moment is."""
        now = self.assumed
        if now.kind == "curve":
            return _CURVE
        printed = (trial.key for trial in self._with_median() if baseline_of(trial, now.time) == now)
        return next(printed, _OWN)

    def _show_sliders(self) -> None:
        now = self.assumed
        self.time.max = min(max(_LONGEST, now.time), now.last)
        self.time.value = now.time
        self.share.value = round(100 * now.share)
        try:
            effect = relative(self._chosen())
        except NetmetaError:
            return
        self.share.label = _share_label(effect.arms[1], event_free(effect.endpoint))

    def _choose(self) -> None:
        """Take the baseline that is chosen."""
        now = self.assumed
        trial = next((one for one in self._with_median() if one.key == self.baseline.value), None)
        if trial is not None:
            self._draft = baseline_of(trial, now.time)
        elif self.baseline.value == _OWN:
            self._draft = self._of_share(round(100 * now.share))
        self._let_go()

    def _at_time(self, months: float) -> Baseline:
        return replace(self.assumed, time=months)

    def _of_share(self, percent: float) -> Baseline:
        kept = min(max(percent, self.share.min), self.share.max)
        return Baseline(event_free=kept / 100, time=self.assumed.time)

    def _drag(self, baseline: Baseline) -> None:
        """Show what is being dragged; the analysis hears of it when it is let go."""
        self._draft = baseline
        self.refresh()

    def _let_go(self) -> None:
        draft, self._draft = self._draft, None
        if draft is not None and draft != self.analysis.baseline_in_use:
            self.analysis.baseline = draft
        else:
            self.refresh()


def _offer(control: w.Dropdown, options: list[tuple[str, str]], value: str, default: str) -> None:
    """Offer options and choose one of them; an offer that is the same is left alone."""
    if list(control.options) != options:
        control.options = options
    known = {name for _label, name in options}
    control.value = value if value in known else default


def _name(one: NetworkEffect) -> str:
    return one.comparison


def _printed(trial: Trial) -> str:
    median = numerals.decimal(printed_median(trial) or 0.0, 1)
    return f"{trial.control} in {trial.label}: median {median} months"


def _share_label(control: str, state: str) -> str:
    return f"Of 100 patients with {control or 'the control'}, {state or 'without the event'} at that time"

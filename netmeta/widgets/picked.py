"""What is known of the trial that is picked, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netmeta import numerals
from netmeta.evidence.show import hazard_ratio
from netmeta.pooling import PooledResult
from netmeta.widgets import controls as w
from netmeta.widgets.textblock import TextBlock
from netmeta.widgets.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netmeta.evidence import Trial

__all__ = ["PickedBar"]

_INVITATION = "A click on a trial picks it: it is then marked in every plot."


class PickedBar(View):
    """One line under a plot: the picked trial's numbers, and buttons to take it out and to let it go."""

    watched = ("state", "picked")

    def build(self) -> Sequence[w.Widget]:
        """Make the line and its buttons."""
        self.said = TextBlock()
        self.toggle = w.Button(tooltip="Take the picked trial out of the pool, or back in")
        self.clear = w.Button(description="Let go", tooltip="Pick no trial")
        self.toggle.on_click(lambda _button: self.click(self.analysis.picked))
        self.clear.on_click(lambda _button: self.analysis.let_go())
        self.bar = w.HBox([self.said, self.toggle, self.clear])
        for name in ("netmeta-bar", "netmeta-picked"):
            self.bar.add_class(name)
        return (self.bar,)

    def show(self) -> None:
        """Say what is picked."""
        trial = self.analysis.picked_trial
        for button in (self.toggle, self.clear):
            button.layout.display = "none" if trial is None else ""
        if trial is None:
            self.said.write([("aside", _INVITATION)])
            return
        out = trial.key in self.analysis.excluded
        self.toggle.description = "Take back in" if out else "Take out"
        self.said.write([("said", self._words(trial, out=out))])

    def click(self, name: str) -> None:
        """Take the trial of this key or label out, or back in."""
        self.toggle_in_analysis(name)

    def _words(self, trial: Trial, *, out: bool) -> str:
        said = f"Picked: {trial.label}, {trial.comparison}, HR {hazard_ratio(trial)}"
        outcome = self.analysis.outcome
        if out or not isinstance(outcome, PooledResult):
            return f"{said}, {'taken out' if out else 'not pooled'}."
        weight = dict(zip(outcome.evidence.keys, outcome.weights, strict=True)).get(trial.key)
        return f"{said}, " + ("in the network." if weight is None else f"weight {numerals.percent(weight)}.")

"""The answer in words, and what to beware of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netmeta.report import alone, cautions, figures, listed, prediction, sentence
from netmeta.state import Problem
from netmeta.widgets.textblock import TextBlock
from netmeta.widgets.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netmeta.pooling import PooledResult
    from netmeta.widgets import controls as w

__all__ = ["AnswerView"]


class AnswerView(View):
    """The pooled result as sentences, said aloud by a screen reader when they change; or the problem."""

    def build(self) -> Sequence[w.Widget]:
        """Make the block of text."""
        self.block = TextBlock()
        return (self.block,)

    def show(self) -> None:
        """Write the outcome of the moment."""
        outcome = self.analysis.outcome
        lines = self._problem(outcome) if isinstance(outcome, Problem) else _answer(outcome)
        self.block.write([*lines, *self._taken_out()])

    def _problem(self, problem: Problem) -> list[tuple[str, str]]:
        """Say what is wrong; a single trial is shown as it is."""
        pooled = self.analysis.included
        said = alone(pooled[0], self.analysis.model.level) if len(pooled) == 1 else ""
        return [*([("answer", said)] if said else []), ("problem", problem.message)]

    def _taken_out(self) -> list[tuple[str, str]]:
        pooled = set(self.analysis.included.keys)
        names = tuple(trial.label for trial in self.analysis.selected if trial.key not in pooled)
        return [("aside", f"Taken out by you: {listed(names)}.")] if names else []

    @property
    def text(self) -> str:
        """What stands on screen."""
        return self.block.text


def _answer(result: PooledResult) -> list[tuple[str, str]]:
    first = " ".join(filter(None, (sentence(result), prediction(result))))
    warned = [("caution", caution.message) for caution in cautions(result)]
    return [("answer", first), ("figures", figures(result)), *warned]

"""What a script has to repeat, gathered from a state once for either language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from netmeta.evidence import Evidence
from netmeta.network.asking import widened
from netmeta.pooling import PooledResult
from netmeta.pooling.words import listed, model_in_words
from netmeta.state import Problem
from netmeta.state.changes import READ

if TYPE_CHECKING:
    from netmeta.evidence import Selection, Trial
    from netmeta.network.asking import NetworkAnswer
    from netmeta.state import State

__all__ = ["MOST", "Repeat", "asked_in_words", "repeat"]

MOST: Final = 200
"""Beyond so many trials, each of as many pools again takes minutes."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """A state with what follows from it.

    Parameters
    ----------
    state
        The analysis.
    rows
        Every row that the script needs: those of the network, of which those of the question are a part.
    selected, pooled
        The rows that answer the question, and those of them that the reader did not take out.
    outcome
        The pooled result, or why there is none.
    network
        The network with what stands beside it, or why there is none.
    """

    state: State
    rows: Evidence
    selected: Evidence
    pooled: Evidence
    outcome: PooledResult | Problem
    network: NetworkAnswer | Problem

    @property
    def result(self) -> PooledResult | None:
        """The pooled result, if there is one."""
        return self.outcome if isinstance(self.outcome, PooledResult) else None

    @property
    def answer(self) -> NetworkAnswer | None:
        """The network, if there is one."""
        return None if isinstance(self.network, Problem) else self.network

    @property
    def taken_out(self) -> tuple[Trial, ...]:
        """The rows that the reader took out."""
        return tuple(trial for trial in self.rows if trial.key in self.state.excluded)

    @property
    def network_question(self) -> Selection:
        """The question without its therapies and its control: a network asks of all of them."""
        return widened(self.state.selection)

    def role(self, trial: Trial) -> str:
        """Say of a row what it is there for, where that is not the pool."""
        if trial.key in self.state.excluded:
            return "Taken out by the reader."
        return "" if trial in self.selected else "In the network alone."


def repeat(state: State) -> Repeat:
    """Gather what a script has to repeat.

    The rows are chosen again by the question from themselves alone, so that a script needs no others.
    """
    selected = state.selected
    rows = Evidence(tuple(dict.fromkeys((*state.network_selected, *selected))))
    return Repeat(state, rows, selected, state.included, state.outcome, state.network_answer)


def asked_in_words(found: Repeat) -> tuple[str, ...]:
    """Say the question, what answers it and what does not, and the model, a sentence each."""
    asked, left = found.state.selection, found.state.left_out
    therapy = listed(asked.treatments) or "any therapy"
    question = (
        f"Question: {asked.endpoint} in {asked.population or 'all NET'} on {therapy} against "
        f"{asked.control or 'any control'}, as read by {READ[asked.assessor]}."
    )
    out = listed(tuple(trial.label for trial in found.taken_out), 99)
    return (
        question,
        f"Model: {model_in_words(found.state.model)}.",
        *([f"Taken out by the reader: {out}."] if out else []),
        *(f"Left out: {item.trial.label} ({item.reason})." for item in left),
    )

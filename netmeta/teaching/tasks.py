"""An exercise as a value: what is asked, what is true, and which reasons hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from netmeta.teaching.kinds import ChoiceAsked, IntervalAsked, NumberAsked

if TYPE_CHECKING:
    from collections.abc import Callable

    from netmeta.teaching.concepts import Concept
    from netmeta.teaching.kinds import Asked, Prediction

__all__ = ["Reason", "Task", "Truth"]


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason that a learner may tick.

    Parameters
    ----------
    text
        The reason, without a full stop.
    holds
        Whether it is a good reason.
    why
        Why it holds or does not, in whole sentences.
    """

    text: str
    holds: bool
    why: str


@dataclass(frozen=True, slots=True)
class Truth:
    """What netmeta finds.

    Parameters
    ----------
    value
        In the form of a prediction: a number, two limits, an option, or items in order.
    said
        The finding in whole sentences, with its numbers.
    """

    value: Prediction
    said: str


@dataclass(frozen=True, slots=True)
class Task:
    """An exercise: predict first, then see what is found.

    Parameters
    ----------
    title
        A few words.
    question
        Whole sentences, or what computes them: numbers in a question are found, not typed.
    asks
        What the learner gives.
    truth
        Computes the answer when it is looked at.
    reasons
        Reasons to choose from, good ones and others.
    concepts
        Ideas that an explanation in the learner's own words may name.
    """

    title: str
    question: str | Callable[[], str]
    asks: Asked
    truth: Callable[[], Truth]
    reasons: tuple[Reason, ...] = ()
    concepts: tuple[Concept, ...] = ()

    @property
    def asked(self) -> str:
        """The question, with its numbers."""
        return self.question if isinstance(self.question, str) else self.question()

    @property
    def guide(self) -> str:
        """What to do, in a sentence."""
        if isinstance(self.asks, NumberAsked):
            return "Type your prediction, say why, and press Check."
        if isinstance(self.asks, IntervalAsked):
            return "Type both limits, say why, and press Check."
        if isinstance(self.asks, ChoiceAsked):
            return "Choose one, say why, and press Check."
        return f"Put the items in order, from {self.asks.first} to least, say why, and press Check."

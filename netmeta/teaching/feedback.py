"""What a learner is told: how near the prediction came, what is found, and which reasons hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from netmeta.errors import clipped
from netmeta.pooling.words import listed
from netmeta.teaching.comparing import compared
from netmeta.teaching.concepts import names
from netmeta.teaching.reading import read

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from netmeta.teaching.kinds import Prediction
    from netmeta.teaching.tasks import Task

__all__ = ["Answer", "Feedback", "respond"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a learner gave.

    Parameters
    ----------
    typed
        Texts of the fields, as `netmeta.teaching.reading.read` takes them.
    reasons
        Texts of the reasons that were ticked.
    words
        The explanation in the learner's own words; may be empty.
    """

    typed: tuple[str, ...]
    reasons: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class Feedback:
    """What is said to it.

    Parameters
    ----------
    prediction
        The answer as it was understood.
    near
        Whether it is called close, or right where only one is.
    lines
        Kinds and sentences: ``fine`` where something holds, ``warning`` where it does not, ``answer`` for what is
        found, ``aside`` for the rest.
    """

    prediction: Prediction
    near: bool
    lines: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """All sentences, one line each."""
        return "\n".join(text for _kind, text in self.lines)


def respond(task: Task, answer: Answer) -> Feedback:
    """Hold an answer against what is found.

    Parameters
    ----------
    task
        The exercise; what is true is computed now.
    answer
        What the learner gave.

    Raises
    ------
    EntryError
        For a prediction that is missing or cannot be read: nothing is revealed then.
    """
    understood = read(task.asks, answer.typed)
    truth = task.truth()
    near, said = compared(task.asks, understood.value, truth.value)
    lines = [("answer", truth.said), ("fine" if near else "warning", said)]
    lines += [("aside", note) for note in understood.notes]
    lines += _reasons(task, answer.reasons)
    lines += _words(task, answer.words)
    return Feedback(understood.value, near, tuple(lines))


def _reasons(task: Task, chosen: Collection[str]) -> list[tuple[str, str]]:
    said = []
    for reason in task.reasons:
        if reason.text in chosen and reason.holds:
            said.append(("fine", f"Your reason “{reason.text}” holds. {reason.why}"))
        elif reason.text in chosen:
            said.append(("warning", f"Your reason “{reason.text}” does not hold. {reason.why}"))
    missed = [reason for reason in task.reasons if reason.holds and reason.text not in chosen]
    return said + [("aside", f"Also true: “{reason.text}”. {reason.why}") for reason in missed]


def _words(task: Task, words: str) -> list[tuple[str, str]]:
    """Point at ideas in the learner's own words; those that are not found may stand there all the same."""
    if not words.strip():
        return []
    said = [("aside", f'You wrote: "{clipped(words)}"')]
    found = [concept.said for concept in task.concepts if names(words, concept)]
    others = [concept.said for concept in task.concepts if concept.said not in found]
    if found:
        said.append(("fine", f"In your own words you name {_listed(found)}."))
    if others:
        said.append(("aside", f"Did you think of {_listed(others)}, too? This only looks for words it knows."))
    return said


def _listed(names: Sequence[str]) -> str:
    return listed(tuple(names))

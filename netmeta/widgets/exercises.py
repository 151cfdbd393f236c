"""An exercise: predict, say why, press Check, and see what is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netmeta.errors import EntryError, NetmetaError
from netmeta.teaching import Answer, Task, respond, task
from netmeta.widgets import controls as w
from netmeta.widgets.assets import ensure_page
from netmeta.widgets.exercise_fields import PredictionFields
from netmeta.widgets.textblock import TextBlock

if TYPE_CHECKING:
    from typing import Any

    from netmeta.teaching import Feedback

__all__ = ["Exercise", "exercise"]


class Exercise(w.VBox):  # type: ignore[misc]
    """A question with fields for a prediction, reasons to tick, and room for one's own words.

    Nothing is revealed before a prediction is made; what cannot be read is said, and what was typed stays. After
    that one may change one's mind and check again: the first prediction is remembered.

    Parameters
    ----------
    task
        What is asked, and what is true.
    number
        Stands before the title; none by default.

    Raises
    ------
    EntryError
        For what is no task.

    Examples
    --------
    >>> shown = exercise("first-forest-plot", 1)
    >>> shown.predict("0,45")
    >>> shown.check()
    >>> shown.feedback.near
    False
    """

    def __init__(self, task: Task, number: int | None = None) -> None:
        if not isinstance(task, Task):
            raise EntryError(
                f"Exercise shows a Task; got {type(task).__name__}. Try exercise('first-forest-plot', 1)."
            )
        ensure_page()
        self.task = task
        self.feedback: Feedback | None = None
        self.first: Feedback | None = None
        super().__init__(children=self._built(number))
        for name in ("netmeta", "netmeta-exercise"):
            self.add_class(name)

    def predict(self, *typed: str) -> None:
        """Fill the fields as a learner would: a number, two limits, an option, or items in order."""
        self.fields.fill(typed)

    def check(self) -> None:
        """Do what the button does: read the prediction, and reveal what is found."""
        chosen = tuple(text for text, box in self.boxes.items() if box.value)
        answer = Answer(self.fields.typed, chosen, self.own.value)
        self.problem.write(())
        try:
            found = respond(self.task, answer)
        except NetmetaError as error:
            self.problem.write([("error", str(error))])
            return
        self.feedback = found
        self.first = self.first or found
        self.checker.description = "Check again"
        self.said.write([*found.lines, *self._history(found)])

    def close(self) -> None:
        """Leave the page."""
        for child in self.children:
            child.close()
        super().close()

    def _built(self, number: int | None) -> tuple[w.Widget, ...]:
        title = f"Exercise {number}. {self.task.title}" if number else f"Exercise. {self.task.title}"
        self.question, self.problem, self.said = TextBlock(), TextBlock(urgent=True), TextBlock()
        self.question.write([("head", title), ("asked", self.task.asked), ("aside", self.task.guide)])
        self.fields = PredictionFields(self.task)
        self.boxes = {
            reason.text: w.Checkbox(value=False, description=reason.text, indent=False)
            for reason in self.task.reasons
        }
        self.own = w.Textarea(
            description="In your own words, if you like", placeholder="Because…", rows=2, continuous_update=False
        )
        self.checker = w.Button(
            description="Check", tooltip="Show what is found, and what is to be said to your answer"
        )
        self.checker.on_click(lambda _button: self.check())
        return (self.question, self.fields, *self._reasons(), self.own, self._bar(), self.problem, self.said)

    def _reasons(self) -> tuple[w.Widget, ...]:
        if not self.boxes:
            return ()
        box = w.VBox([w.Label("Why? Tick what holds."), *self.boxes.values()])
        box.add_class("netmeta-reasons")
        return (box,)

    def _bar(self) -> w.Widget:
        bar = w.HBox([self.checker])
        bar.add_class("netmeta-bar")
        return bar

    def _history(self, found: Feedback) -> list[tuple[str, str]]:
        if self.first is None or self.first.prediction == found.prediction:
            return []
        return [("aside", f"Your first prediction was {self.fields.written(self.first.prediction)}.")]

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, str]:  # noqa: ANN401
        bundle: dict[str, str] = super()._repr_mimebundle_(**kwargs) or {}
        return {**bundle, "text/plain": f"{self.question.text}\n{self.said.text}".strip()}


_shown: dict[tuple[str, int], Exercise] = {}


def exercise(lesson: str, number: int = 1) -> Exercise:
    """Return an exercise of the workshop; a cell that is run again shows the same one, with what was answered.

    Parameters
    ----------
    lesson
        Key of the lesson, as in `netmeta.teaching.LESSONS`.
    number
        Which of its exercises, from 1.

    Raises
    ------
    SelectionError
        For a lesson or a number that is not there.
    """
    asked = task(lesson, number)
    kept = _shown.get((lesson, number))
    if kept is None or kept.comm is None:
        kept = _shown[lesson, number] = Exercise(asked, number)
    return kept

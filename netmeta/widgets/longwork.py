"""Views whose answer takes time: computed in slices, with progress, and stopped by a button."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from netmeta.widgets import controls as w
from netmeta.widgets.figure import FigureView
from netmeta.widgets.work import Work

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from netmeta.pooling import Steps

__all__ = ["LongView"]

T = TypeVar("T")


class LongView(FigureView[T]):
    """A figure that is computed by `Work`; a pick redraws it and computes nothing.

    A subclass says what is asked (`asked`), and gives the steps to the answer (`steps`) and words for the wait.
    """

    watched = ("state", "picked")
    waiting = "Computing"
    _found: T | None = None
    _question: Hashable = None

    def controls(self) -> Sequence[w.Widget]:
        """Make the progress bar, and the button that starts again what was stopped."""
        self.work = Work()
        self.again = w.Button(description="Compute", tooltip="Compute what was stopped", layout={"display": "none"})
        self.again.on_click(lambda _button: self._start())
        return (self.work, self.again)

    def asked(self) -> Hashable:
        """Return all that the answer depends on."""
        raise NotImplementedError

    def steps(self) -> Steps[T]:
        """Return the generator that finds the answer."""
        raise NotImplementedError

    def show(self) -> None:
        """Draw the answer, or start to look for it."""
        if self.asked() != self._question:
            self._question = self.asked()
            self._start()
        elif self._found is not None:
            self.draw(self._found)

    def _start(self) -> None:
        self._found = None
        self.again.layout.display = "none"
        self.tell(f"{self.waiting} …")
        self.work.start(self.steps(), self._done, failed=lambda error: self.tell(str(error)),
                        stopped=self._stopped, words=self.waiting)  # fmt: skip

    def _done(self, found: T) -> None:
        self._found = found
        self.draw(found)

    def _stopped(self) -> None:
        self.again.layout.display = ""
        self.tell("Stopped before it was done. Compute starts again.")

    def attend(self, *, seen: bool) -> None:
        """Stop working when nobody looks; start again when somebody does."""
        if not seen and self.work.running:
            self.work.stop()
            self._question, self._stale = None, True
        super().attend(seen=seen)

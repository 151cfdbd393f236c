"""Long work on screen: it runs in slices between the reader's clicks, shows how far it is, and can be stopped."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar

from netmeta.errors import NetmetaError
from netmeta.pooling.steps import finish
from netmeta.widgets import controls as w
from netmeta.widgets.turns import in_turn

if TYPE_CHECKING:
    from collections.abc import Callable

    from netmeta.pooling.steps import Steps

__all__ = ["Work"]

T = TypeVar("T")
_PAUSE = 0.002
_STEP = 0.01


class Work(w.HBox):  # type: ignore[misc]
    """A progress bar and a stop button over one piece of work at a time; not seen while nothing runs.

    In a kernel the work is a task of the event loop and gives way to messages after each step; in a script,
    where no loop runs, it is done at once.
    """

    def __init__(self) -> None:
        self.bar = w.FloatProgress(min=0, max=1, description="", layout={"width": "220px"})
        self.words = w.Label()
        self.stopper = w.Button(description="Stop", tooltip="Stop this computation; what stood before stays")
        self.stopper.on_click(lambda _button: self.stop())
        self._task: asyncio.Task[None] | None = None
        self._stopped: Callable[[], None] | None = None
        super().__init__(children=(self.bar, self.words, self.stopper))
        self.add_class("netmeta-work")
        self.layout.display = "none"

    @property
    def running(self) -> bool:
        """Whether work is under way."""
        return self._task is not None

    def start(
        self,
        steps: Steps[T],
        done: Callable[[T], None],
        *,
        failed: Callable[[NetmetaError], None],
        stopped: Callable[[], None] | None = None,
        words: str = "",
    ) -> None:
        """Run ``steps`` and call ``done`` with the result; work that was under way is dropped without a word.

        Parameters
        ----------
        steps
            A generator of fractions done.
        done, failed
            What to do with the result, or with an error that says what is wrong.
        stopped
            What to do when the reader stops it.
        words
            What is being computed, beside the bar.
        """
        self._drop()
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self._at_once(steps, done, failed)
            return
        self.bar.value, self.words.value, self.layout.display = 0.0, words, ""
        self._stopped = stopped
        self._task = loop.create_task(self._run(steps, in_turn(done), in_turn(failed)))

    def stop(self) -> None:
        """Stop what is under way, as the button does."""
        told = self._stopped if self.running else None
        self._drop()
        if told is not None:
            told()

    async def settled(self) -> None:
        """Wait until nothing runs."""
        while self._task is not None:
            await asyncio.wait([self._task])

    def close(self) -> None:
        """Stop, and leave the page."""
        self._drop()
        for child in self.children:
            child.close()
        super().close()

    def _drop(self) -> None:
        task, self._task, self._stopped = self._task, None, None
        if task is not None:
            task.cancel()
            self.layout.display = "none"

    @staticmethod
    def _at_once(steps: Steps[Any], done: Callable[[Any], None], failed: Callable[[NetmetaError], None]) -> None:
        try:
            found = finish(steps)
        except NetmetaError as error:
            failed(error)
        else:
            done(found)

    async def _run(
        self, steps: Steps[Any], done: Callable[[Any], None], failed: Callable[[NetmetaError], None]
    ) -> None:
        mine = asyncio.current_task()
        try:
            found = await self._walk(steps)
        except NetmetaError as error:
            self._over(mine)
            failed(error)
        except BaseException:
            self._over(mine)
            raise
        else:
            self._over(mine)
            done(found)
        finally:
            steps.close()

    async def _walk(self, steps: Steps[Any]) -> Any:  # noqa: ANN401
        while True:
            # Not sleep(0): a kernel's messages come through file descriptors, which want a turn of the loop.
            await asyncio.sleep(_PAUSE)
            try:
                share = next(steps)
            except StopIteration as end:
                return end.value
            if share - self.bar.value >= _STEP:
                self.bar.value = share

    def _over(self, mine: asyncio.Task[Any] | None) -> None:
        if self._task is mine:
            self._task, self._stopped = None, None
            self.layout.display = "none"

"""Two states of an analysis side by side: what is changed from one to the other, and how the result moves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from netmeta.state import State, differences
from netmeta.state.difference import NOTHING
from netmeta.widgets import controls as w
from netmeta.widgets.textblock import TextBlock
from netmeta.widgets.texttable import TextTable
from netmeta.widgets.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["NOW_WORDS", "ComparedView"]

_NOW: Final = "\0now"
NOW_WORDS: Final = "As it stands now"
"""What the present state is called beside the kept ones."""


class ComparedView(View):
    """Two choices over what tells the states from each other; by default the first kept one and the present."""

    watched = ("state", "snapshots")

    def build(self) -> Sequence[w.Widget]:
        """Make the choices, the sentences and the table."""
        self.first = w.Dropdown(description="Compare", tooltip="The state to start from")
        self.second = w.Dropdown(description="with", tooltip="The state to compare it with")
        # Which of the two the reader chose: the others follow what is usual.
        self._chosen: set[w.Dropdown] = set()
        for choice in (self.first, self.second):
            choice.observe(self.answer(self._choose), "value")
        self.said, self.table = TextBlock(), TextTable()
        bar = w.HBox([self.first, self.second])
        bar.add_class("netmeta-keepbar")
        self.add_class("netmeta-compared")
        return bar, self.said, self.table

    def _choose(self, change: Any) -> None:  # noqa: ANN401
        self._chosen.add(change["owner"])
        self.refresh()

    def show(self) -> None:
        """Hold the two chosen states against each other."""
        self._offer()
        if not self.analysis.snapshots:
            return
        one, other = self._state(self.first.value), self._state(self.second.value)
        found = differences(one, other)
        self.said.write(
            [*(("answer-line", line) for line in found.changes or (NOTHING,)), ("answer-line", found.moved)]
        )
        names = [NOW_WORDS if choice.value == _NOW else choice.value for choice in (self.first, self.second)]
        head = ["Result", *names, "Change"]
        self.table.write(head, [list(row) for row in found.rows], "Side by side", (False, True, True, True))

    def _offer(self) -> None:
        names = [one.name for one in self.analysis.snapshots]
        options = [*((name, name) for name in names), (NOW_WORDS, _NOW)]
        for choice, usual in ((self.first, options[0][1]), (self.second, _NOW)):
            held = choice in self._chosen and choice.value in (value for _name, value in options)
            value = choice.value if held else usual
            if list(choice.options) != options:
                choice.options = options
            choice.value = value

    def _state(self, chosen: str) -> State:
        state: State = self.analysis.state if chosen == _NOW else self.analysis.snapshot(chosen).state
        return state

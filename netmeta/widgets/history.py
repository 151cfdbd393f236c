"""Undo, redo and reset."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netmeta.widgets import controls as w
from netmeta.widgets.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["HistoryBar"]


class HistoryBar(View):
    """Three buttons: undo, redo, reset."""

    def build(self) -> Sequence[w.Widget]:
        """Make the buttons."""
        self.undo = w.Button(description="Undo", tooltip="Undo the last change")
        self.redo = w.Button(description="Redo", tooltip="Do again what was undone")
        self.reset = w.Button(description="Reset", tooltip="Back to the beginning; can be undone")
        self.undo.on_click(lambda _button: self.analysis.undo())
        self.redo.on_click(lambda _button: self.analysis.redo())
        self.reset.on_click(lambda _button: self.analysis.reset())
        bar = w.HBox([self.undo, self.redo, self.reset])
        bar.add_class("netmeta-bar")
        return (bar,)

    def show(self) -> None:
        """Enable what can be done."""
        self.undo.disabled = not self.analysis.can_undo
        self.redo.disabled = not self.analysis.can_redo

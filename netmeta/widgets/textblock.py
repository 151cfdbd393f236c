"""Sentences on screen: set as text, never as HTML, and said aloud when they change."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import anywidget
import traitlets as t

from netmeta.widgets.assets import script

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["TextBlock"]


class TextBlock(anywidget.AnyWidget):
    """Lines of text, each of a kind that the style sheet knows: ``answer``, ``caution``, ``error``, ..."""

    _esm = t.Unicode(script("textblock.js")).tag(sync=True)
    lines = t.Unicode("[]").tag(sync=True)
    urgent = t.Bool(False).tag(sync=True)

    def write(self, lines: Iterable[tuple[str, str]]) -> None:
        """Show ``(kind, text)`` lines in place of what stands there."""
        self.lines = json.dumps([{"kind": kind, "text": text} for kind, text in lines])

    @property
    def text(self) -> str:
        """What stands there, line by line."""
        return "\n".join(line["text"] for line in json.loads(self.lines))

    def of_kind(self, kind: str) -> tuple[str, ...]:
        """Return the lines of one kind."""
        return tuple(line["text"] for line in json.loads(self.lines) if line["kind"] == kind)

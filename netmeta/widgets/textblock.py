"""Sentences on screen: set as text, never as HTML, and said aloud when they change."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, ClassVar

import anywidget
import traitlets as t

from netmeta.widgets.assets import script
from netmeta.widgets.spoken import Spoken, one

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["TextBlock"]


_PRINTED = "reference"
"""Lines that stay as their source prints them."""


def _lines_in_language(text: str) -> str:
    lines = json.loads(text)
    return json.dumps([line if line["kind"] == _PRINTED else {**line, "text": one(line["text"])} for line in lines])


class TextBlock(Spoken, anywidget.AnyWidget):
    """Lines of text, each of a kind that the style sheet knows: ``answer``, ``caution``, ``error``, ..."""

    _esm = t.Unicode(script("textblock.js")).tag(sync=True)
    lines = t.Unicode("[]").tag(sync=True)
    spoken: ClassVar = {"lines": _lines_in_language}
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

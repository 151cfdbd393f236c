"""Names of the lines and columns of a matrix: broken to their room, upright where columns are narrow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from netmeta.charts.theme import SIZE
from netmeta.charts.wrapping import block_width, blocks, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Heading", "Names", "column_names", "line_names", "most_columns"]

_SMALL, _TINY = SIZE - 1, SIZE - 2
_LINE, _TIGHT = 14, 13
_ROW, _LOW, _MANY = 24, 18, 30
_LONGEST: Final = 190
_NARROW: Final = 640
_LINES: Final = 3
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of a line or a column.

    Parameters
    ----------
    text, id, tip
        As it is shown, as it is picked, as it is explained.
    side
        What stands to the right of a line.
    """

    text: str
    id: str = ""
    tip: str = ""
    side: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """Names with their measures, in pixels.

    Parameters
    ----------
    rows
        One a name.
    size
        Width of the names of lines, height of those of columns.
    cell
        Height of a line, least width of a column.
    title
        The heading of the names, in lines.
    """

    rows: tuple[Row, ...]
    size: int
    cell: int
    title: tuple[str, ...] = ()

    @property
    def title_height(self) -> int:
        """Height that the heading takes."""
        return _LINE * len(self.title) + 8


def most_columns(space: int) -> int:
    """Return how many columns a page of some width has room for, beside names and what stands to the right."""
    return max(10, (space - (220 if space < _NARROW else 370)) // _TIGHT)


def line_names(lines: Sequence[Heading], title: str, space: int) -> Names:
    """Break the names of lines, and their heading, to a part of the width that there is."""
    room = 124 if space < _NARROW else 250
    texts = blocks([one.text for one in lines], room, _SMALL, _LINES)
    head = wrapped(title, room, _SMALL, 2)
    widest = max([block_width(block, _SMALL) for block in texts] + [1.1 * block_width(head, _SMALL)])
    tall = max(_ROW if len(lines) <= _MANY else _LOW, _LINE * max(map(len, texts), default=1) + 4)
    rows = [
        {**_row("line", one, block), "row": at} for at, (one, block) in enumerate(zip(lines, texts, strict=True))
    ]
    return Names(tuple(rows), int(widest) + 2, tall, head)


def column_names(columns: Sequence[Heading], cell: float) -> Names:
    """Write the names of columns level where they fit into a cell of some width, otherwise upright."""
    level = [wrapped(one.text, cell - _margin(one.text), _TINY, _LINES) for one in columns]
    upright = any(" ".join(block) != one.text for one, block in zip(columns, level, strict=True))
    lines = max(1, min(_LINES, int((cell - 2) // _TIGHT)))
    texts = blocks([one.text for one in columns], _LONGEST, _TINY, lines) if upright else level
    wide = max((block_width(block, _TINY) for block in texts), default=0.0)
    high = _TIGHT * max(map(len, texts), default=1)
    rows = [
        {**_row("column", one, block), "at": at, "upright": upright}
        for at, (one, block) in enumerate(zip(columns, texts, strict=True))
    ]
    size, least = (wide, high) if upright else (high, wide + 2)
    return Names(tuple(rows), int(size) + 8, max(_TIGHT, int(least)))


def _margin(text: str) -> int:
    return 2 if text.isdigit() else 8


def _row(kind: str, one: Heading, block: tuple[str, ...]) -> Row:
    lift = -(len(block) - 1) / 2
    return {"kind": kind, "id": one.id, "text": "\n".join(block), "lift": lift, "tip": one.tip, "side": one.side}

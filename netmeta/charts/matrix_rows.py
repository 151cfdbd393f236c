"""A matrix of tinted cells as a table: what ranks, net heat and contributions have in common. Tests read this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from netmeta.charts.matrix_names import Names, column_names, line_names
from netmeta.charts.theme import SIZE, text_width
from netmeta.charts.wrapping import notes_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netmeta.charts.matrix_names import Heading

__all__ = ["Matrix", "MatrixFrame", "Row", "matrix_of", "matrix_signals"]

_SMALL: Final = SIZE - 1
_GAP, _EDGE, _SQUARE = 10, 6, 40
_TITLE, _KEY, _NOTE, _SWATCH = 22, 20, 18, 22
Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixFrame:
    """What stands around the cells of a matrix.

    Parameters
    ----------
    title, across, side
        Headings of the lines, of the columns, and of what stands to the right of the lines.
    key
        What the marks mean: ``text`` with the looks of a cell.
    notes
        Sentences under the matrix.
    widest
        Width that a cell may grow to, pixels.
    square
        Whether lines are as high as columns are wide, within reason.
    """

    title: str = ""
    across: str = ""
    side: str = ""
    key: tuple[Row, ...] = ()
    notes: tuple[str, ...] = ()
    widest: int = 56
    square: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """The rows of a matrix chart and its measures, in pixels.

    Parameters
    ----------
    rows
        By ``kind``: ``line`` and ``column`` (names), ``cell`` (``tone``, ``tint`` from 0 to 1, ``text``, ``share``
        from 0 to 1 for the square in it), ``span`` (an outline from column ``at`` to ``to``), ``title``, ``key``
        and ``note``.
    lines, columns
        How many there are.
    w_label, w_side
        Widths of the names and of what stands to the right.
    head, tall, foot
        Heights over the cells, of a line, and under the cells.
    least, widest
        Bounds of the width of a cell.
    """

    rows: tuple[Row, ...]
    lines: int = 0
    columns: int = 0
    w_label: int = 0
    w_side: int = 0
    head: int = 0
    tall: int = 0
    foot: int = 0
    least: int = 0
    widest: int = 0


def matrix_signals(table: Matrix, *, space: int = 900) -> dict[str, Any]:
    """Return the signals of a matrix chart: its measures, and the width that there is."""
    names = ("lines", "columns", "w_label", "w_side", "head", "tall", "foot", "least", "widest")
    return {"space": space, **{name: getattr(table, name) for name in names}, "focused": "", "picked": ""}


def matrix_of(
    lines: Sequence[Heading],
    columns: Sequence[Heading],
    cells: Sequence[Row],
    frame: MatrixFrame,
    *,
    space: int = 900,
) -> Matrix:
    """Lay out a matrix: names are broken to their room, and upright where columns are narrow.

    Parameters
    ----------
    lines, columns
        Names of both, in order.
    cells
        Rows of kind ``cell`` and ``span``, by ``row`` and ``at``.
    frame
        What stands around them.
    space
        Width to stay within, in pixels.
    """
    own = line_names(lines, frame.title, space)
    w_side = _side(lines, frame.side)
    room = min(
        frame.widest, (space - own.size - _GAP - _EDGE - (w_side + _GAP if w_side else 0)) / max(1, len(columns))
    )
    above = column_names(columns, room)
    key = _placed(frame.key, space)
    top = _KEY * (1 + max(row["line"] for row in key)) + 6 if key else 0
    head = top + max((_TITLE if frame.across else 0) + above.size, own.title_height)
    rows = [
        *({**row, "y": 9 + _KEY * row["line"]} for row in key), *_titles(frame, own, head, above.size),
        *own.rows, *above.rows, *cells, *_notes(frame.notes, space),
    ]  # fmt: skip
    tall = max(own.cell, min(int(room), _SQUARE)) if frame.square else own.cell
    return Matrix(
        rows=tuple(rows), lines=len(lines), columns=len(columns), w_label=own.size, w_side=w_side, head=head,
        tall=tall, foot=_NOTE * sum(row["kind"] == "note" for row in rows) + 10, least=above.cell,
        widest=max(frame.widest, above.cell),
    )  # fmt: skip


def _side(lines: Sequence[Heading], title: str) -> int:
    widest = max((text_width(one.side, _SMALL) for one in lines), default=0.0)
    return int(max(widest, 1.1 * text_width(title, _SMALL))) + 2 if widest else 0


def _titles(frame: MatrixFrame, own: Names, head: int, above: int) -> list[Row]:
    places = (
        ("name", "\n".join(own.title), head - 8),
        ("across", frame.across, head - above - 8),
        ("side", frame.side, head - 8),
    )
    return [{"kind": "title", "place": place, "text": text, "y": y} for place, text, y in places if text]


def _placed(key: tuple[Row, ...], space: int) -> list[Row]:
    """Put the parts of the key one after the other, in as many lines as the width asks for."""
    rows: list[Row] = []
    x, line = 0.0, 0
    for part in key:
        width = _SWATCH + text_width(part["text"], _SMALL) + 14
        if x and x + width > space - _EDGE:
            x, line = 0.0, line + 1
        rows.append({"kind": "key", **part, "x": round(x), "line": line})
        x += width
    return rows


def _notes(notes: tuple[str, ...], space: int) -> list[Row]:
    lines = notes_of(notes, space - _EDGE)
    return [{"kind": "note", "text": line, "y": 18 + _NOTE * at} for at, line in enumerate(lines)]

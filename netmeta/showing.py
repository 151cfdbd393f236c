"""How results look as the last line of a cell: words, a table of plain text or escaped HTML, a short ``repr``."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from netmeta import numerals
from netmeta.errors import clipped

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["LEFT", "ROWS", "Columns", "Shown", "Table", "Tabled", "html_table", "table_of"]

Columns: TypeAlias = tuple[tuple[str, Callable[[Any], Any]], ...]
"""Headings, and what stands under each for a row: its text in a table, its value in a frame."""

ROWS: Final = 60
"""Rows of a table in a notebook; the rest is counted."""

LEFT: Final = "style='text-align:left;overflow-wrap:anywhere'"
_RIGHT: Final = "style='text-align:right'"
_WIDEST: Final = 40
_NUMBER: Final = re.compile(rf"[<{numerals.MINUS}]?[\d.,{numerals.THIN}∞]*%?")


@dataclass(frozen=True, slots=True)
class Table:
    """A table of texts, the first rows of ``total``.

    Parameters
    ----------
    head
        Headings.
    rows
        Texts, one for each heading; at most `ROWS`.
    total
        How many rows there are in all.
    lines
        How many of them plain text shows.
    whole
        Where all of them are to be had.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: int
    lines: int = 20
    whole: str = "to_frame() has them all"

    def numbers(self) -> tuple[bool, ...]:
        """Say of each column whether all its texts are numbers: those stand on the right."""
        return tuple(all(_NUMBER.fullmatch(row[at]) for row in self.rows) for at in range(len(self.head)))

    def as_text(self) -> str:
        """Write aligned plain text, the first rows of it."""
        lines = [[_cut(cell) for cell in row] for row in (self.head, *self.rows[: self.lines])]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        right = self.numbers()
        said = ["  ".join(map(_padded, line, widths, right)).rstrip() for line in lines]
        return "\n".join((*said, *filter(None, [self.rest(self.lines)])))

    def as_html(self) -> str:
        """Write an escaped HTML table without colours of its own."""
        return html_table(self.head, self.rows, self.rest(ROWS), self.numbers())

    def rest(self, most: int) -> str:
        """Say how many rows are not among the first ``most``; empty where none is left."""
        if self.total <= most:
            return ""
        said = f"These are the first {most} of {numerals.count(self.total)} rows"
        return f"{said}; {self.whole}." if self.whole else f"{said}."


def table_of(columns: Columns, rows: Sequence[Any]) -> Table:
    """Write the first rows as texts."""
    return Table(
        head=tuple(name for name, _text in columns),
        rows=tuple(tuple(str(text(row)) for _name, text in columns) for row in rows[:ROWS]),
        total=len(rows),
    )


def html_table(
    head: Sequence[str], rows: Sequence[Sequence[str]], caption: str = "", numbers: Sequence[bool] = ()
) -> str:
    """Write a table of texts from anywhere as HTML in the notebook's own colours.

    Parameters
    ----------
    head, rows
        Texts; they are escaped.
    caption
        Stands above the table, unless empty; escaped too.
    numbers
        Columns whose texts stand on the right; by default none.
    """
    styles = [_RIGHT if right else LEFT for right in numbers] or [LEFT] * len(head)
    above = f"<caption {LEFT}>{escape(caption)}</caption>" if caption else ""
    body = "".join(_html_row(row, styles, "td") for row in rows)
    return f"<table>{above}<thead>{_html_row(head, styles, 'th')}</thead><tbody>{body}</tbody></table>"


class Shown:
    """A value whose ``str`` is what was found, in words; a notebook shows that, and ``repr`` is one short line.

    A subclass says `_lines` and `_brief`; where it has them, `_asides` (cautions, in a notebook only) and `_table`.
    A dataclass of this kind is made with ``repr=False``.
    """

    __slots__ = ()

    def _lines(self) -> tuple[str, ...]:
        """Say what was found, a sentence or two each."""
        raise NotImplementedError

    def _brief(self) -> tuple[str, ...]:
        """Say the few facts that tell this value from others of its type."""
        raise NotImplementedError

    def _asides(self) -> tuple[str, ...]:
        return ()

    def _table(self) -> Table | None:
        return None

    @property
    def said(self) -> str:
        """What was found, in words on one line: ``str`` without its table."""
        return " ".join(self._on_lines())

    def _on_lines(self) -> list[str]:
        return [" ".join(line.splitlines()) for line in self._lines()]

    def __str__(self) -> str:
        said, table = "\n".join(self._on_lines()), self._table()
        return said if table is None else f"{said}\n\n{table.as_text()}"

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(map(clipped, self._brief()))})"

    def _repr_html_(self) -> str:
        said, table = "<br>".join(escape(line) for line in (*self._lines(), *self._asides())), self._table()
        return f'<div class="netmeta-result">{said}{"" if table is None else table.as_html()}</div>'


class Tabled(Shown):
    """A value with rows, which can be had as a pandas table.

    A subclass says `_frame`: the rows, and the columns of the table by name.
    """

    __slots__ = ()

    def _frame(self) -> tuple[Columns, Sequence[Any]]:
        raise NotImplementedError

    def to_frame(self) -> pd.DataFrame:
        """Return all rows as a table of plain numbers and texts.

        Columns ``hr``, ``hr_low`` and ``hr_high`` are on the HR scale, those that begin with ``log_hr`` on the log
        scale; ``tau2`` is in (log HR) squared, and ``..._percent`` from 0 to 100.
        """
        import pandas as pd

        columns, rows = self._frame()
        return pd.DataFrame({name: [value(row) for row in rows] for name, value in columns})


def _cut(cell: str) -> str:
    # Thin spaces stand in numbers; line ends and signs that turn the direction of text are no characters to print.
    said = "".join(char if char.isprintable() or char == numerals.THIN else " " for char in cell)
    return said if len(said) <= _WIDEST else f"{said[: _WIDEST - 1]}…"


def _padded(cell: str, width: int, right: bool) -> str:
    return cell.rjust(width) if right else cell.ljust(width)


def _html_row(cells: Sequence[str], styles: Sequence[str], tag: str) -> str:
    made = (f"<{tag} {style}>{escape(cell)}</{tag}>" for cell, style in zip(cells, styles, strict=True))
    return f"<tr>{''.join(made)}</tr>"

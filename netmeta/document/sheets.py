"""Tables as CSV and as workbooks that are safe to open in a spreadsheet: every text stays a text."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from netmeta.document.missing import needed
from netmeta.evidence.reading.delimited import GUARDED
from netmeta.report.league_words import cleaned

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Cell", "csv_bytes", "workbook"]

Cell = str | int | float | bool | None
_LONGEST: Final = 32_000


def csv_bytes(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Write rows as CSV in UTF-8 with a byte order mark.

    An apostrophe stands before a text that a spreadsheet would run as a formula.
    """
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\r\n").writerows([_guarded(cell) for cell in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig", "replace")


def workbook(rows: Iterable[Sequence[Cell]], title: str) -> bytes:
    """Write rows as a sheet in which every text is a text, whatever it begins with, and every number a number.

    Raises
    ------
    ReportError
        If openpyxl is not installed.
    """
    openpyxl = needed("openpyxl")
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet(title[:31])
    for row in rows:
        page.append([_cell(page, cell) for cell in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _cell(page: object, value: Cell) -> object:
    from openpyxl.cell import WriteOnlyCell

    text = isinstance(value, str)
    made = WriteOnlyCell(page, value=cleaned(value)[:_LONGEST] if isinstance(value, str) else value)
    if text:
        # A text that begins with = is written as a formula unless its kind is said.
        made.data_type = "s"
    return made


def _guarded(value: Cell) -> Cell:
    if isinstance(value, str):
        return f"'{value}" if value[:1] and value[0] in GUARDED else value
    return "" if value is None else repr(value) if isinstance(value, float) else value

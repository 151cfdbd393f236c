"""Tables as CSV and as workbooks that are safe to open in a spreadsheet: every text stays a text."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from netmeta.document.missing import needed
from netmeta.evidence.reading.delimited import guarded
from netmeta.evidence.reading.workbook import sheet
from netmeta.signs import cleaned

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
    csv.writer(buffer, lineterminator="\r\n").writerows([guarded(cell) for cell in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig", "replace")


def workbook(rows: Iterable[Sequence[Cell]], title: str) -> bytes:
    """Write rows as a sheet in which every text is a text, whatever it begins with, and every number a number.

    Raises
    ------
    ReportError
        If openpyxl is not installed.
    """
    needed("openpyxl")
    return sheet(([_storable(cell) for cell in row] for row in rows), title[:31])


def _storable(value: Cell) -> Cell:
    return cleaned(value)[:_LONGEST] if isinstance(value, str) else value

"""Workbooks of Excel, LibreOffice and Google Sheets (.xlsx), by openpyxl."""

from __future__ import annotations

import io
import warnings
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from netmeta.errors import TableError, hint, shown
from netmeta.evidence.reading.grid import MOST_COLUMNS, MOST_ROWS, Grid, Uncomputed, check_size, from_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["read_workbook", "sheet", "write_workbook"]

_NEEDED = "openpyxl is needed for .xlsx files: python -m pip install 'netmeta[excel]'. Or save the sheet as CSV."
_LONGEST = 32_767


def read_workbook(raw: bytes, sheet: str = "") -> Grid:
    """Read one sheet; a formula gives the value that the spreadsheet had stored, and is refused without one.

    Raises
    ------
    TableError
        If openpyxl is not there, the file is damaged or encrypted, or there is no such sheet.
    """
    formulas = _sheets(raw, values=False, sheet=sheet)
    notes = tuple(
        f"Sheet {name!r} was read; there is 1 more."
        if more == 1
        else f"Sheet {name!r} was read; there are {more} more."
        for name, more in formulas[1]
    )
    lines = formulas[0]
    if any(_is_formula(cell) for _, row in lines for cell in row):
        stored = dict(_sheets(raw, values=True, sheet=sheet)[0])
        lines = [(place, _with_values(row, stored.get(place, ()))) for place, row in lines]
    return from_lines(lines, notes)


def _sheets(
    raw: bytes, *, values: bool, sheet: str
) -> tuple[list[tuple[str, tuple[Any, ...]]], list[tuple[str, int]]]:
    try:
        import openpyxl
    except ImportError:
        raise TableError(_NEEDED) from None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=values, keep_links=False)
            try:
                names = [one.title for one in book.worksheets]
                chosen = _chosen(names, sheet)
                lines = list(_lines(book[chosen]))
            finally:
                book.close()
    except TableError:
        raise
    except Exception as error:  # noqa: BLE001 - openpyxl lets through whatever its zip, XML and style readers raise
        said = " ".join(f"{type(error).__name__}: {error}".split())[:300]
        raise TableError(f"The workbook is damaged or encrypted: {said}") from None
    return lines, [(chosen, len(names) - 1)] if len(names) > 1 and not sheet else []


def _chosen(names: Sequence[str], sheet: str) -> str:
    if not names:
        raise TableError("The workbook has no sheet.")
    if sheet and sheet not in names:
        raise TableError(f"The workbook has no sheet {shown(sheet)}.{hint(sheet, names)}")
    return sheet or names[0]


def _lines(page: Any) -> Iterator[tuple[str, tuple[Any, ...]]]:  # noqa: ANN401
    # A sheet may say that it is a million rows high and hold ten: what it says is not believed.
    page.reset_dimensions()
    filled = 0
    for at, row in enumerate(page.iter_rows(values_only=True), start=1):
        kept = [_plain(cell) for cell in row]
        while kept and kept[-1] is None:
            kept.pop()
        check_size(len(kept), MOST_COLUMNS, "columns")
        filled += bool(kept)
        check_size(filled, MOST_ROWS, "rows")
        if kept:
            yield f"row {at}", tuple(kept)


def _plain(cell: Any) -> Any:  # noqa: ANN401
    return None if cell == "" else cell


def _is_formula(cell: Any) -> bool:  # noqa: ANN401
    return isinstance(cell, str) and cell.startswith("=") and len(cell) > 1


def _with_values(row: tuple[Any, ...], stored: tuple[Any, ...]) -> tuple[Any, ...]:
    """Put the stored values in the place of formulas; a text that begins with = is its own stored value."""
    return tuple(
        cell if not _is_formula(cell) else value if value is not None else Uncomputed(cell)
        for cell, value in zip_longest(row, stored[: len(row)])
    )


def write_workbook(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    """Write a sheet in which every text is a text, whatever it begins with, and every number a number."""
    try:
        from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    except ImportError:
        raise TableError(_NEEDED) from None
    for name, value in ((name, value) for row in rows for name, value in zip(columns, row, strict=True)):
        if isinstance(value, str) and (ILLEGAL_CHARACTERS_RE.search(value) or len(value) > _LONGEST):
            raise TableError(f"{name} has a text that .xlsx cannot hold: {shown(value)}. Write CSV or JSON.")
    cells = ([None if value == "" else value for value in row] for row in rows)
    return sheet((columns, *cells), "trials")


def sheet(rows: Iterable[Sequence[Any]], title: str) -> bytes:
    """Write a workbook of one sheet in which every text is a text, whatever it begins with; needs openpyxl."""
    import openpyxl
    from openpyxl.cell import WriteOnlyCell

    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet(title)
    for row in rows:
        cells = [WriteOnlyCell(page, value=value) for value in row]
        for cell in cells:
            if isinstance(cell.value, str):
                # A text that begins with = is written as a formula unless its kind is said.
                cell.data_type = "s"
        page.append(cells)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()

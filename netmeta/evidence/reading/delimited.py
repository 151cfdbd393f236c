"""CSV, TSV and what a spreadsheet copies: bytes or text to a grid, and the guard against formulas undone."""

from __future__ import annotations

import codecs
import csv
import io
from typing import TYPE_CHECKING, Any

from netmeta.errors import TableError
from netmeta.evidence.reading.grid import from_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netmeta.evidence.reading.grid import Grid

__all__ = ["GUARDED", "decoded", "guarded", "read_delimited", "separator_of", "unguarded"]

GUARDED = "=+-@\t\r\n'\uff1d\uff0b\uff0d\uff20"
"""Signs at the start of a text that a spreadsheet may run as a formula, and the apostrophe that guards them."""

_SEPARATORS = "\t;,|"
_LOOKED_AT = 30
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def decoded(raw: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the text of a file and, where it is not UTF-8, a note of what it was taken for.

    Raises
    ------
    TableError
        If it is no text.
    """
    known = next((name for bom, name in _BOMS if raw.startswith(bom)), "")
    for name in (known,) if known else ("utf-8", "cp1252"):
        try:
            text = raw.decode(name)
        except UnicodeError:
            continue
        if "\0" in text:
            break
        return text, () if name.startswith("utf") else ("Read as Windows-1252 text; save it as UTF-8 to be sure.",)
    raise TableError("This is no text: give CSV, TSV, JSON, .xlsx, a RevMan data package or an .rm5 file.")


def read_delimited(text: str, notes: tuple[str, ...] = ()) -> Grid:
    """Read CSV, TSV or a pasted block.

    Parameters
    ----------
    text
        Lines of cells parted by tab, semicolon, comma or bar (the one that fits best), texts in ``"`` where needed.
    notes
        What was decided before.

    Raises
    ------
    TableError
        If there is no header, a quotation mark is not closed, or the table is too large.
    """
    text = text.removeprefix("\ufeff")
    separator = separator_of(text)
    try:
        return from_lines(_lines(text, separator), notes)
    except csv.Error as error:
        raise TableError(
            f"The table cannot be parted into cells: {error}. Is a quotation mark left open?"
        ) from None


def separator_of(text: str) -> str:
    """Return the sign that parts most of the first lines into the most cells of the same number."""
    best, score = ",", (0.0, 0)
    for separator in _SEPARATORS:
        try:
            sizes = [
                len(row) for _, (_, row) in zip(range(_LOOKED_AT), _rows(text, separator), strict=False) if row
            ]
        except csv.Error:
            continue
        if sizes and max(sizes) > 1:
            usual = max(set(sizes) - {1}, key=sizes.count)
            found = (sizes.count(usual) / len(sizes), usual)
            best, score = (separator, found) if found > score else (best, score)
    return best


def guarded(value: Any) -> Any:  # noqa: ANN401
    """Return a value as a cell of a file: a text that a spreadsheet might run has an apostrophe before it."""
    if isinstance(value, str):
        return f"'{value}" if value[:1] and value[0] in GUARDED else value
    return "" if value is None else repr(value) if isinstance(value, float) else value


def unguarded(cell: str) -> str:
    """Take off the apostrophe that keeps a spreadsheet from running a text: ``'=1+1`` is the text ``=1+1``."""
    return cell[1:] if len(cell) > 1 and cell[0] == "'" and cell[1] in GUARDED else cell


def _lines(text: str, separator: str) -> Iterator[tuple[str, list[str]]]:
    for line, row in _rows(text, separator):
        yield f"line {line}", [unguarded(cell) for cell in row]


def _rows(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Yield rows with the line where they begin."""
    # Strict: else a quotation mark left open swallows every row after it in silence.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    for row in reader:
        yield line, row
        line = reader.line_num + 1

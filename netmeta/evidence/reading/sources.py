"""Find out what a source is, and have the right reader make a grid, or trials, of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from netmeta.errors import SelectionError, TableError, shown
from netmeta.evidence.evidence import Evidence
from netmeta.evidence.reading.delimited import decoded, read_delimited
from netmeta.evidence.reading.grid import MOST_BYTES, Grid, check_size
from netmeta.evidence.reading.guessing import guess_mapping
from netmeta.evidence.reading.mapping import ColumnMapping
from netmeta.evidence.reading.rows import read_grid

if TYPE_CHECKING:
    from collections.abc import Mapping

    from netmeta.evidence.reading.reading import Reading

__all__ = ["open_table", "read_table"]

_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_BREAKS = frozenset("\n\t\r")
_KNOWN = "Give CSV, TSV, JSON, .xlsx, a RevMan data package (.zip) or an .rm5 file."


def read_table(
    source: object,
    mapping: ColumnMapping | Mapping[str, str | None] | None = None,
    *,
    decimal: str = "",
    sheet: str = "",
    **same: Any,  # noqa: ANN401
) -> Reading:
    r"""Read trials from a table of any make; what cannot be read is listed and the rest is there.

    Parameters
    ----------
    source
        A path (CSV, TSV, JSON, .xlsx, RevMan data package, .rm5), the bytes or the open file of one, text with line
        breaks (as copied from a spreadsheet; JSON needs none), a pandas, polars or other data frame, or a list of
        mappings.
    mapping
        Which column holds which field: a `ColumnMapping` from an earlier reading, or ``{"column": "field"}`` for
        the columns that are guessed wrong (``None`` leaves a column out).
    decimal
        ``"."`` or ``","`` where the numbers do not tell it themselves.
    sheet
        Name of the sheet of a workbook; the first one by default.
    **same
        Fields that are the same in every row: ``control="placebo"``. In a RevMan file they take the place of what
        it says.

    Returns
    -------
    Reading
        ``evidence``, the ``mapping`` that was used, and every refused row with its place, value and reason.

    Raises
    ------
    TableError
        If the source is no table, is too large, or lacks study, experimental or control altogether.
    SelectionError
        If ``decimal`` is not one of its two values.

    Examples
    --------
    >>> import netmeta as nm
    >>> read = nm.read_table("study;hr\nCABINET;0,38 (0,25-0,59)", experimental="cabozantinib", control="placebo")
    >>> read.evidence[0].ci_high
    0.59
    """
    if decimal not in ("", ".", ","):
        raise SelectionError(f"decimal is {shown(decimal)}; give '.' or ','.")
    found = open_table(source, sheet)
    if not isinstance(found, Grid):
        return _changed(found, mapping, decimal, same)
    return read_grid(found, _mapping(found, mapping), decimal, same)


def _changed(read: Reading, mapping: object, decimal: str, same: Mapping[str, Any]) -> Reading:
    """Put what is the same in every row in the place of what a RevMan file says."""
    if mapping is not None or decimal:
        raise TableError("A RevMan file says itself what its numbers are; read it without mapping and decimal.")
    if not same:
        return read
    return replace(read, evidence=Evidence(tuple(trial.change(**same) for trial in read.evidence)))


def _mapping(grid: Grid, given: object) -> ColumnMapping:
    if isinstance(given, ColumnMapping):
        named = {one.column: one.field for one in given.columns if one.field}
        unknown = next((column for column in named if column not in grid.columns), None)
        if unknown is not None:
            raise TableError(f"The mapping names a column {shown(unknown)} that the table does not have.")
        if tuple(one.column for one in given.columns) == grid.columns:
            return given
        left = ColumnMapping(tuple(one for one in guess_mapping(grid).columns))
        return left.change({column: named.get(column) for column in grid.columns})
    guess = guess_mapping(grid)
    if given is None:
        return guess
    if not isinstance(given, dict):
        raise TableError(f"mapping is {type(given).__name__}; give a ColumnMapping or {{'column': 'field'}}.")
    return guess.change(given)


def open_table(source: object, sheet: str = "") -> Grid | Reading:
    """Open a source without reading its rows; what `read_table` does first.

    Parameters
    ----------
    source, sheet
        As for `read_table`.

    Returns
    -------
    Grid or Reading
        Columns and rows as they stand; of a RevMan file, which needs no mapping, the trials.

    Raises
    ------
    TableError
        If it is no table, is damaged, or is too large.
    """
    if isinstance(source, str) and (_BREAKS.intersection(source) or source.lstrip().startswith(("{", "["))):
        return _text(source, ())
    if isinstance(source, str | Path):
        return _bytes(_file(Path(source)), sheet)
    if isinstance(source, bytes | bytearray | memoryview):
        return _bytes(bytes(source), sheet)
    if callable(getattr(source, "read", None)):
        return _stream(source, sheet)
    if isinstance(source, list | tuple):
        from netmeta.evidence.reading.grid import from_records

        return from_records(source)
    from netmeta.evidence.reading.dataframes import read_dataframe

    return read_dataframe(source)


def _file(path: Path) -> bytes:
    try:
        check_size(path.stat().st_size, MOST_BYTES, "bytes")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        if isinstance(error, TableError):
            raise
        why = getattr(error, "strerror", None) or error
        raise TableError(f"{shown(str(path))} cannot be opened: {why}. To read text, give its lines.") from None


def _stream(source: Any, sheet: str) -> Grid | Reading:  # noqa: ANN401
    try:
        found = source.read(MOST_BYTES + 1)
    except (OSError, ValueError, TypeError) as error:
        raise TableError(f"The open file cannot be read: {error}.") from None
    if isinstance(found, str):
        return _text(found, ())
    return _bytes(bytes(found), sheet)


def _bytes(raw: bytes, sheet: str) -> Grid | Reading:
    check_size(len(raw), MOST_BYTES, "bytes")
    if raw.startswith(_ZIP):
        from netmeta.evidence.reading.archive import read_archive

        return read_archive(raw, sheet)
    if raw.startswith(_OLD_EXCEL):
        raise TableError("This is a workbook of the old kind (.xls); save it as .xlsx or CSV.")
    head = raw[:500].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith((b"<?xml", b"<COCHRANE_REVIEW")):
        from netmeta.evidence.reading.rm5 import read_rm5

        return read_rm5(raw)
    text, notes = decoded(raw)
    return _text(text, notes)


def _text(text: str, notes: tuple[str, ...]) -> Grid:
    check_size(len(text), MOST_BYTES, "characters")
    start = text.lstrip("\ufeff \t\r\n")
    if not start:
        raise TableError(f"There is nothing in it. {_KNOWN}")
    if start[0] in "{[":
        from netmeta.evidence.reading.jsontable import read_json

        return read_json(text)
    return read_delimited(text, notes)

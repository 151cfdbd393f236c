"""A table before it is understood: named columns of cells, each row with the place where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from netmeta.errors import TableError, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = [
    "MOST_BYTES",
    "MOST_COLUMNS",
    "MOST_ROWS",
    "Grid",
    "Uncomputed",
    "check_size",
    "from_lines",
    "from_records",
]

MOST_ROWS, MOST_COLUMNS, MOST_BYTES = 200_000, 1_000, 200_000_000
_HEADS = 2


@dataclass(frozen=True, slots=True)
class Uncomputed:
    """A cell with a formula for which the spreadsheet has stored no value."""

    formula: str

    def __str__(self) -> str:
        return self.formula


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Columns and rows as they stand in the source; a cell is a text, a number, a date or ``None``.

    Parameters
    ----------
    columns
        Name of each column, no two alike.
    rows
        Cells of each row, as many as there are columns.
    places
        Where each row stands: ``"line 4"``.
    uneven
        Rows with more cells than there are columns, as (place, cells).
    notes
        What the reader of the source decided, in words.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    places: tuple[str, ...]
    uneven: tuple[tuple[str, tuple[Any, ...]], ...] = ()
    notes: tuple[str, ...] = ()

    def column(self, at: int) -> tuple[Any, ...]:
        """Return the cells of one column."""
        return tuple(row[at] for row in self.rows)


def check_size(size: int, most: int, what: str) -> None:
    """Refuse a source that is larger than a table of trials can be."""
    if size > most:
        raise TableError(
            f"The table has {size:,} {what}; at most {most:,} are read. Split it, or leave out a part."
        )


def from_lines(lines: Iterable[tuple[str, Sequence[Any]]], notes: tuple[str, ...] = ()) -> Grid:
    """Make a grid of lines of cells; the first line with two names in it is the header.

    Raises
    ------
    TableError
        If there is no header, or the table is too large.
    """
    columns: tuple[str, ...] = ()
    rows: list[tuple[Any, ...]] = []
    places: list[str] = []
    uneven: list[tuple[str, tuple[Any, ...]]] = []
    for place, cells in lines:
        kept = _without_tail(cells)
        if not columns:
            columns = _header(kept)
        elif len(kept) > len(columns):
            uneven.append((place, kept))
        elif kept:
            rows.append(kept + (None,) * (len(columns) - len(kept)))
            places.append(place)
            check_size(len(rows), MOST_ROWS, "rows")
    if not columns:
        raise TableError("There is no header: the first line has to name the columns, such as study, hr, ci_low.")
    return Grid(columns=columns, rows=tuple(rows), places=tuple(places), uneven=tuple(uneven), notes=notes)


def from_records(records: Sequence[object], noun: str = "record") -> Grid:
    """Make a grid of mappings; a name that a record lacks is an empty cell."""
    check_size(len(records), MOST_ROWS, "rows")
    columns: dict[str, None] = {}
    for at, record in enumerate(records, start=1):
        if not isinstance(record, dict):
            raise TableError(f"{noun} {at} is {shown(record)}; give a mapping of column names to values.")
        columns.update(dict.fromkeys(map(str, record)))
    check_size(len(columns), MOST_COLUMNS, "columns")
    plain = [{str(name): value for name, value in record.items()} for record in records]  # type: ignore[attr-defined]
    return Grid(
        columns=tuple(columns),
        rows=tuple(tuple(map(record.get, columns)) for record in plain),
        places=tuple(f"{noun} {at}" for at in range(1, len(records) + 1)),
    )


def _without_tail(cells: Sequence[Any]) -> tuple[Any, ...]:
    kept = list(cells)
    while kept and (kept[-1] is None or (isinstance(kept[-1], str) and not kept[-1].strip())):
        kept.pop()
    return tuple(kept)


def _header(cells: tuple[Any, ...]) -> tuple[str, ...]:
    """Name the columns of a header line; a line with fewer than two names is a title, not a header."""
    if sum(cell not in (None, "") for cell in cells) < _HEADS:
        return ()
    check_size(len(cells), MOST_COLUMNS, "columns")
    names: dict[str, None] = {}
    for at, cell in enumerate(cells, start=1):
        name = " ".join(str("" if cell is None else cell).split()) or f"column {at}"
        same = sum(1 for other in names if other == name or other.startswith(f"{name} ("))
        names[f"{name} ({same + 1})" if name in names else name] = None
    if len(names) < len(cells):
        raise TableError("Two columns have the same name; give each its own.")
    return tuple(names)

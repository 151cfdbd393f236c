"""Data frames of any library that narwhals knows (pandas, polars, pyarrow): none is imported here."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from netmeta.errors import TableError
from netmeta.evidence.reading.grid import MOST_COLUMNS, MOST_ROWS, Grid, check_size

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["read_dataframe"]

_MARKERS = ("NAType", "NaTType")


def read_dataframe(frame: object) -> Grid:
    """Read a data frame; a cell that is null, NaN or NaT is empty.

    Raises
    ------
    TableError
        If it is not a data frame, is too large, or has two columns of one name.
    """
    import narwhals.stable.v1 as nw

    try:
        table = nw.from_native(frame, eager_only=True)
        size, names = len(table), [str(name) for name in table.columns]
    except (TypeError, ValueError, AttributeError) as error:
        raise TableError(_refusal(frame, error)) from None
    check_size(size, MOST_ROWS, "rows")
    check_size(len(names), MOST_COLUMNS, "columns")
    if len(set(names)) < len(names):
        raise TableError(_refusal(frame, "two of its columns have the same name"))
    columns = [_cells(column.to_list()) for column in table.iter_columns()]
    rows = tuple(zip(*columns, strict=True)) if columns else ()
    return Grid(
        columns=tuple(names),
        rows=rows,
        places=tuple(f"row {at}" for at in range(1, len(rows) + 1)),
    )


def _refusal(frame: object, error: object) -> str:
    if hasattr(frame, "columns"):
        return f"The data frame cannot be read: {error}."
    return (
        f"A table is needed; got {type(frame).__name__}. "
        "Give a path, text with line breaks, bytes, a data frame or a list of mappings."
    )


def _cells(cells: Iterable[Any]) -> list[Any]:
    return [None if _empty(cell) else cell for cell in cells]


def _empty(cell: Any) -> bool:  # noqa: ANN401
    return cell is None or type(cell).__name__ in _MARKERS or (isinstance(cell, float) and math.isnan(cell))

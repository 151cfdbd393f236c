"""JSON: a list of records, a mapping of columns, or netmeta's own file."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from netmeta.errors import TableError, shown
from netmeta.evidence.reading.grid import Grid, from_records

__all__ = ["read_json"]


def read_json(text: str) -> Grid:
    """Read ``[{"study": ...}, ...]``, ``{"study": [...], ...}`` or ``{"trials": [...]}``.

    Raises
    ------
    TableError
        If it is not JSON, or not a table; NaN and Infinity, which are not JSON, are refused, and a name that stands
        twice in one record is too.
    """
    try:
        found = json.loads(text.removeprefix("\ufeff"), parse_constant=_no_number, object_pairs_hook=_record)
    except json.JSONDecodeError as error:
        raise TableError(f"This is not JSON: {error.msg} in line {error.lineno}, column {error.colno}.") from None
    except RecursionError:
        raise TableError("The JSON is nested too deeply for a table.") from None
    except ValueError as error:
        if isinstance(error, TableError):
            raise
        raise TableError(f"The JSON cannot be read: {error}.") from None
    if isinstance(found, dict) and isinstance(found.get("trials"), list):
        found = found["trials"]
    if isinstance(found, dict):
        found = _records(found)
    if not isinstance(found, list):
        raise TableError(f"The JSON holds {type(found).__name__}; give a list of records.")
    return from_records(found)


def _records(columns: dict[str, Any]) -> list[dict[str, Any]]:
    sizes = {len(cells) for cells in columns.values() if isinstance(cells, list)}
    if len(sizes) != 1 or not all(isinstance(cells, list) for cells in columns.values()):
        raise TableError(
            "The JSON is a mapping; its values have to be lists of the same length, one for each column."
        )
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _record(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise TableError(f"A record has {shown(twice)} twice; leave one.")
    return found


def _no_number(name: str) -> NoReturn:
    raise TableError(f"The JSON has {name}, which is no number; write null where nothing is known.")

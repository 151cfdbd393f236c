"""Evidence as a table and back."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from netmeta.errors import EntryError, TableError, hint
from netmeta.evidence.trial import FIELDS, Trial

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

__all__ = ["read_frame", "read_records", "write_frame"]

_NEEDED = ("study", "experimental", "control")
_SHOWN = 5


def read_records(rows: Iterable[tuple[str, Mapping[str, Any]]]) -> tuple[Trial, ...]:
    """Make trials of named rows (``("line 4", {"study": ...})``); all bad rows are in one `TableError`."""
    trials, bad = [], []
    for where, row in rows:
        try:
            trials.append(Trial(**row))
        except EntryError as error:
            bad.append(f"{where} ({row.get('study', '')}): {error}")
    if bad:
        more = f"\n... and {len(bad) - _SHOWN} more." if len(bad) > _SHOWN else ""
        noun = "row" if len(bad) == 1 else "rows"
        raise TableError(f"{len(bad)} {noun} cannot be read:\n" + "\n".join(bad[:_SHOWN]) + more)
    return tuple(trials)


def read_frame(frame: pd.DataFrame) -> tuple[Trial, ...]:
    """Make trials of a pandas table.

    Raises
    ------
    TableError
        For a column that `Trial` does not have, a needed column that is missing, and rows whose values
        cannot be right; each row is named by its index.
    """
    columns = [str(name) for name in frame.columns]
    for name in columns:
        if name not in FIELDS:
            raise TableError(f"The table has a column {name!r} that trials do not have.{hint(name, FIELDS)}")
    lacking = [name for name in _NEEDED if name not in columns]
    if lacking:
        raise TableError(f"The table has no column {', '.join(map(repr, lacking))}; every trial needs it.")
    plain = frame.astype(object).where(frame.notna(), None)
    records = plain.to_dict("records")
    named = zip(frame.index, records, strict=True)
    return read_records((f"row {at}", {str(k): v for k, v in row.items() if v is not None}) for at, row in named)


def write_frame(trials: tuple[Trial, ...]) -> pd.DataFrame:
    """Write trials as a pandas table: counts as ``Int64``, numbers as ``float64``, text as text."""
    import pandas as pd

    kinds = {"int | None": "Int64", "int": "Int64", "float": "float64", "float | None": "float64"}
    columns = {
        field.name: pd.Series(
            [getattr(trial, field.name) for trial in trials], dtype=kinds.get(str(field.type), "object")
        )
        for field in fields(Trial)
    }
    return pd.DataFrame(columns)

"""Evidence as a table and back."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from netmeta.errors import EntryError, TableError, clipped, hint, shown
from netmeta.evidence.trial import FIELDS, Trial

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

__all__ = ["read_frame", "read_records", "write_frame"]

_NEEDED = ("study", "experimental", "control")
_SHOWN, _NAMED = 5, 50
TELL_APART = "Leave one out, or tell them apart by cohort=, assessor= or data_cut=."


def read_records(rows: Iterable[tuple[str, Mapping[str, Any]]]) -> tuple[Trial, ...]:
    """Make trials of named rows (``("line 4", {"study": ...})``); all bad rows are in one `TableError`."""
    found: dict[str, tuple[str, Trial]] = {}
    bad: list[tuple[str, str]] = []
    for where, row in rows:
        try:
            trial = Trial(**{**dict.fromkeys(_NEEDED, ""), **row})
        except EntryError as error:
            bad.append((f"{where} ({clipped(row.get('study', ''))})", str(error)))
            continue
        first, _ = found.setdefault(trial.key, (where, trial))
        if first != where:
            bad.append((f"{where} ({clipped(trial.label)})", f"the same row as {first}. {TELL_APART}"))
    if bad:
        raise TableError(_complaint(bad))
    return tuple(trial for _, trial in found.values())


def _complaint(bad: list[tuple[str, str]]) -> str:
    """Name every bad row, and say of the first few what is wrong."""
    said = [f"{where}: {why}" for where, why in bad[:_SHOWN]]
    named = ", ".join(where for where, _ in bad[_SHOWN : _SHOWN + _NAMED])
    rest = len(bad) - _SHOWN - _NAMED
    more = [f"Also {named}{f' and {rest} more' if rest > 0 else ''}."] if named else []
    head = "1 row cannot be read:" if len(bad) == 1 else f"{len(bad)} rows cannot be read:"
    return "\n".join([head, *said, *more])


def read_frame(frame: pd.DataFrame) -> tuple[Trial, ...]:
    """Make trials of a pandas table.

    Raises
    ------
    TableError
        For a column that `Trial` does not have or that stands twice, a needed column that is missing, and rows
        whose values cannot be right or that stand twice; each row is named by its index.
    """
    _check_columns(frame)
    plain = frame.astype(object).where(frame.notna(), None)
    records = plain.to_dict("records")
    named = enumerate(zip(frame.index, records, strict=True))
    twice = frame.index.has_duplicates
    return read_records(
        (
            f"row {index} (number {at})" if twice else f"row {index}",
            {str(k): v for k, v in row.items() if v is not None},
        )
        for at, (index, row) in named
    )


def _check_columns(frame: object) -> None:
    if not hasattr(frame, "columns") or not hasattr(frame, "notna"):
        raise TableError(f"A pandas DataFrame is needed; got {type(frame).__name__}. Try pandas.DataFrame(...).")
    columns = [str(name) for name in frame.columns]
    for name in columns:
        if name not in FIELDS:
            raise TableError(f"The table has a column {shown(name)} that trials do not have.{hint(name, FIELDS)}")
        if columns.count(name) > 1:
            raise TableError(f"The table has {columns.count(name)} columns {name!r}; leave one of them.")
    lacking = [name for name in _NEEDED if name not in columns]
    if lacking:
        raise TableError(f"The table has no column {', '.join(map(repr, lacking))}; every trial needs it.")


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

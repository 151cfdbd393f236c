"""Write evidence as CSV, TSV, JSON or a workbook: safe to open in a spreadsheet, and read back unchanged."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from netmeta.errors import EntryError, SelectionError, TableError, hint, shown
from netmeta.evidence.evidence import Evidence
from netmeta.evidence.reading.delimited import guarded
from netmeta.evidence.trial import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["table_text", "write_table"]

_SEPARATORS = {"csv": ",", "tsv": "\t"}
_KINDS = ("csv", "tsv", "json", "xlsx")


def table_text(evidence: Evidence, kind: str = "csv") -> str:
    """Write evidence as text.

    Parameters
    ----------
    evidence
        The trials.
    kind
        ``"csv"``, ``"tsv"`` or ``"json"``. In CSV and TSV an apostrophe stands before a text that a spreadsheet
        would run as a formula; `netmeta.read_table` takes it off again.

    Raises
    ------
    SelectionError
        For another kind.
    TableError
        For a text that UTF-8 cannot hold (half a surrogate pair).
    """
    rows = _checked(evidence)
    if kind == "json":
        return _json(rows)
    if kind not in _SEPARATORS:
        raise SelectionError(f"There is no text of kind {shown(kind)}.{hint(str(kind), (*_SEPARATORS, 'json'))}")
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=_SEPARATORS[kind], lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(FIELDS)
    writer.writerows([guarded(value) for value in row] for row in rows)
    return buffer.getvalue()


def write_table(evidence: Evidence, path: str | Path) -> None:
    """Write evidence to a file; the end of its name says how: ``.csv``, ``.tsv``, ``.json`` or ``.xlsx``.

    CSV and TSV are UTF-8 with a byte order mark, by which a spreadsheet knows it.

    Raises
    ------
    SelectionError
        For another end.
    TableError
        If the file cannot be written, or .xlsx is asked for and openpyxl is not there.
    """
    target = Path(path)
    kind = target.suffix.removeprefix(".").casefold()
    if kind not in _KINDS:
        raise SelectionError(f"{shown(target.name)} ends in no kind of table.{hint(kind, _KINDS)}")
    if kind == "xlsx":
        from netmeta.evidence.reading.workbook import write_workbook

        raw = write_workbook(FIELDS, _checked(evidence))
    else:
        raw = table_text(evidence, kind).encode("utf-8" if kind == "json" else "utf-8-sig")
    try:
        target.write_bytes(raw)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise TableError(f"{shown(str(target))} cannot be written: {why}.") from None


def _checked(evidence: Evidence) -> list[list[Any]]:
    if not isinstance(evidence, Evidence):
        raise EntryError(f"Evidence is needed; got {type(evidence).__name__}. Try Evidence([trial, ...]).")
    return [[_storable(name, getattr(trial, name)) for name in FIELDS] for trial in evidence]


def _storable(name: str, value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, str) and any("\ud800" <= sign <= "\udfff" for sign in value):
        raise TableError(f"{name} has a sign that no file can hold: {shown(value)}.")
    return value


def _json(rows: Iterable[list[Any]]) -> str:
    trials = [
        {name: value for name, value in zip(FIELDS, row, strict=True) if value not in (None, "")} for row in rows
    ]
    # Names and values only: what a trial derives is derived anew.
    return json.dumps({"netmeta": 1, "trials": trials}, ensure_ascii=False, indent=1, allow_nan=False) + "\n"

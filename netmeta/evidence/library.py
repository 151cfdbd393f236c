"""The bundled library: published trials and their treatments, read from the packaged tables."""

from __future__ import annotations

import csv
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from netmeta.errors import TableError
from netmeta.evidence.evidence import Evidence
from netmeta.evidence.tables import read_records
from netmeta.evidence.trial import Trial

__all__ = ["Treatment", "load_treatments", "load_trials", "rows_of"]


@dataclass(frozen=True, slots=True)
class Treatment:
    """One treatment of the library: its label in trials, class, mechanism and approvals."""

    code: str
    label: str
    name: str
    drug_class: str
    mechanism: str
    components: tuple[str, ...]
    atc_code: str
    atc_verified_by: str
    approvals: str
    approvals_verified_by: str


@lru_cache(maxsize=1)
def load_trials() -> Evidence:
    """Return the bundled randomised trials, every row with its source and verification status.

    Returns
    -------
    Evidence
        All rows: primary and sensitivity results, subgroups, superseded and unverified ones, and trials
        without a usable hazard ratio (`Trial.why_not_poolable` says why). ``where(use="primary")`` has
        verified rows only; see ``data/README.md`` for the rules.
    """
    kinds = {field.name: str(field.type) for field in fields(Trial)}
    rows = rows_of("trials.csv")
    return Evidence(read_records((f"line {at}", _typed(row, kinds)) for at, row in enumerate(rows, start=2)))


@lru_cache(maxsize=1)
def load_treatments() -> tuple[Treatment, ...]:
    """Return the bundled treatments, with class, mechanism and approvals."""
    return tuple(
        Treatment(
            drug_class=row.pop("class"),
            components=tuple(filter(None, row.pop("components").split("|"))),
            **row,
        )
        for row in rows_of("treatments.csv")
    )


def _typed(row: dict[str, str], kinds: dict[str, str]) -> dict[str, Any]:
    read = {name: (text, kinds[name]) for name, text in row.items() if text and name in kinds}
    return {name: text if kind == "str" else float(text) for name, (text, kind) in read.items()}


def rows_of(name: str) -> list[dict[str, str]]:
    """Return the rows of one of the bundled tables, as text."""
    with _folder().joinpath(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _folder() -> Path:
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "data", package.parent / "data"):
        if (folder / "trials.csv").is_file():
            return folder
    raise TableError("The bundled data are missing; install netmeta again: pip install --force-reinstall netmeta")

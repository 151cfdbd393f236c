"""Responders and grade 3 or higher adverse events of the library's trials, as printed."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from netmeta.evidence.library import rows_of

__all__ = ["Outcome", "load_outcomes"]

_KINDS = {"int | None": int, "float | None": float}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One outcome of the two arms of a trial, as its paper prints it; nothing is calculated.

    Parameters
    ----------
    row_id, trial_row
        Identity of the row, and of the row of ``trials.csv`` to which its arms belong.
    study, cohort, subgroup, population, experimental, control
        Which comparison it is, in the words of `netmeta.Trial`.
    outcome
        ``"response"`` or ``"grade 3 or higher adverse events"``.
    definition
        Who read the response, or what counts as an event; as the source says.
    experimental_as_printed, control_as_printed
        The result of each arm: ``"18/101 (18%)"``, ``"12% (8-18)"``, ``"5%"``.
    events_experimental, n_experimental, events_control, n_control
        Counts and their denominators, only where they are printed.
    percent_experimental, percent_control
        Percentages (0 to 100), only where they are printed.
    interval_experimental, interval_control
        The percentage's interval as printed.
    data_cut, use, verification, unverified, year, source, doi, nct, seen_at
        As in `netmeta.Trial`; ``verification`` may also be ``"partly verified"``: ``unverified`` says which part.
    """

    row_id: str
    trial_row: str
    study: str
    cohort: str = ""
    subgroup: str = ""
    population: str = ""
    experimental: str = ""
    control: str = ""
    outcome: str = ""
    definition: str = ""
    experimental_as_printed: str = ""
    control_as_printed: str = ""
    events_experimental: int | None = None
    n_experimental: int | None = None
    percent_experimental: float | None = None
    interval_experimental: str = ""
    events_control: int | None = None
    n_control: int | None = None
    percent_control: float | None = None
    interval_control: str = ""
    data_cut: str = ""
    use: str = ""
    verification: str = ""
    unverified: str = ""
    year: int | None = None
    source: str = ""
    doi: str = ""
    nct: str = ""
    seen_at: str = ""

    @property
    def part(self) -> str:
        """The cohort or subgroup; empty for the whole trial."""
        return f"{self.subgroup} subgroup" if self.subgroup else self.cohort

    @property
    def label(self) -> str:
        """The trial with its cohort or subgroup."""
        return f"{self.study} {self.part}".rstrip()


@lru_cache(maxsize=1)
def load_outcomes() -> tuple[Outcome, ...]:
    """Return the bundled responders and adverse events, each with its source and verification status.

    Rows of ``use="primary"`` are one for a trial, cohort and outcome; see ``data/README.md``.
    """
    kinds = {field.name: _KINDS.get(str(field.type)) for field in fields(Outcome)}
    return tuple(
        Outcome(**{name: _typed(cell, kinds[name]) for name, cell in row.items() if cell})
        for row in rows_of("outcomes.csv")
    )


def _typed(cell: str, kind: type[int | float] | None) -> Any:  # noqa: ANN401
    return kind(cell) if kind else cell

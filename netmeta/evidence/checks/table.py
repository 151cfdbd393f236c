"""All checks of a table: each row, rows that are one trial, and rows that do not belong in one model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netmeta.evidence.checks.finding import Finding, Findings, Mend, found
from netmeta.evidence.checks.row import check_trial
from netmeta.evidence.checks.twins import check_twins

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from netmeta.evidence.trial import Trial

__all__ = ["findings"]

_COUNTED = ("primary", "sensitivity")


def findings(trials: Iterable[Trial], *, pooled: bool = False) -> Findings:
    """Look at every row, for the same trial twice, and for a subgroup beside its overall.

    Parameters
    ----------
    trials
        Rows of a table.
    pooled
        Whether they are to be pooled in one model: endpoints and assessors that are mixed are then told too, and so
        is a subgroup that its ``use`` keeps apart in a table.

    Returns
    -------
    Findings
        In the order of the rows; what concerns all of them at the end.
    """
    rows = tuple(trials)
    own = tuple(finding for trial in rows for finding in check_trial(trial))
    every = (*own, *check_twins(rows), *_subgroups(rows, pooled=pooled), *(_mixed(rows) if pooled else ()))
    return Findings(every)


def _subgroups(rows: tuple[Trial, ...], *, pooled: bool) -> Iterator[Finding]:
    """Look for a subgroup beside its overall: they share patients, and never belong in one model."""
    counted = [row for row in rows if pooled or row.use in _COUNTED]
    whole = {_group(row): row for row in counted if not row.subgroup}
    for row in counted:
        overall = whole.get(_group(row))
        if row.subgroup and overall is not None:
            said = f"{row.label} stands beside {overall.label}: its patients are counted twice."
            mend = Mend("Mark it as a subgroup, or leave one of them out.", (("use", "subgroup"),))
            yield found(row, "subgroup beside its overall", "warning", said, mend=mend)


def _group(row: Trial) -> tuple[str, ...]:
    return row.study, row.experimental, row.control, row.endpoint


def _mixed(rows: tuple[Trial, ...]) -> Iterator[Finding]:
    endpoints = tuple(dict.fromkeys(row.endpoint for row in rows))
    if len(endpoints) > 1:
        said = f"Different endpoints are mixed: {', '.join(endpoints)}."
        yield _of_all("endpoints mixed", "warning", said, "Keep one with where(endpoint=...).")
    readers = tuple(dict.fromkeys(row.assessor for row in rows if row.assessor))
    if len(readers) > 1:
        said = f"Different assessors are mixed: {', '.join(readers)}."
        yield _of_all("assessors mixed", "note", said, "Compare with where(assessor=...).")


def _of_all(kind: str, severity: str, said: str, mend: str) -> Finding:
    return Finding(key="", label="", kind=kind, severity=severity, message=said, mend=Mend(mend))

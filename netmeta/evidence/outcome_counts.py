"""Responders and adverse events of trials as counts, each with its source, and the trials that have none."""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from netmeta.errors import EntryError, SelectionError, hint, shown
from netmeta.evidence.arm_reading import read_arm
from netmeta.evidence.counted import Counts, Uncounted
from netmeta.evidence.library import load_trials, rows_of
from netmeta.evidence.outcomes import Outcome, load_outcomes
from netmeta.evidence.twobytwo import ArmCount, TwoByTwo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netmeta.evidence.evidence import Evidence
    from netmeta.evidence.trial import Trial

__all__ = ["ABSENT", "GRADE3", "OUTCOMES", "RECONSTRUCTIONS", "RESPONSE", "TRUSTED", "counts_of"]

RESPONSE: Final = "response"
GRADE3: Final = "grade 3 or higher adverse events"
OUTCOMES: Final = (RESPONSE, GRADE3)
"""What `counts_of` can be asked for."""

TRUSTED: Final = ("verified", "entered")
"""Verification of the rows that are taken by default, as for hazard ratios."""

RECONSTRUCTIONS: Final = ("none", "exact", "nearest")
"""Which counts may be found from a printed percentage: none; those that a whole number of the arm's patients gives;
and, where none does because the percentage was of other patients, the nearest."""

ABSENT: Final = "not in the library"
"""Why a trial has no counts, briefly, where the library has none of it at all."""

_BRIEF: Final = MappingProxyType({"partly verified": "only partly verified", "unverified": "not verified"})
_KNOWN: Final = (*TRUSTED, "partly verified", "unverified")
_USES: Final = ("primary", "unverified")
_FIELDS: Final = MappingProxyType({RESPONSE: "response", GRADE3: "grade3"})


def counts_of(
    outcome: str,
    evidence: Evidence | None = None,
    *,
    verification: tuple[str, ...] = TRUSTED,
    reconstruction: str = "nearest",
) -> Counts:
    """Return the counts of an outcome, a table for each trial and cohort.

    Parameters
    ----------
    outcome
        ``"response"`` or ``"grade 3 or higher adverse events"``.
    evidence
        The trials wanted, in their order; by default all of the library that have the outcome.
    verification
        Which rows are taken: ``("verified", "entered")``, and on demand ``"partly verified"`` and
        ``"unverified"`` ones. The others are left out by name.
    reconstruction
        One of `RECONSTRUCTIONS`: what may be made of a percentage printed without a count.

    Returns
    -------
    Counts
        A count that the source does not print is reconstructed from its percentage and the arm's size
        (`netmeta.evidence.arm_reading.read_arm`) and says so.

    Raises
    ------
    SelectionError
        For an outcome, a verification or a reconstruction that does not exist.
    """
    _check(outcome, verification, reconstruction)
    asked = _Asked(verification, reconstruction)
    tables: list[TwoByTwo] = []
    left_out: list[Uncounted] = []
    for found in _candidates(outcome, evidence):
        try:
            tables.append(_table(found, asked))
        except EntryError as error:
            brief = error.brief or "not usable"
            left_out.append(Uncounted(found.trial.label, str(error).rstrip("."), found.trial.key, brief))
    return Counts(outcome=outcome, tables=tuple(tables), left_out=tuple(left_out))


class _Asked(NamedTuple):
    verification: tuple[str, ...]
    reconstruction: str


def _check(outcome: str, verification: tuple[str, ...], reconstruction: str) -> None:
    asked = [("outcome", outcome, OUTCOMES), ("reconstruction", reconstruction, RECONSTRUCTIONS)]
    asked += [("verification", one, _KNOWN) for one in verification]
    for what, one, known in asked:
        if one not in known:
            raise SelectionError(f"There is no {what} {shown(one)}.{hint(str(one), known)}")


class _Found(NamedTuple):
    """What is known of an outcome of a trial: the library's row of it, or the trial's own fields."""

    trial: Trial
    row: Outcome | None
    outcome: str


def _candidates(outcome: str, evidence: Evidence | None) -> Iterator[_Found]:
    if evidence is None:
        for one in _rows(outcome):
            yield _Found(_trials_by_row()[one.trial_row], one, outcome)
        return
    by_identity = {_identity(one): one for one in _rows(outcome)}
    for trial in evidence:
        row = None if trial.verification == "entered" else by_identity.get(_identity(trial))
        yield _Found(trial, row, outcome)


@lru_cache(maxsize=4)
def _rows(outcome: str) -> tuple[Outcome, ...]:
    """Return the rows that stand for their trials: the primary one, or one that is not verified."""
    return tuple(row for row in load_outcomes() if row.outcome == outcome and row.use in _USES)


@lru_cache(maxsize=1)
def _trials_by_row() -> dict[str, Trial]:
    names = (row["row_id"] for row in rows_of("trials.csv"))
    return dict(zip(names, load_trials(), strict=True))


def _identity(row: Trial | Outcome) -> tuple[str, ...]:
    return row.study, row.cohort, row.subgroup, row.experimental, row.control


def _table(found: _Found, asked: _Asked) -> TwoByTwo:
    trial, row = found.trial, found.row
    printed = _printed(found)
    if not all(printed):
        raise EntryError(f"no {found.outcome} in the library", brief=ABSENT)
    # Arm sizes are those of the row that the outcome belongs to.
    sizes = _trials_by_row()[row.trial_row] if row else trial
    arms = read_arm(printed[0], sizes.n_experimental), read_arm(printed[1], sizes.n_control)
    status, doubt = _status(found, sizes, any(arm.reconstructed for arm in arms))
    if status not in asked.verification:
        raise EntryError(f"{status}: {doubt}" if doubt else status, brief=_BRIEF.get(status, ""))
    _refuse_reconstruction(arms, asked.reconstruction)
    about = row or trial
    return TwoByTwo(
        study=trial.label, treated=arms[0], untreated=arms[1], experimental=trial.experimental,
        control=trial.control, key=trial.key, definition=row.definition if row else _definition(found),
        source=about.source, seen_at=about.seen_at, verification=status, unverified=doubt,
    )  # fmt: skip


def _refuse_reconstruction(arms: tuple[ArmCount, ...], reconstruction: str) -> None:
    for arm in arms:
        if arm.reconstructed and reconstruction == "none":
            raise EntryError(f"no count is printed, only {arm.printed}", brief="percentage only")
        if arm.approximate and reconstruction != "nearest":
            raise EntryError(
                f"no whole number of {arm.n} patients is {arm.printed}, which was of other patients",
                brief="percentage of others",
            )


def _printed(found: _Found) -> tuple[str, str]:
    if found.row is not None:
        return found.row.experimental_as_printed, found.row.control_as_printed
    if found.trial.verification != "entered":
        return "", ""
    name = _FIELDS[found.outcome]
    values = (getattr(found.trial, f"{name}_{arm}") for arm in ("experimental", "control"))
    one, other = (f"{value:g}%" if isinstance(value, float) else value or "" for value in values)
    return one, other


def _definition(found: _Found) -> str:
    trial = found.trial
    return trial.response_basis if found.outcome == RESPONSE else trial.grade3_definition


def _status(found: _Found, sizes: Trial, reconstructed: bool) -> tuple[str, str]:
    """Say how far a row is verified, and what is not: a count found by way of an unverified arm size neither."""
    row = found.row
    status, doubt = (row.verification, row.unverified) if row else (found.trial.verification, "")
    if reconstructed and status == "verified" and "arm sizes" in sizes.unverified:
        return "partly verified", "arm sizes"
    return status, doubt

"""Studies of three arms or more: how their comparisons go together, and whether they can all be right."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log
from typing import TYPE_CHECKING, Final

import numpy as np

from netmeta import numerals
from netmeta.errors import MultiArmError
from netmeta.evidence.checks.rounding import half_unit
from netmeta.evidence.evidence import Evidence
from netmeta.network.assumptions import as_assumptions
from netmeta.network.studies import studies

if TYPE_CHECKING:
    from collections.abc import Iterable

    from netmeta.evidence import Trial
    from netmeta.network.assumptions import Merge
    from netmeta.network.studies import Row, Study
    from netmeta.pooling.arrays import Floats

__all__ = ["Block", "block", "reconcile"]

_TWO: Final = 2
_SAME: Final = 1e-7


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """The comparisons of one study against its first arm.

    Parameters
    ----------
    y
        Log HRs of the other arms against the first, shape (a - 1,).
    covariance
        Their covariance within the study, ``Cov(AB, AC) = (V_AB + V_AC - V_BC) / 2``, shape (a - 1, a - 1).
    """

    y: Floats
    covariance: Floats


def block(study: Study) -> Block:
    """Return a study's comparisons against its first arm with their covariance.

    Raises
    ------
    MultiArmError
        For log HRs that contradict each other round a loop of the study, with the nearest values that do not; for
        variances that no set of arms can have.
    """
    base, *others = study.arms
    rows = [study.row(arm, base) for arm in others]
    covariance = np.diag([row.variance for row in rows])
    for i, one in enumerate(others):
        for j, other in enumerate(others[:i]):
            between = study.row(one, other).variance
            covariance[i, j] = covariance[j, i] = (rows[i].variance + rows[j].variance - between) / 2
    if len(others) > 1:
        _refuse_contradiction(study)
        _refuse_impossible(study, covariance)
    return Block(np.array([row.towards(arm) for row, arm in zip(rows, others, strict=True)]), covariance)


def _incidence(study: Study) -> Floats:
    place = {arm: at for at, arm in enumerate(study.arms[1:])}
    matrix = np.zeros((len(study.rows), len(place)))
    for at, row in enumerate(study.rows):
        for arm, sign in ((row.experimental, 1.0), (row.control, -1.0)):
            if arm in place:
                matrix[at, place[arm]] = sign
    return matrix


def _rounding(row: Row, study: Study) -> float:
    """Return how far a row's log HR may move, either way, and still round to what is printed."""
    trial = row.trial
    if trial.hr is None:
        return half_unit(*(one.log_hr for one in study.rows if one.trial.hr is None))
    printed = [number for number in (trial.hr, trial.ci_low, trial.ci_high) if number is not None]
    # Upwards is the shorter way on the log scale.
    return log((trial.hr + half_unit(*printed)) / trial.hr)


def _consistent(study: Study) -> tuple[Floats, float]:
    """Return log HRs that agree round every loop, in the rows' order, and the largest move in units of rounding.

    The nearest in least squares, unless it moves one of them beyond its rounding: then those whose largest move
    is least.
    """
    y = np.array([row.log_hr for row in study.rows])
    bound = np.array([_rounding(row, study) for row in study.rows])
    matrix = _incidence(study)
    found = matrix @ np.linalg.lstsq(matrix / bound[:, None], y / bound, rcond=None)[0]
    if np.abs((found - y) / bound).max() > 1:
        found = matrix @ _least_largest(matrix, y, bound)
    return found, float(np.abs((found - y) / bound).max())


def _least_largest(matrix: Floats, y: Floats, bound: Floats) -> Floats:
    """Return the effects whose largest move from ``y``, in units of ``bound``, is least."""
    from scipy.optimize import linprog

    rows = np.vstack([np.column_stack([matrix, -bound]), np.column_stack([-matrix, -bound])])
    goal = np.append(np.zeros(matrix.shape[1]), 1.0)
    solved = linprog(goal, A_ub=rows, b_ub=np.append(y, -y), bounds=[(None, None)] * matrix.shape[1] + [(0, None)])
    return np.asarray(solved.x[:-1])


def _agrees(study: Study) -> bool:
    y, matrix = np.array([row.log_hr for row in study.rows]), _incidence(study)
    gap = y - matrix @ np.linalg.lstsq(matrix, y, rcond=None)[0]
    return bool(np.abs(gap).max() <= _SAME * np.sqrt(min(row.variance for row in study.rows)))


def _refuse_contradiction(study: Study) -> None:
    if _agrees(study):
        return
    found, moves = _consistent(study)
    within = moves <= 1
    told = "; ".join(
        f"{row.experimental} vs {row.control} HR {numerals.ratio(exp(row.log_hr))}, "
        f"log HR {numerals.decimal(row.log_hr, 4)}, nearest {numerals.decimal(value, 4)}"
        for row, value in zip(study.rows, found.tolist(), strict=True)
    )
    why = (
        "Rounding explains it: the nearest values round to what is printed. Take them with nm.reconcile(evidence), "
        "which records it."
        if within
        else f"That is {numerals.decimal(moves, 1)} times what rounding can explain: check the numbers against "
        "the paper."
    )
    proposal = {row.trial.key: value for row, value in zip(study.rows, found.tolist(), strict=True)}
    raise MultiArmError(
        f"The comparisons of {study.name} contradict each other: {told}. {why}", proposal=proposal if within else {}
    )


def _refuse_impossible(study: Study, covariance: Floats) -> None:
    # Scaled to variances of 1, so that one exact arm beside a vague one is not taken for an error.
    size = np.sqrt(np.diag(covariance))
    if float(np.linalg.eigvalsh(covariance / np.outer(size, size))[0]) > 1e-12:  # noqa: PLR2004
        return
    told = "; ".join(
        f"{row.experimental} vs {row.control} {numerals.decimal(float(np.sqrt(row.variance)), 4)}"
        for row in study.rows
    )
    raise MultiArmError(
        f"No {len(study.arms)} arms can have the standard errors of {study.name}: {told}. A standard error may not "
        "exceed the sum of the two others; check the intervals against the paper."
    )


def reconcile(evidence: Evidence, assumptions: Merge | Iterable[Merge] = ()) -> Evidence:
    """Replace the log HRs of studies of several arms by the nearest that agree with each other.

    Published hazard ratios are rounded, so that A against B and B against C do not add up to A against C. This
    moves each within its own rounding, never further, and says so in the row's notes.

    Parameters
    ----------
    evidence
        The trials; studies of two arms, and studies that agree already, stay as they are.
    assumptions
        As for `compare`.

    Raises
    ------
    MultiArmError
        Where rounding does not explain the contradiction.
    """
    moved: dict[str, Trial] = {}
    for study in studies(evidence, as_assumptions(assumptions)):
        if len(study.arms) > _TWO and not _agrees(study):
            moved |= _moved(study)
    return Evidence(tuple(moved.get(trial.key, trial) for trial in evidence))


def _moved(study: Study) -> dict[str, Trial]:
    try:
        _refuse_contradiction(study)
    except MultiArmError as error:
        if not error.proposal:
            raise
        return {row.trial.key: _noted(row, error.proposal[row.trial.key]) for row in study.rows}
    return {}


def _noted(row: Row, log_hr: float) -> Trial:
    said = (
        f"log HR {numerals.decimal(row.log_hr, 4)} taken as {numerals.decimal(log_hr, 4)}, the nearest within "
        "rounding that agrees with the study's other comparisons"
    )
    notes = "; ".join(filter(None, (row.trial.notes, said)))
    return row.trial.change(log_hr=log_hr, se=row.trial.se, notes=notes)

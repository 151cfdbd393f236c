"""What leave-one-out, cumulative analysis, influence, Baujat, GOSH and multiverse found, in a sentence or two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from netmeta import numerals
from netmeta.pooling.choice_lines import in_words
from netmeta.pooling.interval import hazard_ratio
from netmeta.pooling.model import CommonEffect, RandomEffects
from netmeta.pooling.words import effect, listed, model_in_words, trials_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from netmeta.pooling.accumulation import Cumulative
    from netmeta.pooling.contributions import Baujat, BaujatPoint
    from netmeta.pooling.families import SubsetFit
    from netmeta.pooling.influences import Influence, TrialInfluence
    from netmeta.pooling.omission import LeaveOneOut
    from netmeta.pooling.specifications import Multiverse, Specification
    from netmeta.pooling.subsets import Gosh

__all__ = [
    "DIAGNOSTICS",
    "ORDERED",
    "contributions_in_words",
    "cumulative_in_words",
    "gosh_in_words",
    "influence_in_words",
    "multiverse_in_words",
    "omission_in_words",
    "ratios",
    "reasons_in_words",
    "skipped_in_words",
    "specification_in_words",
    "trial_influence_in_words",
]

ORDERED: Final[Mapping[str, str]] = {
    "year": "oldest first",
    "precision": "most precise first",
    "effect": "lowest hazard ratio first",
    "given": "as listed",
    "chosen": "in the order chosen",
}
"""Names of the orders of a cumulative analysis."""

DIAGNOSTICS: Final[Mapping[str, tuple[str, int]]] = {
    "rstudent": ("Residual", 2),
    "dffits": ("DFFITS", 2),
    "cook_d": ("Cook's D", 2),
    "dfbetas": ("DFBETAS", 2),
    "cov_r": ("Cov. ratio", 2),
    "tau2_del": ("τ²", 3),
    "q_del": ("Q", 1),
    "weight": ("Weight, %", 0),
}
"""Heading and decimals of each diagnostic of `netmeta.pooling.TrialInfluence`."""

_HALF: Final = (25, 75)


def omission_in_words(found: LeaveOneOut) -> str:
    """Say how far the pooled hazard ratio moves, and without which trial most."""
    most = max(found.rows, key=lambda fit: abs(fit.log_hr - found.overall.log_hr))
    low, high = ratios(fit.hr for fit in found.rows)
    moved = f"from {numerals.ratio(found.overall.hr)} to {numerals.ratio(most.hr)}"
    return (
        f"Whichever one trial is left out, the pooled HR lies between {low} and {high}; "
        f"leaving out {most.label} moves it most, {moved}."
    )


def cumulative_in_words(found: Cumulative) -> str:
    """Say from when on the answer was what it is."""
    first, last = (numerals.ratio(row.hr) for row in (found.rows[0], found.rows[-1]))
    start = f"The pooled HR goes from {first} with the first trial to {last} with all {len(found.rows)}"
    return f"{start}; {_since(found.rows)}."


def _side(fit: SubsetFit) -> int:
    return -1 if fit.ci.high < 0 else 1 if fit.ci.low > 0 else 0


def _since(rows: tuple[SubsetFit, ...]) -> str:
    side = _side(rows[-1])
    if not side:
        return "its interval includes 1 to the end"
    first = len(rows) - 1
    while first and _side(rows[first - 1]) == side:
        first -= 1
    where = f"lies {'below' if side < 0 else 'above'} 1"
    if first == 0:
        return f"its interval {where} from the first on"
    return f"its interval {where} for good once {rows[first].label} is in (k = {rows[first].k})"


def influence_in_words(found: Influence, beyond: str = "") -> str:
    """Name the trials that stand out; ``beyond`` says where a reader sees the rules of thumb, if anywhere."""
    flagged = [row for row in found.rows if row.influential]
    if not flagged:
        return f"None of the {len(found.rows)} trials is beyond a rule of thumb{beyond}."
    names = listed(tuple(f"{row.label} ({reasons_in_words(row)})" for row in flagged))
    verb = "stands out: it moves" if len(flagged) == 1 else "stand out: they move"
    return f"{names} {verb} the result more than a rule of thumb allows. That asks for a look, not for a cut."


def trial_influence_in_words(row: TrialInfluence) -> str:
    """Say every diagnostic of one trial, and which are beyond a rule of thumb."""
    numbers = ", ".join(
        f"{title} {numerals.decimal(getattr(row, name), places)}"
        for name, (title, places) in DIAGNOSTICS.items()
        if name != "weight"
    )
    beyond = reasons_in_words(row) or "none"
    return f"{row.label}: {numbers}, weight {numerals.percent(row.weight)}. Beyond a rule of thumb: {beyond}."


def reasons_in_words(row: TrialInfluence) -> str:
    """Name the diagnostics that call a trial influential; empty for none."""
    return ", ".join("weight" if name == "hat" else DIAGNOSTICS[name][0] for name in row.reasons)


def contributions_in_words(found: Baujat) -> str:
    """Name who disagrees with the others, and who pulls hardest."""
    apart = max(found.rows, key=lambda row: row.heterogeneity)
    pull = max(found.rows, key=lambda row: row.influence)
    if found.overall.q <= 0:
        return "All trials have the same effect: none disagrees."
    both = "It also pulls" if pull is apart else f"{pull.label} pulls"
    return f"{apart.label} disagrees most with the others{_part(found, apart)}. {both} hardest on the pooled HR."


def _part(found: Baujat, apart: BaujatPoint) -> str:
    # Pearson residuals under random effects are no terms of Q, so that they are no share of it.
    if not isinstance(found.overall.model, CommonEffect):
        return ""
    share = numerals.percent(100 * apart.heterogeneity / found.overall.q)
    return f": {share} of all heterogeneity (Q = {numerals.decimal(found.overall.q, 1)}) is its own"


def gosh_in_words(found: Gosh) -> str:
    """Say how far the pooled hazard ratios of subsets reach."""
    n = numerals.count(found.n)
    which = f"All {n} subsets of the trials" if found.every else f"{n} subsets of the trials, drawn at random,"
    low, high = ratios(hazard_ratio(float(edge)) for edge in (found.log_hr.min(), found.log_hr.max()))
    inner, outer = ratios(hazard_ratio(float(edge)) for edge in np.percentile(found.log_hr, _HALF))
    return f"{which} give pooled HRs from {low} to {high}, half of them between {inner} and {outer}."


def multiverse_in_words(found: Multiverse) -> str:
    """Say how much hangs on the choices."""
    low, high = (numerals.ratio(hr) for hr in found.hr_range)
    own = numerals.ratio(found.prespecified.hr)
    return (
        f"{numerals.count(found.n)} ways to pool these trials give HRs from {low} to {high}; "
        f"{_settled(found)}. "
        f"The analysis at hand ({own}) is number {numerals.count(found.rank)} from the lowest."
    )


def specification_in_words(row: Specification) -> str:
    """Say one way to pool the trials, and what comes of it."""
    model = CommonEffect() if row.method == "common" else RandomEffects(row.method, row.interval, "none")
    read = f"; read by: {in_words('assessor', row.assessor)}" if row.assessor else ""
    found = f"HR {effect(row)}, {numerals.p_value(row.p_value)}, I² = {numerals.percent(row.i2)}"
    chosen = f"{trials_in_words(row.k)}, {model_in_words(model)}; trials: {in_words('inclusion', row.inclusion)}"
    return f"{found}: {chosen}{read}."


def skipped_in_words(found: Multiverse) -> str:
    """Count the combinations of choices that cannot be pooled; empty for none."""
    n = len(found.skipped)
    if not n:
        return ""
    return f"{numerals.count(n)} combination{'' if n == 1 else 's'} of choices cannot be pooled: see skipped."


def _settled(found: Multiverse) -> str:
    side, share = max((("below", found.below_one), ("above", found.above_one)), key=lambda pair: pair[1])
    if share == 1:
        return f"in all of them the interval lies {side} 1"
    if share == 0:
        return "in all of them the interval includes 1"
    return f"in {numerals.chance(share)} of them the interval lies {side} 1"


def ratios(hrs: Iterable[float]) -> tuple[str, str]:
    """Write the lowest and the highest of hazard ratios."""
    every = tuple(hrs)
    return numerals.ratio(min(every)), numerals.ratio(max(every))

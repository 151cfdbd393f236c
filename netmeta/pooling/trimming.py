"""Trim and fill: how many trials would make the funnel symmetrical, and what the pool would be with them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from typing import TYPE_CHECKING, Final

import numpy as np

from netmeta import numerals
from netmeta.errors import PoolingError, hint, shown
from netmeta.pooling.adjusted_words import trimmed_in_words
from netmeta.pooling.families import arrays, fit_subsets
from netmeta.pooling.fitting import fit
from netmeta.pooling.gate import permitted
from netmeta.pooling.lines import Points, tau2_about
from netmeta.pooling.model import RandomEffects
from netmeta.pooling.pooled import pool
from netmeta.pooling.predictors import predictor_values
from netmeta.pooling.words import effect, trials_in_words
from netmeta.showing import Shown

if TYPE_CHECKING:
    from netmeta.evidence import Evidence
    from netmeta.pooling.arrays import Floats
    from netmeta.pooling.model import Model
    from netmeta.pooling.result import Fit, PooledResult

__all__ = ["ESTIMATORS", "SIDES", "FilledTrial", "TrimAndFill", "trim_and_fill"]

_DEFAULT: Final = RandomEffects()

ESTIMATORS: Final = ("L0", "R0")
"""Of the number of missing trials (Duval & Tweedie 2000): L0 from the rank sum, R0 from the longest run."""

SIDES: Final = ("left", "right")
"""Where trials are missing: ``"left"``, with hazard ratios below the pool, or ``"right"``, above it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledTrial:
    """A trial that trim and fill imagines: the mirror image of one that is there.

    Parameters
    ----------
    label, key
        Of the trial that it mirrors.
    log_hr, se
        Its place: reflected about the trimmed pool (log HR), with the same standard error.
    """

    label: str
    key: str
    log_hr: float
    se: float


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class TrimAndFill(Shown):
    """Trim and fill (Duval & Tweedie 2000, Biometrics 56:455 and J Am Stat Assoc 95:89).

    Parameters
    ----------
    overall
        The analysis of the trials as they are, with the evidence and the model.
    adjusted
        The same with the filled trials; the same numbers where none is missing.
    filled
        The imagined trials, mildest first.
    estimator, side, side_given
        One of `ESTIMATORS`; one of `SIDES`; whether the side was given, or estimated by a regression.
    missing, missing_se
        How many trials are missing, and that number's standard error; ``None`` where its formula has none.
    p_value
        Of no missing trial; R0 alone has one.
    override
        Why it was run below ten trials; ``""`` where it needed no reason.
    """

    overall: PooledResult
    adjusted: Fit
    filled: tuple[FilledTrial, ...]
    estimator: str
    side: str
    side_given: bool
    missing: int
    missing_se: float | None
    p_value: float | None
    override: str

    def _lines(self) -> tuple[str, ...]:
        return (trimmed_in_words(self),)

    def _brief(self) -> tuple[str, ...]:
        return (
            trials_in_words(self.overall.k),
            f"{numerals.count(self.missing)} filled",
            f"HR {effect(self.adjusted)}",
        )


def trim_and_fill(
    evidence: Evidence,
    model: Model = _DEFAULT,
    *,
    estimator: str = "L0",
    side: str | None = None,
    override: str = "",
) -> TrimAndFill:
    """Trim the funnel until it is symmetrical, and fill in mirror images of what was trimmed.

    Parameters
    ----------
    evidence
        Ten trials or more.
    model
        Pools in every round and at the end: `RandomEffects` or `CommonEffect`.
    estimator
        One of `ESTIMATORS`.
    side
        One of `SIDES`, or ``None``: right where smaller trials have lower hazard ratios, by the sign of the slope
        in the mixed form of Egger's test, as metafor's ``trimfill`` does.
    override
        Why it is wanted with three to nine trials, in words; kept with the result.

    Returns
    -------
    TrimAndFill
        Equal questions give the same object again. It says what the pool would be if asymmetry came from missing
        trials alone; it is no estimate of the truth.

    Raises
    ------
    PoolingError
        For fewer than ten trials without ``override``, fewer than three with it, an estimator or side that does not
        exist, standard errors that are all the same where the side is to be estimated, rounds that do not settle,
        and what `pool` refuses.
    """
    overall = pool(evidence, model)
    reason = permitted(evidence, "Trim and fill", override)
    for what, name, choices in (("estimator", estimator, ESTIMATORS), ("side", side or SIDES[0], SIDES)):
        if name not in choices:
            raise PoolingError(f"Trim and fill has no {what} {shown(name)}.{hint(str(name), choices)}")
    return _remembered(overall, estimator, side or None, reason)


@lru_cache(maxsize=64)
def _remembered(overall: PooledResult, estimator: str, given: str | None, override: str) -> TrimAndFill:
    y, v = arrays(overall.evidence)
    side = given or _side(overall)
    sign = -1.0 if side == "right" else 1.0
    missing, missing_se, mean = _trimmed(sign * y, v, overall.model, estimator)
    far = np.argsort(sign * y, kind="stable")[len(y) - missing :]
    trials = tuple(overall.evidence)
    filled = tuple(
        FilledTrial(label=trials[at].label, key=trials[at].key, log_hr=2 * sign * mean - float(y[at]),
                    se=sqrt(float(v[at])))
        for at in far.tolist()
    )  # fmt: skip
    return TrimAndFill(
        overall=overall, adjusted=_with(overall, filled), filled=filled, estimator=estimator, side=side,
        side_given=given is not None, missing=missing, missing_se=missing_se,
        p_value=0.5 ** (missing + 1) if estimator == "R0" else None, override=override,
    )  # fmt: skip


def _with(overall: PooledResult, filled: tuple[FilledTrial, ...]) -> Fit:
    y, v = arrays(overall.evidence)
    more = [trial.log_hr for trial in filled], [trial.se**2 for trial in filled]
    return fit([*y.tolist(), *more[0]], [*v.tolist(), *more[1]], overall.model)


def _side(overall: PooledResult) -> str:
    """Say where trials are missing: opposite to where the small ones are."""
    points = Points(*arrays(overall.evidence), predictor_values(overall.evidence, "se"))
    tau2 = tau2_about(points, overall.model)
    return "right" if points.line(tau2).slope < 0 else "left"


def _trimmed(y: Floats, v: Floats, model: Model, estimator: str) -> tuple[int, float | None, float]:
    """Return how many trials lie too far up, the standard error of that number, and the mean without them."""
    order = np.argsort(y, kind="stable")
    y, v, k = y[order], v[order], len(y)
    missing, seen = 0, set[int]()
    while missing not in seen:
        seen.add(missing)
        mean = float(fit_subsets(y, v, (np.arange(k) < k - missing)[None], model).mean[0])
        raw = _number(y - mean, estimator)
        before, missing = missing, min(k - 1, max(0, round(raw)))
        if missing == before:
            return missing, _error(raw, k, estimator), mean
    raise PoolingError(
        f"Trim and fill does not settle: with {estimator} it goes round between {before} and {missing} missing "
        f"trials. Try estimator {'R0' if estimator == 'L0' else 'L0'!r}, or another model."
    )


def _number(rest: Floats, estimator: str) -> float:
    """Estimate the number of missing trials from residuals, those of equal size ranked in order of effect."""
    k = len(rest)
    ranks = np.empty(k)
    ranks[np.argsort(np.abs(rest), kind="stable")] = np.arange(1, k + 1)
    if estimator == "R0":
        return k - float(ranks[rest < 0].max(initial=0.0)) - 1
    return (4 * float(ranks[rest > 0].sum()) - k * (k + 1)) / (2 * k - 1)


def _error(raw: float, k: int, estimator: str) -> float | None:
    """Return the standard error of the number of missing trials (Duval & Tweedie 2000, Biometrics, section 3)."""
    if estimator == "R0":
        return sqrt(2 * max(0.0, raw) + 2)
    variance = (
        k * (k + 1) * (2 * k + 1) + 10 * raw**3 + 27 * raw**2 + 17 * raw - 18 * k * raw**2 - 18 * k * raw
        + 6 * k**2 * raw
    ) / 24  # fmt: skip
    return 4 * sqrt(variance) / (2 * k - 1) if variance >= 0 else None

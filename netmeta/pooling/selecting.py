"""A selection model: trials were more or less likely to be seen by their P values."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import isfinite, pi, sqrt
from typing import TYPE_CHECKING, Final

import numpy as np

from netmeta import numerals
from netmeta.errors import PoolingError, hint, shown
from netmeta.pooling.adjusted_words import selected_in_words
from netmeta.pooling.families import arrays
from netmeta.pooling.gate import permitted
from netmeta.pooling.interval import Interval, hazard_ratio
from netmeta.pooling.intervals import Distribution
from netmeta.pooling.model import CommonEffect, RandomEffects
from netmeta.pooling.pooled import pool
from netmeta.pooling.steps_likelihood import Selected, highest
from netmeta.pooling.words import effect, trials_in_words
from netmeta.showing import Shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from netmeta.evidence import Evidence
    from netmeta.pooling.arrays import Floats
    from netmeta.pooling.model import Model
    from netmeta.pooling.result import PooledResult
    from netmeta.pooling.steps_likelihood import Top

__all__ = ["ALTERNATIVES", "SelectionModel", "StepWeight", "selection_model"]

_DEFAULT: Final = RandomEffects()
_FARTHEST: Final = 1e4

ALTERNATIVES: Final = ("less", "greater")
"""What a small one-sided P speaks for: a hazard ratio below 1 (benefit), or above 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepWeight:
    """How likely a trial was to be seen, by its P value, beside one of the first interval.

    Parameters
    ----------
    low, high
        The interval of the one-sided P, ``low < P <= high``.
    trials
        How many trials are in it.
    weight, se, ci
        Relative chance of being seen: 1 in the first interval, where ``se`` is 0; its standard error and Wald
        interval, which ends at 0.
    """

    low: float
    high: float
    trials: int
    weight: float
    se: float
    ci: Interval


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class SelectionModel(Shown):
    """A step-function selection model (Vevea & Hedges 1995, Psychometrika 60:419), by maximum likelihood.

    Parameters
    ----------
    unadjusted
        The same trials pooled by maximum likelihood without selection (Wald interval), with the evidence.
    alternative, steps
        One of `ALTERNATIVES`; the one-sided P values at which the weight changes.
    log_hr, se, ci
        Pooled log HR had every trial been seen, its standard error and Wald interval.
    statistic, p_value
        z of a log HR of 0 and its two-sided P value.
    tau2, tau2_se
        Variance between trials, (log HR) squared, and its standard error; ``None`` where tau2 is 0.
    weights
        One for each interval of P.
    log_likelihood
        At the highest point.
    lrt, lrt_df, lrt_p
        Likelihood-ratio test against no selection, chi-squared.
    override
        Why it was run below ten trials; ``""`` where it needed no reason.
    """

    unadjusted: PooledResult
    alternative: str
    steps: tuple[float, ...]
    log_hr: float
    se: float
    ci: Interval
    statistic: float
    p_value: float
    tau2: float
    tau2_se: float | None
    weights: tuple[StepWeight, ...]
    log_likelihood: float
    lrt: float
    lrt_df: int
    lrt_p: float
    override: str

    @property
    def hr(self) -> float:
        """Pooled hazard ratio had every trial been seen."""
        return hazard_ratio(self.log_hr)

    def _lines(self) -> tuple[str, ...]:
        return (selected_in_words(self),)

    def _brief(self) -> tuple[str, ...]:
        return trials_in_words(self.unadjusted.k), f"HR {effect(self)}", numerals.p_value(self.lrt_p)


def selection_model(
    evidence: Evidence,
    model: Model = _DEFAULT,
    *,
    steps: float | Iterable[float] = (0.025,),
    alternative: str = "less",
    override: str = "",
) -> SelectionModel:
    """Fit how likely trials were to be seen by their P values, and what the pool would be had all been.

    Parameters
    ----------
    evidence
        Ten trials or more.
    model
        `RandomEffects`: tau2 is estimated, by maximum likelihood whatever the model's own estimator;
        `CommonEffect`: it is 0. Its level is that of the intervals.
    steps
        One-sided P values at which the weight changes, rising, between 0 and 1; 0.025 is 0.05 two-sided.
    alternative
        One of `ALTERNATIVES`: ``"less"`` where small P values speak for the experimental arm.
    override
        Why it is wanted with three to nine trials, in words; kept with the result.

    Returns
    -------
    SelectionModel
        At the highest of the likelihood's maxima, searched from a grid of starts; metafor's
        ``selmodel(type="stepfun")`` gives the same numbers where its search, from one start, ends there. Equal
        questions give the same object again.

    Raises
    ------
    PoolingError
        For fewer than ten trials without ``override``, fewer than three with it, steps that do not rise from 0 to
        1, an interval of them that holds no trial, a likelihood without a highest point, and what `pool` refuses.
    """
    ml: Model = model
    if isinstance(model, RandomEffects):
        ml = RandomEffects("ML", interval="wald", prediction="none", level=model.level)
    unadjusted = pool(evidence, ml)
    reason = permitted(evidence, "The selection model", override)
    if alternative not in ALTERNATIVES:
        raise PoolingError(
            f"The selection model has no alternative {shown(alternative)}.{hint(str(alternative), ALTERNATIVES)}"
        )
    return _remembered(unadjusted, _rising(steps), alternative, reason)


def _rising(steps: object) -> tuple[float, ...]:
    try:
        found = tuple(float(step) for step in (steps if hasattr(steps, "__iter__") else [steps]))
    except (TypeError, ValueError) as error:
        raise PoolingError(f"Steps are P values such as (0.025, 0.5), not {shown(steps)}.") from error
    if found[-1:] == (1.0,):
        found = found[:-1]
    inside = all(isfinite(step) and 0 < step < 1 for step in found)
    if not found or not inside or any(b <= a for a, b in pairwise(found)):
        raise PoolingError(
            f"Steps are one-sided P values that rise, each between 0 and 1, such as (0.025, 0.5); got "
            f"{shown(steps)}."
        )
    return found


@lru_cache(maxsize=64)
def _remembered(
    unadjusted: PooledResult, steps: tuple[float, ...], alternative: str, override: str
) -> SelectionModel:
    from scipy.special import chdtrc

    y, v = arrays(unadjusted.evidence)
    sign = 1.0 if alternative == "less" else -1.0
    selected = Selected.of(sign * y, v, steps)
    _refuse_empty(selected.counts, steps)
    top = highest(selected, common=isinstance(unadjusted.model, CommonEffect))
    _refuse_runaway(top, selected, steps)
    mean = Distribution(sign * float(top.at[0]), sqrt(float(top.covariance[0, 0])), None)
    tau2_var = float(top.covariance[1, 1])
    lrt = max(0.0, 2 * (top.log - _plain(y, v, unadjusted)))
    level = unadjusted.model.level
    return SelectionModel(
        unadjusted=unadjusted, alternative=alternative, steps=steps, log_hr=mean.mean, se=mean.sd,
        ci=mean.interval(level), statistic=mean.statistic, p_value=mean.p_value, tau2=float(top.at[1]),
        tau2_se=sqrt(tau2_var) if isfinite(tau2_var) else None, weights=_weights(top, selected, steps, level),
        log_likelihood=top.log, lrt=lrt, lrt_df=len(steps), lrt_p=float(chdtrc(len(steps), lrt)), override=override,
    )  # fmt: skip


def _plain(y: Floats, v: Floats, unadjusted: PooledResult) -> float:
    """Log-likelihood without selection."""
    spread = v + unadjusted.tau2
    return -float((np.log(2 * pi * spread) + (y - unadjusted.log_hr) ** 2 / spread).sum()) / 2


def _weights(top: Top, selected: Selected, steps: tuple[float, ...], level: float) -> tuple[StepWeight, ...]:
    values = [1.0, *np.exp(top.at[2:]).tolist()]
    # From log weights: the standard error of a weight is the weight times that of its logarithm.
    errors = [0.0, *(np.exp(top.at[2:]) * np.sqrt(np.diag(top.covariance)[2:])).tolist()]
    ends = (0.0, *steps, 1.0)
    found = []
    for at, (value, se) in enumerate(zip(values, errors, strict=True)):
        wald = Distribution(value, se, None).interval(level) if se else Interval(value, value)
        found.append(
            StepWeight(
                low=ends[at], high=ends[at + 1], trials=int(selected.counts[at]), weight=value, se=se,
                ci=Interval(max(0.0, wald.low), wald.high),
            )
        )  # fmt: skip
    return tuple(found)


def _refuse_empty(counts: Floats, steps: tuple[float, ...]) -> None:
    if counts.min() > 0:
        return
    ends = (0.0, *steps, 1.0)
    at = int(np.argmin(counts))
    kept = _joined(counts, steps)
    advice = f"Take steps={kept}." if kept else "No step divides these trials: there is no selection to estimate."
    raise PoolingError(
        f"No trial has a one-sided P value between {ends[at]:g} and {ends[at + 1]:g}, so that its chance of being "
        f"seen cannot be estimated. {advice}"
    )


def _joined(counts: Floats, steps: tuple[float, ...]) -> tuple[float, ...]:
    """Return the steps that are left where empty intervals are joined to a neighbour."""
    kept, since = [], 0.0
    for at, step in enumerate(steps):
        since += counts[at]
        if since and counts[at + 1 :].sum():
            kept.append(step)
            since = 0.0
    return tuple(kept)


def _refuse_runaway(top: Top, selected: Selected, steps: tuple[float, ...]) -> None:
    weights = np.exp(top.at[2:])
    reach = float(np.ptp(selected.y)) + float(np.sqrt(selected.v.max()))
    away = max(float(selected.y.min()) - top.at[0], top.at[0] - float(selected.y.max())) > 10 * reach
    if top.settled and not away and weights.max() < _FARTHEST and weights.min() > 1 / _FARTHEST:
        return
    counts = ", ".join(f"{count:g}" for count in selected.counts)
    raise PoolingError(
        f"The likelihood has no highest point with steps {steps}, whose intervals hold {counts} trials: these "
        "trials do not tell how likely others were to be seen. Take fewer steps, or trim and fill."
    )

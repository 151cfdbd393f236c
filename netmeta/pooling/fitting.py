"""From arrays to a fit: the door, and what PyMARE does not compute."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from netmeta.pooling.arrays import checked, standardise
from netmeta.pooling.door import common_effect, random_effects
from netmeta.pooling.heterogeneity import cochran, i2_of, tau2_interval, typical_variance
from netmeta.pooling.interval import Interval
from netmeta.pooling.intervals import mean_distribution, predictive_distribution
from netmeta.pooling.model import CommonEffect
from netmeta.pooling.result import Fit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netmeta.pooling.arrays import Floats, Standard
    from netmeta.pooling.door import Estimate
    from netmeta.pooling.heterogeneity import Cochran
    from netmeta.pooling.model import Model, RandomEffects

__all__ = ["fit"]


class _Between(TypedDict):
    tau2: float
    tau2_ci: Interval | None
    i2: float
    i2_ci: Interval | None
    h2: float


def fit(y: Sequence[float] | Floats, v: Sequence[float] | Floats, model: Model) -> Fit:
    """Pool effects and variances.

    Parameters
    ----------
    y
        Log hazard ratios, shape (k,), k >= 2.
    v
        Their variances (standard errors squared), shape (k,).
    model
        `RandomEffects` or `CommonEffect`.

    Returns
    -------
    Fit
        Plain floats and tuples; it shares nothing with ``y`` and ``v``.

    Raises
    ------
    PoolingError
        For arrays that cannot be pooled, and the plain Hartung-Knapp interval of identical effects.
    """
    effects, variances = checked(y, v)
    trials, estimate = standardise(effects, variances), _estimate(effects, variances, model)
    mean = mean_distribution(estimate, effects, variances, model)
    predictive = predictive_distribution(estimate, mean, len(effects), model)
    test = cochran(trials)
    return Fit(
        model=model, k=len(effects), log_hr=estimate.mean, se=mean.sd, ci=mean.interval(model.level),
        pi=predictive.interval(model.level) if predictive else None,
        pi_convention=_convention(model) if predictive else "none", predictive=predictive,
        **_between(estimate, trials, test, model), i2_q=test.i2,
        i2_q_ci=test.i2_interval(model.level), q=test.q, q_df=test.df, q_p=test.p,
        statistic=mean.statistic, df=mean.df, p_value=mean.p_value,
        weights=_weights(variances + estimate.tau2),
    )  # fmt: skip


def _estimate(y: Floats, v: Floats, model: Model) -> Estimate:
    return common_effect(y, v) if isinstance(model, CommonEffect) else random_effects(y, v, model.tau2_method)


def _convention(model: Model) -> str:
    return "none" if isinstance(model, CommonEffect) else model.prediction


def _weights(variances: Floats) -> tuple[float, ...]:
    # Relative to the smallest variance: nothing overflows on any scale.
    relative = variances.min() / variances
    return tuple((100 * relative / relative.sum()).tolist())


def _between(estimate: Estimate, trials: Standard, test: Cochran, model: Model) -> _Between:
    if isinstance(model, CommonEffect):
        return _Between(tau2=0.0, tau2_ci=None, i2=test.i2, i2_ci=None, h2=test.h2)
    return _between_random(estimate.tau2, trials, model)


def _between_random(tau2: float, trials: Standard, model: RandomEffects) -> _Between:
    typical, ci = typical_variance(trials), tau2_interval(trials, model.level)
    return _Between(
        tau2=tau2,
        tau2_ci=ci,
        i2=i2_of(tau2, typical),
        i2_ci=Interval(i2_of(ci.low, typical), i2_of(ci.high, typical)),
        h2=1 + tau2 / typical,
    )

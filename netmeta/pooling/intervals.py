"""Intervals of the mean effect, and of the effect in a new trial."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from netmeta.errors import PoolingError
from netmeta.pooling.interval import Interval
from netmeta.pooling.model import CommonEffect, convention

if TYPE_CHECKING:
    from netmeta.pooling.arrays import Floats
    from netmeta.pooling.door import Estimate
    from netmeta.pooling.model import Model

__all__ = ["Distribution", "hartung_knapp_factor", "mean_distribution", "no_spread", "predictive_distribution"]

# Effects that agree to this are the same number, typed twice and rounded differently.
_SAME = 16 * float(np.finfo(float).eps)


@dataclass(frozen=True, slots=True)
class Distribution:
    """A normal or a shifted, scaled t distribution of a log HR.

    Parameters
    ----------
    mean, sd
        Centre and scale, log HR; ``sd`` is a standard error for the mean effect.
    df
        Degrees of freedom of t, or ``None`` for the normal.
    """

    mean: float
    sd: float
    df: int | None

    @property
    def statistic(self) -> float:
        """The mean over its standard error: z or t."""
        return self.mean / self.sd

    @property
    def p_value(self) -> float:
        """Two-sided P value of a log HR of 0."""
        return 2 * self._cdf(-abs(self.statistic))

    def interval(self, level: float) -> Interval:
        """Return the central interval that holds ``level`` (a fraction) of the distribution, log HR."""
        half = -self._quantile((1 - level) / 2) * self.sd
        return Interval(self.mean - half, self.mean + half)

    def below(self, log_hr: float) -> float:
        """Return the probability of a value below ``log_hr``."""
        return self._cdf((log_hr - self.mean) / self.sd)

    def _cdf(self, x: float) -> float:
        from scipy.special import ndtr, stdtr

        return float(ndtr(x) if self.df is None else stdtr(self.df, x))

    def _quantile(self, p: float) -> float:
        from scipy.special import ndtri, stdtrit

        return float(ndtri(p) if self.df is None else stdtrit(self.df, p))


def hartung_knapp_factor(estimate: Estimate, y: Floats, v: Floats) -> float:
    """Return the factor q on the variance of the mean (Hartung & Knapp 2001; Sidik & Jonkman 2002).

    Parameters
    ----------
    estimate
        Pooled mean and tau2.
    y, v
        Log HRs and variances, shape (k,).

    Returns
    -------
    float
        ``sum(w (y - mean)^2) / (k - 1)`` with ``w = 1 / (v + tau2)``.
    """
    return float(((y - estimate.mean) ** 2 / (v + estimate.tau2)).sum()) / (len(y) - 1)


def no_spread(y: Floats, v: Floats) -> bool:
    """Say whether effects are one number, up to rounding in themselves or beside a standard error."""
    return float(np.ptp(y)) <= _SAME * max(float(np.abs(y).max()), float(np.sqrt(v.min())))


def _refuse_identical(y: Floats, v: Floats) -> None:
    if no_spread(y, v):
        raise PoolingError(
            f"All {len(y)} trials have the same effect (log HR {float(y[0]):.4g}), so that the plain "
            "Hartung-Knapp interval has no width. Choose 'modified-hartung-knapp' or 'wald'.",
            brief="an interval without width",
        )


def mean_distribution(estimate: Estimate, y: Floats, v: Floats, model: Model) -> Distribution:
    """Return what the interval and the test of the mean are read from.

    Parameters
    ----------
    estimate
        Pooled mean, ordinary standard error and tau2.
    y, v
        Log HRs and variances, shape (k,).
    model
        Its ``interval`` decides; a common effect has the Wald interval.

    Returns
    -------
    Distribution
        Normal for Wald; t with k - 1 degrees of freedom and the standard error times ``sqrt(q)`` for
        Hartung-Knapp, times ``sqrt(max(1, q))`` for the modified form (Rover, Knapp & Friede 2015,
        BMC Med Res Methodol 15:99).

    Raises
    ------
    PoolingError
        For the plain Hartung-Knapp interval of trials that all have the same effect.
    """
    if isinstance(model, CommonEffect) or model.interval == "wald":
        return Distribution(estimate.mean, estimate.se, None)
    factor = hartung_knapp_factor(estimate, y, v)
    if model.interval == "modified-hartung-knapp":
        factor = max(1.0, factor)
    else:
        _refuse_identical(y, v)
    return Distribution(estimate.mean, estimate.se * sqrt(factor), len(y) - 1)


def predictive_distribution(estimate: Estimate, mean: Distribution, k: int, model: Model) -> Distribution | None:
    """Return the distribution of the effect in a new trial.

    Parameters
    ----------
    estimate
        Pooled mean, ordinary standard error and tau2.
    mean
        From `mean_distribution`; its standard error serves the Hartung-Knapp conventions.
    k
        Number of trials.
    model
        Its ``prediction`` names the convention (`netmeta.pooling.model.PREDICTIONS`).

    Returns
    -------
    Distribution or None
        With scale ``sqrt(tau2 + se^2)``; ``None`` below three trials, for the convention ``"none"`` and for a
        common effect. The default is that of Higgins, Thompson & Spiegelhalter 2009 (J R Stat Soc A 172:137).
    """
    rule = None if isinstance(model, CommonEffect) else convention(model.prediction)
    if rule is None or k < 3:  # noqa: PLR2004
        return None
    se = mean.sd if rule.adjusted else estimate.se
    df = None if rule.lost is None else k - rule.lost
    return Distribution(estimate.mean, sqrt(estimate.tau2 + se**2), df)

"""How much trials differ: Cochran's Q, I2, H2 and the interval of the variance between them."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt
from typing import TYPE_CHECKING

import numpy as np

from netmeta.pooling.interval import Interval

if TYPE_CHECKING:
    from netmeta.pooling.arrays import Standard

__all__ = [
    "Cochran",
    "cochran",
    "cochran_of",
    "generalised_q",
    "i2_of",
    "q_crossing",
    "tau2_interval",
    "typical_variance",
]

_ULP = 4 * float(np.finfo(float).eps)


@dataclass(frozen=True, slots=True)
class Cochran:
    """Cochran's test that all trials share one effect (Cochran 1954, Biometrics 10:101).

    Parameters
    ----------
    q
        Weighted sum of squared residuals from the common effect.
    df
        Degrees of freedom, k - 1.
    p
        Upper tail of chi-squared, from 0 to 1.
    """

    q: float
    df: int
    p: float

    @property
    def i2(self) -> float:
        """I2 from Q, in percent: ``max(0, (Q - df) / Q)`` (Higgins & Thompson 2002, Stat Med 21:1539)."""
        return 100 * max(0.0, (self.q - self.df) / self.q) if self.q > 0 else 0.0

    def i2_interval(self, level: float) -> Interval | None:
        """Return the test-based interval of I2 from Q, in percent (Higgins & Thompson 2002, Stat Med 21:1539).

        The interval is that of ln H, normal with the standard error of their appendix, carried over; H is 1 where Q
        is below its degrees of freedom, as in R's meta 8 and netmeta 3. ``None`` for two trials whose Q is 2 or
        less: the standard error that applies there has no value.

        Parameters
        ----------
        level
            Coverage, as a fraction.
        """
        from scipy.special import ndtri

        se = self._log_h_error()
        if se is None:
            return None
        half = -float(ndtri((1 - level) / 2)) * se
        low, high = (max(1.0, max(1.0, self.h2) * exp(2 * side * half)) for side in (-1, 1))
        return Interval(100 * (low - 1) / low, 100 * (high - 1) / high)

    def _log_h_error(self) -> float | None:
        k = self.df + 1
        if self.q > k:
            return (log(self.q) - log(k - 1)) / (sqrt(2 * self.q) - sqrt(2 * k - 3)) / 2
        return sqrt((1 - 1 / (3 * (k - 2) ** 2)) / (2 * (k - 2))) if k > 2 else None  # noqa: PLR2004

    @property
    def h2(self) -> float:
        """H2 from Q, ``Q / df``, a ratio of variances."""
        return self.q / self.df


def generalised_q(trials: Standard, tau2: float) -> float:
    """Return the sum of squared residuals weighted by ``1 / (v + tau2)``; it falls as tau2 rises.

    Parameters
    ----------
    trials
        The trials.
    tau2
        Variance between trials, on the scale of ``trials``.
    """
    w = 1 / (trials.v + tau2)
    mean = (w * trials.y).sum() / w.sum()
    return float((w * (trials.y - mean) ** 2).sum())


def cochran(trials: Standard) -> Cochran:
    """Test the trials for heterogeneity (see `Cochran`)."""
    return cochran_of(generalised_q(trials, 0.0), len(trials.y) - 1)


def cochran_of(q: float, df: int) -> Cochran:
    """Return a test of Q; where nothing is left to be tested, Q is 0 and P is 1."""
    from scipy.special import chdtrc

    return Cochran(q, df, float(chdtrc(df, q))) if df else Cochran(0.0, 0, 1.0)


def typical_variance(trials: Standard) -> float:
    """Return the typical variance within trials (Higgins & Thompson 2002, equation 9).

    Parameters
    ----------
    trials
        The trials, the least precise first.

    Returns
    -------
    float
        ``(k - 1) sum(w) / (sum(w)^2 - sum(w^2))`` with ``w = 1 / v``, in the squared unit of the data.
    """
    w = 1 / trials.v
    # The difference of squares cancels beside one huge weight; the products of pairs do not.
    pairs = float((w[1:] * w.cumsum()[:-1]).sum())
    return (len(w) - 1) * float(w.sum()) / (2 * pairs) * trials.unit**2


def i2_of(tau2: float, typical: float) -> float:
    """Return I2 from tau2, in percent, as metafor gives it: ``tau2 / (tau2 + typical variance)``."""
    return 100 * tau2 / (tau2 + typical)


def tau2_interval(trials: Standard, level: float = 0.95) -> Interval:
    """Return the Q-profile interval of tau2 (Viechtbauer 2007, Stat Med 26:37).

    Parameters
    ----------
    trials
        The trials, k >= 2.
    level
        Coverage, as a fraction.

    Returns
    -------
    Interval
        In (log HR) squared, each bound exact to 1e-8 relative or better on any scale. The lower bound is 0
        where Q at tau2 = 0 is below the upper quantile of chi-squared. Where Q is below the lower quantile
        too, no tau2 >= 0 is compatible with the data, and the interval is [0, 0], as metafor reports it.
    """
    from scipy.special import chdtri

    tail, df = (1 - level) / 2, len(trials.y) - 1
    low = q_crossing(trials, float(chdtri(df, tail)))
    high = q_crossing(trials, float(chdtri(df, 1 - tail)))
    return Interval(low * trials.unit**2, high * trials.unit**2)


def q_crossing(trials: Standard, target: float) -> float:
    """Return the tau2 where the generalised Q falls to a target.

    Parameters
    ----------
    trials
        The trials, k >= 2.
    target
        What Q is to be, above 0.

    Returns
    -------
    float
        The only root, on the scale of ``trials``, to the last bits of Q; 0 where Q starts at or below ``target``.
    """
    from scipy.optimize import brentq

    if generalised_q(trials, 0.0) <= target:
        return 0.0
    # With every variance at its largest or smallest, Q is a plain sum of squares over v + tau2.
    squares = float(((trials.y - trials.y.mean()) ** 2).sum()) / target
    low, high = max(0.0, squares * (1 - 1e-9) - float(trials.v.max())), squares * (1 + 1e-9)
    return float(brentq(lambda t: generalised_q(trials, t) - target, low, high, xtol=1e-300, rtol=_ULP))

"""Mixtures of normal distributions over a grid: posteriors of log hazard ratios."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isfinite, log
from typing import TYPE_CHECKING, Final

import numpy as np

from netmeta.errors import PoolingError
from netmeta.pooling.interval import Interval, hazard_ratio
from netmeta.pooling.shortest import shortest

if TYPE_CHECKING:
    from netmeta.pooling.arrays import Floats

__all__ = ["EffectPosterior", "quantiles"]

_ROUNDS: Final = 200
_CLOSE: Final = 1e-13
_ELEMENTS: Final = 500_000
_ROOT_2PI: Final = 2.5066282746310002


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectPosterior:
    """What is believed of a log HR after the trials: normal given tau, mixed over the posterior of tau.

    The columns are read-only arrays; they follow from evidence and priors and do not decide ``==``.

    Parameters
    ----------
    mean, sd
        Of the log HR. Where tails are so heavy that they do not exist (a half-Cauchy prior and one or two trials),
        ``sd`` is infinite and ``mean`` may be ``nan``.
    median
        Of the log HR; its exponential is the median of the hazard ratio.
    ci
        Interval with equal tails, log HR, at the level of the analysis.
    weights, means, sds
        Probability of each value of tau, and mean and standard deviation of the log HR given it, shape (m,).
    """

    mean: float
    sd: float
    median: float
    ci: Interval
    weights: Floats = field(compare=False, repr=False)
    means: Floats = field(compare=False, repr=False)
    sds: Floats = field(compare=False, repr=False)

    @property
    def hr(self) -> float:
        """Median hazard ratio."""
        return hazard_ratio(self.median)

    def below(self, log_hr: float) -> float:
        """Return the probability of a value below ``log_hr``."""
        from scipy.special import ndtr

        return float(self.weights @ ndtr((log_hr - self.means) / self.sds))

    def probability_below(self, hr: float) -> float:
        """Return the probability of a hazard ratio below ``hr`` (HR scale).

        Raises
        ------
        PoolingError
            Where ``hr`` is no positive number.
        """
        if isinstance(hr, bool) or not isinstance(hr, int | float) or not (isfinite(hr) and hr > 0):
            raise PoolingError(f"A hazard ratio is a positive number, not {hr!r}.")
        return self.below(log(hr))

    def density(self, log_hr: Floats) -> Floats:
        """Return the density at log HRs of shape (n,), per unit of log HR."""
        z = (np.asarray(log_hr, dtype=float)[:, None] - self.means) / self.sds
        return np.asarray(np.exp(-(z**2) / 2) @ (self.weights / self.sds / _ROOT_2PI))

    def interval(self, level: float) -> Interval:
        """Return the interval with equal tails that holds ``level`` (a fraction), log HR."""
        tail = (1 - level) / 2
        low, high = self._quantiles(np.array([tail, 1 - tail])).tolist()
        return Interval(low, high)

    def shortest(self, level: float) -> Interval:
        """Return the shortest interval that holds ``level`` (a fraction), log HR."""
        return shortest(self._quantiles, level)

    def _quantiles(self, p: Floats) -> Floats:
        return np.asarray(quantiles(self.weights, self.means[None], self.sds[None], p)[0])


def quantiles(weights: Floats, means: Floats, sds: Floats, p: Floats) -> Floats:
    """Return quantiles of mixtures of normal distributions.

    Parameters
    ----------
    weights
        Of the m components, adding to 1, shape (m,).
    means, sds
        One row a mixture, shape (n, m).
    p
        Probabilities between 0 and 1, shape (q,).

    Returns
    -------
    array
        Shape (n, q), each to 1e-13 of the spread of its mixture.
    """
    rows = max(1, _ELEMENTS // (means.shape[1] * len(p)))
    parts = [_block(weights, means[at : at + rows], sds[at : at + rows], p) for at in range(0, len(means), rows)]
    return np.concatenate(parts)


def _block(weights: Floats, means: Floats, sds: Floats, p: Floats) -> Floats:
    """Mirror what is asked above the median, so that no tail is a difference from 1."""
    sign = np.where(p > 0.5, -1.0, 1.0)  # noqa: PLR2004
    n, q, m = len(means), len(p), means.shape[1]
    mirrored = (sign[None, :, None] * means[:, None, :]).reshape(n * q, m)
    spread = np.repeat(sds, q, axis=0)
    found = _lower_quantiles(weights, mirrored, spread, np.tile(np.minimum(p, 1 - p), n))
    return found.reshape(n, q) * sign


def _lower_quantiles(weights: Floats, means: Floats, sds: Floats, p: Floats) -> Floats:
    """Newton's method on the normal quantile of the distribution function, which is nearly a straight line."""
    from scipy.special import ndtr, ndtri

    z = ndtri(p)
    middle = int(np.searchsorted(weights.cumsum(), 0.5))
    ends = means + z[:, None] * sds
    low, high = ends.min(1), ends.max(1)
    x, size = ends[:, middle].copy(), sds[:, middle]
    todo = np.flatnonzero(high > low)
    for _ in range(_ROUNDS):
        if not len(todo):
            break
        t = (x[todo, None] - means[todo]) / sds[todo]
        reached = np.clip(ndtr(t) @ weights, 1e-300, 1 - 1e-16)
        slope = (np.exp(-(t**2) / 2) / sds[todo]) @ weights
        over = reached > p[todo]
        high[todo], low[todo] = np.where(over, x[todo], high[todo]), np.where(over, low[todo], x[todo])
        g = ndtri(reached)
        with np.errstate(all="ignore"):
            new = x[todo] - (g - z[todo]) * np.exp(-(g**2) / 2) / slope
        inside = (new >= low[todo]) & (new <= high[todo])
        new = np.where(inside, new, (low[todo] + high[todo]) / 2)
        moved = np.abs(new - x[todo]) > _CLOSE * (np.abs(new) + size[todo])
        x[todo] = new
        todo = todo[moved]
    return np.asarray(x)

"""What is believed of tau, the standard deviation between trials, after the trials."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.polynomial import Chebyshev

from netmeta.pooling.interval import Interval
from netmeta.pooling.shortest import shortest

if TYPE_CHECKING:
    from netmeta.pooling.arrays import Floats
    from netmeta.pooling.tau_marginal import TauGrid

__all__ = ["TauPosterior", "tau_posterior"]

_ALIKE: Final = 1e-11
_DEGREE: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class TauPosterior:
    """The posterior of tau (log HR), the standard deviation of the effects between trials.

    Parameters
    ----------
    mean, sd
        Infinite where they do not exist: a half-Cauchy prior with one or two trials.
    median
        Half of the belief lies below.
    mode
        Where the density is highest; 0 where it falls from there.
    ci
        Interval with equal tails at the level of the analysis.
    grid
        The integrated posterior that all of these are read from.
    """

    mean: float
    sd: float
    median: float
    mode: float
    ci: Interval
    grid: TauGrid = field(compare=False, repr=False)

    def below(self, tau: float) -> float:
        """Return the probability of a smaller tau."""
        lower, upper = self.grid.marginal.prior.support
        if tau <= lower:
            return 0.0
        return 1.0 if tau >= upper else min(1.0, self.grid.below(tau / self.grid.marginal.unit))

    def density(self, tau: Floats) -> Floats:
        """Return the density at values of tau above 0, of the same shape, per unit of log HR."""
        marginal, values = self.grid.marginal, np.asarray(tau, dtype=float)
        lower, upper = marginal.prior.support
        inside = (values > 0) & (values >= lower) & (values <= upper)
        found = np.zeros(values.shape)
        logs = marginal.log_posterior(values[inside] / marginal.unit) - self.grid.grid.peak
        found[inside] = np.exp(logs) / self.grid.total / marginal.unit
        return found

    def interval(self, level: float) -> Interval:
        """Return the interval with equal tails that holds ``level`` (a fraction)."""
        low, high = self._quantiles(np.array([(1 - level) / 2, (1 + level) / 2])).tolist()
        return Interval(low, high)

    def shortest(self, level: float) -> Interval:
        """Return the shortest interval that holds ``level`` (a fraction); it may begin at 0."""
        found = shortest(self._quantiles, level)
        # A share left of it that is a billionth is none.
        none = self.below(found.low) < 1e-8 * (1 - level)
        return Interval(self.grid.marginal.prior.support[0], self._at(level)) if none else found

    def _quantiles(self, p: Floats) -> Floats:
        return np.array([self._at(each) for each in p.tolist()])

    def _at(self, p: float) -> float:
        return self.grid.quantile(p) * self.grid.marginal.unit


def tau_posterior(grid: TauGrid, level: float) -> TauPosterior:
    """Read a posterior of tau from its grid.

    Parameters
    ----------
    grid
        The integrated posterior.
    level
        Of the interval, as a fraction.
    """
    marginal = grid.marginal
    low, median, high = (grid.quantile(p) * marginal.unit for p in ((1 - level) / 2, 0.5, (1 + level) / 2))
    tau, weights = grid.nodes()
    mean = float(weights @ tau) if marginal.has_moment(1) else math.inf
    sd = math.sqrt(float(weights @ (tau - mean) ** 2)) if marginal.has_moment(2) else math.inf
    return TauPosterior(
        mean=mean * marginal.unit, sd=sd * marginal.unit, median=median, mode=_mode(grid) * marginal.unit,
        ci=Interval(low, high), grid=grid,
    )  # fmt: skip


def _mode(grid: TauGrid) -> float:
    """Find the peak of the density: the highest node, then the root of a polynomial's slope around it."""
    tau = np.exp(np.concatenate((grid.grid.low[:1], grid.grid.x.ravel(), grid.grid.high[-1:])))
    heights = grid.marginal.log_posterior(tau)
    at = int(np.argmax(heights))
    lower, upper = (end / grid.marginal.unit for end in grid.marginal.prior.support)
    if heights[0] >= heights[at] - _ALIKE * (1 + abs(float(heights[at]))):
        return lower
    if at == len(tau) - 1:
        return min(upper, float(tau[at]))
    return _peak(grid, float(tau[at - 1]), float(tau[at]), float(tau[at + 1]))


def _peak(grid: TauGrid, low: float, middle: float, high: float) -> float:
    curve = Chebyshev.interpolate(grid.marginal.log_posterior, _DEGREE, domain=[low, high])
    roots = curve.deriv().roots()
    inside = np.real(
        roots[(np.abs(np.imag(roots)) < _ALIKE * high) & (np.real(roots) >= low) & (np.real(roots) <= high)]
    )
    return float(inside[np.argmax(curve(inside))]) if len(inside) else middle

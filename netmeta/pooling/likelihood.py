"""The likelihood of the variance between trials, and its highest point.

With the mean profiled out, the log-likelihood of tau2 can have several maxima, the boundary 0 among them
(Viechtbauer 2005, J Educ Behav Stat 30:261, gives both likelihoods). A search that starts somewhere and
climbs may stop at a lower one. Here the slope is looked at on a grid fine enough to separate them all,
every maximum is refined to the last bits, and the highest is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    from netmeta.pooling.arrays import Floats, Standard

__all__ = ["Likelihood", "Profile", "candidates", "highest"]

# As a function of log tau2 the likelihood is analytic in a strip of half-width pi (its singularities lie
# where tau2 = -v), so that nothing in it is narrower than a few of these steps.
_STEP = 0.25
# Below a hundredth of the smallest variance the slope is a straight line.
_NEAR_ZERO = 0.01
_ULP = 4 * float(np.finfo(float).eps)


@dataclass(frozen=True, slots=True, eq=False)
class Likelihood:
    """Profile log-likelihood of tau2, for many candidates at once.

    Parameters
    ----------
    trials
        The trials, the least precise first: cumulative sums of weights rely on that order.
    restricted
        ``True`` for REML, ``False`` for ML.
    """

    trials: Standard
    restricted: bool

    def value(self, tau2: Floats) -> Floats:
        """Return the log-likelihood up to a constant, shape of ``tau2``, shape (n,)."""
        w, total, rest = self._parts(tau2)
        height = np.log(w).sum(-1) - (w * rest**2).sum(-1)
        return np.asarray((height - np.log(total) if self.restricted else height) / 2)

    def slope(self, tau2: Floats) -> Floats:
        """Return the derivative of `value`, shape of ``tau2``, shape (n,)."""
        w, total, rest = self._parts(tau2)
        return np.asarray(((w * rest) ** 2).sum(-1) - self._expected(w, total)) / 2

    def grid(self, start: float) -> Floats:
        """Return candidates from 0 to where the slope is negative for good, ascending, shape (n,)."""
        # Where the slope is zero, some trial's squared distance to another exceeds its variance plus tau2.
        return candidates(float(self.trials.v.min()), float(np.ptp(self.trials.y)) ** 2, start)

    def _parts(self, tau2: Floats) -> tuple[Floats, Floats, Floats]:
        """Weights (n, k), their sums (n,) and residuals from the weighted mean (n, k)."""
        w = 1 / (self.trials.v + tau2[..., None])
        total = w.sum(-1)
        mean = (w * self.trials.y).sum(-1) / total
        return w, total, self.trials.y - mean[..., None]

    def _expected(self, w: Floats, total: Floats) -> Floats:
        """Return what the squared, weighted residuals add up to where the slope is zero, shape (n,)."""
        if not self.restricted:
            return np.asarray(total)
        # sum(w) - sum(w^2) / sum(w) cancels when one weight outdoes all others; twice the sum of the
        # products of pairs, over the same total, is equal and adds only positive terms.
        pairs = (w[..., 1:] * w.cumsum(-1)[..., :-1]).sum(-1)
        return np.asarray(2 * pairs / total)


class Profile(Protocol):
    """A likelihood of tau2 that can be searched: of a mean, or of a regression."""

    def value(self, tau2: Floats) -> Floats:
        """Return the log-likelihood up to a constant, shape of ``tau2``."""

    def slope(self, tau2: Floats) -> Floats:
        """Return its derivative, shape of ``tau2``."""

    def grid(self, start: float) -> Floats:
        """Return candidates from 0 to where it falls for good, ascending, ``start`` among them if it serves."""


def highest(likelihood: Profile, start: float) -> float:
    """Find the tau2 of the highest likelihood over [0, infinity).

    Parameters
    ----------
    likelihood
        What is maximised.
    start
        A candidate from elsewhere; it joins the grid, and one that is not finite or negative is left out.

    Returns
    -------
    float
        The global maximiser, as exact as the slope can be evaluated (1e-8 relative or better); 0 where the
        boundary is at least as high as every maximum inside.
    """
    grid = likelihood.grid(start)
    rising = likelihood.slope(grid) > 0
    turns = np.flatnonzero(rising[:-1] & ~rising[1:])
    tops = [_top(likelihood, grid[turn], grid[turn + 1]) for turn in turns]
    tried = np.array([0.0, *tops])
    return float(tried[np.argmax(likelihood.value(tried))])


def _top(likelihood: Profile, low: float, high: float) -> float:
    from scipy.optimize import brentq

    return float(brentq(lambda t: likelihood.slope(np.array([t])).item(), low, high, xtol=1e-300, rtol=_ULP))


def candidates(smallest: float, bound: float, start: float) -> Floats:
    """Return tau2 from 0 to ``bound``, ascending, close enough together to separate all maxima, shape (n,).

    Parameters
    ----------
    smallest
        The smallest variance within trials.
    bound
        Above it the slope is negative.
    start
        A candidate from elsewhere; one that is not finite or outside of (0, ``bound``) is left out.
    """
    near = _NEAR_ZERO * smallest
    top = max(bound, 2 * near)
    steps = int(np.ceil(np.log(top / near) / _STEP)) + 1
    inside = [start] if np.isfinite(start) and 0 < start < top else []
    return np.unique(np.concatenate([[0.0], np.geomspace(near, top, steps), inside]))

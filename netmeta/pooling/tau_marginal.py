"""The normal-normal model with its mean integrated out: what the trials say of tau alone."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from netmeta.pooling.arrays import standardise
from netmeta.pooling.panels import around_peak, panels, reach
from netmeta.pooling.priors import Normal

if TYPE_CHECKING:
    from netmeta.pooling.arrays import Floats
    from netmeta.pooling.panels import Panels
    from netmeta.pooling.priors import MeanPrior, TauPrior

__all__ = ["Given", "Marginal", "TauGrid"]

# Below this part of the smallest scale, tau changes nothing; panels are wider where little changes.
_NEAR_ZERO: Final = math.log(1e-6)
_FAR_OUT: Final = 42.0
_FARTHEST: Final = 300.0
_STEP, _WIDE_STEP = 1.5, 5.0


class Given(NamedTuple):
    """The normal distribution of the mean, given tau: its mean and its precision, shape (m,)."""

    mean: Floats
    precision: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Marginal:
    """The trials on a scale near 1, with the priors.

    Parameters
    ----------
    y, v
        Effects and variances, shape (k,): ``(log HR - shift) / unit`` and ``se^2 / unit^2``.
    shift, unit
        As in `netmeta.pooling.arrays.Standard`.
    prior
        Of tau, in log HR.
    centre, certainty
        Mean and precision of the normal prior of the mean on the scale of ``y``; 0 and 0 where it is flat.
    """

    y: Floats
    v: Floats
    shift: float
    unit: float
    prior: TauPrior
    centre: float
    certainty: float

    @classmethod
    def of(cls, y: Floats, v: Floats, prior: TauPrior, mean_prior: MeanPrior) -> Marginal:
        """Bring checked arrays to scale."""
        scale = standardise(y, v)
        shift, unit = scale.shift, scale.unit
        own = isinstance(mean_prior, Normal)
        centre = (mean_prior.mean - shift) / unit if isinstance(mean_prior, Normal) else 0.0
        certainty = (unit / mean_prior.sd) ** 2 if isinstance(mean_prior, Normal) else 0.0
        return cls((y - shift) / unit, v / unit**2, shift, unit, prior, centre if own else 0.0, certainty)

    def given(self, tau: Floats) -> Given:
        """Return the distribution of the mean given each tau, shape (m,)."""
        w = 1 / (self.v[:, None] + tau**2)
        precision = w.sum(0) + self.certainty
        return Given(((w * self.y[:, None]).sum(0) + self.certainty * self.centre) / precision, precision)

    def log_likelihood(self, tau: Floats) -> Floats:
        """Return the logarithm of the likelihood of each tau, the mean integrated out, on the scale of ``y``.

        The likelihood of Rover 2020 (J Stat Softw 93(6), equation 8); under a flat mean its level is that of a
        density of 1 on every log HR.
        """
        total = self.v[:, None] + tau**2
        mean, precision = self.given(tau)
        squares = ((self.y[:, None] - mean) ** 2 / total).sum(0) + self.certainty * (self.centre - mean) ** 2
        logs = np.log(total).sum(0) + np.log(precision)
        constant = (len(self.y) - 1) * math.log(2 * math.pi)
        if self.certainty:
            constant += math.log(2 * math.pi / self.certainty)
        return np.asarray(-(squares + logs + constant) / 2)

    def log_posterior(self, tau: Floats) -> Floats:
        """Return the logarithm of prior times likelihood, per unit of the scaled tau > 0."""
        return np.asarray(self.prior.log_density(tau * self.unit) + math.log(self.unit) + self.log_likelihood(tau))

    @property
    def tail(self) -> float:
        """The posterior of tau falls as this power of 1 / tau."""
        return self.prior.tail + len(self.y) - (0 if self.certainty else 1)

    def has_moment(self, power: int) -> bool:
        """Whether the mean of ``tau ** power`` is finite."""
        return self.tail > power + 1 + 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class TauGrid:
    """The posterior of tau by direct integration.

    Parameters
    ----------
    marginal
        What was integrated.
    near_zero
        Mass below the first panel, where tau is as good as 0, in units of ``exp(grid.peak)``.
    grid
        Panels over the logarithm of the scaled tau.
    """

    marginal: Marginal
    near_zero: float
    grid: Panels

    @classmethod
    def of(cls, marginal: Marginal) -> TauGrid:
        """Integrate prior times likelihood."""

        def log_g(x: Floats) -> Floats:
            return marginal.log_posterior(np.exp(x)) + x

        power = 2 if marginal.has_moment(2) else 1 if marginal.has_moment(1) else 0
        low, quiet, high = _ends(marginal)
        start, end = reach(log_g, low, high, power)
        edges = np.append(_edges(marginal, start, end, quiet), around_peak(log_g, start, end))
        grid = panels(log_g, _apart(edges), power)
        prior = marginal.prior
        if start > low or prior.support[0] > 0:
            return cls(marginal, 0.0, grid)
        belief = prior.below(math.exp(low) * marginal.unit)
        at_zero = float(marginal.log_likelihood(np.zeros(1))[0])
        return cls(marginal, belief * math.exp(at_zero - grid.peak), grid)

    @property
    def total(self) -> float:
        """The whole mass, in units of ``exp(grid.peak)``."""
        return self.near_zero + float(self.grid.weights.sum())

    def nodes(self) -> tuple[Floats, Floats]:
        """Return values of the scaled tau, the first of them 0, and their probabilities, shape (m,)."""
        tau = np.append(0.0, np.exp(self.grid.x))
        return tau, np.append(self.near_zero, self.grid.weights) / self.total

    def below(self, tau: float) -> float:
        """Return the probability of a smaller scaled tau."""
        x = math.log(tau) if tau > 0 else -math.inf
        start = float(self.grid.low[0])
        if x < start:
            return self.near_zero / self.total * _part(self.marginal, x, start)
        return (self.near_zero + self.grid.below(x)) / self.total

    def quantile(self, p: float) -> float:
        """Return the scaled tau below which the probability is ``p``."""
        mass, start = p * self.total, float(self.grid.low[0])
        if mass >= self.near_zero:
            return math.exp(self.grid.quantile(mass - self.near_zero))
        return math.exp(start) * mass / self.near_zero


def _part(marginal: Marginal, x: float, start: float) -> float:
    """Return which part of the belief below ``exp(start)`` is below ``exp(x)``."""
    less, all_of_it = (marginal.prior.below(math.exp(at) * marginal.unit) for at in (x, start))
    return less / all_of_it if all_of_it > 0 else 0.0


def _ends(marginal: Marginal) -> tuple[float, float, float]:
    """Return the logarithms of the scaled tau between which it is looked at, and below which little changes."""
    prior, unit = marginal.prior, marginal.unit
    small, large = (scale / unit for scale in prior.scales)
    lower, upper = (end / unit for end in prior.support)
    away = float(np.abs(marginal.y - marginal.centre * (marginal.certainty > 0)).max())
    quiet = math.log(min(math.sqrt(float(marginal.v.min())), small))
    low = math.log(lower) if lower > 0 else quiet + _NEAR_ZERO
    widest = math.log(max(math.sqrt(float(marginal.v.max())), away, large)) + _FAR_OUT
    high = math.log(upper) if upper < math.inf else min(widest, _FARTHEST)
    return max(low, -_FARTHEST), quiet, high


def _edges(marginal: Marginal, start: float, end: float, quiet: float) -> Floats:
    middle = min(max(quiet - 1, start), end)
    parts = [_split(start, middle, _WIDE_STEP), _split(middle, end, _STEP)]
    breaks = [math.log(tau / marginal.unit) for tau in marginal.prior.breaks]
    inside = [x for x in breaks if start < x < end]
    return np.concatenate([*parts, np.array(inside)])


def _apart(edges: Floats) -> Floats:
    """Sort edges, and leave out those that rounding alone has parted: a panel has a width."""
    found = np.unique(edges)
    return np.asarray(found[np.append(True, np.diff(found) > 1e-13 * (1 + np.abs(found[1:])))])


def _split(start: float, end: float, step: float) -> Floats:
    return np.linspace(start, end, int((end - start) / step) + 2)

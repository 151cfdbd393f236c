"""Likelihood of a step-function selection model, with its derivatives, and its highest point."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from math import pi
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from netmeta.pooling.arrays import Floats

__all__ = ["Selected", "Top", "highest"]

_ROUNDS: Final = 200
_SCALING: Final = 25
# The grid that starts are taken from; tau2 in variances of the effects.
_MEANS: Final = 17
_TAUS: Final = (0.0, 0.01, 0.05, 0.15, 0.4, 1.0, 3.0)
_HALVINGS: Final = 40
# Of a log weight in one step, and what one step of Newton's may still gain in log-likelihood at a top.
_FAR, _FLAT, _NEAR = 3.0, 1e-18, 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Selected:
    """Trials of which some were more likely to be seen than others (Vevea & Hedges 1995, Psychometrika 60:419).

    Effects are signed so that low ones have small P values. Parameters are ``(mean, tau2, log weights)``, the
    weights of all intervals but the first, whose weight is 1.

    Parameters
    ----------
    y, v
        Effects and variances, shape (k,).
    edges
        Effect at which the P value of each trial is at each step, shape (k, steps), rising along a row.
    counts
        Number of trials in each interval, shape (steps + 1,), each at least 1.
    """

    y: Floats
    v: Floats
    edges: Floats
    counts: Floats

    @classmethod
    def of(cls, y: Floats, v: Floats, steps: tuple[float, ...]) -> Selected:
        """Sort trials into the intervals of their one-sided P values; a P at a step is below it."""
        from scipy.special import ndtr, ndtri

        group = np.searchsorted(np.array(steps), ndtr(y / np.sqrt(v)))
        counts = np.bincount(group, minlength=len(steps) + 1).astype(float)
        return cls(y, v, np.sqrt(v)[:, None] * ndtri(np.array(steps)), counts)

    def chances(self, mean: Floats, tau2: Floats) -> Floats:
        """Chance of each interval for each trial, shape (..., k, intervals), for arrays of means and tau2."""
        from scipy.special import ndtr

        s = np.sqrt(self.v + tau2[..., None])[..., None]
        below = ndtr((self.edges - mean[..., None, None]) / s)
        above = ndtr((mean[..., None] - self.edges[:, -1]) / s[..., 0])
        return np.concatenate([below[..., :1], np.diff(below, axis=-1), above[..., None]], axis=-1)

    def log(self, at: Floats) -> float:
        """Log-likelihood, constants and all."""
        spread, weights = self.v + at[1], np.exp(np.concatenate([[0.0], at[2:]]))
        seen = (self.chances(at[0], at[1]) * weights).sum(-1)
        normal = -(np.log(2 * pi * spread) + (self.y - at[0]) ** 2 / spread).sum() / 2
        return float(normal + (self.counts[1:] * at[2:]).sum() - np.log(seen).sum())

    def slopes(self, at: Floats) -> tuple[Floats, Floats]:
        """Gradient and Hessian of the log-likelihood, shapes (p,) and (p, p)."""
        first, second = _normal_slopes(self.y - at[0], self.v + at[1])
        weights = np.exp(at[2:])
        chance = self.chances(at[0], at[1])
        by_mean, by_tau2, *curves = _chance_slopes((self.edges - at[0]), self.v + at[1])
        weigh = np.concatenate([[1.0], weights])
        seen = (chance * weigh).sum(-1)
        tangent = np.column_stack([by_mean @ weigh, by_tau2 @ weigh, chance[:, 1:] * weights]) / seen[:, None]
        p = len(at)
        bend = np.zeros((p, p))
        bend[0, 0], bend[0, 1], bend[1, 1] = (float((curve @ weigh / seen).sum()) for curve in curves)
        bend[0, 2:] = (by_mean[:, 1:] / seen[:, None]).sum(0) * weights
        bend[1, 2:] = (by_tau2[:, 1:] / seen[:, None]).sum(0) * weights
        bend[range(2, p), range(2, p)] = tangent[:, 2:].sum(0)
        bend = np.triu(bend) + np.triu(bend, 1).T
        gradient = np.concatenate([first, self.counts[1:]]) - tangent.sum(0)
        hessian = tangent.T @ tangent - bend
        hessian[:2, :2] += second
        return gradient, hessian


def _normal_slopes(rest: Floats, spread: Floats) -> tuple[Floats, Floats]:
    """Gradient and Hessian, by mean and tau2, of the log density of residuals."""
    z2 = rest**2 / spread
    across = -(rest / spread**2).sum()
    first = np.array([(rest / spread).sum(), ((z2 - 1) / spread).sum() / 2])
    return first, np.array([[-(1 / spread).sum(), across], [across, ((1 - 2 * z2) / spread**2).sum() / 2]])


def _chance_slopes(edges: Floats, spread: Floats) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """First and second derivatives of the chances by mean and tau2: mean, tau2, mean twice, both, tau2 twice."""
    s2 = spread[:, None]
    u = edges / np.sqrt(s2)
    density = np.exp(-(u**2) / 2) / np.sqrt(2 * pi)
    parts = (
        -density / np.sqrt(s2),
        -density * u / (2 * s2),
        -density * u / s2,
        density * (1 - u**2) / (2 * s2**1.5),
        density * u * (3 - u**2) / (4 * s2**2),
    )
    a, b, c, d, e = (np.diff(np.pad(part, ((0, 0), (1, 1))), axis=1) for part in parts)
    return a, b, c, d, e


@dataclass(frozen=True, slots=True, eq=False)
class Top:
    """A highest point: the parameters, the log-likelihood, whether it is one, and the covariance.

    ``covariance`` is that of ``(mean, tau2, log weights)`` from the observed information; where tau2 is 0 its row
    and column are not a number, and the others are those of a model without it.
    """

    at: Floats
    log: float
    settled: bool
    covariance: Floats


def highest(selected: Selected, *, common: bool) -> Top:
    """Climb to the highest point of the likelihood from a grid of means and tau2.

    Given mean and tau2 the likelihood has one maximum in the weights; over mean and tau2 it may have several.

    Parameters
    ----------
    selected
        The trials.
    common
        Whether tau2 is held at 0.
    """
    tops = [_climb(selected, start, common=common) for start in _starts(selected, common=common)]
    at, value, settled = max(tops, key=lambda top: top[1])
    free = _free(at, held=common or bool(at[1] == 0))
    covariance = np.full((len(at), len(at)), np.nan)
    inside = -selected.slopes(at)[1][np.ix_(free, free)]
    if settled and float(np.linalg.eigvalsh(inside).min()) > 0:
        covariance[np.ix_(free, free)] = np.linalg.inv(inside)
    else:
        settled = False
    return Top(at, value, settled, covariance)


def _free(at: Floats, *, held: bool) -> npt.NDArray[np.int64]:
    """Return which parameters move; tau2 does not where it is held."""
    return np.array([index for index in range(len(at)) if not (held and index == 1)])


def _starts(selected: Selected, *, common: bool) -> list[Floats]:
    """Return the points of a grid of means and tau2 that no neighbour overtops, with the best weights at each."""
    y = selected.y
    reach = float(np.ptp(y)) or float(np.sqrt(selected.v.max()))
    means = np.linspace(float(y.min()) - reach / 2, float(y.max()) + reach, _MEANS)
    taus = np.zeros(1) if common else float(np.var(y)) * np.array(_TAUS)
    mean, tau2 = np.meshgrid(means, taus, indexing="ij")
    weights, value = _profile(selected, mean, tau2)
    around = np.pad(value, 1, constant_values=-np.inf)
    rows, columns = (slice(1, 1 + size) for size in value.shape)
    beaten = np.zeros(value.shape, dtype=bool)
    for down, right in product((-1, 0, 1), repeat=2):
        beaten |= around[_moved(rows, down), _moved(columns, right)] > value
    return [
        np.concatenate([[mean[at], tau2[at]], np.log(weights[at][1:])])
        for at in zip(*np.nonzero(~beaten), strict=True)
    ]


def _moved(span: slice, by: int) -> slice:
    return slice(span.start + by, span.stop + by)


def _profile(selected: Selected, mean: Floats, tau2: Floats) -> tuple[Floats, Floats]:
    """Raise the weights at every mean and tau2 by iterative scaling; return them and the log-likelihood."""
    chance, spread = selected.chances(mean, tau2), selected.v + tau2[..., None]
    weights = np.ones((*mean.shape, len(selected.counts)))
    for _ in range(_SCALING):
        seen = (chance @ weights[..., None])[..., 0]
        share = (chance / seen[..., None]).sum(-2)
        weights = selected.counts / np.maximum(share, 1e-100)
        weights = np.clip(weights / weights[..., :1], 1e-6, 1e6)
    normal = np.log(spread) + (selected.y - mean[..., None]) ** 2 / spread
    seen = (chance @ weights[..., None])[..., 0]
    return weights, (np.log(weights) @ selected.counts) - normal.sum(-1) / 2 - np.log(seen).sum(-1)


def _climb(selected: Selected, start: Floats, *, common: bool) -> tuple[Floats, float, bool]:
    """Newton's steps, shortened until they rise, with tau2 held at 0 where the likelihood falls from there."""
    at, value = start, selected.log(start)
    gain = np.inf
    for _ in range(_ROUNDS):
        gradient, hessian = selected.slopes(at)
        free = _free(at, held=common or bool(at[1] == 0 and gradient[1] <= 0))
        move = np.zeros(len(at))
        move[free] = _uphill(gradient[free], hessian[np.ix_(free, free)])
        gain, before = float(gradient @ move), value
        at, value = _along(selected, at, value, move)
        if gain < _FLAT or value == before:
            break
    return at, value, gain < _NEAR


def _uphill(gradient: Floats, hessian: Floats) -> Floats:
    values, vectors = np.linalg.eigh(-hessian)
    # Away from the top the surface may bend upwards: its curvature then counts by size alone.
    steep = np.maximum(np.abs(values), 1e-10 * float(np.abs(values).max()))
    return np.asarray(vectors @ ((vectors.T @ gradient) / steep))


def _along(selected: Selected, at: Floats, value: float, move: Floats) -> tuple[Floats, float]:
    longest = float(np.abs(move[2:]).max())
    for power in range(_HALVINGS):
        to = at + move * 0.5**power * min(1.0, _FAR / max(_FAR, longest))
        to[1] = max(0.0, to[1])
        reached = selected.log(to)
        if reached >= value:
            return to, reached
    return at, value

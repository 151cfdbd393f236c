"""A density on a line, in panels that are halved until each is as smooth as a polynomial."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.polynomial import legendre

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from netmeta.pooling.arrays import Floats

__all__ = ["NEGLIGIBLE", "Panels", "around_peak", "panels", "reach"]

NEGLIGIBLE: Final = 42.0
"""What lies so many natural logarithms below the peak is nothing in double precision."""

_POINTS: Final = 15
_T, _W = legendre.leggauss(_POINTS)
_DEGREES: Final = np.arange(_POINTS)
# Values at the nodes times this are the coefficients of the Legendre series.
_SERIES: Final = _W[:, None] * legendre.legvander(_T, _POINTS - 1) * (_DEGREES + 0.5)
_LAST: Final = 3
_TOLERANCE: Final = 1e-11
_NOISE: Final = 50 * float(np.finfo(float).eps)
_ROUNDS, _MOST = 48, 1000
_STEEP, _FLAT, _ZOOMS, _HALVINGS = 8.0, 0.5, 9, 40


@dataclass(frozen=True, slots=True, eq=False)
class Panels:
    """A density at 15 Gauss-Legendre nodes of each of n panels, from left to right.

    Parameters
    ----------
    low, high
        Ends of the panels, shape (n,).
    values
        The density divided by ``exp(peak)``, shape (n, 15).
    peak
        Logarithm of the largest value met.
    """

    low: Floats
    high: Floats
    values: Floats
    peak: float

    @property
    def x(self) -> Floats:
        """The nodes, shape (n, 15)."""
        return _nodes(self.low, self.high)

    @property
    def weights(self) -> Floats:
        """Mass at each node, in units of ``exp(peak)``, shape (n, 15)."""
        return np.asarray((self.high - self.low)[:, None] / 2 * _W * self.values)

    def below(self, x: float) -> float:
        """Return the mass to the left of ``x``, in units of ``exp(peak)``."""
        masses = self.weights.sum(1)
        at = int(np.searchsorted(self.high, x))
        if at == len(masses):
            return float(masses.sum())
        inside = min(max(2 * (x - self.low[at]) / (self.high[at] - self.low[at]) - 1, -1.0), 1.0)
        return float(masses[:at].sum() + legendre.legval(inside, self._area(at)))

    def quantile(self, mass: float) -> float:
        """Return the ``x`` to the left of which there is ``mass``, in units of ``exp(peak)``."""
        from scipy.optimize import brentq

        masses = self.weights.sum(1)
        ends = masses.cumsum()
        at = min(int(np.searchsorted(ends, mass)), len(ends) - 1)
        rest, area = mass - float(ends[at] - masses[at]), self._area(at)
        if rest <= 0:
            return float(self.low[at])
        if rest >= float(legendre.legval(1.0, area)):
            return float(self.high[at])
        inside = brentq(lambda t: float(legendre.legval(t, area)) - rest, -1.0, 1.0, xtol=1e-15, rtol=1e-14)
        return float(self.low[at] + (self.high[at] - self.low[at]) * (inside + 1) / 2)

    def _area(self, at: int) -> Floats:
        """Integrate the Legendre series of one panel from its left end."""
        half = (self.high[at] - self.low[at]) / 2
        return np.asarray(legendre.legint(half * (self.values[at] @ _SERIES), lbnd=-1))


def reach(log_density: Callable[[Floats], Floats], low: float, high: float, power: int) -> tuple[float, float]:
    """Return the part of [low, high] outside of which a density, and it times ``exp(power x)``, are negligible."""
    x = np.linspace(low, high, int((high - low) / 0.5) + 2)
    found = log_density(x)
    tilted = found + power * x
    rows = np.flatnonzero((found > found.max() - NEGLIGIBLE) | (tilted > tilted.max() - NEGLIGIBLE))
    return float(x[max(rows[0] - 1, 0)]), float(x[min(rows[-1] + 1, len(x) - 1)])


def around_peak(log_density: Callable[[Floats], Floats], low: float, high: float) -> Floats:
    """Return edges around a peak that is narrow beside steps of 1/2, doubling their distance; none where it is not.

    Far below such a peak a density is 0 to double precision, and would be taken for smooth.
    """
    x = np.linspace(low, high, int((high - low) / 0.5) + 2)
    found = log_density(x)
    at = int(found.argmax())
    left, right = float(x[max(at - 1, 0)]), float(x[min(at + 1, len(x) - 1)])
    sides = log_density(np.array([left, right]))
    if found[at] - max((side for side, end in zip(sides, (left, right), strict=True) if end != x[at])) < _STEEP:
        return np.empty(0)
    for _ in range(_ZOOMS):
        fine = np.linspace(left, right, 33)
        at = int(log_density(fine).argmax())
        left, right = float(fine[max(at - 1, 0)]), float(fine[min(at + 1, 32)])
    peak = float(fine[at])
    away = np.ldexp(1.0, -np.arange(_HALVINGS))
    edges = np.concatenate((peak - away, [peak], peak + away))
    inside = edges[(edges > low) & (edges < high)]
    drop = log_density(np.array([peak])) - log_density(inside)
    return np.asarray(inside[(drop > _FLAT) | (inside == peak)])


def panels(log_density: Callable[[Floats], Floats], edges: Floats, power: int = 0) -> Panels:
    """Fill panels with a density, and halve each until the last terms of its series are 1e-11 of the peak.

    Parameters
    ----------
    log_density
        Logarithm of the density at an array of shape (m,).
    edges
        Where panels begin and end, rising.
    power
        The density times ``exp(power x)`` is to be smooth as well, for the sake of moments of ``exp(x)``.
    """
    low, high, done, peak = edges[:-1], edges[1:], [], np.full(2, -np.inf)
    for round_ in range(_ROUNDS):
        x = _nodes(low, high)
        found = log_density(x.ravel()).reshape(x.shape)
        peak = np.maximum(peak, (found.max(), (found + power * x).max()))
        rough = _rough(found, peak[0]) | _rough(found + power * x, peak[1])
        if round_ == _ROUNDS - 1 or len(low) > _MOST:
            rough[:] = False
        done.append((low[~rough], high[~rough], found[~rough]))
        if not rough.any():
            break
        low, high = _halved(low[rough], high[rough])
    return _in_order(done, float(peak[0]))


def _rough(found: Floats, peak: float) -> npt.NDArray[np.bool_]:
    tail = np.abs(np.exp(found - peak) @ _SERIES[:, -_LAST:]).max(1)
    # A logarithm of a billion has no digits left to tell values apart by 1e-11.
    return np.asarray(tail > max(_TOLERANCE, _NOISE * abs(peak)), dtype=bool)


def _halved(low: Floats, high: Floats) -> tuple[Floats, Floats]:
    middle = (low + high) / 2
    return np.concatenate((low, middle)), np.concatenate((middle, high))


def _in_order(done: list[tuple[Floats, Floats, Floats]], peak: float) -> Panels:
    low, high, found = (np.concatenate(part) for part in zip(*done, strict=True))
    order = np.argsort(low)
    return Panels(low[order], high[order], np.exp(found[order] - peak), peak)


def _nodes(low: Floats, high: Floats) -> Floats:
    return np.asarray((low + high)[:, None] / 2 + (high - low)[:, None] / 2 * _T)

"""A prior of tau with a density of one's own: looked at once, checked, and brought to a mass of 1."""

from __future__ import annotations

import math
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from netmeta.errors import PoolingError, shown
from netmeta.pooling.belief import LARGEST, Belief, number
from netmeta.pooling.panels import Panels, panels, reach

if TYPE_CHECKING:
    from collections.abc import Callable

    from netmeta.pooling.arrays import Floats

__all__ = ["OwnDensity"]

_FAR: Final = 70.0
_SURE: Final = 30.0


@dataclass(frozen=True, slots=True)
class OwnDensity(Belief):
    """A prior of tau with a density of one's own, brought to a mass of 1.

    Parameters
    ----------
    function
        Takes tau > 0 (log HR), one number or an array, and gives a density, 0 or more, up to a constant factor.
    lower, upper
        Outside of these the density is 0; say them where it is narrow, or ends.
    name
        How sentences call it.

    Raises
    ------
    PoolingError
        For what is no function, ends out of order, a density that is negative or not a number somewhere, or whose
        mass is zero or not finite.

    Examples
    --------
    >>> OwnDensity(lambda tau: tau**-4 * 2.718281828 ** (-0.1 / tau**2), name="inverse gamma").scales[0] < 1
    True
    """

    function: Callable[[Floats], Floats]
    lower: float = 0.0
    upper: float = math.inf
    name: str = "own density"
    _own: _Shape = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not callable(self.function):
            raise PoolingError(f"A density of one's own is a function of tau, not {shown(self.function)}.")
        unbounded = isinstance(self.upper, float) and self.upper == math.inf
        lower = number(self.lower, "lower end of the density", 0.0, LARGEST, "a number of log HR units, 0 or more")
        upper = math.inf if unbounded else number(self.upper, "upper end of the density", 0.0, LARGEST, "a number")
        if not lower < upper:
            raise PoolingError(f"The density ends at {upper:g}, which is not above its beginning, {lower:g}.")
        object.__setattr__(self, "lower", lower)
        object.__setattr__(self, "upper", upper)
        object.__setattr__(self, "_own", _shape(self))

    def __str__(self) -> str:
        return self.name

    def log_density(self, tau: Floats) -> Floats:
        """Return the logarithm of the density at tau inside the support, any shape."""
        return _logs(self.function, np.asarray(tau, dtype=float)) - self._own.log_mass

    def below(self, tau: float) -> float:
        """Return the probability of a smaller tau."""
        return self._own.below(tau)

    @property
    def scales(self) -> tuple[float, float]:
        """Where 1 and 99.9% of the belief lie below."""
        return self._own.scales

    @property
    def support(self) -> tuple[float, float]:
        """From ``lower`` to ``upper``."""
        return self.lower, self.upper

    @property
    def tail(self) -> float:
        """Measured far out."""
        return self._own.tail

    @property
    def breaks(self) -> tuple[float, ...]:
        """Ends of the panels on which the density is smooth."""
        return self._own.breaks


@dataclass(frozen=True, slots=True, eq=False)
class _Shape:
    """What is found out about a density once."""

    log_mass: float
    grid: Panels
    scales: tuple[float, float]
    tail: float
    breaks: tuple[float, ...]

    def below(self, tau: float) -> float:
        x = math.log(tau) if tau > 0 else -math.inf
        return 0.0 if x <= self.grid.low[0] else self.grid.below(x) * math.exp(self.grid.peak - self.log_mass)


def _shape(prior: OwnDensity) -> _Shape:
    def log_g(x: Floats) -> Floats:
        return _logs(prior.function, np.exp(x)) + x

    begin, finish = (math.log(end) if 0 < end < math.inf else None for end in (prior.lower, prior.upper))
    low = begin if begin is not None else min(-_FAR, (finish or 0.0) - _FAR)
    high = finish if finish is not None else max(_FAR, low + _FAR)
    start, end = _finite(log_g, low, high, prior)
    edges = np.linspace(start, end, int(end - start) + 2)
    grid = panels(log_g, edges)
    mass = float(grid.weights.sum())
    quantile = [math.exp(grid.quantile(p * mass)) for p in (0.01, 0.999)]
    tail = math.inf if prior.upper < math.inf else _slope(log_g, math.log(quantile[1]))
    breaks = tuple(np.exp(np.append(grid.low, grid.high[-1])).tolist())
    return _Shape(grid.peak + math.log(mass), grid, (quantile[0], quantile[1]), tail, breaks)


def _finite(log_g: Callable[[Floats], Floats], low: float, high: float, prior: OwnDensity) -> tuple[float, float]:
    """Return where the density has its mass, and refuse one that has none or too much at an open end."""
    ends = log_g(np.array([low, high]))
    seen = log_g(np.linspace(low, high, 1001))
    top = float(seen.max())
    if top == -math.inf:
        raise PoolingError(
            f"The density {prior.name!r} is 0 wherever it was tried. If it is narrow, say where it lies: "
            "OwnDensity(function, lower=0.1, upper=0.2)."
        )
    open_ends = (prior.lower == 0, prior.upper == math.inf)
    for is_open, end, where in zip(open_ends, ends.tolist(), ("near 0", "far out"), strict=True):
        if is_open and end > top - _SURE:
            raise PoolingError(
                f"The density {prior.name!r} has no finite mass, or too much of it {where}. "
                "Give lower= or upper=, or a density that falls faster."
            )
    return reach(log_g, low, high, 0)


def _slope(log_g: Callable[[Floats], Floats], x: float) -> float:
    first, second = log_g(np.array([x + 20, x + 25])).tolist()
    return math.inf if second == -math.inf else 1 + (first - second) / 5


def _logs(function: Callable[[Floats], Floats], tau: Floats) -> Floats:
    """Return the logarithm of a reader's density; it may take arrays or one number at a time."""
    with np.errstate(all="ignore"):
        found = _called(function, tau)
        bad = ~(np.isfinite(found) & (found >= 0))
        if bad.any():
            at, value = float(tau[bad].flat[0]), float(found[bad].flat[0])
            raise PoolingError(f"The density of tau is 0 or more everywhere; at tau = {at:.4g} it is {value:.4g}.")
        return np.log(found)


def _called(function: Callable[[Floats], Floats], tau: Floats) -> Floats:
    with suppress(Exception):
        found = np.asarray(function(tau), dtype=float)
        if found.shape == tau.shape:
            return found
    try:
        each = [float(function(value)) for value in tau.ravel().tolist()]  # type: ignore[arg-type]
    except Exception as error:
        raise PoolingError(f"The density of tau could not be computed: {error}.") from error
    return np.array(each).reshape(tau.shape)

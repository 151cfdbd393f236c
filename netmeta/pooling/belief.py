"""What every prior of tau can say of itself."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from numbers import Real
from typing import TYPE_CHECKING, Final

import numpy as np

from netmeta.errors import PoolingError, shown

if TYPE_CHECKING:
    from netmeta.pooling.arrays import Floats

__all__ = ["LARGEST", "SMALLEST", "Belief", "number"]

SMALLEST: Final = 1e-100
LARGEST: Final = 1e100
"""Between these lies every scale of a prior, in log HR."""


def number(value: object, name: str, low: float, high: float, wanted: str) -> float:
    """Return a number of [low, high] as a float, or raise naming it."""
    if isinstance(value, bool) or not isinstance(value, Real) or not low <= float(value) <= high:
        raise PoolingError(f"The {name} is {wanted}, not {shown(value)}.")
    return float(value)


class Belief(ABC):
    """A density of tau, the standard deviation between trials (log HR), on tau >= 0."""

    __slots__ = ()

    @abstractmethod
    def log_density(self, tau: Floats) -> Floats:
        """Return the logarithm of the density at tau > 0, any shape."""

    @abstractmethod
    def below(self, tau: float) -> float:
        """Return the probability of a smaller tau."""

    @property
    @abstractmethod
    def scales(self) -> tuple[float, float]:
        """The smallest and the largest tau at which the density changes its shape."""

    @property
    def support(self) -> tuple[float, float]:
        """Outside of these the density is 0."""
        return 0.0, math.inf

    @property
    def tail(self) -> float:
        """The density falls as this power of 1 / tau; infinite where it falls faster than any power."""
        return math.inf

    @property
    def breaks(self) -> tuple[float, ...]:
        """Values of tau between which the density is smooth."""
        return ()

    def density(self, tau: Floats | float) -> Floats:
        """Return the density at tau > 0, of the shape of ``tau``, per unit of log HR."""
        with np.errstate(divide="ignore"):
            return np.exp(self.log_density(np.asarray(tau, dtype=float)))

"""What is believed before the trials are seen: priors of tau and of the mean log HR, as values."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from netmeta.pooling.belief import LARGEST, SMALLEST, Belief, number
from netmeta.pooling.own_density import OwnDensity

if TYPE_CHECKING:
    from netmeta.pooling.arrays import Floats

__all__ = ["Flat", "HalfCauchy", "HalfNormal", "MeanPrior", "Normal", "OwnDensity", "TauPrior", "Uniform"]


def _scale(value: object, prior: str) -> float:
    wanted = "a positive number of log HR units such as 0.5"
    return number(value, f"scale of a {prior} prior", SMALLEST, LARGEST, wanted)


@dataclass(frozen=True, slots=True)
class HalfNormal(Belief):
    """Half-normal prior of tau (Rover et al 2021, Res Synth Methods 12:448): with 0.5, 95% of it is below 0.98.

    Parameters
    ----------
    scale
        Standard deviation of the normal that is folded, log HR.

    Raises
    ------
    PoolingError
        For a scale that is no positive number.
    """

    scale: float = 0.5

    def __post_init__(self) -> None:
        object.__setattr__(self, "scale", _scale(self.scale, "half-normal"))

    def __str__(self) -> str:
        return f"half-normal({self.scale:g})"

    def log_density(self, tau: Floats) -> Floats:
        """Return the logarithm of the density at tau, any shape."""
        return 0.5 * math.log(2 / math.pi) - math.log(self.scale) - (tau / self.scale) ** 2 / 2

    def below(self, tau: float) -> float:
        """Return the probability of a smaller tau."""
        return math.erf(tau / self.scale / math.sqrt(2))

    @property
    def scales(self) -> tuple[float, float]:
        """Both are the scale."""
        return self.scale, self.scale


@dataclass(frozen=True, slots=True)
class HalfCauchy(Belief):
    """Half-Cauchy prior of tau: half of the belief lies beyond the scale (Gelman 2006, Bayesian Anal 1:515).

    Parameters
    ----------
    scale
        Its median, log HR.

    Raises
    ------
    PoolingError
        For a scale that is no positive number.
    """

    scale: float = 0.5

    def __post_init__(self) -> None:
        object.__setattr__(self, "scale", _scale(self.scale, "half-Cauchy"))

    def __str__(self) -> str:
        return f"half-Cauchy({self.scale:g})"

    def log_density(self, tau: Floats) -> Floats:
        """Return the logarithm of the density at tau, any shape."""
        return np.asarray(math.log(2 / math.pi / self.scale) - np.log1p((tau / self.scale) ** 2))

    def below(self, tau: float) -> float:
        """Return the probability of a smaller tau."""
        return 2 / math.pi * math.atan(tau / self.scale)

    @property
    def scales(self) -> tuple[float, float]:
        """Both are the scale."""
        return self.scale, self.scale

    @property
    def tail(self) -> float:
        """2."""
        return 2.0


@dataclass(frozen=True, slots=True)
class Uniform(Belief):
    """Uniform prior of tau from 0 to ``high``; without an end it is improper and takes three trials or more.

    Parameters
    ----------
    high
        The largest tau held possible, log HR, or ``math.inf`` for the improper prior (Gelman 2006).

    Raises
    ------
    PoolingError
        For an end that is no positive number.
    """

    high: float = 4.0

    def __post_init__(self) -> None:
        unbounded = isinstance(self.high, float) and self.high == math.inf
        wanted = "a positive number of log HR units such as 4, or math.inf"
        high = math.inf if unbounded else number(self.high, "end of a uniform prior", SMALLEST, LARGEST, wanted)
        object.__setattr__(self, "high", high)

    def __str__(self) -> str:
        return "uniform, without an end" if self.high == math.inf else f"uniform(0, {self.high:g})"

    def log_density(self, tau: Floats) -> Floats:
        """Return the logarithm of the density at tau inside the support; 0 for the improper prior."""
        return np.full(np.shape(tau), 0.0 if self.high == math.inf else -math.log(self.high))

    def below(self, tau: float) -> float:
        """Return the probability of a smaller tau; tau itself for the improper prior."""
        return tau if self.high == math.inf else min(1.0, tau / self.high)

    @property
    def scales(self) -> tuple[float, float]:
        """Both are the end; without one, the density has no scale."""
        return (math.inf, 0.0) if self.high == math.inf else (self.high, self.high)

    @property
    def support(self) -> tuple[float, float]:
        """From 0 to the end."""
        return 0.0, self.high

    @property
    def tail(self) -> float:
        """0 without an end."""
        return 0.0 if self.high == math.inf else math.inf


@dataclass(frozen=True, slots=True)
class Flat:
    """No prior knowledge of the mean log HR: every value is as likely as any other (improper)."""

    def __str__(self) -> str:
        return "flat"


@dataclass(frozen=True, slots=True)
class Normal:
    """Normal prior of the mean log HR.

    Parameters
    ----------
    mean
        Log HR; 0 is no effect.
    sd
        Standard deviation, log HR: with 0 and 1, 95% of the belief lies between HR 0.14 and 7.1.

    Raises
    ------
    PoolingError
        For a mean that is no finite number, or a standard deviation that is not positive.
    """

    mean: float = 0.0
    sd: float = 1.0

    def __post_init__(self) -> None:
        mean = number(self.mean, "mean of a normal prior", -LARGEST, LARGEST, "a log HR, such as 0")
        sd = number(self.sd, "sd of a normal prior", SMALLEST, LARGEST, "a positive number of log HR units")
        object.__setattr__(self, "mean", mean)
        object.__setattr__(self, "sd", sd)

    def __str__(self) -> str:
        return f"normal({self.mean:g}, {self.sd:g})"


TauPrior: TypeAlias = HalfNormal | HalfCauchy | Uniform | OwnDensity
"""What may be believed of tau, the standard deviation between trials."""
MeanPrior: TypeAlias = Flat | Normal
"""What may be believed of the mean log HR."""

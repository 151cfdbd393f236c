"""From what a paper prints to a log hazard ratio and its standard error (Parmar 1998, Tierney 2007).

Each way of printing is one small frozen value with two numbers, ``log_hr`` and ``se``, on the log scale.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Protocol

from netmeta.errors import EntryError

__all__ = [
    "Effect",
    "HazardRatioBound",
    "HazardRatioInterval",
    "HazardRatioP",
    "LogHazardRatio",
    "as_ratio",
    "z_two_sided",
]


class Effect(Protocol):
    """What every route gives: the log hazard ratio and its standard error."""

    @property
    def log_hr(self) -> float:
        """Natural logarithm of the hazard ratio."""
        ...

    @property
    def se(self) -> float:
        """Return the standard error of ``log_hr``."""
        ...


def z_two_sided(level: float) -> float:
    """Return the normal quantile of a two-sided interval of this level: 1.96 for 0.95, 3.32 for 0.9991."""
    return NormalDist().inv_cdf((1 + level) / 2)


def as_ratio(log_hr: float) -> float:
    """Return ``exp(log_hr)``; infinity where that leaves the range of a float, as wide intervals do."""
    try:
        return math.exp(log_hr)
    except OverflowError:
        return math.inf


@dataclass(frozen=True, slots=True)
class LogHazardRatio:
    """A log hazard ratio and its standard error, given as such."""

    log_hr: float
    se: float


@dataclass(frozen=True, slots=True)
class HazardRatioInterval:
    """A hazard ratio with a two-sided interval of the stated level.

    ``se = (ln high - ln low) / (2 z)`` with z of the stated level, not always 1.96 (Parmar 1998, eq. 7).
    """

    hr: float
    low: float
    high: float
    level: float

    @property
    def log_hr(self) -> float:
        """Natural logarithm of the hazard ratio."""
        return math.log(self.hr)

    @property
    def se(self) -> float:
        """Return the standard error of ``log_hr``."""
        return (math.log(self.high) - math.log(self.low)) / (2 * z_two_sided(self.level))


@dataclass(frozen=True, slots=True)
class HazardRatioBound:
    """A hazard ratio with one limit of a one-sided interval of the stated level.

    ``se = |ln bound - ln hr| / z`` with z of the one side (1.2816 for a one-sided 90% limit).
    """

    hr: float
    bound: float
    level: float

    @property
    def log_hr(self) -> float:
        """Natural logarithm of the hazard ratio."""
        return math.log(self.hr)

    @property
    def se(self) -> float:
        """Return the standard error of ``log_hr``."""
        return abs(math.log(self.bound) - math.log(self.hr)) / NormalDist().inv_cdf(self.level)


@dataclass(frozen=True, slots=True)
class HazardRatioP:
    """A hazard ratio with an exact P value: ``se = |ln hr| / z``, z of p/2 or, one-sided, of p.

    A hazard ratio of exactly 1 or a P value whose z is not above zero says nothing about the standard error.
    """

    hr: float
    p: float
    sides: int

    def __post_init__(self) -> None:
        if self.hr == 1 or not 0 < self.p / self.sides < 0.5:  # noqa: PLR2004
            raise EntryError(
                f"A hazard ratio of {self.hr:g} with P = {self.p:g} ({self.sides}-sided) has no standard error: "
                "give the interval instead."
            )

    @property
    def _z(self) -> float:
        return -NormalDist().inv_cdf(self.p / self.sides)

    @property
    def log_hr(self) -> float:
        """Natural logarithm of the hazard ratio."""
        return math.log(self.hr)

    @property
    def se(self) -> float:
        """Return the standard error of ``log_hr``."""
        return abs(math.log(self.hr)) / self._z

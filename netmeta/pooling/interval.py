"""Two numbers that belong together."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Interval", "hazard_ratio"]


def hazard_ratio(log_hr: float) -> float:
    """Return ``exp(log_hr)``; infinity where that leaves the range of a float, as wide intervals do."""
    try:
        return exp(log_hr)
    except OverflowError:
        return inf


@dataclass(frozen=True, slots=True)
class Interval:
    """A closed interval: of a log hazard ratio unless the field that holds it says otherwise.

    Parameters
    ----------
    low, high
        The bounds, ``low <= high``, in the unit of what is estimated: log HR for an effect,
        (log HR) squared for a variance between trials, percent for an I2.

    Examples
    --------
    >>> from math import log
    >>> 1.0 in Interval(log(0.5), log(0.8)).exp()
    False
    """

    low: float
    high: float

    @property
    def width(self) -> float:
        """``high - low``, in the unit of the bounds."""
        return self.high - self.low

    def exp(self) -> Interval:
        """Return the interval of the hazard ratio, from one of its logarithm."""
        return Interval(hazard_ratio(self.low), hazard_ratio(self.high))

    def __iter__(self) -> Iterator[float]:
        """Give the bounds, so that ``low, high = interval``."""
        return iter((self.low, self.high))

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high

"""Way 3 and its neighbours: a printed hazard ratio with interval, limit, standard error or exact P value."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

from netmeta.errors import EntryError
from netmeta.evidence import entry
from netmeta.evidence.normal import z_of_tail, z_two_sided
from netmeta.evidence.routes.kinds import KINDS, Kind
from netmeta.evidence.routes.route import Route, check_sides

__all__ = ["HazardRatioBound", "HazardRatioInterval", "HazardRatioP", "LogHazardRatio"]

_HALF = 0.5


@dataclass(frozen=True, slots=True)
class LogHazardRatio(Route):
    """A log hazard ratio and its standard error, given as such."""

    log_hr: float
    se: float
    kind: ClassVar[Kind] = KINDS["generic"]


@dataclass(frozen=True, slots=True)
class HazardRatioInterval(Route):
    """A hazard ratio with a two-sided interval of the stated level.

    ``se = (ln high - ln low) / (2 z)`` with z of the stated level, not always 1.96 (Parmar 1998, eq. 7).
    """

    hr: float
    low: float
    high: float
    level: float
    kind: ClassVar[Kind] = KINDS["interval"]

    def check(self) -> None:
        """Refuse an interval that cannot be one."""
        for name in ("hr", "low", "high"):
            entry.check_positive(name, getattr(self, name))
        entry.check_level(self.level)
        entry.check_interval(self.hr, self.low, self.high)

    @property
    def log_hr(self) -> float:
        """Natural logarithm of the hazard ratio."""
        return math.log(self.hr)

    @property
    def se(self) -> float:
        """Return the standard error of ``log_hr``."""
        return (math.log(self.high) - math.log(self.low)) / (2 * z_two_sided(self.level))


@dataclass(frozen=True, slots=True)
class HazardRatioBound(Route):
    """A hazard ratio with one limit of a one-sided interval of the stated level.

    ``se = |ln bound - ln hr| / z`` with z of the one side (1.2816 for a one-sided 90% limit).
    """

    hr: float
    bound: float
    level: float
    kind: ClassVar[Kind] = KINDS["bound"]

    def check(self) -> None:
        """Refuse numbers that are not above zero, and a level that is none."""
        entry.check_positive("hr", self.hr)
        entry.check_positive("bound", self.bound)
        entry.check_level(self.level)

    @property
    def log_hr(self) -> float:
        """Natural logarithm of the hazard ratio."""
        return math.log(self.hr)

    @property
    def se(self) -> float:
        """Return the standard error of ``log_hr``."""
        return abs(math.log(self.bound) - math.log(self.hr)) / -z_of_tail(self.level)


@dataclass(frozen=True, slots=True)
class HazardRatioP(Route):
    """A hazard ratio with an exact P value: ``se = |ln hr| / z``, z of p/2 or, one-sided, of p.

    A hazard ratio of exactly 1 or a P value whose z is not above zero says nothing about the standard error.
    """

    hr: float
    p: float
    sides: int
    kind: ClassVar[Kind] = KINDS["exact-p"]

    def check(self) -> None:
        """Refuse a hazard ratio and a P value that say nothing about the standard error."""
        check_sides(self.sides)
        entry.check_positive("hr", self.hr)
        if self.hr == 1 or not 0 < self.p / self.sides < _HALF:
            raise EntryError(
                f"A hazard ratio of {self.hr:g} with P = {self.p:g} ({self.sides}-sided) has no standard error: "
                "give the interval instead."
            )

    @property
    def log_hr(self) -> float:
        """Natural logarithm of the hazard ratio."""
        return math.log(self.hr)

    @property
    def se(self) -> float:
        """Return the standard error of ``log_hr``."""
        return abs(math.log(self.hr)) / z_of_tail(self.p / self.sides)

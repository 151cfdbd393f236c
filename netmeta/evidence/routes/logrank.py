"""Ways 1 and 2: what a log-rank test counts."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

from netmeta.evidence import entry
from netmeta.evidence.routes.kinds import KINDS, Kind
from netmeta.evidence.routes.route import Route

__all__ = ["ObservedExpected", "ObservedMinusExpected"]


@dataclass(frozen=True, slots=True)
class ObservedMinusExpected(Route):
    """Observed minus expected events of the experimental arm, and the variance of that difference (Parmar 1998).

    ``ln HR = (O - E)/V`` and ``SE = 1/sqrt(V)``: Peto's one-step estimate.
    """

    o_minus_e: float
    v: float
    kind: ClassVar[Kind] = KINDS["logrank"]

    def check(self) -> None:
        """Refuse a variance that is not above zero."""
        entry.check_positive("v", self.v)

    @property
    def log_hr(self) -> float:
        """Natural logarithm of the hazard ratio."""
        return self.o_minus_e / self.v

    @property
    def se(self) -> float:
        """Return the standard error of ``log_hr``."""
        return 1 / math.sqrt(self.v)


@dataclass(frozen=True, slots=True)
class ObservedExpected(Route):
    """Observed events of each arm, and those that the log-rank test expects (Parmar 1998).

    ``ln HR = ln[(Oe/Ee)/(Oc/Ec)]`` and ``SE = sqrt(1/Ee + 1/Ec)``.
    """

    observed_experimental: float
    expected_experimental: float
    observed_control: float
    expected_control: float
    kind: ClassVar[Kind] = KINDS["observed-expected"]

    def check(self) -> None:
        """Refuse counts that are not above zero."""
        for name in ("observed_experimental", "expected_experimental", "observed_control", "expected_control"):
            entry.check_positive(name, getattr(self, name))

    @property
    def log_hr(self) -> float:
        """Natural logarithm of the hazard ratio."""
        experimental = math.log(self.observed_experimental) - math.log(self.expected_experimental)
        return experimental - (math.log(self.observed_control) - math.log(self.expected_control))

    @property
    def se(self) -> float:
        """Return the standard error of ``log_hr``."""
        return math.sqrt(1 / self.expected_experimental + 1 / self.expected_control)

"""Ways 4 to 9: the variance from counted events, with a hazard ratio or with a P value of stated direction."""

from __future__ import annotations

import math
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from netmeta.errors import EntryError, shown
from netmeta.evidence import entry
from netmeta.evidence.normal import z_of_tail
from netmeta.evidence.routes.kinds import KINDS, Kind
from netmeta.evidence.routes.route import Route, check_sides, required

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Events", "EventsPerArm", "HazardRatioEvents", "PEvents", "TotalEvents", "TotalEventsArms"]

_HALF = 0.5
_SIGNS: Final[Mapping[str, int]] = MappingProxyType({"experimental": -1, "control": 1})


@dataclass(frozen=True, slots=True)
class EventsPerArm:
    """Events of each arm: ``V = Oe Oc/(Oe + Oc)``."""

    experimental: float
    control: float

    def __post_init__(self) -> None:
        _positive(self, "experimental", "control")

    @property
    def v(self) -> float:
        """Approximate variance of O - E."""
        return 1 / (1 / self.experimental + 1 / self.control)


@dataclass(frozen=True, slots=True)
class TotalEvents:
    """All events, and patients in the experimental arm for each one in the control arm: ``V = O r/(1 + r)^2``.

    At 1:1 that is ``O/4``.
    """

    total: float
    allocation: float

    def __post_init__(self) -> None:
        _positive(self, "total", "allocation")

    @property
    def v(self) -> float:
        """Approximate variance of O - E."""
        return self.total / (1 + self.allocation) / (1 + 1 / self.allocation)


@dataclass(frozen=True, slots=True)
class TotalEventsArms:
    """All events, and the size of each arm: ``V = O Ne Nc/(Ne + Nc)^2``."""

    total: float
    n_experimental: float
    n_control: float

    def __post_init__(self) -> None:
        _positive(self, "total", "n_experimental", "n_control")
        if self.total > self.n_experimental + self.n_control:
            patients = self.n_experimental + self.n_control
            raise EntryError(f"There are {self.total:g} events in {patients:g} patients; check both.")

    @property
    def v(self) -> float:
        """Approximate variance of O - E."""
        patients = self.n_experimental + self.n_control
        return self.total * (self.n_experimental / patients) * (self.n_control / patients)


Events = EventsPerArm | TotalEvents | TotalEventsArms
_NAMES: Final[Mapping[type[Events], str]] = MappingProxyType(
    {EventsPerArm: "events-per-arm", TotalEventsArms: "total-events-arms", TotalEvents: "total-events"}
)


@dataclass(frozen=True, slots=True)
class HazardRatioEvents(Route):
    """A hazard ratio with counted events: ``se = 1/sqrt(V)`` (Tierney 2007, routes 4 to 6)."""

    hr: float
    events: Events

    def check(self) -> None:
        """Refuse a hazard ratio that is not above zero."""
        entry.check_positive("hr", self.hr)
        _check_events(self.events)

    @property
    def kind(self) -> Kind:  # type: ignore[override]
        """Which events are counted."""
        return KINDS[_NAMES[type(self.events)]]

    @property
    def log_hr(self) -> float:
        """Natural logarithm of the hazard ratio."""
        return math.log(self.hr)

    @property
    def se(self) -> float:
        """Return the standard error of ``log_hr``."""
        return 1 / math.sqrt(self.events.v)


@dataclass(frozen=True, slots=True)
class PEvents(Route):
    """A P value in place of the hazard ratio: ``O - E = +-sqrt(V) z`` (Tierney 2007, routes 7 to 9).

    Parameters
    ----------
    p, sides
        An exact P value, and 1 or 2 for its sides: z is that of p/2 where it is two-sided (P = .075 gives 1.7805).
    favours
        ``"experimental"`` or ``"control"``: the direction is stated, for a P value does not know it.
    events
        What was counted.
    """

    p: float
    sides: int
    favours: str
    events: Events

    def check(self) -> None:
        """Refuse a P value without z or direction."""
        check_sides(self.sides)
        _check_events(self.events)
        if not isinstance(self.favours, str) or self.favours not in _SIGNS:
            raise EntryError(
                f"favours is {shown(self.favours)}; say 'experimental' or 'control': P has no direction."
            )
        if not 0 < self.p / self.sides <= _HALF:
            raise EntryError(
                f"P = {self.p:g} ({self.sides}-sided) has no z on the stated side; give the two-sided P value."
            )

    @property
    def kind(self) -> Kind:  # type: ignore[override]
        """Which events are counted."""
        return KINDS[f"p-{_NAMES[type(self.events)]}"]

    @property
    def log_hr(self) -> float:
        """Natural logarithm of the hazard ratio."""
        return _SIGNS[self.favours] * max(z_of_tail(self.p / self.sides), 0.0) * self.se

    @property
    def se(self) -> float:
        """Return the standard error of ``log_hr``."""
        return 1 / math.sqrt(self.events.v)


def _positive(value: object, *names: str) -> None:
    for name in names:
        found = required(name, getattr(value, name))
        entry.check_positive(name, found)
        object.__setattr__(value, name, found)


def _check_events(events: object) -> None:
    if not isinstance(events, Events):
        raise EntryError(f"events is {shown(events)}; give EventsPerArm, TotalEvents or TotalEventsArms.")
    if not events.v > 0:
        raise EntryError(f"The events give a variance of {events.v:g}; it has to be above 0. Check the counts.")

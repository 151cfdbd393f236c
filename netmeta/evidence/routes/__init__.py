"""Every way from printed numbers to a log hazard ratio and its standard error (Parmar 1998, Tierney 2007).

Each way is one small frozen value with ``log_hr`` and ``se`` (log scale), and the name, formula and source of its
``kind``. `KINDS` lists them all, best first.
"""

from netmeta.evidence.routes.curve import Curve, read_curve
from netmeta.evidence.routes.events import (
    Events,
    EventsPerArm,
    HazardRatioEvents,
    PEvents,
    TotalEvents,
    TotalEventsArms,
)
from netmeta.evidence.routes.kinds import KINDS, Kind
from netmeta.evidence.routes.logrank import ObservedExpected, ObservedMinusExpected
from netmeta.evidence.routes.printed import HazardRatioBound, HazardRatioInterval, HazardRatioP, LogHazardRatio
from netmeta.evidence.routes.published import CurvesAtRisk, CurvesFollowUp
from netmeta.evidence.routes.route import Route

__all__ = [
    "KINDS",
    "Curve",
    "CurvesAtRisk",
    "CurvesFollowUp",
    "Events",
    "EventsPerArm",
    "HazardRatioBound",
    "HazardRatioEvents",
    "HazardRatioInterval",
    "HazardRatioP",
    "Kind",
    "LogHazardRatio",
    "ObservedExpected",
    "ObservedMinusExpected",
    "PEvents",
    "Route",
    "TotalEvents",
    "TotalEventsArms",
    "read_curve",
]

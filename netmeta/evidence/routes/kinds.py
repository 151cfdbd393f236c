"""The table of ways, best first: name, title, formula, source. A test holds ``docs/routes.md`` equal to it."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["KINDS", "Kind"]

_PARMAR = "Parmar 1998"
_TIERNEY = "Tierney 2007"


@dataclass(frozen=True, slots=True)
class Kind:
    """What tells one way from another.

    Parameters
    ----------
    name
        The word in `Trial.route`: ``"interval"``.
    title
        The same for readers.
    formula
        How log HR and SE follow, on the log scale.
    source
        The paper, and the number of the route in METHODS.md section 1 where it has one.
    """

    name: str
    title: str
    formula: str
    source: str


_KINDS = (
    Kind("logrank", "O − E and V of the log-rank test", "ln HR = (O − E)/V, SE = 1/√V", f"{_PARMAR}; route 1"),
    Kind(
        "observed-expected",
        "observed and expected events of each arm",
        "ln HR = ln[(Oe/Ee)/(Oc/Ec)], SE = √(1/Ee + 1/Ec)",
        f"{_PARMAR}; route 2",
    ),
    Kind(
        "interval",
        "hazard ratio with its interval",
        "SE = (ln U − ln L)/(2 z), z of (1 + level)/2",
        f"{_PARMAR}; route 3",
    ),
    Kind(
        "bound",
        "hazard ratio with one limit",
        "SE = |ln bound − ln HR|/z, z of the one-sided level",
        f"{_PARMAR}; route 3",
    ),
    Kind("generic", "log hazard ratio with its standard error", "as given", "generic inverse variance"),
    Kind(
        "exact-p",
        "hazard ratio with an exact P value",
        "SE = |ln HR|/z, z of p/2 or, one-sided, of p",
        "Altman & Bland 2011",
    ),
    Kind(
        "p-events-per-arm",
        "P value with events of each arm",
        "V = Oe Oc/(Oe + Oc), ln HR = ± z/√V, SE = 1/√V",
        f"{_TIERNEY}; route 7",
    ),
    Kind(
        "p-total-events-arms",
        "P value with all events and the arm sizes",
        "V = O Ne Nc/(Ne + Nc)², ln HR = ± z/√V, SE = 1/√V",
        f"{_TIERNEY}; route 9",
    ),
    Kind(
        "p-total-events",
        "P value with all events and the allocation",
        "V = O r/(1 + r)² (O/4 at 1:1), ln HR = ± z/√V, SE = 1/√V",
        f"{_TIERNEY}; route 8",
    ),
    Kind(
        "events-per-arm",
        "hazard ratio with events of each arm",
        "V = Oe Oc/(Oe + Oc), SE = 1/√V",
        f"{_TIERNEY}; route 4",
    ),
    Kind(
        "total-events-arms",
        "hazard ratio with all events and the arm sizes",
        "V = O Ne Nc/(Ne + Nc)², SE = 1/√V",
        f"{_TIERNEY}; route 6",
    ),
    Kind(
        "total-events",
        "hazard ratio with all events and the allocation",
        "V = O r/(1 + r)² (O/4 at 1:1), SE = 1/√V",
        f"{_TIERNEY}; route 5",
    ),
    Kind(
        "curves-at-risk",
        "survival curves with numbers at risk",
        "D = (Rs + Re)(Ss − Se)/(Ss + Se) in each interval; inverse-variance mean of ln[(De/Re)/(Dc/Rc)]",
        f"{_PARMAR}, Williamson 2002, {_TIERNEY}; route 11",
    ),
    Kind(
        "curves-follow-up",
        "survival curves with shortest and longest follow-up",
        "as with numbers at risk, censoring spread evenly over [Fmin, Fmax]",
        f"{_PARMAR}, {_TIERNEY}; route 10",
    ),
)

KINDS: Final[Mapping[str, Kind]] = MappingProxyType({kind.name: kind for kind in _KINDS})
"""Every way by its name, best first."""

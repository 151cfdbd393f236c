"""Ways 10 and 11: two published survival curves, interval by interval (Parmar 1998, Tierney 2007).

In each interval ``D`` patients have the event and ``R`` are at risk, those censored on the way counted for half of
it; ``ln HR = ln[(De/Re)/(Dc/Rc)]`` with variance ``1/De - 1/Re + 1/Dc - 1/Rc``, and the intervals are pooled by
inverse variance. An interval without an event in one arm carries no information and is left out (Parmar counts a
millionth of an event there). The ratio of risks stands for the ratio of hazards, so intervals should be
short: at most a fifth of those at risk should have the event in one (Tierney 2007).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from netmeta.errors import EntryError, shown
from netmeta.evidence.routes.curve import Curve
from netmeta.evidence.routes.kinds import KINDS, Kind
from netmeta.evidence.routes.route import Route

__all__ = ["CurvesAtRisk", "CurvesFollowUp"]

_SLACK, _SLACK_SHARE = 1.0, 0.02


@dataclass(frozen=True, slots=True)
class _Stretch:
    """One interval of one arm: events, and patients at risk in its middle."""

    events: float
    at_risk: float


@dataclass(frozen=True, slots=True)
class CurvesAtRisk(Route):
    """Two curves read at the same times, with the number at risk at each (Williamson 2002, Tierney 2007).

    Of ``Rs`` at risk at the start and ``Re`` at the end, ``D = (Rs + Re)(Ss - Se)/(Ss + Se)`` have the event and
    the rest is censored, evenly over the interval.
    """

    experimental: Curve
    control: Curve
    kind: ClassVar[Kind] = KINDS["curves-at-risk"]

    def check(self) -> None:
        """Refuse curves read at different times, or without numbers at risk."""
        _check_pair(self.experimental, self.control)
        for curve in (self.experimental, self.control):
            if len(curve.at_risk) != len(curve.times):
                raise EntryError(
                    "The curves have no number at risk for every time; give it, or the follow-up instead."
                )

    @property
    def log_hr(self) -> float:
        """Natural logarithm of the hazard ratio."""
        return _pooled(_by_risk(self.experimental), _by_risk(self.control))[0]

    @property
    def se(self) -> float:
        """Return the standard error of ``log_hr``."""
        return _pooled(_by_risk(self.experimental), _by_risk(self.control))[1]


@dataclass(frozen=True, slots=True)
class CurvesFollowUp(Route):
    """Two curves read at the same times, with the shortest and longest follow-up (Parmar 1998, Tierney 2007).

    Follow-up is taken to end evenly over ``[Fmin, Fmax]``: of those at risk at ``ts`` a share
    ``(te - a)/(Fmax - a)``, ``a = max(ts, Fmin)``, is censored by ``te``.
    """

    experimental: Curve
    control: Curve
    followup_min: float
    followup_max: float
    kind: ClassVar[Kind] = KINDS["curves-follow-up"]

    def check(self) -> None:
        """Refuse curves read at different times, and follow-up that does not hold them."""
        _check_pair(self.experimental, self.control)
        if not 0 <= self.followup_min <= self.followup_max:
            raise EntryError(
                f"Follow-up runs from {self.followup_min:g} to {self.followup_max:g}; the shortest comes first."
            )
        if not self.experimental.at_risk or not self.control.at_risk:
            raise EntryError("The number of patients is not known; give the size of each arm.")
        last = self.experimental.times[-1]
        if last > self.followup_max:
            raise EntryError(
                f"The curves run to {last:g}, beyond the longest follow-up of {self.followup_max:g}; "
                "leave out the later points or check the follow-up."
            )

    @property
    def log_hr(self) -> float:
        """Natural logarithm of the hazard ratio."""
        return _pooled(self._stretches(self.experimental), self._stretches(self.control))[0]

    @property
    def se(self) -> float:
        """Return the standard error of ``log_hr``."""
        return _pooled(self._stretches(self.experimental), self._stretches(self.control))[1]

    def _stretches(self, curve: Curve) -> list[_Stretch]:
        found, left = [], curve.at_risk[0]
        steps = zip(pairwise(curve.times), pairwise(curve.survival), strict=True)
        for (start, end), (before, after) in steps:
            since = max(start, self.followup_min)
            gone = left * (end - since) / (self.followup_max - since) if end > since else 0.0
            exposed = left - gone * (end - since) / (2 * (end - start)) if end > since else left
            events = exposed * _risk(before, after)
            found.append(_Stretch(events, exposed))
            left = max(left - events - gone, 0.0)
        return found


def _check_pair(experimental: object, control: object) -> None:
    for curve in (experimental, control):
        if not isinstance(curve, Curve):
            raise EntryError(f"A curve is {shown(curve)}; give a Curve.")
    if isinstance(experimental, Curve) and isinstance(control, Curve) and experimental.times != control.times:
        odd = min(set(experimental.times) ^ set(control.times))
        raise EntryError(
            f"The two curves are read at different times ({odd:g} in one of them only); read both at the same."
        )


def _risk(before: float, after: float) -> float:
    return 0.0 if before == 0 else (before - after) / before


def _by_risk(curve: Curve) -> list[_Stretch]:
    found = []
    steps = zip(pairwise(curve.times), pairwise(curve.survival), pairwise(curve.at_risk), strict=True)
    for (start, end), (before, after), (at_start, at_end) in steps:
        events = 0.0 if before == 0 else (at_start + at_end) * (before - after) / (before + after)
        censored = at_start - at_end - events
        if censored < -(_SLACK + _SLACK_SHARE * at_start):
            raise EntryError(
                f"From time {start:g} to {end:g} survival falls from {before:g} to {after:g}, but those at risk "
                f"only from {at_start:g} to {at_end:g}; check the four numbers."
            )
        found.append(_Stretch(events, (at_start + at_end + events) / 2))
    return found


def _pooled(experimental: list[_Stretch], control: list[_Stretch]) -> tuple[float, float]:
    """Pool the intervals in which both arms have events."""
    total, weighted = 0.0, 0.0
    for one, other in zip(experimental, control, strict=True):
        if one.events <= 0 or other.events <= 0:
            continue
        variance = 1 / one.events - 1 / one.at_risk + 1 / other.events - 1 / other.at_risk
        if variance <= 0:
            raise EntryError(
                "Both curves fall to 0 in the same interval; end them before it, or read shorter steps."
            )
        difference = math.log(one.events / one.at_risk) - math.log(other.events / other.at_risk)
        total, weighted = total + 1 / variance, weighted + difference / variance
    if total == 0:
        raise EntryError("There is no interval in which both arms have events; read the curves in longer steps.")
    return weighted / total, 1 / math.sqrt(total)

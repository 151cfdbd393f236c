"""How each way is taken from the printed numbers of a trial: what it needs, what hinders it, how it is made."""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from netmeta.evidence import routes
from netmeta.evidence.listing import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from netmeta.evidence.routes import Events, Route
    from netmeta.evidence.trial import Trial

__all__ = ["RECIPES", "Recipe"]

_TWO = 2


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one way is taken from a trial.

    Parameters
    ----------
    needs
        Fields of `Trial` that have to be given.
    make
        Makes the route of them; raises `EntryError` where the numbers cannot be right.
    hindrance
        Says why the way is not open although everything is given; empty where it is.
    strict
        Whether numbers that cannot be right are an error of the trial, and not only of this way.
    """

    needs: tuple[str, ...]
    make: Callable[[Trial], Route]
    hindrance: Callable[[Trial], str] = lambda _trial: ""
    strict: bool = False

    def why_not(self, trial: Trial) -> str:
        """Say what is lacking or in the way; empty where the way is open."""
        lacking = self.lacking(trial)
        if lacking:
            return f"{lacking[0]} is not given" if len(lacking) == 1 else f"{listed(lacking)} are not given"
        return self.hindrance(trial)

    def is_open(self, trial: Trial) -> bool:
        """Say whether everything is given and nothing is in the way."""
        for name in self.needs:
            if getattr(trial, name) in (None, ""):
                return False
        return not self.hindrance(trial)

    def lacking(self, trial: Trial) -> tuple[str, ...]:
        """Return the needed fields that are not given."""
        return tuple(name for name in self.needs if getattr(trial, name) in (None, ""))


def _one_bound(trial: Trial) -> str:
    given = (trial.ci_low is not None) + (trial.ci_high is not None)
    if not given:
        return "no limit is given"
    if trial.sides != _TWO:
        return ""
    if given == _TWO:
        return "the interval is two-sided, with both its limits"
    return "the interval is two-sided: its other limit is needed (or sides=1 where the paper prints one)"


def _two_limits(trial: Trial) -> str:
    return "" if trial.sides == _TWO else "the limits are one-sided"


def _no_log_hr(trial: Trial) -> str:
    return "" if trial.hr is not None or trial.printed_log_hr is not None else "there is no hazard ratio for it"


def _no_exact_p(trial: Trial) -> str:
    """Refuse a bound such as P < .001, which is no value, and a P value of unstated sides, which is two."""
    if trial.p_value is None:
        return "p_value is not given"
    if trial.p_relation != "=":
        return f"P {trial.p_relation} {trial.p_value:g} is a bound, not a value: z is not known"
    if trial.p_sides is None:
        return "the paper does not say whether P is one- or two-sided (p_sides)"
    half = trial.p_value / trial.p_sides
    return "" if 0 < half <= 0.5 else f"P = {trial.p_value:g} ({trial.p_sides}-sided) has no z"  # noqa: PLR2004


def _no_se_of_p(trial: Trial) -> str:
    if trial.hr == 1:
        return "a hazard ratio of 1 says nothing about its standard error"
    found = _no_exact_p(trial)
    if not found and trial.p_value and trial.p_sides and trial.p_value / trial.p_sides == 0.5:  # noqa: PLR2004
        return f"P = {trial.p_value:g} has a z of 0"
    return found


def _no_direction(trial: Trial) -> str:
    lacking = _no_exact_p(trial)
    if lacking or trial.favours or trial.hr not in (None, 1):
        return lacking
    return "P has no direction: say which arm does better (favours)"


def _side(trial: Trial) -> str:
    """Name the arm that is favoured, as stated or as the printed hazard ratio says."""
    return trial.favours or ("experimental" if (trial.hr or 1) < 1 else "control")


def _no_events(trial: Trial) -> str:
    events = (trial.events_experimental, trial.events_control)
    return "an arm without an event gives no variance" if 0 in events else ""


def _total(trial: Trial) -> int | None:
    both = (trial.events_experimental, trial.events_control)
    if trial.events_total is not None or None in both:
        return trial.events_total
    return sum(filter(None, both))


def _no_total(trial: Trial) -> str:
    total = _total(trial)
    if total is None:
        return "events_total is not given"
    return "" if total else "there is no event"


def _no_sizes(trial: Trial) -> str:
    if not trial.n_experimental or not trial.n_control:
        return "an arm without patients gives no variance"
    return _no_total(trial)


def _per_arm(trial: Trial) -> Events:
    return routes.EventsPerArm(_known(trial.events_experimental), _known(trial.events_control))


def _arms(trial: Trial) -> Events:
    return routes.TotalEventsArms(_known(_total(trial)), _known(trial.n_experimental), _known(trial.n_control))


def _allocated(trial: Trial) -> Events:
    return routes.TotalEvents(_known(_total(trial)), _known(trial.allocation))


def _known(value: float | None) -> float:
    """Pass on a number that ``why_not`` has found to be there."""
    return 0.0 if value is None else value


def _by_hr(events: Callable[[Trial], Events]) -> Callable[[Trial], Route]:
    return lambda trial: routes.HazardRatioEvents(_known(trial.hr), events(trial))


def _by_p(events: Callable[[Trial], Events]) -> Callable[[Trial], Route]:
    def make(trial: Trial) -> Route:
        return routes.PEvents(_known(trial.p_value), trial.p_sides or 0, _side(trial), events(trial))

    return make


def _first(*checks: Callable[[Trial], str]) -> Callable[[Trial], str]:
    return lambda trial: next(filter(None, (check(trial) for check in checks)), "")


def _logrank(trial: Trial) -> Route:
    return routes.ObservedMinusExpected(_known(trial.o_minus_e), _known(trial.logrank_v))


def _expected(trial: Trial) -> Route:
    experimental = (_known(trial.events_experimental), _known(trial.expected_experimental))
    return routes.ObservedExpected(*experimental, _known(trial.events_control), _known(trial.expected_control))


def _interval(trial: Trial) -> Route:
    return routes.HazardRatioInterval(_known(trial.hr), _known(trial.ci_low), _known(trial.ci_high), trial.level)


def _bound(trial: Trial) -> Route:
    limit = trial.ci_high if trial.ci_high is not None else trial.ci_low
    return routes.HazardRatioBound(_known(trial.hr), _known(limit), trial.level)


def _generic(trial: Trial) -> Route:
    log_hr = log(_known(trial.hr)) if trial.printed_log_hr is None else trial.printed_log_hr
    return routes.LogHazardRatio(log_hr, _known(trial.printed_se))


def _exact_p(trial: Trial) -> Route:
    return routes.HazardRatioP(_known(trial.hr), _known(trial.p_value), trial.p_sides or 0)


def _at_risk(trial: Trial) -> Route:
    experimental, control = trial.curves
    return routes.CurvesAtRisk(experimental, control)


def _follow_up(trial: Trial) -> Route:
    experimental, control = trial.curves
    followed = (_known(trial.followup_min), _known(trial.followup_max))
    return routes.CurvesFollowUp(experimental, control, *followed)


_ARMS = ("events_experimental", "events_control")
_SIZES = ("n_experimental", "n_control")
_CURVES = ("curve_experimental", "curve_control")
_FOLLOWED = ("followup_min", "followup_max")
_EXPECTED = ("expected_experimental", "expected_control")

RECIPES: Final[Mapping[str, Recipe]] = MappingProxyType(
    {
        "logrank": Recipe(("o_minus_e", "logrank_v"), _logrank, strict=True),
        "observed-expected": Recipe((*_ARMS, *_EXPECTED), _expected, _no_events, strict=True),
        "interval": Recipe(("hr", "ci_low", "ci_high"), _interval, _two_limits, strict=True),
        "bound": Recipe(("hr",), _bound, _one_bound, strict=True),
        "generic": Recipe(("printed_se",), _generic, _no_log_hr, strict=True),
        "exact-p": Recipe(("hr", "p_value"), _exact_p, _no_se_of_p),
        "p-events-per-arm": Recipe(("p_value", *_ARMS), _by_p(_per_arm), _first(_no_direction, _no_events)),
        "p-total-events-arms": Recipe(("p_value", *_SIZES), _by_p(_arms), _first(_no_direction, _no_sizes)),
        "p-total-events": Recipe(("p_value", "allocation"), _by_p(_allocated), _first(_no_direction, _no_total)),
        "events-per-arm": Recipe(("hr", *_ARMS), _by_hr(_per_arm), _no_events),
        "total-events-arms": Recipe(("hr", *_SIZES), _by_hr(_arms), _no_sizes),
        "total-events": Recipe(("hr", "allocation"), _by_hr(_allocated), _no_total),
        "curves-at-risk": Recipe(_CURVES, _at_risk),
        "curves-follow-up": Recipe((*_CURVES, *_FOLLOWED), _follow_up),
    }
)
"""How each way of `KINDS` is taken, in the same order."""

"""From the printed fields of a trial to its log hazard ratio and standard error: checks, way, agreement."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from netmeta.errors import EntryError, shown
from netmeta.evidence import entry
from netmeta.evidence.routes import KINDS, Curve, LogHazardRatio, Route, read_curve
from netmeta.evidence.ways import best, chosen

if TYPE_CHECKING:
    from netmeta.evidence.trial import Trial

__all__ = ["check_names", "check_numbers", "derive", "read_curves"]

_AGREE = 1e-9
_POSITIVE = (
    "hr",
    "ci_low",
    "ci_high",
    "se",
    "printed_se",
    "logrank_v",
    "expected_experimental",
    "expected_control",
    "allocation",
)
_BELOW_GENERIC = tuple(KINDS)[tuple(KINDS).index(LogHazardRatio.kind.name) + 1 :]
_ABOVE_GENERIC = tuple(KINDS)[: tuple(KINDS).index(LogHazardRatio.kind.name)]


def check_names(trial: Trial) -> None:
    """Refuse a trial without names, a treatment compared with itself, and words that a field does not have."""
    for name in ("study", "experimental", "control", "endpoint"):
        if not getattr(trial, name):
            raise EntryError(f"{name} is empty; give its name.")
    if trial.experimental == trial.control:
        raise EntryError(f"{shown(trial.experimental)} is compared with itself; name two different treatments.")
    for name in entry.VOCABULARY:
        entry.check_word(name, getattr(trial, name))


def check_numbers(trial: Trial) -> None:
    """Refuse numbers that cannot be right, one by one and together."""
    entry.check_log_units(trial.hr, trial.ci_low, trial.ci_high, trial.level)
    for name in _POSITIVE:
        entry.check_positive(name, getattr(trial, name))
    entry.check_level(trial.level)
    _check_sides(trial)
    if trial.hr is None and (trial.ci_low is not None or trial.ci_high is not None):
        raise EntryError("There is an interval without a hazard ratio; give hr as well.")
    if trial.hr is not None:
        entry.check_interval(trial.hr, trial.ci_low, trial.ci_high)
    _check_favours(trial)
    _check_followup(trial.followup_min, trial.followup_max)
    read_curves(trial)


def _check_sides(trial: Trial) -> None:
    if trial.sides not in (1, 2) or trial.p_sides not in (None, 1, 2):
        raise EntryError(f"sides is {trial.sides} and p_sides {trial.p_sides}; each is 1 or 2.")
    if trial.p_value is not None and not 0 <= trial.p_value <= 1:
        raise EntryError(f"p_value is {trial.p_value:g}; it has to lie between 0 and 1.")
    if trial.sides == 1 and trial.ci_low is not None and trial.ci_high is not None:
        raise EntryError(
            f"A one-sided interval has one limit, and there are two ({trial.ci_low:g} and {trial.ci_high:g}); "
            "leave one out, or give sides=2 with the level of the two-sided interval."
        )


def _check_favours(trial: Trial) -> None:
    if trial.hr is None or trial.hr == 1 or not trial.favours:
        return
    arm = "experimental" if trial.hr < 1 else "control"
    if trial.favours != arm:
        raise EntryError(
            f"A hazard ratio of {trial.hr:g} favours the {arm} arm, and favours is {trial.favours!r}; "
            "one of them is wrong.",
            mend={"favours": arm},
        )


def _check_followup(least: float | None, most: float | None) -> None:
    for name, value in (("followup_min", least), ("followup_max", most)):
        if value is not None and value < 0:
            raise EntryError(f"{name} is {value:g}; it has to be 0 or more.")
    if least is not None and most is not None and least > most:
        raise EntryError(
            f"Follow-up runs from {least:g} to {most:g}; the shortest comes first.",
            mend={"followup_min": most, "followup_max": least},
        )


def read_curves(trial: Trial) -> tuple[Curve, ...]:
    """Read the curves of a trial, experimental arm first; those that are not given are left out."""
    given = (
        ("curve_experimental", trial.curve_experimental, trial.n_experimental),
        ("curve_control", trial.curve_control, trial.n_control),
    )
    return tuple(read_curve(name, text, patients) for name, text, patients in given if text)


def derive(trial: Trial) -> None:
    """Store log HR and SE of the way in use; numbers given beside it have to agree with it."""
    _adopt(trial)
    route = chosen(trial)
    if route is not None:
        _settle(trial, "log_hr", route.log_hr)
        _settle(trial, "se", route.se)
    elif trial.hr is not None and trial.log_hr is not None:
        _settle(trial, "log_hr", math.log(trial.hr))
    elif (trial.log_hr is None) != (trial.se is None):
        given, lacking = ("log_hr", "se") if trial.se is None else ("se", "log_hr")
        raise EntryError(f"There is {given} without {lacking}; give both.")


def _adopt(trial: Trial) -> None:
    """Take ``log_hr`` and ``se`` for printed numbers where no other way gives them."""
    lacking = trial.hr is None and trial.printed_log_hr is None
    if (trial.se is None and trial.printed_se is None) or (lacking and trial.log_hr is None) or not _needed(trial):
        return
    if lacking:
        object.__setattr__(trial, "printed_log_hr", trial.log_hr)
    if trial.printed_se is None:
        object.__setattr__(trial, "printed_se", trial.se)


def _needed(trial: Trial) -> bool:
    """Say whether the numbers given are neither outranked nor what a lesser way gives."""
    if trial.route:
        return trial.route == LogHazardRatio.kind.name
    if best(trial, _ABOVE_GENERIC) is not None:
        return False
    lesser = best(trial, _BELOW_GENERIC)
    return lesser is None or not _agrees(trial, lesser)


def _agrees(trial: Trial, route: Route) -> bool:
    pairs = ((trial.log_hr, route.log_hr), (trial.se, route.se))
    return all(given is None or _close(given, derived) for given, derived in pairs)


def _close(given: float, derived: float) -> bool:
    return math.isclose(given, derived, rel_tol=_AGREE, abs_tol=_AGREE)


def _settle(trial: Trial, name: str, derived: float) -> None:
    """Store what the printed numbers say; a given value has to agree, else one of them is a misprint."""
    given = getattr(trial, name)
    if given is not None and not _close(given, derived):
        raise EntryError(
            f"{name} is {given:.10g}, and the printed numbers give {derived:.10g}; "
            "give one of them, or use trial.change(...) to change the printed numbers."
        )
    object.__setattr__(trial, name, derived)

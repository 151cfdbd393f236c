"""Checks of the direction: is it stated, and do the medians point the same way."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

from netmeta.evidence.checks.finding import Finding, Mend, found
from netmeta.evidence.checks.rounding import half_unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netmeta.evidence.trial import Trial

__all__ = ["check_direction"]

# Curves can cross: a hazard ratio near 1 and medians near each other say nothing about a flip. Both have to be
# beyond a tenth (CABINET epNET's interim survival, 0.90 with medians of 21.9 and 22.4, is no flip).
_TENTH, _LARGEST = 1.1, 100.0
_MONTHS = re.compile(r"\s*([<>≥≤]?)\s*(\d{1,6}(?:\.\d{1,6})?)\s*(?:mo|months)?\s*", re.IGNORECASE)
_NEVER = re.compile(r"\s*(?:NR|NE|not reached|not estimable)\s*", re.IGNORECASE)


def check_direction(trial: Trial) -> Iterator[Finding]:
    """Say where the direction is not stated, and where the medians point the other way."""
    log_hr = trial.log_hr if trial.log_hr is not None else math.log(trial.hr) if trial.hr is not None else None
    if log_hr is None or abs(log_hr) > _LARGEST:
        return
    hr = trial.hr if trial.hr is not None else math.exp(log_hr)
    if trial.direction == "not stated":
        said = f"The source does not say which arm the hazard ratio {hr:.3g} favours: it may point the other way."
        mend = Mend("Look it up; then give direction='experimental/control'.")
        yield found(trial, "direction not stated", "warning", said, numbers={"hr": hr}, mend=mend)
    if _against(trial, log_hr):
        yield _flipped(trial, hr)


def _against(trial: Trial, log_hr: float) -> bool:
    experimental, control = _median(trial.median_experimental), _median(trial.median_control)
    if experimental is None or control is None or abs(log_hr) <= math.log(_TENTH):
        return False
    shorter, longer = (experimental, control) if log_hr < 0 else (control, experimental)
    return shorter[1] * _TENTH < longer[0]


def _median(text: str) -> tuple[float, float] | None:
    """Return the least and greatest that a printed median can be."""
    if _NEVER.fullmatch(text):
        return math.inf, math.inf
    read = _MONTHS.fullmatch(text)
    if read is None:
        return None
    sign, number = read.groups()
    value = float(number)
    if sign:
        return (value, math.inf) if sign in ">≥" else (0.0, value)
    half = half_unit(value)
    return value - half, value + half


def _flipped(trial: Trial, hr: float) -> Finding:
    better, longer = ("experimental", "control") if hr < 1 else ("control", "experimental")
    said = (
        f"The hazard ratio {hr:.3g} favours the {better} arm, but the median is longer in the {longer} arm "
        f"({trial.median_experimental} experimental, {trial.median_control} control): is it turned round?"
    )
    return found(trial, "hazard ratio against medians", "warning", said, numbers={"hr": hr}, mend=_turned(trial))


def _turned(trial: Trial) -> Mend:
    changes: dict[str, Any] = {}
    if trial.hr is not None:
        changes["hr"] = 1 / trial.hr
        if trial.ci_low is not None or trial.ci_high is not None:
            limits = {"ci_low": trial.ci_high, "ci_high": trial.ci_low}
            changes |= {name: None if limit is None else 1 / limit for name, limit in limits.items()}
    elif trial.printed_log_hr is not None:
        changes["printed_log_hr"] = -trial.printed_log_hr
    if not changes:
        return Mend("Check the direction.")
    hr = changes.get("hr", math.exp(changes.get("printed_log_hr", 0.0)))
    return Mend(f"Turned round it is {hr:.3g}.", tuple(changes.items()))

"""Entry checks that warn: numbers that are possible, but that the paper probably does not print."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from netmeta.evidence.normal import z_two_sided

if TYPE_CHECKING:
    from collections.abc import Iterable

    from netmeta.evidence.trial import Trial

__all__ = ["Finding", "check_trial", "findings"]

_WIDE = 100.0


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about one row that a careful reader would check against its paper."""

    label: str
    kind: str
    message: str


def check_trial(trial: Trial) -> tuple[Finding, ...]:
    """Look at one row's own numbers."""
    messages = (("asymmetric interval", _asymmetry(trial)), ("wide interval", _width(trial)))
    return tuple(Finding(trial.label, kind, text) for kind, text in messages if text)


def findings(trials: Iterable[Trial]) -> tuple[Finding, ...]:
    """Look at every row, and for rows that print the same numbers twice."""
    rows = tuple(trials)
    own = tuple(finding for trial in rows for finding in check_trial(trial))
    return own + _twins(rows)


def _asymmetry(trial: Trial) -> str:
    """Compare ln HR with the middle of the interval, allowing half of the last printed digit in each number.

    A Wald interval is symmetric about ln HR; |ln HR - (ln L + ln U)/2| beyond rounding hints at a misprint.
    A hazard ratio is taken to have at least the digits of its limits: 0.90 comes as 0.9.
    """
    hr, low, high = trial.hr, trial.ci_low, trial.ci_high
    if hr is None or low is None or high is None:
        return ""
    own, limits = _half_unit(hr, low, high), _half_unit(low, high)
    off = abs(math.log(hr) - (math.log(low) + math.log(high)) / 2)
    if off <= own / hr + limits / (2 * low) + limits / (2 * high):
        return ""
    middle = math.sqrt(low * high)
    return (
        f"The interval {low:g} to {high:g} is not symmetric about {hr:g} on the log scale (its middle is "
        f"{middle:.3g}): check for a misprint, or for an interval that is not a Wald interval."
    )


def _width(trial: Trial) -> str:
    low, high = trial.ci_low, trial.ci_high
    if low is None or high is None or high / low < _WIDE:
        return ""
    se = (math.log(high) - math.log(low)) / (2 * z_two_sided(trial.level))
    return (
        f"The interval {low:g} to {high:g} is {high / low:.0f}-fold (standard error {se:.2f} on the log scale): "
        "check the decimal points."
    )


def _twins(rows: tuple[Trial, ...]) -> tuple[Finding, ...]:
    seen: dict[tuple[object, ...], Trial] = {}
    found = []
    for trial in rows:
        if not trial.poolable:
            continue
        numbers = (trial.endpoint, trial.experimental, trial.control, trial.log_hr, trial.se)
        first = seen.setdefault(numbers, trial)
        if first is not trial and first.study != trial.study:
            same = f"{trial.label} prints exactly the numbers of {first.label}"
            text = f"{same}: is it the same trial under another name?"
            found.append(Finding(trial.label, "same numbers twice", text))
    return tuple(found)


def _half_unit(*numbers: float) -> float:
    """Return half of the last digit of the longest number: printed together, 2.00 comes as 2.0."""
    decimals = max(len(f"{number:.10g}".partition(".")[2]) for number in numbers)
    return 0.5 * 10.0**-decimals

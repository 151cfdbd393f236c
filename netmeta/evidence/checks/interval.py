"""Checks of an interval: symmetric about its hazard ratio on the log scale, and of a believable width."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from netmeta.evidence.checks.finding import Finding, Mend, found
from netmeta.evidence.checks.rounding import half_unit
from netmeta.evidence.normal import z_two_sided

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netmeta.evidence.trial import Trial

__all__ = ["check_interval"]

_WIDE = 100.0


def check_interval(trial: Trial) -> Iterator[Finding]:
    """Look at a two-sided interval.

    A Wald interval is symmetric about ln HR; |ln HR - (ln L + ln U)/2| beyond half of the last printed digit of
    each number hints at a misprint. A hazard ratio is taken to have at least the digits of its limits: 0.90 comes
    as 0.9.
    """
    if trial.hr is None or trial.ci_low is None or trial.ci_high is None:
        return
    hr, low, high = trial.hr, trial.ci_low, trial.ci_high
    own, limits = half_unit(hr, low, high), half_unit(low, high)
    off = abs(math.log(hr) - (math.log(low) + math.log(high)) / 2)
    if off > own / hr + limits / (2 * low) + limits / (2 * high):
        yield _asymmetric(trial, hr, low, high)
    if high / low >= _WIDE:
        yield _wide(trial, low, high)


def _asymmetric(trial: Trial, hr: float, low: float, high: float) -> Finding:
    middle = math.sqrt(low * high)
    said = (
        f"The interval {low:g} to {high:g} is not symmetric about {hr:g} on the log scale (its middle is "
        f"{middle:.3g}): check for a misprint, or for an interval that is not a Wald interval."
    )
    mend = None
    if abs(hr - (low + high) / 2) <= half_unit(hr, low, high) + half_unit(low, high):
        se = (high - low) / (2 * z_two_sided(trial.level))
        changes = {"hr": None, "ci_low": None, "ci_high": None, "printed_log_hr": hr, "printed_se": se}
        words = f"It is symmetric on the plain scale: did you mean log_hr = {hr:g} with se = {se:.3g}?"
        mend = Mend(words, tuple(changes.items()))
    numbers = {"hr": hr, "ci_low": low, "ci_high": high, "middle": middle}
    return found(trial, "asymmetric interval", "warning", said, numbers=numbers, mend=mend)


def _wide(trial: Trial, low: float, high: float) -> Finding:
    se = (math.log(high) - math.log(low)) / (2 * z_two_sided(trial.level))
    said = (
        f"The interval {low:g} to {high:g} is {high / low:.0f}-fold (standard error {se:.2f} on the log scale): "
        "check the decimal points."
    )
    return found(trial, "wide interval", "warning", said, numbers={"ci_low": low, "ci_high": high, "se (log)": se})

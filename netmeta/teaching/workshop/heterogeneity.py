"""Lesson 4: how much trials differ, and what that means for the next one."""

from __future__ import annotations

from functools import lru_cache
from math import sqrt
from typing import TYPE_CHECKING, Final

from netmeta import numerals
from netmeta.evidence import Evidence, Trial
from netmeta.pooling import pool
from netmeta.teaching.concepts import Concept
from netmeta.teaching.kinds import ChoiceAsked, IntervalAsked, NumberAsked
from netmeta.teaching.tasks import Reason, Task, Truth
from netmeta.teaching.workshop.trials import placebo, pooled, span

if TYPE_CHECKING:
    from netmeta.pooling import PooledResult

__all__ = ["TASKS", "ten_times"]

_RISES, _STAYS, _FALLS = "rises", "stays as it is", "falls"


@lru_cache(maxsize=1)
def ten_times() -> PooledResult:
    """Pool the nine trials as if each had ten times the events and the same hazard ratio."""
    return pool(
        Evidence(
            tuple(
                Trial(study=one.label, experimental=one.experimental, control=one.control, log_hr=one.log_hr,
                      se=(one.se or 0.0) / sqrt(10))
                for one in placebo()
            )
        )
    )  # fmt: skip


def _i2() -> Truth:
    found = pooled()
    share, ci = numerals.percent(found.i2), found.i2_ci
    if ci is None:
        return Truth(found.i2, f"I² is {share}.")
    return Truth(found.i2, f"I² is {share}, and its 95% interval is {numerals.percents(ci.low, ci.high)}.")


def _new() -> Truth:
    found = pooled()
    low, high = found.pi.exp() if found.pi else found.ci.exp()
    return Truth(
        (low, high), f"In a new trial the hazard ratio lies in {numerals.interval(low, high)} (95% prediction)."
    )


def _asked() -> str:
    return (
        f"The pooled hazard ratio is {numerals.ratio(pooled().hr)}, and its 95% interval is "
        f"{span(pooled().ci)}. Between "
        "which limits does the true hazard ratio of a new trial like these lie, with 95%?"
    )


def _ten() -> Truth:
    before, after = pooled().i2, ten_times().i2
    moved = _RISES if after > before + 1 else _FALLS if after < before - 1 else _STAYS
    return Truth(
        moved,
        f"I² goes from {numerals.percent(before)} to {numerals.percent(after)}, though no hazard ratio has "
        "changed.",
    )


TASKS: Final = (
    Task(
        "How much is not chance?",
        "Look at the nine intervals in the forest plot. Which share of their visible spread is not explained "
        "by chance? "
        "That is I².",
        NumberAsked("I², in percent", "percent", near=8),
        _i2,
        reasons=(
            Reason(
                "The intervals overlap a good deal",
                True,
                "What lies within the reach of chance needs no further explanation.",
            ),
            Reason(
                "Nine trials hardly know it",
                True,
                "Look at the interval of I²: it holds next to nothing as well as a great deal.",
            ),
            Reason(
                "I² says how far hazard ratios are apart",
                False,
                "That is τ. I² is a share, and grows with the size of the trials.",
            ),
        ),
        concepts=(Concept("chance", "chance"), Concept("heterogeneity", "differences between trials")),
    ),
    Task(
        "The next trial",
        _asked,
        IntervalAsked("95% prediction interval", near=1.1),
        _new,
        reasons=(
            Reason(
                "A new trial differs from the mean by τ as well",
                True,
                "The variance of a prediction is τ² plus that of the mean.",
            ),
            Reason(
                "A prediction interval is as wide as that of the mean",
                False,
                "Only if trials do not differ and the mean is known as well as it can be.",
            ),
            Reason(
                "With more trials it would shrink to a point",
                False,
                "The interval of the mean would; differences between trials stay.",
            ),
        ),
        concepts=(Concept("new trial", "the new trial"), Concept("heterogeneity", "differences between trials")),
    ),
    Task(
        "Ten times as large",
        "Suppose that each of the nine trials had ten times as many events, with the very same hazard ratio. "
        "Then I²…",
        ChoiceAsked((_RISES, _STAYS, _FALLS)),
        _ten,
        reasons=(
            Reason(
                "Chance explains less of the same spread",
                True,
                "Standard errors shrink, the hazard ratios stay where they are.",
            ),
            Reason(
                "Large trials are more alike",
                False,
                "Their estimates scatter less about their own true effects; the true effects do not move.",
            ),
        ),
        concepts=(Concept("chance", "chance"), Concept("precision", "precision")),
    ),
)

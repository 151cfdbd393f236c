"""Lesson 1: what a pooled hazard ratio is made of."""

from __future__ import annotations

from math import log
from typing import Final

from netmeta import numerals
from netmeta.pooling import pool
from netmeta.pooling.words import effect
from netmeta.teaching.concepts import Concept
from netmeta.teaching.kinds import ChoiceAsked, NumberAsked, OrderAsked
from netmeta.teaching.tasks import Reason, Task, Truth
from netmeta.teaching.workshop.trials import LARGEST, STRONGEST, placebo, pooled, share

__all__ = ["TASKS"]

_TOWARDS, _STAYS, _AWAY = "moves towards 1", "stays the same to two decimals", "moves away from 1"
_WEIGHED: Final = ("CLARINET", STRONGEST, LARGEST, "RADIANT-4")


def _range() -> str:
    ratios = sorted(trial.hr for trial in placebo() if trial.hr is not None)
    count, low, high = numerals.count(len(ratios)), numerals.ratio(ratios[0]), numerals.ratio(ratios[-1])
    return (
        f"In {count} randomised comparisons of a therapy with placebo in neuroendocrine tumours, hazard ratios for "
        f"progression or death run from {low} to {high}. What is the pooled hazard ratio?"
    )


def _pooled() -> Truth:
    found = pooled()
    share_of, most = numerals.percent(share(found, LARGEST)), LARGEST
    return Truth(
        found.hr,
        f"The pooled hazard ratio is {effect(found)}. {most}, the most precise trial, has {share_of} of the "
        "weight.",
    )


def _strongest() -> str:
    hr = placebo()[STRONGEST].hr or 0.0
    return (
        f"{STRONGEST} has the strongest effect of all, a hazard ratio of {numerals.ratio(hr)}. Take it out: "
        "the pooled "
        "hazard ratio…"
    )


def _without() -> Truth:
    before, after = pooled(), pool(placebo().without(STRONGEST))
    weight = numerals.percent(share(before, STRONGEST))
    same = numerals.ratio(before.hr) == numerals.ratio(after.hr)
    moved = _STAYS if same else _TOWARDS if abs(log(after.hr)) < abs(log(before.hr)) else _AWAY
    return Truth(
        moved,
        f"With it the pooled hazard ratio is {numerals.ratio(before.hr)}, without it "
        f"{numerals.ratio(after.hr)}. It had "
        f"{weight} of the weight.",
    )


def _weights() -> Truth:
    found = {label: share(pooled(), label) for label in _WEIGHED}
    order = tuple(sorted(found, key=lambda label: -found[label]))
    said = ", ".join(f"{label} {numerals.percent(found[label])}" for label in order)
    return Truth(order, f"The weights are: {said}.")


TASKS: Final = (
    Task(
        "Where does the diamond lie?",
        _range,
        NumberAsked("Pooled hazard ratio", near=1.08),
        _pooled,
        reasons=(
            Reason("Precise trials weigh more than others", True, "A weight is 1 / (SE² + τ²)."),
            Reason(
                "It lies between the smallest and the largest of them",
                True,
                "A weighted mean never leaves the range of what it averages.",
            ),
            Reason(
                "It is the plain average of the hazard ratios",
                False,
                "Their logarithms are averaged, and with weights; then the result is turned back into a ratio.",
            ),
            Reason(
                "The strongest effect counts most",
                False,
                "The size of an effect has no part in its weight, only its standard error has.",
            ),
        ),
        concepts=(
            Concept("weights", "weights"),
            Concept("precision", "precision"),
            Concept("log scale", "logarithms"),
        ),
    ),
    Task(
        "Take the strongest trial out",
        _strongest,
        ChoiceAsked((_TOWARDS, _STAYS, _AWAY)),
        _without,
        reasons=(
            Reason(
                "An extreme result of a small trial has little weight",
                True,
                "It is far from the others, but its interval is the widest of all.",
            ),
            Reason(
                "What is left has weaker effects on average",
                True,
                "A mean moves away from what is taken out.",
            ),
            Reason(
                "Without the best trial the benefit is gone",
                False,
                "No trial carries the result alone here: eight others stay.",
            ),
        ),
        concepts=(Concept("weights", "weights"), Concept("precision", "precision")),
    ),
    Task(
        "Who has the most weight?",
        "Put these four trials in order of their weight in the pool. Use the forest plot: only the intervals "
        "count.",
        OrderAsked(_WEIGHED, "most weight"),
        _weights,
        reasons=(
            Reason(
                "The narrower the interval, the larger the weight",
                True,
                "The width of an interval is the standard error times a constant.",
            ),
            Reason(
                "The more patients, the larger the weight",
                False,
                "Often, but not by itself: for a hazard ratio precision comes from events, not from patients.",
            ),
            Reason("The newer the trial, the larger the weight", False, "The year has no part in it."),
        ),
        concepts=(Concept("precision", "precision"),),
    ),
)

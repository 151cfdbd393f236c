"""Lesson 5: what one trial can do; CABINET before and after."""

from __future__ import annotations

from math import log
from typing import Final

from netmeta import numerals
from netmeta.pooling.words import effect, trials_in_words
from netmeta.teaching.concepts import Concept
from netmeta.teaching.kinds import ChoiceAsked, NumberAsked
from netmeta.teaching.tasks import Reason, Task, Truth
from netmeta.teaching.workshop.trials import LARGEST, STRONGEST, before_cabinet, cabinet, omitted, pooled

__all__ = ["TASKS"]

_NARROWER, _SAME, _WIDER = "narrower", "just as wide", "wider"
_MOVERS: Final = (STRONGEST, LARGEST, "Alliance A021202", "CLARINET")


def _asked() -> str:
    one, other = (numerals.ratio(trial.hr or 0.0) for trial in cabinet())
    return (
        f"With CABINET the pooled hazard ratio is {numerals.ratio(pooled().hr)}. CABINET's cohorts found {one} "
        f"and {other}. "
        "What is the pooled hazard ratio without CABINET?"
    )


def _before() -> Truth:
    found = before_cabinet()
    count = trials_in_words(found.k)
    return Truth(found.hr, f"Without CABINET, {count} give {effect(found)}; with it, {effect(pooled())}.")


def _width() -> Truth:
    before, after = before_cabinet(), pooled()
    ratio = after.ci.width / before.ci.width
    moved = _NARROWER if ratio < 0.99 else _WIDER if ratio > 1.01 else _SAME  # noqa: PLR2004
    percent = numerals.percent(100 * ratio)
    taus = f"τ² is {numerals.decimal(before.tau2, 3)} without it and {numerals.decimal(after.tau2, 3)} with it."
    return Truth(moved, f"On the log scale the interval has {percent} of its width without CABINET. {taus}")


def _mover() -> Truth:
    moves = {row.label: abs(row.log_hr - log(pooled().hr)) for row in omitted().rows}
    most = max(moves, key=lambda label: moves[label])
    row = next(row for row in omitted().rows if row.label == most)
    return Truth(
        most, f"Without {most} the pooled hazard ratio is {effect(row)}; with all trials it is {effect(pooled())}."
    )


TASKS: Final = (
    Task(
        "Without CABINET",
        _asked,
        NumberAsked("Pooled hazard ratio without it", near=1.04),
        _before,
        reasons=(
            Reason(
                "A new trial moves the pool by its weight times its distance",
                True,
                "Two cohorts of nine comparisons, with medium and small weight, move it a little.",
            ),
            Reason(
                "The newest trial counts most",
                False,
                "The pool knows no dates. A cumulative analysis shows how it came about.",
            ),
        ),
        concepts=(Concept("weights", "weights"), Concept("mean effect", "the mean")),
    ),
    Task(
        "Does a new trial always narrow the interval?",
        "Two cohorts more: is the 95% interval of the pooled hazard ratio now narrower than without them, on "
        "the log "
        "scale?",
        ChoiceAsked((_NARROWER, _SAME, _WIDER)),
        _width,
        reasons=(
            Reason(
                "More trials, more information",
                True,
                "The weights add up, and the t distribution gains degrees of freedom.",
            ),
            Reason(
                "A trial that disagrees can widen it",
                True,
                "If τ² grows by more than the new weight brings, the interval gets wider.",
            ),
            Reason(
                "An interval can only get narrower with more data", False, "With random effects it can get wider."
            ),
        ),
        concepts=(Concept("heterogeneity", "differences between trials"), Concept("precision", "precision")),
    ),
    Task(
        "Which trial moves it most?",
        "Leave out one trial at a time. Which of these moves the pooled hazard ratio most when it is gone?",
        ChoiceAsked(_MOVERS),
        _mover,
        reasons=(
            Reason(
                "It takes weight and distance to move a mean",
                True,
                "The most extreme result may have little weight, and the heaviest one may lie in the middle.",
            ),
            Reason(
                "The most extreme trial always moves it most",
                False,
                "Not if its interval is wide.",
            ),
        ),
        concepts=(Concept("weights", "weights"), Concept("heterogeneity", "distance from the others")),
    ),
)

"""Lesson 2: one true effect, or a distribution of them."""

from __future__ import annotations

from typing import Final

from netmeta import numerals
from netmeta.pooling import CommonEffect, RandomEffects, Scenario, pool, simulate
from netmeta.pooling.words import effect
from netmeta.teaching.concepts import Concept
from netmeta.teaching.kinds import ChoiceAsked, NumberAsked
from netmeta.teaching.tasks import Reason, Task, Truth
from netmeta.teaching.workshop.trials import LARGEST, common, pooled, share, span

__all__ = ["DIFFERENT", "TASKS"]

_COMMON, _RANDOM, _SAME = "the common-effect interval", "the random-effects interval", "neither: they are the same"
DIFFERENT: Final = Scenario(hr=0.6, tau=0.4, k=9, events=150, sizes="one large")
"""Nine simulated trials, one of them large, that differ more than ours do."""


def _wider() -> Truth:
    one, other = common(), pooled()
    widths = one.ci.width, other.ci.width
    same = span(one.ci) == span(other.ci)
    return Truth(
        _SAME if same else _COMMON if widths[0] > widths[1] else _RANDOM,
        f"A common effect gives {effect(one)}, random effects give {effect(other)}: the same nine trials.",
    )


def _asked() -> str:
    share_of = numerals.percent(share(common(), LARGEST))
    return (
        f"In the common-effect model {LARGEST} has {share_of} of the weight. How much has it with random effects?"
    )


def _weight() -> Truth:
    found = share(pooled(), LARGEST)
    tau2 = numerals.decimal(pooled().tau2, 3)
    return Truth(found, f"With random effects {LARGEST} has {numerals.percent(found)} of the weight. τ² is {tau2}.")


def _large() -> str:
    trials = simulate(DIFFERENT)
    result = pool(trials, CommonEffect())
    weight = numerals.percent(share(result, trials.labels[-1]))
    return (
        "Nine simulated trials differ a good deal, and the last is ten times as large as each of the others. "
        f"A common effect gives it {weight} of the weight. How much do random effects give it?"
    )


def _large_weight() -> Truth:
    trials = simulate(DIFFERENT)
    one, other = pool(trials, CommonEffect()), pool(trials, RandomEffects())
    found = share(other, trials.labels[-1])
    return Truth(
        found,
        f"Random effects give it {numerals.percent(found)} of the weight. The pooled hazard ratio goes from "
        f"{effect(one)} "
        f"to {effect(other)}.",
    )


TASKS: Final = (
    Task(
        "Which interval is wider?",
        "The nine trials are pooled twice: as if all had one and the same true effect, and as if true effects "
        "differed "
        "from trial to trial. Which 95% interval is wider?",
        ChoiceAsked((_COMMON, _RANDOM, _SAME)),
        _wider,
        reasons=(
            Reason(
                "Random effects add the differences between trials to the uncertainty",
                True,
                "Every trial's variance becomes SE² + τ².",
            ),
            Reason(
                "If τ² were 0, both would give the same estimate",
                True,
                "The weights are then the same; a Hartung-Knapp interval may still be wider.",
            ),
            Reason(
                "Random effects use fewer patients",
                False,
                "Both models use the same trials and all of their patients.",
            ),
        ),
        concepts=(
            Concept("heterogeneity", "differences between trials"),
            Concept("uncertain tau", "how well τ is known"),
        ),
    ),
    Task(
        "What happens to the largest trial?",
        _asked,
        NumberAsked("Weight, in percent", "percent", near=2),
        _weight,
        reasons=(
            Reason(
                "τ² is added to the variance of every trial",
                True,
                "It changes a small variance more than a large one, so that weights become more alike.",
            ),
            Reason(
                "All trials get the same weight",
                False,
                "Only when τ² is very much larger than the trials' own variances.",
            ),
            Reason(
                "The estimate of the trial changes", False, "What a trial found stays; only its weight changes."
            ),
        ),
        concepts=(Concept("weights", "weights"), Concept("heterogeneity", "differences between trials")),
    ),
    Task(
        "And where trials differ a good deal?",
        _large,
        NumberAsked("Weight, in percent", "percent", near=5),
        _large_weight,
        reasons=(
            Reason(
                "A large trial tells much about its own effect and little about the mean of all",
                True,
                "However large it is, it is one draw from the distribution of true effects.",
            ),
            Reason(
                "Large trials are of lower quality",
                False,
                "Weights know nothing of quality; random effects weigh small trials more, good or bad.",
            ),
        ),
        concepts=(
            Concept("mean effect", "the mean of true effects"),
            Concept("heterogeneity", "differences between trials"),
        ),
    ),
)

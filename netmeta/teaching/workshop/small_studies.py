"""Lesson 6: whether small trials tell another story, and whether nine trials can say so."""

from __future__ import annotations

from typing import Final

from netmeta import numerals
from netmeta.errors import PoolingError
from netmeta.pooling import egger, trim_and_fill
from netmeta.teaching.concepts import Concept
from netmeta.teaching.kinds import ChoiceAsked, NumberAsked
from netmeta.teaching.tasks import Reason, Task, Truth
from netmeta.teaching.workshop.trials import placebo

__all__ = ["TASKS"]

_REASON: Final = "shown in a workshop to explain the test"
_STRONGER, _NONE, _WEAKER = "stronger effects", "no clear difference", "weaker effects"
_GIVES, _REFUSES = "It gives a P value", "It refuses and says why"
_SMALL: Final = 0.05


def _slope() -> Truth:
    found = egger(placebo(), override=_REASON)
    clear = found.p_value < _SMALL
    side = _NONE if not clear else _STRONGER if found.statistic < 0 else _WEAKER
    return Truth(
        side,
        f"Egger's test, run all the same, has {numerals.p_value(found.p_value)}: no clear sign, which is no "
        "proof that "
        "there is none."
        if not clear
        else f"Egger's test, run all the same, has {numerals.p_value(found.p_value)}.",
    )


def _asked_anyway() -> Truth:
    try:
        egger(placebo())
    except PoolingError as error:
        return Truth(_REFUSES, str(error).split(" To run it")[0])
    return Truth(_GIVES, "There are ten trials or more, and the test was run.")


def _filled() -> Truth:
    found = trim_and_fill(placebo(), override=_REASON)
    added = len(found.filled)
    return Truth(float(added), f"Trim and fill adds {numerals.count(added)} trials to the nine.")


TASKS: Final = (
    Task(
        "Look at the funnel",
        "In the funnel plot small trials lie at the bottom. Do they show stronger or weaker effects than the "
        "large ones?",
        ChoiceAsked((_STRONGER, _NONE, _WEAKER)),
        _slope,
        reasons=(
            Reason(
                "A few points look lopsided by chance",
                True,
                "Nine points make no shape. Simulate funnels without any bias, and see how many look lopsided.",
            ),
            Reason(
                "An even funnel proves that nothing was left unpublished",
                False,
                "Absence of evidence: with nine trials a missing one would hardly be seen.",
            ),
            Reason(
                "A lopsided funnel proves publication bias",
                False,
                "Small trials may differ for other reasons: other patients, other doses, weaker methods, chance.",
            ),
        ),
        concepts=(Concept("chance", "chance"), Concept("publication bias", "what was not published"),
                  Concept("power", "how little nine trials can tell")),
    ),
    Task(
        "Ask for the test",
        "You ask netmeta for Egger's test of these nine trials and give no reason. What happens?",
        ChoiceAsked((_GIVES, _REFUSES)),
        _asked_anyway,
        reasons=(
            Reason(
                "With fewer than ten trials the test cannot tell bias from chance",
                True,
                "That is the recommendation of Sterne and others (2011).",
            ),
            Reason("The trials are too small", False, "It is their number that counts here."),
        ),
        concepts=(Concept("power", "how little nine trials can tell"),),
    ),
    Task(
        "Trim and fill",
        "Trim and fill looks for trials that are missing on one side. How many does it add to these nine?",
        NumberAsked("Trials added", "count", near=0),
        _filled,
        reasons=(
            Reason(
                "It adds what mirrors the most lopsided trials",
                True,
                "It is a what-if for the sake of sensitivity, never an estimate to be believed.",
            ),
            Reason(
                "Added trials are real trials that were found",
                False,
                "They are mirror images, and have no patients.",
            ),
        ),
        concepts=(Concept("publication bias", "what was not published"),),
    ),
)  # fmt: skip

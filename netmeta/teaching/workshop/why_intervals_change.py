"""Lesson 3: what an interval promises, and which ones keep it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from netmeta import numerals
from netmeta.pooling import Scenario, coverage, pool
from netmeta.pooling.coverage_words import held
from netmeta.teaching.concepts import Concept
from netmeta.teaching.kinds import IntervalAsked, NumberAsked
from netmeta.teaching.tasks import Reason, Task, Truth
from netmeta.teaching.workshop.trials import cabinet, span, wald

if TYPE_CHECKING:
    from netmeta.pooling import Coverage

__all__ = ["TASKS", "THREE", "three"]

THREE: Final = Scenario(hr=0.6, tau=0.3, k=3, events=100)
_SIMULATED: Final = 5000


@lru_cache(maxsize=1)
def three() -> Coverage:
    """Simulate meta-analyses of three trials."""
    return coverage(THREE, n=_SIMULATED)


def _wald() -> Truth:
    row = three().of("dl-wald")
    count = numerals.count(row.n)
    return Truth(
        100 * row.coverage,
        f"Of {count} simulated meta-analyses the Wald interval held the true hazard ratio in {held(row)}.",
    )


def _fair() -> Truth:
    row, other = three().of("hartung-knapp"), three().of("modified-hartung-knapp")
    return Truth(
        100 * row.coverage, f"The Hartung-Knapp interval held it in {held(row)}, the modified one in {held(other)}."
    )


def _cohorts() -> str:
    found = wald()
    one, other = (numerals.ratio(trial.hr or 0.0) for trial in cabinet())
    return (
        f"CABINET's two cohorts have hazard ratios of {one} and {other}. A Wald interval for both together is "
        f"{span(found.ci)}. What does the modified Hartung-Knapp interval say?"
    )


def _two() -> Truth:
    found = pool(cabinet())
    low, high = found.ci.exp()
    return Truth(
        (low, high),
        f"The modified Hartung-Knapp interval of two trials is {span(found.ci)}. The t distribution with one "
        "degree of "
        "freedom has the quantile 12.7, where the normal has 1.96.",
    )


TASKS: Final = (
    Task(
        "What does 95% promise?",
        "Simulate very many meta-analyses of 3 trials with 100 events each. The true hazard ratio is 0.60 and true "
        "effects spread with τ = 0.30. In how many of them does the 95% Wald interval of random effects "
        "(DerSimonian and "
        "Laird) hold the true hazard ratio?",
        NumberAsked("How many, in percent", "percent", near=3),
        _wald,
        reasons=(
            Reason(
                "With few trials τ is poorly known, and a Wald interval takes it as known",
                True,
                "The uncertainty of τ is left out, so that the interval is too narrow.",
            ),
            Reason(
                "95% means 95% however many trials there are",
                False,
                "The Wald interval keeps its promise only with many trials.",
            ),
            Reason(
                "The trials are too small",
                False,
                "Larger trials do not help: it is the number of trials that tells how much they differ.",
            ),
        ),
        concepts=(Concept("few trials", "the few trials"), Concept("uncertain tau", "how poorly τ is known")),
    ),
    Task(
        "Does Hartung-Knapp do better?",
        "The same simulated meta-analyses: in how many does the Hartung-Knapp interval hold the true hazard ratio?",
        NumberAsked("How many, in percent", "percent", near=2),
        _fair,
        reasons=(
            Reason(
                "It measures the uncertainty by how the trials themselves spread",
                True,
                "Its variance is the weighted spread of the trials about their mean.",
            ),
            Reason(
                "It uses the t distribution instead of the normal",
                True,
                "With k − 1 degrees of freedom, which matters most when k is small.",
            ),
            Reason(
                "It is always wider than the Wald interval",
                False,
                "Where trials happen to agree it can be narrower; the modified form never is.",
            ),
        ),
        concepts=(
            Concept("few trials", "the t distribution of few trials"),
            Concept("heterogeneity", "the spread of trials"),
        ),
    ),
    Task(
        "Two trials",
        _cohorts,
        IntervalAsked("95% interval", near=2.0),
        _two,
        reasons=(
            Reason(
                "Two trials leave one degree of freedom",
                True,
                "How much trials differ is estimated from a single difference.",
            ),
            Reason(
                "An interval that wide proves that cabozantinib does not work",
                False,
                "It says that two trials cannot tell how much trials differ. Look at the cohorts one by one, "
                "at the "
                "common effect, or at a Bayesian analysis.",
            ),
        ),
        concepts=(
            Concept("few trials", "the degrees of freedom"),
            Concept("uncertain tau", "how poorly τ is known"),
        ),
    ),
)

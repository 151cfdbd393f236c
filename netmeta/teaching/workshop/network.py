"""Lesson 7: treatments that no trial compared."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from netmeta import numerals
from netmeta.evidence import Selection, load_trials, select
from netmeta.network import Merge, compare, connected_to, node_splits
from netmeta.pooling.words import effect
from netmeta.teaching.concepts import Concept
from netmeta.teaching.kinds import ChoiceAsked, NumberAsked
from netmeta.teaching.tasks import Reason, Task, Truth

if TYPE_CHECKING:
    from netmeta.network import NetworkResult

__all__ = ["TASKS", "network"]

_ONE, _OTHER = "cabozantinib", "everolimus"
_WIDER, _BETWEEN, _NARROWER = "wider than both", "between the two", "narrower than both"
_SAME: Final = Merge("high-dose SSA", into="SSA")


@lru_cache(maxsize=1)
def network() -> NetworkResult:
    """Return the network of progression-free survival, with high-dose SSA taken as SSA."""
    trials = select(load_trials(), Selection("PFS")).evidence
    return compare(connected_to(trials, "placebo", _SAME), reference="placebo", assumptions=_SAME)


def _asked() -> str:
    one, other = (numerals.ratio(network().effect(name, "placebo").hr) for name in (_ONE, _OTHER))
    return (
        f"Against placebo the network finds a hazard ratio of {one} for {_ONE} and of {other} for {_OTHER}. No "
        "trial "
        f"compares the two. What is the hazard ratio of {_ONE} against {_OTHER}?"
    )


def _indirect() -> Truth:
    found = network().effect(_ONE, _OTHER)
    return Truth(
        found.hr, f"The hazard ratio of {_ONE} against {_OTHER} is {effect(found)}: the quotient of the two."
    )


def _width() -> Truth:
    found = network().effect(_ONE, _OTHER)
    direct = [network().effect(name, "placebo") for name in (_ONE, _OTHER)]
    widths = [one.ci.width for one in direct]
    moved = _WIDER if found.ci.width > max(widths) else _NARROWER if found.ci.width < min(widths) else _BETWEEN
    a, b = (numerals.decimal(one.se, 2) for one in direct)
    return Truth(
        moved,
        f"The standard errors are {a} and {b} against placebo, and {numerals.decimal(found.se, 2)} for the two.",
    )


def _loops() -> Truth:
    splits = node_splits(network())
    tested = sum(one.indirect is not None for one in splits.rows)
    total = len(splits.rows)
    return Truth(
        float(tested),
        f"{numerals.count(tested)} of the {numerals.count(total)} comparisons have direct and indirect "
        "evidence: those of "
        "the one closed loop.",
    )


def _counted() -> str:
    total = numerals.count(len(node_splits(network()).rows))
    return (
        f"Trials compare {total} pairs of treatments directly. For how many of these pairs is there indirect "
        "evidence as "
        "well, so that the two can be held against each other? Look at the graph."
    )


TASKS: Final = (
    Task(
        "Two drugs that never met",
        _asked,
        NumberAsked("Hazard ratio", near=1.05),
        _indirect,
        reasons=(
            Reason(
                "Hazard ratios against the same comparator are divided",
                True,
                "On the log scale they are subtracted, and placebo drops out.",
            ),
            Reason(
                "Hazard ratios are subtracted",
                False,
                "Their logarithms are; a difference of ratios has no meaning.",
            ),
            Reason(
                "It is fair only if the trials could have swapped their treatments",
                True,
                "That is transitivity: patients, earlier therapies and controls must be alike enough.",
            ),
        ),
        concepts=(Concept("indirect", "the common comparator"), Concept("log scale", "the log scale"),
                  Concept("transitivity", "whether patients are alike")),
    ),
    Task(
        "How sure is an indirect comparison?",
        f"The interval of {_ONE} against {_OTHER}, compared with those of either against placebo, is…",
        ChoiceAsked((_WIDER, _BETWEEN, _NARROWER)),
        _width,
        reasons=(
            Reason(
                "Variances add up along the way",
                True,
                "SE² of the indirect comparison is the sum of both, where nothing else joins them.",
            ),
            Reason(
                "Twice the trials, half the width",
                False,
                "They do not measure the same thing twice; errors add up.",
            ),
        ),
        concepts=(Concept("indirect", "the way over placebo"), Concept("precision", "precision")),
    ),
    Task(
        "Where can it be tested?",
        _counted,
        NumberAsked("Pairs of treatments", "count", near=1),
        _loops,
        reasons=(
            Reason(
                "Only inside a closed loop is there a second way round",
                True,
                "On a branch of the network nothing can contradict the trials that make it.",
            ),
            Reason(
                "A consistent loop proves the whole network right",
                False,
                "It says nothing of the branches, and with few trials little of the loop.",
            ),
        ),
        concepts=(Concept("loop", "the closed loop"), Concept("power", "how little few trials can tell")),
    ),
)  # fmt: skip

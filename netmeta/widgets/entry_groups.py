"""What the form asks for: its fields, grouped by what a paper prints."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

__all__ = ["ABOUT", "ARMS", "GROUPS", "OPENING", "Asked", "Group", "in_labels"]


@dataclass(frozen=True, slots=True)
class Asked:
    """One field of the form.

    Parameters
    ----------
    name
        The field of `Trial`.
    text
        Its label.
    kind
        ``"text"``, ``"known"`` (text with suggestions), ``"number"``, ``"count"``, ``"percent"``, ``"p"``,
        ``"points"`` (several lines) or ``"choice"``.
    example
        What stands in the empty field; of a choice, nothing.
    options
        Of a choice: its words and their values.
    """

    name: str
    text: str
    kind: str = "number"
    example: str = ""
    options: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that are shown together, when the paper prints such numbers."""

    name: str
    title: str
    fields: tuple[Asked, ...]


ABOUT: Final = (
    Asked("study", "Trial", "text"),
    Asked("cohort", "Cohort, if several", "text"),
    Asked("experimental", "Experimental arm", "known"),
    Asked("control", "Control arm", "known"),
    Asked("endpoint", "Endpoint", "known"),
    Asked("population", "Population", "known"),
)
_READERS = (("not stated", ""), ("central review", "central"), ("the investigators", "investigator"))
ARMS: Final = (
    Asked("n_experimental", "N experimental", "count"),
    Asked("n_control", "N control", "count"),
    Asked("median_experimental", "Median experimental", "text", "8.4, NR"),
    Asked("median_control", "Median control", "text"),
    Asked("assessor", "Read by", "choice", options=_READERS),
    Asked("source", "Source", "text"),
)
_SIDES = (("two-sided", 2), ("one-sided, one limit", 1))
_P_SIDES = (("not stated", None), ("two-sided", 2), ("one-sided", 1))
_BETTER = (
    ("as the hazard ratio says", ""),
    ("the experimental arm", "experimental"),
    ("the control arm", "control"),
)
_POINTS = "0 1 134; 6 0.62 70; 12 0.31 28"

OPENING: Final = "effect"
GROUPS: Final = (
    Group(
        "effect",
        "a hazard ratio and its interval",
        (
            Asked("hr", "Hazard ratio", example="0.38"),
            Asked("ci_low", "Lower limit"),
            Asked("ci_high", "Upper limit"),
            Asked("level", "Level of the interval (%)", "percent"),
            Asked("sides", "The interval is", "choice", options=_SIDES),
        ),
    ),
    Group(
        "p",
        "a P value",
        (
            Asked("p_value", "P value", "p", "0.022 or <0.001"),
            Asked("p_sides", "P is", "choice", options=_P_SIDES),
            Asked("favours", "P favours", "choice", options=_BETTER),
        ),
    ),
    Group(
        "events",
        "numbers of events",
        (
            Asked("events_experimental", "Events experimental", "count"),
            Asked("events_control", "Events control", "count"),
            Asked("events_total", "Events in both", "count"),
            Asked("allocation", "Allocation, 1 for 1:1"),
        ),
    ),
    Group(
        "logrank",
        "log-rank numbers",
        (
            Asked("o_minus_e", "O − E experimental"),
            Asked("logrank_v", "Variance V"),
            Asked("expected_experimental", "Expected experimental"),
            Asked("expected_control", "Expected control"),
        ),
    ),
    Group(
        "generic",
        "a log hazard ratio",
        (Asked("printed_log_hr", "Log hazard ratio", example="−0.97"), Asked("printed_se", "Its standard error")),
    ),
    Group(
        "curves",
        "survival curves",
        (
            Asked("curve_experimental", "Curve, experimental: time, survival, at risk", "points", _POINTS),
            Asked("curve_control", "Curve, control: time, survival, at risk", "points", _POINTS),
            Asked("followup_min", "Shortest follow-up"),
            Asked("followup_max", "Longest follow-up"),
        ),
    ),
)

_LABELS: Final = {one.name: one.text for group in GROUPS for one in group.fields} | {
    one.name: one.text for one in ARMS
}
_FIELD: Final = re.compile(rf"\b(?:{'|'.join(_LABELS)})\b")


def in_labels(text: str) -> str:
    """Say the labels of the form in place of the fields of `Trial`."""
    return _FIELD.sub(lambda found: f"“{_LABELS[found.group()]}”", text)

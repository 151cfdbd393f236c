"""Which facts of the trials at hand can explain differences between them, for menus."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netmeta.evidence import Evidence

__all__ = ["categories", "numbers", "titled"]

_WORDS: Final = (
    "assessor", "population", "control", "experimental", "setting", "cohort", "phase", "blinding", "risk_of_bias",
    "verification", "subgroup", "endpoint",
)  # fmt: skip
_NUMBERS: Final = ("year", "n", "n_experimental", "n_control", "events_total", "grade3_experimental", "se")
_FEW: Final = 3
_TITLES: Final = {
    "assessor": "Who read the scans",
    "control": "Control arm",
    "experimental": "Therapy",
    "n": "Patients",
    "n_experimental": "Patients on therapy",
    "n_control": "Patients on control",
    "events_total": "Events",
    "grade3_experimental": "Grade 3 or worse on therapy",
    "se": "Standard error",
}


def categories(evidence: Evidence) -> tuple[str, ...]:
    """Fields of words that put the trials into two groups or more, and not each into its own."""
    return tuple(name for name in _WORDS if 1 < len(_different(evidence, name)) < len(evidence))


def numbers(evidence: Evidence) -> tuple[str, ...]:
    """Fields of numbers that three trials or more have, and that are not the same in all."""
    return tuple(
        name for name in _NUMBERS if len(_given(evidence, name)) >= _FEW and len(_different(evidence, name)) > 1
    )


def titled(names: Sequence[str]) -> list[tuple[str, str]]:
    """Give each field a title for a menu."""
    return [(_TITLES.get(name, name.replace("_", " ").capitalize()), name) for name in names]


def _given(evidence: Evidence, name: str) -> list[object]:
    values = (getattr(trial, name) for trial in evidence)
    return [value for value in values if value not in (None, "")]


def _different(evidence: Evidence, name: str) -> set[object]:
    return set(_given(evidence, name))

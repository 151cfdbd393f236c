"""What became of trials between two states: added, removed, edited, taken out, taken back in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netmeta import numerals
from netmeta.errors import clipped
from netmeta.evidence.trial import FIELDS
from netmeta.pooling.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from netmeta.evidence import Evidence, Trial
    from netmeta.state.state import State

__all__ = ["evidence_changes", "exclusion_changes"]

_MOST = 6
_DERIVED = ("log_hr", "se")


def exclusion_changes(first: State, second: State) -> Iterator[str]:
    """Say which trials were taken out, and which were taken back in."""
    labels = {trial.key: trial.label for state in (first, second) for trial in state.evidence}
    gone = [labels.get(key, key) for key in sorted(second.excluded - first.excluded)]
    back = [labels.get(key, key) for key in sorted(first.excluded - second.excluded)]
    if gone:
        yield f"Taken out: {_names(gone)}."
    if back:
        yield f"Taken back in: {_names(back)}."


def evidence_changes(one: Evidence, other: Evidence) -> Iterator[str]:
    """Say which rows were added, removed and edited, and in which fields."""
    before, after = ({trial.key: trial for trial in rows} for rows in (one, other))
    added = [trial.label for key, trial in after.items() if key not in before]
    gone = [trial.label for key, trial in before.items() if key not in after]
    if added:
        yield f"Added to the evidence: {_names(added)}."
    if gone:
        yield f"Removed from the evidence: {_names(gone)}."
    edited = [(before[key], trial) for key, trial in after.items() if key in before and before[key] != trial]
    yield from (_edit(old, new) for old, new in edited[:_MOST])
    if len(edited) > _MOST:
        yield f"{numerals.count(len(edited) - _MOST)} more trials are edited."
    if not added and not gone and not edited:
        yield "The order of the trials changes."


def _edit(old: Trial, new: Trial) -> str:
    names = [name for name in FIELDS if getattr(old, name) != getattr(new, name)]
    entered = [name for name in names if name not in _DERIVED] or names
    told = [f"{name} changed from {_value(old, name)} to {_value(new, name)}" for name in entered]
    return f"Edited in the evidence: {clipped(new.label)}, {listed(tuple(told))}."


def _value(trial: Trial, name: str) -> str:
    value = getattr(trial, name)
    if value is None or value == "":
        return "nothing"
    return f"{value:g}" if isinstance(value, float) else clipped(value)


def _names(labels: Iterable[str]) -> str:
    return listed(tuple(dict.fromkeys(map(clipped, labels))))

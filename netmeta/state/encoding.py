"""From values to what JSON can hold: every trial once, however many states have it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from netmeta.errors import StateError
from netmeta.evidence import Evidence, Trial
from netmeta.state.kinds import KINDS, fields_of

if TYPE_CHECKING:
    from netmeta.state.snapshot import Saved

__all__ = ["IS", "encoded", "given_of"]

IS = "is"
"""The key that says of what kind a value is; no field has that name, for it is a word of Python's."""

_DERIVED = ("log_hr", "se")


def encoded(saved: Saved) -> dict[str, Any]:
    """Return the body of a file: the trials, and the states that name them by their places."""
    places: dict[Trial, int] = {}
    states = _encoded(saved, places)
    return {"trials": [_trial(trial) for trial in places], "saved": states}


def _encoded(value: object, places: dict[Trial, int]) -> Any:  # noqa: ANN401
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, Evidence):
        return [places.setdefault(trial, len(places)) for trial in value]
    if isinstance(value, tuple):
        return [_encoded(one, places) for one in value]
    if isinstance(value, frozenset):
        return sorted(value)
    kind: type = type(value)
    if KINDS.get(kind.__name__) is not kind:
        raise StateError(f"A {kind.__name__} cannot be saved: netmeta.state.kinds does not list it.")
    made = {name: _encoded(getattr(value, name), places) for name in fields_of(kind)}
    return {IS: kind.__name__, **made}


def _trial(trial: Trial) -> dict[str, Any]:
    return {IS: Trial.__name__, **given_of(trial)}


def given_of(trial: Trial) -> dict[str, Any]:
    """Return the fields that make this trial again: those of the default and what is derived are left out."""
    hidden = _DERIVED if trial.poolable else ()
    return {
        name: getattr(trial, name)
        for name, (_hint, field) in fields_of(Trial).items()
        if name not in hidden and getattr(trial, name) != field.default
    }

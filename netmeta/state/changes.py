"""What a reader changed between two states, a sentence for each change."""

from __future__ import annotations

from dataclasses import fields
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from netmeta.pooling import RandomEffects
from netmeta.pooling.words import listed, model_in_words
from netmeta.state.edits import evidence_changes, exclusion_changes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from netmeta.evidence import Selection
    from netmeta.network.asking import NetworkQuestion
    from netmeta.pooling import Model
    from netmeta.pooling.baseline import Baseline
    from netmeta.state.state import State

__all__ = ["READ", "changes"]

READ: Final = MappingProxyType(
    {
        "primary": "each trial's primary analysis",
        "central": "central review",
        "investigator": "the investigators",
        "central first": "central review where reported",
        "investigator first": "the investigators where reported",
    }
)
"""Who read progression, by `netmeta.Selection.assessor`, as the middle of a sentence has it."""
_USUAL: Final = "the usual one"


def changes(first: State, second: State) -> tuple[str, ...]:
    """Say what has to be changed in the first state to get the second, in the order of the workbench."""
    return tuple(" ".join(line.splitlines()) for line in _told(first, second))


def _told(first: State, second: State) -> Iterator[str]:
    for field in fields(first):
        one, other = getattr(first, field.name), getattr(second, field.name)
        if field.name == "excluded":
            yield from exclusion_changes(first, second)
        elif one != other:
            say = _TELLERS.get(field.name)
            yield from say(one, other) if say else (f"The {field.name} changes.",)


def _question(one: Selection, other: Selection) -> Iterator[str]:
    if one.endpoint != other.endpoint:
        yield f"The endpoint changes from {one.endpoint} to {other.endpoint}."
    if one.population != other.population:
        yield f"The population changes from {one.population or 'all NET'} to {other.population or 'all NET'}."
    if one.treatments != other.treatments:
        before, after = (listed(asked.treatments) or "any therapy" for asked in (one, other))
        yield f"The therapy changes from {before} to {after}."
    if one.control != other.control:
        yield f"The control changes from {one.control or 'any control'} to {other.control or 'any control'}."
    if one.assessor != other.assessor:
        yield f"The reading changes from {READ[one.assessor]} to {READ[other.assessor]}."


def _model(one: Model, other: Model) -> Iterator[str]:
    before, after = model_in_words(one), model_in_words(other)
    if before != after:
        yield f"The model changes from {before} to {after}."
    yield from _finer(one, other)


def _finer(one: Model, other: Model) -> Iterator[str]:
    before, after = (model.prediction if isinstance(model, RandomEffects) else "" for model in (one, other))
    if before and after and before != after:
        yield f"The prediction interval changes from {before} to {after}."
    if one.level != other.level:
        yield f"The level of intervals changes from {100 * one.level:g}% to {100 * other.level:g}%."


def _network(one: NetworkQuestion, other: NetworkQuestion) -> Iterator[str]:
    if one.reference != other.reference:
        yield f"The network's reference changes from {one.reference or _USUAL} to {other.reference or _USUAL}."
    for merge in other.assumptions:
        if merge not in one.assumptions:
            yield f"The network assumes in addition: {merge}."
    for merge in one.assumptions:
        if merge not in other.assumptions:
            yield f"The network no longer assumes: {merge}."
    before, after = model_in_words(one.model), model_in_words(other.model)
    if before != after:
        yield f"The network's model changes from {before} to {after}."
    elif one.model != other.model:
        yield "The network's intervals change."


def _baseline(_one: Baseline | None, other: Baseline | None) -> Iterator[str]:
    if other is None:
        yield "The baseline changes to the one that the trials suggest."
    else:
        yield f"The baseline changes. {other.in_words}"


_TELLERS: Final[Mapping[str, Callable[[Any, Any], Iterator[str]]]] = MappingProxyType(
    {
        "evidence": evidence_changes,
        "selection": _question,
        "model": _model,
        "network": _network,
        "baseline": _baseline,
    }
)

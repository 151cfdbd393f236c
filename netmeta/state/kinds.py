"""The table of values that a file of an analysis may hold: a new type of value is a line here."""

from __future__ import annotations

from dataclasses import MISSING, Field, fields
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, get_type_hints

from netmeta.evidence import Evidence, Selection, Trial
from netmeta.network.asking import NetworkQuestion
from netmeta.network.assumptions import Assumptions, Merge
from netmeta.pooling import CommonEffect, Model, RandomEffects
from netmeta.pooling.baseline import Baseline
from netmeta.pooling.baseline_curve import Points
from netmeta.state.snapshot import Saved, Snapshot
from netmeta.state.state import State

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["KINDS", "fields_of", "required"]

_KINDS: Final[tuple[type, ...]] = (
    Saved,
    Snapshot,
    State,
    Selection,
    RandomEffects,
    CommonEffect,
    NetworkQuestion,
    Merge,
    Baseline,
    Trial,
)
KINDS: Final[Mapping[str, type]] = MappingProxyType({kind.__name__: kind for kind in _KINDS})
"""Frozen dataclasses by the name that a file has for them."""

# What annotations call by another name than that of a kind.
_ALIASES: Final = {"Assumptions": Assumptions, "Model": Model, "Points": Points, "Evidence": Evidence}


@lru_cache(maxsize=64)
def fields_of(kind: type) -> Mapping[str, tuple[Any, Field[Any]]]:
    """Return the type and the field of everything that a value of this kind is made with."""
    hints = get_type_hints(kind, localns={**KINDS, **_ALIASES})
    return MappingProxyType({field.name: (hints[field.name], field) for field in fields(kind) if field.init})


def required(field: Field[Any]) -> bool:
    """Say whether a value cannot be made without this field."""
    return field.default is MISSING and field.default_factory is MISSING

"""The network part of a results section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netmeta import numerals
from netmeta.errors import NetmetaError
from netmeta.network import inconsistency, node_splits, rank
from netmeta.network.asking import NetworkAnswer
from netmeta.network.words import sentences
from netmeta.report.given import network_of
from netmeta.report.section import Part, joined

if TYPE_CHECKING:
    from collections.abc import Callable

    from netmeta.network.effects import NetworkEffect
    from netmeta.network.result import NetworkResult
    from netmeta.state import State

__all__ = ["network_found"]


def network_found(state: State) -> list[Part]:
    """Say what the network found, how far it agrees with itself, and the ranks with their intervals."""
    found = network_of(state)
    if not isinstance(found, NetworkAnswer):
        return []
    result = found.result
    paragraphs = (
        joined(*sentences(result)),
        joined(*(_effect(effect, result) for effect in result.effects)),
        joined(*_judged(result)),
        joined(*_findings(lambda: rank(result).findings())),
    )
    return [Part("Network meta-analysis", tuple(filter(None, paragraphs)))]


def _judged(result: NetworkResult) -> tuple[str, ...]:
    """Say what tests of consistency found; what two of them say alike is said once, at the end."""
    said = (
        *_findings(lambda: inconsistency(result).findings()),
        *_findings(lambda: node_splits(result).findings()),
    )
    twice = tuple(dict.fromkeys(one for one in said if said.count(one) > 1))
    return *(one for one in said if one not in twice), *twice


def _effect(found: NetworkEffect, result: NetworkResult) -> str:
    ci, level = found.ci.exp(), f"{100 * result.model.level:g}%"
    estimate = numerals.ratio(found.hr)
    return (
        f"{found.experimental} against {found.control}: HR {estimate} "
        f"({level} CI {numerals.interval(ci.low, ci.high)})."
    )


def _findings(find: Callable[[], tuple[str, ...]]) -> tuple[str, ...]:
    try:
        return find()
    except NetmetaError:
        return ()

"""How the ranking moves with the reader: the same network by primary, central and investigators' readings."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from netmeta import numerals
from netmeta.errors import NetmetaError
from netmeta.evidence.evidence import Evidence
from netmeta.evidence.selection import PREFERRED, PRIMARY
from netmeta.network.asking import answer, rows_of
from netmeta.pooling.words import effect
from netmeta.widgets.network_controls import READ

if TYPE_CHECKING:
    from collections.abc import Mapping

    from netmeta.network import NetworkResult
    from netmeta.state import State

__all__ = ["reading_table", "readings", "readings_in_words"]

_READERS: Final = (PRIMARY, *PREFERRED)


@lru_cache(maxsize=16)
def readings(state: State) -> tuple[tuple[str, NetworkResult], ...]:
    """Return the network of a state by each reader, in the reader's words; those that make no network are left out.

    A trial that was taken out is out by every reader: another reading of it is another row.
    """
    own = rows_of(state.evidence, state.selection).evidence
    gone = {(trial.label, trial.comparison) for trial in own if trial.key in state.excluded}
    found = []
    for reader in _READERS:
        rows = rows_of(state.evidence, replace(state.selection, assessor=reader)).evidence
        kept = Evidence(tuple(trial for trial in rows if (trial.label, trial.comparison) not in gone))
        try:
            found.append((READ[reader], answer(kept, state.network).result))
        except NetmetaError:
            continue
    return tuple(found)


def reading_table(found: tuple[tuple[str, NetworkResult], ...]) -> tuple[list[str], list[list[str]]]:
    """Return headings and rows of texts: rank, P-score and effect of each treatment by each reader."""
    names = list(dict.fromkeys(name for _words, result in found for name in result.ranking))
    head = ["Treatment", *(f"{words[0].upper()}{words[1:]}" for words, _result in found)]
    return head, [[name, *(_cell(result, name) for _words, result in found)] for name in names]


def _cell(result: NetworkResult, name: str) -> str:
    if name not in result.treatments:
        return numerals.DASH
    place = f"{result.ranking.index(name) + 1}. P-score {numerals.decimal(result.p_scores[name])}"
    return place if name == result.reference else f"{place}, HR {effect(result.effect(name))}"


def readings_in_words(found: tuple[tuple[str, NetworkResult], ...]) -> str:
    """Say which treatment's place moves most between readers, and why that matters."""
    if len(found) < 2:  # noqa: PLR2004
        return ""
    # Among treatments that every reader's network has: another one in one of them moves no place.
    shared = set.intersection(*(set(result.treatments) for _words, result in found))
    places: dict[str, list[int]] = {}
    for _words, result in found:
        for at, name in enumerate(name for name in result.ranking if name in shared):
            places.setdefault(name, []).append(at + 1)
    moves = _moves(places)
    name, (best, worst) = max(moves.items(), key=lambda item: item[1][1] - item[1][0])
    if best == worst:
        return "Whoever reads progression, the order of the treatments is the same."
    return (
        f"The order depends on who reads progression: {name} moves most, from place {best} to place {worst}. "
        "A network that mixes readers carries this into every comparison."
    )


def _moves(places: Mapping[str, list[int]]) -> dict[str, tuple[int, int]]:
    return {name: (min(found), max(found)) for name, found in places.items()}

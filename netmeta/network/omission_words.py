"""What single trials mean to a network, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netmeta import numerals
from netmeta.pooling.words import effect, listed

if TYPE_CHECKING:
    from netmeta.network.omissions import NetworkOmissions

__all__ = ["omissions_in_words"]


def omissions_in_words(found: NetworkOmissions) -> tuple[str, ...]:
    """Say which trials hold the network together, which one moves it most, and whether the first rank changes."""
    lines = (_loses(found), _moves(found), _first(found))
    return tuple(line for line in lines if line)


def _loses(found: NetworkOmissions) -> str:
    bridges = tuple(row.label for row in found.rows if row.lost)
    if not bridges:
        return "No treatment hangs on a single trial."
    return (
        f"{len(bridges)} of {len(found.rows)} trials are the only link of some treatment to "
        f"{found.overall.reference}: {listed(bridges)}."
    )


def _moves(found: NetworkOmissions) -> str:
    moves = []
    for row in found.rows:
        moved = found.largest_move(row)
        if moved is not None:
            before = found.overall.effect(moved.treatment)
            moves.append((abs(moved.log_hr - before.log_hr), row, moved, before))
    if not moves:
        return ""
    _size, row, moved, before = max(moves, key=lambda move: move[0])
    return (
        f"Leaving out {row.label} moves an effect most: {moved.treatment} against {found.overall.reference} from "
        f"HR {effect(before)} to {effect(moved)}."
    )


def _first(found: NetworkOmissions) -> str:
    first = found.overall.ranking[0]
    others = {row.best: row.label for row in found.rows if row.best != first and first not in row.lost}
    if not others:
        return f"{first} has the highest P-score without any one of them, wherever it is still in the network."
    said = listed(tuple(f"{best} without {label}" for best, label in others.items()))
    return f"{first} has the highest P-score ({numerals.decimal(found.overall.p_scores[first])}), but {said}."

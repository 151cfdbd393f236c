"""A rankogram as a table: the chance of each treatment to have each rank. Tests read this."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Final

from netmeta import numerals
from netmeta.charts.matrix_names import Heading
from netmeta.charts.matrix_rows import Matrix, MatrixFrame, Row, matrix_of
from netmeta.charts.network_graph_rows import node_id

if TYPE_CHECKING:
    from netmeta.network import Ranking, RankRow

__all__ = ["TINT", "rank_interval", "rankogram_rows"]

TINT: Final = 0.5
"""Opacity of the strongest tint under a number: the number still stands out in both themes."""
_SEEN, _SURE = 0.005, 0.995
_NARROW: Final = 640
_SHADES: Final = (5, 25, 75)


def rank_interval(row: RankRow) -> str:
    """Write the ranks that hold the level of the draws between them: ``1-2``."""
    return f"{row.low}" if row.low == row.high else f"{row.low}{numerals.DASH}{row.high}"


def rankogram_rows(found: Ranking | None, *, space: int = 900) -> Matrix:
    """Lay out a rankogram: a line a treatment, the highest P-score first, a column a rank.

    Parameters
    ----------
    found
        What `rank` gave; ``None`` for an empty matrix.
    space
        Width to stay within, in pixels.

    Returns
    -------
    Matrix
        Cells are tinted by chance, with percentages in them; those below 0.5% are left out. A span is the interval
        of a treatment's rank.
    """
    if found is None:
        return Matrix(rows=())
    level = f"{found.result.model.level * 100:g}%"
    ranks = tuple(Heading(str(at + 1), tip=f"Rank {at + 1}") for at in range(len(found.rows)))
    cells = [cell for at, row in enumerate(found.rows) for cell in _cells(at, row)]
    narrow = space < _NARROW
    frame = MatrixFrame(
        title="Treatment", across="Chance of each rank, % (1 is the best)",
        side=f"{level} interval" if narrow else f"Mean rank ({level} interval)", key=_key(level),
        notes=_notes(found), widest=52,
    )  # fmt: skip
    return matrix_of([_line(row, level, narrow) for row in found.rows], ranks, cells, frame, space=space)


def _key(level: str) -> tuple[Row, ...]:
    shades = tuple({"text": f"{part}%", "tone": "mark", "tint": _tint(part / 100)} for part in _SHADES)
    return *shades, {"text": f"{level} interval of the rank", "outline": True}


def _tint(chance: float) -> float:
    """Tint by the root of a chance: of many ranks, each has little."""
    return round(TINT * sqrt(chance), 4)


def _line(row: RankRow, level: str, narrow: bool) -> Heading:
    mean = numerals.decimal(row.mean_rank, 1)
    tip = (
        f"{row.treatment}\nMean rank {mean}, {level} interval {rank_interval(row)}\n"
        f"The best in {numerals.chance(row.chances[0])} of draws; SUCRA {numerals.decimal(row.sucra)}"
    )
    side = rank_interval(row) if narrow else f"{mean} ({rank_interval(row)})"
    return Heading(row.treatment, node_id(row.treatment), tip, side)


def _cells(at: int, row: RankRow) -> list[Row]:
    cells: list[Row] = [
        {
            "kind": "cell", "row": at, "at": place, "id": node_id(row.treatment), "tone": "mark",
            "tint": _tint(chance), "share": 0, "text": _number(chance),
            "tip": f"{row.treatment}\nRank {place + 1} in {numerals.chance(chance)} of draws; "
                   f"rank {place + 1} or better in {numerals.chance(reached)}",
        }
        for place, (chance, reached) in enumerate(zip(row.chances, row.cumulative, strict=True))
        if chance >= _SEEN
    ]  # fmt: skip
    return [*cells, {"kind": "span", "row": at, "at": row.low - 1, "to": row.high - 1}]


def _number(chance: float) -> str:
    return ">99" if chance >= _SURE else numerals.decimal(100 * chance, 0)


def _notes(found: Ranking) -> tuple[str, ...]:
    return (
        f"{numerals.count(found.draws)} joint draws of all effects.",
        "A rank says nothing of the size of a difference: read it beside the hazard ratios and their intervals.",
    )

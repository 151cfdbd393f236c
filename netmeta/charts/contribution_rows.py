"""Contributions to network estimates as a table: what each comparison or trial gives to each. Tests read this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from netmeta import numerals
from netmeta.charts.matrix_names import Heading, most_columns
from netmeta.charts.matrix_rows import Matrix, MatrixFrame, Row, matrix_of
from netmeta.charts.network_graph_rows import edge_id, node_id
from netmeta.charts.rankogram_rows import TINT
from netmeta.charts.wrapping import pair_name
from netmeta.errors import SelectionError, hint, shown
from netmeta.pooling.words import effect

if TYPE_CHECKING:
    from netmeta.network import NetworkContributions

__all__ = ["BY", "contribution_rows", "estimates_shown"]

BY: Final = ("comparison", "trial")
_FEW, _MOST = 15, 60
_NARROW: Final = 640
_SEEN, _NUMBER = 0.05, 1.0
_SHADES: Final = (5, 25, 75)
Pair = tuple[str, str]


def estimates_shown(found: NetworkContributions) -> tuple[Pair, ...]:
    """Choose the estimates that have a line: all treatments against the reference; every pair of few treatments."""
    reference = found.result.reference
    first = tuple((name, reference) for name in found.result.ranking if name != reference)
    rest = tuple(pair for pair in found.comparisons if reference not in pair)
    return (first + rest if len(found.comparisons) <= _FEW else first)[:_MOST]


def contribution_rows(found: NetworkContributions | None, *, by: str = "comparison", space: int = 900) -> Matrix:
    """Lay out contributions: a line an estimate, a column a direct comparison or a trial, the largest first.

    Parameters
    ----------
    found
        What `network_contributions` gave; ``None`` for an empty matrix.
    by
        What gives: ``"comparison"`` or ``"trial"``.
    space
        Width to stay within, in pixels.

    Returns
    -------
    Matrix
        Cells are tinted by share, with a percentage from 1% on. A span marks the comparison that is the estimate's
        own. Columns that find no room are left out and counted.

    Raises
    ------
    SelectionError
        For another ``by``.
    """
    if by not in BY:
        raise SelectionError(f"Contributions are by comparison or by trial, not by {shown(by)}.{hint(str(by), BY)}")
    if found is None:
        return Matrix(rows=())
    pairs = estimates_shown(found)
    shares = _shares(found, pairs, by)
    sources = _sources(found, by, space)
    totals = [sum(line[at] for line in shares) for at in range(len(sources))]
    order = sorted((at for at in range(len(sources)) if totals[at] > _SEEN), key=lambda at: -totals[at])
    columns = order[: most_columns(space)]
    lines = _lines(found, pairs, space)
    cells = [
        _cell((row, " vs ".join(pairs[row])), (place, sources[at]), shares[row][at])
        for row in range(len(pairs)) for place, at in enumerate(columns) if shares[row][at] >= _SEEN
    ]  # fmt: skip
    frame = MatrixFrame(
        title=_title(found, pairs), across=_ACROSS[by], side="" if space < _NARROW else _side(found), key=_key(by),
        notes=_notes(shares, order, len(columns), by), widest=56,
    )  # fmt: skip
    spans = _own(found, pairs, columns) if by == "comparison" else []
    return matrix_of(lines, [sources[at] for at in columns], cells + spans, frame, space=space)


_ACROSS: Final = {"comparison": "Share of each direct comparison, %", "trial": "Share of each trial, %"}


def _title(found: NetworkContributions, pairs: tuple[Pair, ...]) -> str:
    return f"Against {found.result.reference}" if _one_control(found, pairs) else "Estimate"


def _one_control(found: NetworkContributions, pairs: tuple[Pair, ...]) -> bool:
    return all(control == found.result.reference for _experimental, control in pairs)


def _side(found: NetworkContributions) -> str:
    return f"HR ({found.result.model.level * 100:g}% CI)"


def _shares(found: NetworkContributions, pairs: tuple[Pair, ...], by: str) -> list[tuple[float, ...]]:
    table = found.by_edge if by == "comparison" else found.by_trial
    place = {frozenset(pair): at for at, pair in enumerate(found.comparisons)}
    return [table[place[frozenset(pair)]] for pair in pairs]


def _sources(found: NetworkContributions, by: str, space: int) -> list[Heading]:
    if by == "comparison":
        return [Heading(pair_name(edge, " : ", space), edge_id(*edge), " : ".join(edge)) for edge in found.edges]
    trials = [found.result.evidence[key] for key in found.keys]
    return [Heading(trial.label, trial.key, f"{trial.label}\n{trial.comparison}") for trial in trials]


def _lines(found: NetworkContributions, pairs: tuple[Pair, ...], space: int) -> list[Heading]:
    alone, narrow = _one_control(found, pairs), space < _NARROW
    lines = []
    for pair in pairs:
        one = found.result.effect(*pair)
        text = pair[0] if alone else pair_name(pair, " vs ", space)
        tip = f"{one.comparison}: HR {effect(one)}\n{found.in_words(*pair)}"
        lines.append(
            Heading(text, node_id(pair[0]) if alone else edge_id(*pair), tip, "" if narrow else effect(one))
        )
    return lines


def _cell(line: tuple[int, str], column: tuple[int, Heading], share: float) -> Row:
    clear = share >= _NUMBER
    percent = numerals.percent(share) if clear else "under 1%"
    return {
        "kind": "cell", "row": line[0], "at": column[0], "id": column[1].id, "tone": "mark", "share": 0,
        "tint": round(TINT * (share / 100) ** 0.5, 4), "text": numerals.decimal(share, 0) if clear else "",
        "tip": f"{column[1].tip}\ngives {percent} of the estimate of {line[1]}",
    }  # fmt: skip


def _own(found: NetworkContributions, pairs: tuple[Pair, ...], columns: list[int]) -> list[Row]:
    """Outline the cell where an estimate has a comparison of its own."""
    return [
        {"kind": "span", "row": row, "at": place, "to": place}
        for row, pair in enumerate(pairs)
        for place, at in enumerate(columns)
        if set(found.edges[at]) == set(pair)
    ]


def _key(by: str) -> tuple[Row, ...]:
    shades = tuple(
        {"text": f"{part}%", "tone": "mark", "tint": round(TINT * (part / 100) ** 0.5, 4)} for part in _SHADES
    )
    return (*shades, {"text": "direct evidence", "outline": True}) if by == "comparison" else shades


def _notes(shares: list[tuple[float, ...]], order: list[int], columns: int, by: str) -> tuple[str, ...]:
    left = order[columns:]
    most = max((line[at] for line in shares for at in left), default=0.0)
    names = {"comparison": "direct comparisons", "trial": "trials"}[by]
    rest = (
        f"{len(left)} more {names} have no room here: none gives more than {numerals.percent(most)} of an estimate."
    )
    cut = f"No more than {_MOST} estimates are drawn." if len(shares) == _MOST else ""
    return "Every line adds up to 100%.", rest if left else "", cut

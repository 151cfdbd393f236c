"""Treatments by P-score as a table, each with its hazard ratio and the interval of its rank. Tests read this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from netmeta import numerals
from netmeta.charts.axis import RatioAxis, ratio_axis
from netmeta.charts.few_ticks import decades
from netmeta.charts.forest_rows import place
from netmeta.charts.network_graph_rows import node_id
from netmeta.charts.rankogram_rows import rank_interval
from netmeta.charts.theme import SIZE
from netmeta.charts.wrapping import block_width, blocks, notes_of, wrapped
from netmeta.pooling.words import effect

if TYPE_CHECKING:
    from netmeta.network import NetworkEffect, Ranking, RankRow

__all__ = ["RankLines", "rank_lines", "rank_signals"]

_ROW, _LINE, _NOTE = 25, 15, 18
_NARROW: Final = 700
_LABEL: Final = 230
_NAME: Final = 26
_BLANK: Final = dict.fromkeys(("hr", "low", "high", "left", "right", "pi_low", "pi_high", "pi_left", "pi_right"))
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RankLines:
    """The lines of a rank plot and what is around them.

    Parameters
    ----------
    rows
        By ``kind``: ``head``, ``line`` (one a treatment), ``tick`` (``panel`` is ``"score"``, ``"hr"`` or
        ``"rank"``) and ``note``.
    axis
        The axis of hazard ratios.
    favours
        What each side of an HR of 1 speaks for.
    lines
        How many treatments there are.
    tall
        Height of a line, pixels.
    """

    rows: tuple[Row, ...]
    axis: RatioAxis
    favours: tuple[str, str]
    lines: int
    tall: int


def rank_lines(found: Ranking | None, *, space: int = 900) -> RankLines:
    """Lay out a ranking: a line a treatment, the highest P-score first.

    Parameters
    ----------
    found
        What `rank` gave; ``None`` for an empty plot.
    space
        Width to stay within, in pixels: long names are broken to a part of it.

    Returns
    -------
    RankLines
        A line has its P-score (``score``, 0 to 1), its hazard ratio against the reference with confidence and
        prediction interval (``low``, ``pi_low``, ...; cut as in a forest plot) and the interval of its rank
        (``rank_low``, ``rank_high``, with ``mean`` between). The reference has no hazard ratio.
    """
    if found is None:
        return RankLines((), ratio_axis((), ()), ("", ""), 0, _ROW)
    axis = _axis([row.against_reference for row in found.rows if row.against_reference])
    names = blocks([row.treatment for row in found.rows], 136 if space < _NARROW else _LABEL)
    lines = [
        {"row": at, **_line(row, found, axis), "label": "\n".join(name), "lift": -(len(name) - 1) / 2}
        for at, (row, name) in enumerate(zip(found.rows, names, strict=True))
    ]
    tall = max(_ROW, _LINE * max(map(len, names)) + 8)
    rows = (_head(found, space), *lines, *_ticks(axis, len(lines)), *_notes(found, space))
    return RankLines(rows, axis, _favours(found), len(lines), tall)


def rank_signals(table: RankLines, *, space: int = 900) -> dict[str, Any]:
    """Return the signals of a rank plot: widths of its columns, its axis, and how many lines it has."""
    names = {"w_label": "label", "w_effect": "effect", "w_rank": "rank"}
    return {
        "space": space,
        **{signal: _width(table, field) for signal, field in names.items()},
        "axis_low": table.axis.low,
        "axis_high": table.axis.high,
        "favours_left": table.favours[0],
        "favours_right": table.favours[1],
        "lines": table.lines,
        "tall": table.tall,
        "ticks": sum(row.get("panel") == "hr" for row in table.rows),
        "notes": sum(row["kind"] == "note" for row in table.rows),
        "focused": "",
        "picked": "",
    }


def _width(table: RankLines, field: str) -> int:
    blocks = ((tuple(row[field].split("\n")), row["kind"]) for row in table.rows if row["kind"] in ("head", "line"))
    widths = (
        block_width(lines, SIZE - (kind == "head")) * (1.08 if kind == "head" else 1) for lines, kind in blocks
    )
    return int(max(widths, default=0.0)) + 1


def _axis(effects: list[NetworkEffect]) -> RatioAxis:
    found = [interval.exp() for one in effects for interval in (one.ci, one.pi) if interval is not None]
    return ratio_axis([one.hr for one in effects], [bound for each in found for bound in (each.low, each.high)])


def _head(found: Ranking, space: int) -> Row:
    level, wide = f"{found.result.model.level * 100:g}%", space >= _NARROW
    against = wrapped(f"against {found.result.reference}", 130, SIZE - 1, 2)
    return {
        "kind": "head", "label": "Treatment", "score": "P-score",
        "effect": "\n".join((f"HR ({level} CI)", *against)),
        "rank": f"Rank\n({level} interval)" if wide else f"Rank\n({level})",
    }  # fmt: skip


def _line(row: RankRow, found: Ranking, axis: RatioAxis) -> Row:
    one, reference = row.against_reference, found.result.reference
    said = _BLANK | ({"hr": 1.0} if one is None else _placed(one, axis))
    return {
        "kind": "line", "id": node_id(row.treatment), "reference": one is None, **said,
        "effect": "reference" if one is None else effect(one), "score": row.p_score,
        "score_text": numerals.decimal(row.p_score), "rank": rank_interval(row), "rank_low": row.low,
        "rank_high": row.high, "mean": row.mean_rank, "tip": _tip(row, found, reference),
    }  # fmt: skip


def _placed(one: NetworkEffect, axis: RatioAxis) -> Row:
    ci = one.ci.exp()
    said = place(one.hr, ci.low, ci.high, axis)
    if one.pi is None:
        return said
    pi = one.pi.exp()
    new = place(one.hr, pi.low, pi.high, axis)
    return said | {f"pi_{name}": new[name] for name in ("low", "high", "left", "right")}


def _tip(row: RankRow, found: Ranking, reference: str) -> str:
    level, one = f"{found.result.model.level * 100:g}%", row.against_reference
    best = numerals.chance(row.chances[0])
    said = [
        row.treatment,
        f"P-score {numerals.decimal(row.p_score)}, SUCRA {numerals.decimal(row.sucra)}",
        f"Rank {rank_interval(row)} of {len(found.rows)} with {level} probability; the best in {best} of draws",
    ]
    if one is None:
        return "\n".join([*said, "The reference of the hazard ratios"])
    said.append(f"HR {effect(one)} against {reference}, {level} CI")
    if one.pi is not None:
        pi = one.pi.exp()
        said.append(f"In a new trial: {numerals.interval(pi.low, pi.high)}, {level} prediction interval")
    return "\n".join(said)


def _ticks(axis: RatioAxis, count: int) -> list[Row]:
    ranks = sorted({1, count, *(at for at in (5, 10, 20, 30, 40, 60, 80, 100) if count - at >= _apart(count))})
    major = decades(axis)
    places = (("score", (0.0, 0.5, 1.0)), ("hr", axis.ticks), ("rank", tuple(map(float, ranks))))
    return [
        {"kind": "tick", "panel": panel, "value": value, "text": f"{value:g}",
         "minor": panel == "hr" and value not in major}
        for panel, values in places
        for value in values
    ]  # fmt: skip


def _apart(count: int) -> float:
    return max(2.0, 0.15 * count)


def _favours(found: Ranking) -> tuple[str, str]:
    """Say which side favours the reference: the right one, where a low hazard ratio is good."""
    reference = found.result.reference
    name = reference if len(reference) <= _NAME else f"{reference[: _NAME - 1]}…"
    left, right = ("therapy", name) if found.result.better == "lower" else (name, "therapy")
    return f"← favours {left}", f"favours {right} →"


def _notes(found: Ranking, space: int) -> list[Row]:
    bars = (
        "Pale bars: prediction intervals. "
        if any(row.against_reference and row.against_reference.pi for row in found.rows)
        else ""
    )
    notes = (
        f"{bars}P-score: the mean certainty that a treatment is better than another one, from 0 to 1.",
        "A rank says nothing of the size of a difference, nor whether patients of different trials are alike.",
    )
    lines = notes_of(notes, space)
    return [{"kind": "note", "text": line, "at": at} for at, line in enumerate(lines)]

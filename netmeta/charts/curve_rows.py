"""A specification curve as a table: columns of analyses over a matrix of choices. Tests read this."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from netmeta import numerals
from netmeta.charts.narrow_axis import narrow_axis
from netmeta.charts.theme import text_width
from netmeta.pooling.choice_lines import Line, choice_lines, choices_made, in_words, leaving_one_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netmeta.charts.axis import RatioAxis
    from netmeta.pooling import Multiverse, Specification

__all__ = ["COLUMNS", "CurveRows", "curve_rows", "curve_signals"]

COLUMNS: Final = 800
_MERGED: Final = 400
_CUT: Final = 2.5
_LABEL: Final = 240
_MIDDLE: Final = 0.5

Row = dict[str, Any]
Column = tuple["Specification", ...]


@dataclass(frozen=True, slots=True)
class CurveRows:
    """The rows of a specification curve, and how many lines its matrix has."""

    rows: tuple[Row, ...]
    lines: int


def curve_rows(found: Multiverse | None, *, picked: str = "") -> CurveRows:
    """Lay out every analysis by its hazard ratio, and under it the choices that lead there; nothing for ``None``.

    Parameters
    ----------
    found
        What `multiverse` gave. Beyond 800 analyses, neighbours share a column: it reaches from the lowest to the
        highest limit of theirs. Limits far beyond every hazard ratio are cut at the frame.
    picked
        Key of a trial of the prespecified analysis: analyses without it stand out.

    Returns
    -------
    CurveRows
        Rows of kind ``column`` (places as fractions: ``f0`` to ``f1`` across, ``y``, ``low``, ``high`` upwards),
        ``cell`` (``line`` of the matrix, ``ink`` the share of the column's analyses), ``choice`` and ``group`` (the
        matrix's labels), ``tick``, and ``own`` (the prespecified analysis).
    """
    if found is None:
        return CurveRows((), 0)
    order = sorted(found.rows, key=lambda row: (row.log_hr, row.ci.high - row.ci.low))
    columns = _columns(order)
    axis = _axis(found)
    lines, singles = choice_lines(found), leaving_one_out(found)
    made = [[choices_made(row, singles) for row in column] for column in columns]
    name = found.overall.evidence[picked].label if picked in found.overall.evidence else ""
    rows = [_column(at, len(columns), column, axis, name) for at, column in enumerate(columns)]
    for at, line in enumerate(lines):
        rows.append(_label(at, line))
        rows += [] if line.title else _cells(at, line, made)
    rows += [_tick(tick, axis) for tick in axis.ticks]
    rows.append(_own(found, columns, axis))
    return CurveRows(tuple(rows), len(lines))


def curve_signals(table: CurveRows, *, space: int = 900) -> dict[str, Any]:
    """Return the signals of a specification curve: the width of its labels, and its number of lines."""
    labels = (text_width(row["label"]) * 1.05 for row in table.rows if row["kind"] in ("choice", "group"))
    width = int(min(max(labels, default=0.0), _LABEL) + 1)
    return {"space": space, "w_label": width, "lines": table.lines, "focused": "", "picked": ""}


def _columns(order: list[Specification]) -> list[Column]:
    if len(order) <= COLUMNS:
        return [(row,) for row in order]
    ends = np.linspace(0, len(order), _MERGED + 1).round().astype(int).tolist()
    return [tuple(order[low:high]) for low, high in pairwise(ends)]


def _axis(found: Multiverse) -> RatioAxis:
    low, high = found.hr_range
    bounds = [math.exp(min(max(end, math.log(low / _CUT)), math.log(high * _CUT)))
              for row in found.rows for end in (row.ci.low, row.ci.high)]  # fmt: skip
    return narrow_axis([1.0, low, high, *bounds])


def _up(log_hr: float, axis: RatioAxis) -> float:
    low, high = math.log(axis.low), math.log(axis.high)
    return min(max((log_hr - low) / (high - low), 0.0), 1.0)


def _column(at: int, n: int, column: Column, axis: RatioAxis, name: str) -> Row:
    middle = column[len(column) // 2]
    without = sum(name not in row.labels for row in column) / len(column) if name else 0.0
    return {
        "kind": "column",
        "f0": at / n,
        "f1": (at + 1) / n,
        "f": (at + _MIDDLE) / n,
        "y": _up(middle.log_hr, axis),
        "low": _up(min(row.ci.low for row in column), axis),
        "high": _up(max(row.ci.high for row in column), axis),
        "tone": "without" if without > _MIDDLE else _tone(column),
        "tip": _tip(column),
    }


def _tone(column: Column) -> str:
    settled = all(row.ci.high < 0 for row in column) or all(row.ci.low > 0 for row in column)
    return "settled" if settled else "open"


def _tip(column: Column) -> str:
    if len(column) > 1:
        first, last = column[0].hr, column[-1].hr
        return f"{len(column)} analyses\nHR from {numerals.ratio(first)} to {numerals.ratio(last)}"
    return "\n".join(_facts(column[0]))


def _facts(row: Specification) -> Iterator[str]:
    ci = row.ci.exp()
    yield f"HR {numerals.estimate(row.hr, ci.low, ci.high)}, {numerals.p_value(row.p_value)}"
    yield f"k = {row.k}, τ² = {numerals.decimal(row.tau2, 3)}, I² = {numerals.percent(row.i2)}"
    yield f"{in_words('method', row.method)}, {in_words('interval', row.interval)}"
    if row.assessor:
        yield f"Read by: {in_words('assessor', row.assessor)}"
    yield f"Trials: {in_words('inclusion', row.inclusion)}"
    same = [", ".join(filter(None, (in_words("assessor", a), in_words("inclusion", b)))) for a, b in row.also]
    if same:
        yield f"The same trials as: {'; '.join(same)}"
    if row.prespecified:
        yield "Prespecified"


def _label(at: int, line: Line) -> Row:
    kind = "group" if line.title else "choice"
    return {"kind": kind, "line": at, "label": line.label, "id": line.key, "own": line.own, "tip": line.label}


def _cells(at: int, line: Line, made: list[list[frozenset[tuple[str, str]]]]) -> list[Row]:
    """Draw the columns that made this choice; neighbours with as much ink are one mark."""
    choice = line.field, line.value
    inks = [sum(choice in one for one in column) / len(column) for column in made]
    n = len(made)
    starts = [0, *(column for column in range(1, n) if inks[column] != inks[column - 1])]
    return [
        {"kind": "cell", "line": at, "f0": low / n, "f1": high / n, "ink": inks[low], "own": line.own}
        for low, high in zip(starts, [*starts[1:], n], strict=True)
        if inks[low] > 0
    ]


def _tick(tick: float, axis: RatioAxis) -> Row:
    return {"kind": "tick", "y": _up(math.log(tick), axis), "text": f"{tick:g}", "one": tick == 1}


def _own(found: Multiverse, columns: list[Column], axis: RatioAxis) -> Row:
    own = found.prespecified
    at = next(place for place, column in enumerate(columns) if own in column)
    ci = own.ci.exp()
    return {
        "kind": "own",
        "f": (at + _MIDDLE) / len(columns),
        "y": _up(own.log_hr, axis),
        "text": f"prespecified: HR {numerals.estimate(own.hr, ci.low, ci.high)}",
        "tip": _tip((own,)),
    }

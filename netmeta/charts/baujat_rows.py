"""A Baujat plot as a table: one point a trial, and names where there is room. Tests read this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from netmeta import numerals
from netmeta.charts.theme import SIZE, text_width

if TYPE_CHECKING:
    from netmeta.pooling import Baujat

__all__ = ["BESIDE", "HEIGHT", "WIDTH", "BaujatRows", "baujat_rows", "baujat_signals"]

WIDTH: Final = 620
HEIGHT: Final = 340
_DOT: Final = 8.0
_LINE: Final = SIZE + 3.0
_LONGEST: Final = 190
_EDGE: Final = 4
BESIDE: Final = 12
"""Pixels from a point to its name."""
_SIDES: Final = tuple((align, dy) for dy in (0, -12, 12) for align in ("left", "right"))

Row = dict[str, Any]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class BaujatRows:
    """The points of a Baujat plot and how far its axes reach."""

    rows: tuple[Row, ...]
    x_high: float
    y_high: float


def baujat_rows(found: Baujat | None) -> BaujatRows:
    """Lay out a Baujat plot; nothing for ``None``.

    Parameters
    ----------
    found
        What `contribution` gave.

    Returns
    -------
    BaujatRows
        One row a trial, ``x`` its share in heterogeneity and ``y`` in the result, the far corner first. ``named``
        says whether its name has room, ``align`` and ``dy`` (pixels) where beside the point.
    """
    if found is None:
        return BaujatRows((), 1.0, 1.0)
    x_high = 1.08 * max(row.heterogeneity for row in found.rows) or 1.0
    y_high = 1.1 * max(row.influence for row in found.rows) or 1.0
    total = sum(row.heterogeneity for row in found.rows)
    rows: list[Row] = [
        {
            "kind": "point",
            "id": row.key,
            "label": row.label,
            "x": row.heterogeneity,
            "y": row.influence,
            "tip": _tip(row.label, row.heterogeneity, row.influence, total),
        }
        for row in found.rows
    ]
    rows.sort(key=lambda row: row["x"] / x_high + row["y"] / y_high, reverse=True)
    _name(rows, x_high, y_high)
    return BaujatRows(tuple(rows), x_high, y_high)


def baujat_signals(table: BaujatRows, *, space: int = 900) -> dict[str, Any]:
    """Return the signals of a Baujat plot: the reach of its axes."""
    return {"space": space, "x_high": table.x_high, "y_high": table.y_high, "focused": "", "picked": ""}


def _tip(label: str, heterogeneity: float, influence: float, total: float) -> str:
    part = numerals.decimal(heterogeneity)
    said = f"{part} ({numerals.percent(100 * heterogeneity / total)} of all)" if total > 0 else part
    return f"{label}\nDisagreement with the others: {said}\nPull on the pooled HR: {numerals.decimal(influence, 3)}"


def _name(rows: list[Row], x_high: float, y_high: float) -> None:
    """Put names beside the points, the farthest first, where they cover neither a name nor a point."""
    dots = [(WIDTH * row["x"] / x_high, HEIGHT * (1 - row["y"] / y_high)) for row in rows]
    taken: list[Box] = [(x - _DOT / 2, y - _DOT / 2, x + _DOT / 2, y + _DOT / 2) for x, y in dots]
    for at, row in enumerate(rows):
        others = [box for place, box in enumerate(taken) if place != at]
        sides = {side: _box(*dots[at], side, row["label"]) for side in _SIDES}
        free = [side for side, box in sides.items() if _inside(box) and not any(_meet(box, one) for one in others)]
        row["named"] = bool(free)
        row["align"], row["dy"] = free[0] if free else _SIDES[0]
        if free:
            taken.append(sides[free[0]])


def _box(x: float, y: float, side: tuple[str, int], label: str) -> Box:
    align, dy = side
    width = min(text_width(label, SIZE - 1), _LONGEST)
    left = x + BESIDE if align == "left" else x - BESIDE - width
    return left, y + dy - _LINE / 2, left + width, y + dy + _LINE / 2


def _inside(box: Box) -> bool:
    return box[0] >= 0 and box[2] <= WIDTH and box[1] >= 0 and box[3] <= HEIGHT + _EDGE


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]

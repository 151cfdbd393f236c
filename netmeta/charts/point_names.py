"""Names beside the points of a plot, where they cover neither a name nor a point."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from netmeta.charts.theme import SIZE, text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["BESIDE", "LONGEST", "beside", "meet", "name_points"]

BESIDE: Final = 11
"""Pixels from a point to its name."""
LONGEST: Final = 170
"""Widest name, in pixels."""
_DOT, _LINE, _MOST = 9.0, SIZE + 2.0, 200
_SIDES: Final = tuple((align, dy) for dy in (0, -11, 11) for align in ("left", "right"))
Box = tuple[float, float, float, float]
Side = tuple[str, int]


def name_points(
    points: Sequence[tuple[float, float]], names: Sequence[str], size: tuple[float, float]
) -> list[Side | None]:
    """Find room for names.

    Parameters
    ----------
    points
        Places in pixels; the first are named first.
    names
        The name of each point; an empty one is none, but its point stays free. Of very many, the first 200.
    size
        Width and height of the plot, in pixels.

    Returns
    -------
    list
        ``("left", -11)``: the name starts (``"left"``) or ends beside the point, so many pixels lower. ``None``
        where there is no room.
    """
    taken = [_around(*point) for point in points]
    found: list[Side | None] = []
    for at, (point, name) in enumerate(zip(points, names, strict=True)):
        others = [box for place, box in enumerate(taken) if place != at]
        sides = _SIDES if name and at < _MOST else ()
        free = [side for side in sides if _free(beside(*point, side, name), others, size)]
        found.append(free[0] if free else None)
        if free:
            taken.append(beside(*point, free[0], name))
    return found


def beside(x: float, y: float, side: Side, name: str) -> Box:
    """Return the box of a name on a side of a point: left, top, right, bottom."""
    align, dy = side
    width = min(text_width(name, SIZE - 1), LONGEST)
    left = x + BESIDE if align == "left" else x - BESIDE - width
    return left, y + dy - _LINE / 2, left + width, y + dy + _LINE / 2


def meet(one: Box, other: Box) -> bool:
    """Say whether two boxes overlap."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _around(x: float, y: float) -> Box:
    return x - _DOT / 2, y - _DOT / 2, x + _DOT / 2, y + _DOT / 2


def _free(box: Box, others: Sequence[Box], size: tuple[float, float]) -> bool:
    inside = box[0] >= 0 and box[2] <= size[0] and box[1] >= 0 and box[3] <= size[1]
    return inside and not any(meet(box, other) for other in others)

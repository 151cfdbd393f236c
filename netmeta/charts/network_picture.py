"""A network on paper: where each treatment stands and how large it is, and where its name stands, broken."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from netmeta.charts.network_room import Drawing, drawn, free, named
from netmeta.charts.theme import SIZE, text_width
from netmeta.charts.wrapping import lettered
from netmeta.language import translate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from netmeta.charts.network_patients import Arms
    from netmeta.network import NetworkResult
    from netmeta.pooling.arrays import Floats

__all__ = ["MANY", "Picture", "pictured"]

MANY: Final = 16
"""Treatments from which on circles, lines and type are smaller."""
_EDGE: Final = 0.02
_BOLD: Final = 1.1
_UNKNOWN: Final = 0.4
_NARROW: Final = 480
_LINES: Final = 3
_RING: Final = 6.0

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Picture:
    """Places in pixels.

    Parameters
    ----------
    drawing
        Nodes, lines and names; the radius of the reference includes its ring.
    box
        Upper left and lower right corner of the plot, in which nodes stand.
    radii
        Of the circles.
    lines
        The names, broken.
    type
        Size of the type.
    """

    drawing: Drawing
    box: Floats
    radii: tuple[float, ...]
    lines: tuple[list[str], ...]
    type: int

    @property
    def room(self) -> tuple[float, float, float, float]:
        """For names, to the left of the plot, above, to the right and below."""
        (left, above), (right, below) = self.box[0].tolist(), (self.drawing.size - self.box[1]).tolist()
        return round(left, 1), round(above, 1), round(right, 1), round(below, 1)

    def places(self) -> tuple[Row, ...]:
        """Say where each treatment and its name stand, in the order of the result."""
        room = free(self.drawing)
        return tuple({"lines": self.lines[at], **self._place(at), "named": room[at]} for at in range(len(room)))

    def _place(self, at: int) -> Row:
        """Say where a node stands, and its name: how far from it, and how far from the edges at least."""
        drawing, leading = self.drawing, _leading(self.type)
        (x, y), (across, down) = (each[at].tolist() for each in (drawing.spots, drawing.offsets))
        half, high = drawing.halves[at].tolist()
        side = 0 if abs(across) < 1 else 1 if across > 0 else -1
        left, above = self.box[0].tolist()
        width, height = (self.box[1] - self.box[0]).tolist()
        return {
            "x": round((x - left) / width, 4), "y": round((y - above) / height, 4), "r": round(self.radii[at], 1),
            "align": ("center", "left", "right")[side],
            "dx": round(across - side * half, 1), "dy": round(down - high + leading / 2, 1),
            "before": round((1 - side) * half, 1), "after": round((1 + side) * half, 1),
            "above": round(leading / 2, 1), "below": round(2 * high - leading / 2, 1),
        }  # fmt: skip


def pictured(
    result: NetworkResult,
    reference: str,
    arms: dict[str, Arms],
    size: tuple[int, int],
    *,
    layout: str,
    places: Mapping[str, tuple[float, float]],
    whole: NetworkResult,
    more: tuple[tuple[str, str], ...] = (),
) -> Picture:
    """Place a network on a picture of some size, some treatments by hand; names keep clear of ``more`` lines.

    Treatments stand where they stand in the picture of ``whole``, the network itself or one that has all of them.
    """
    names = result.treatments
    dense = len(whole.treatments) > MANY or size[0] < _NARROW
    type_size, most, largest = (SIZE - 2, 18, 13.0) if dense else (SIZE, 20, 22.0)
    lines = tuple(_broken(name, most) for name in names)
    halves = tuple(_half(each, type_size) for each in lines)
    pairs = [*(edge.treatments for edge in result.graph.edges), *more]
    links = tuple((names.index(one), names.index(other)) for one, other in pairs)
    found = _laid(whole, layout, (type_size, most, largest), size)
    box = _box(found, np.array(size, dtype=float))
    spots = found[[whole.treatments.index(name) for name in names]]
    for name, place in places.items():
        if name in names:
            spots[names.index(name)] = box[0] + np.clip(place, _EDGE, 1 - _EDGE) * (box[1] - box[0])
    radii = _radii(names, arms, largest)
    rings = np.array([_RING if name == reference else 0.0 for name in names])
    drawing = Drawing(
        spots, np.array(radii) + rings, np.array(halves), np.zeros((len(names), 2)),
        np.array(links), np.array(size, dtype=float),
    )  # fmt: skip
    named(drawing, 4)
    return Picture(drawing, box, radii, lines, type_size)


def _laid(result: NetworkResult, layout: str, look: tuple[int, int, float], size: tuple[int, int]) -> Floats:
    """Lay a network out, shape (n, 2), pixels; remembered by its lines and the room that its names take."""
    type_size, most, largest = look
    halves = tuple(_half(_broken(name, most), type_size) for name in result.treatments)
    place = {name: at for at, name in enumerate(result.treatments)}
    links = tuple((place[one], place[other]) for one, other in (edge.treatments for edge in result.graph.edges))
    return np.array(drawn(layout, links, halves, largest, (float(size[0]), float(size[1]))))


def _box(spots: Floats, size: Floats) -> Floats:
    """Return the upper left and the lower right corner of what nodes take, and of no less than half the picture."""
    low, high = spots.min(axis=0), spots.max(axis=0)
    half = np.maximum((high - low) / (1 - 2 * _EDGE), size / 2) / 2
    middle = np.clip((low + high) / 2, half, size - half)
    return np.array((middle - half, middle + half))


def _half(lines: list[str], size: int) -> tuple[float, float]:
    return _BOLD * max(text_width(line, size) for line in lines) / 2, len(lines) * _leading(size) / 2


def _leading(size: int) -> int:
    return size + 3


def _broken(name: str, most: int) -> list[str]:
    """Break a name into lines, a plus sign at the end of one; what is left of a very long name is cut."""
    # A no-break space before the plus sign: lines break at plain spaces alone.
    kept = " ".join(translate(name).split()).replace(" + ", "\u00a0+ ").replace("+", "+ ").replace("+  ", "+ ")
    lines = lettered(kept, most) or ["…"]
    return lines if len(lines) <= _LINES else [*lines[: _LINES - 1], f"{lines[_LINES - 1][: most - 1]}…"]


def _radii(names: tuple[str, ...], arms: dict[str, Arms], largest: float) -> tuple[float, ...]:
    most = max(arms[name].patients for name in names) or 1
    return tuple(
        max(0.25, sqrt(arms[name].patients / most)) * largest if arms[name].known else _UNKNOWN * largest
        for name in names
    )

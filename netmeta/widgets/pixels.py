"""From clicks on an image to points of a curve: axis marks, their values, and what the page sends."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import Any

from netmeta.errors import EntryError

__all__ = ["CORNERS", "Axes", "Marks", "read_marks", "to_pixels", "to_readings"]

Pixel = tuple[float, float]
CORNERS = {
    "x1": "the first mark on the time axis",
    "x2": "the second mark on the time axis",
    "y1": "the lower mark on the survival axis",
    "y2": "the upper mark on the survival axis",
}
_ARMS, _MOST, _LARGEST = 2, 2000, 100_000
_NEAR, _SLACK = 10.0, 0.04


@dataclass(frozen=True, slots=True)
class Marks:
    """Where the reader clicked, in pixels of the image from its upper left: axis marks by name, points by arm."""

    corners: tuple[tuple[str, Pixel], ...] = ()
    arms: tuple[tuple[Pixel, ...], ...] = ((), ())

    @property
    def missing(self) -> str:
        """The first axis mark that is not set, in words; empty when all are."""
        known = dict(self.corners)
        return next((words for name, words in CORNERS.items() if name not in known), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Axes:
    """The values at the four axis marks: times, and survival as printed on the axis."""

    x1: float
    x2: float
    y1: float
    y2: float
    whole: float = 100.0


def read_marks(sent: str) -> Marks:
    """Read what the page sends, and nothing else.

    Raises
    ------
    EntryError
        For text that is no table of finite pixels.
    """
    try:
        read = json.loads(sent or "{}")
        corners = tuple((name, _pixel(read[name])) for name in CORNERS if read.get(name) is not None)
        arms = tuple(tuple(map(_pixel, arm)) for arm in read.get("arms", ((), ())))
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
        raise EntryError("The marks on the image cannot be read; load the image again.") from None
    if len(arms) != _ARMS or max(map(len, arms)) > _MOST:
        raise EntryError(f"A figure has {_ARMS} curves of at most {_MOST} points each.")
    return Marks(corners, arms)


def to_readings(marks: Marks, axes: Axes, arm: int) -> tuple[tuple[float, float], ...]:
    """Turn the points of an arm into times and survival (fraction), in order of time.

    A click is a pixel or two off: what is less than 4% of the axis beyond an end of it is that end.

    Raises
    ------
    EntryError
        If axis marks are missing, too near to each other, of equal value, or a point lies beyond the axes.
    """
    across, up = _scales(marks, axes)
    # Of two clicks one above the other, the ends of a step, the upper one comes first.
    found = [(across(x), up(y)) for x, y in sorted(marks.arms[arm])]
    span = abs(axes.x2 - axes.x1)
    for time, level in found:
        if time < -_SLACK * span:
            raise EntryError(f"A point is at time {time:.3g}, before 0: check the marks on the time axis.")
        if not -_SLACK <= level <= 1 + _SLACK:
            raise EntryError(f"A point is at survival {level:.0%}: check the marks on the survival axis.")
    return tuple((max(time, 0.0), min(max(level, 0.0), 1.0)) for time, level in found)


def to_pixels(marks: Marks, axes: Axes, steps: tuple[tuple[float, float], ...]) -> list[list[float]]:
    """Turn times and survival (fraction) into places on the image, for drawing over it."""
    corners = dict(marks.corners)
    (x1, _), (x2, _), (_, y1), (_, y2) = (corners[name] for name in CORNERS)
    right = (x2 - x1) / (axes.x2 - axes.x1)
    up = (y2 - y1) * axes.whole / (axes.y2 - axes.y1)
    low = axes.y1 / axes.whole
    return [[round(x1 + (t - axes.x1) * right, 1), round(y1 + (s - low) * up, 1)] for t, s in steps]


def _scales(marks: Marks, axes: Axes) -> tuple[Any, Any]:
    if marks.missing:
        raise EntryError(f"Click {marks.missing}.")
    corners = dict(marks.corners)
    (x1, _), (x2, _), (_, y1), (_, y2) = (corners[name] for name in CORNERS)
    for name, gap, low, high in (("time", x2 - x1, axes.x1, axes.x2), ("survival", y1 - y2, axes.y1, axes.y2)):
        if gap < _NEAR:
            where = "right of" if name == "time" else "above"
            raise EntryError(f"On the {name} axis the second mark has to be {where} the first, well apart.")
        if high <= low:
            raise EntryError(
                f"On the {name} axis the values are {low:g} and {high:g}; the second has to be larger."
            )
    # Fractions of the axis first: 0 and 1 stay what they are, whatever the pixels.
    return (
        lambda x: axes.x1 + (x - x1) / (x2 - x1) * (axes.x2 - axes.x1),
        lambda y: (axes.y1 + (y - y1) / (y2 - y1) * (axes.y2 - axes.y1)) / axes.whole,
    )


def _pixel(sent: Any) -> Pixel:  # noqa: ANN401
    x, y = sent
    if isinstance(x, bool) or isinstance(y, bool) or not all(isinstance(one, int | float) for one in (x, y)):
        raise TypeError
    if not all(math.isfinite(one) and abs(one) <= _LARGEST for one in (x, y)):
        raise ValueError
    return float(x), float(y)

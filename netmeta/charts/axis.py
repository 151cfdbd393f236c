"""The log axis of hazard ratios: how far it reaches and where its ticks stand."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["RatioAxis", "ratio_axis"]

_REACH = 5.0
_NEAR = 0.8
_MANY = 9


@dataclass(frozen=True, slots=True)
class RatioAxis:
    """The ends of a log axis (HR scale) and its ticks."""

    low: float
    high: float
    ticks: tuple[float, ...]


def ratio_axis(ratios: Iterable[float], bounds: Iterable[float]) -> RatioAxis:
    """Choose an axis that holds every ratio, 1, and the bounds that do not run away.

    Bounds further than a factor of five beyond the outermost ratio are cut: an arrow shows it.
    Ticks are 0.1, 0.2, 0.5, 1, 2, 5, ... and, on a wide axis, powers of ten.
    """
    inside = [1.0, *ratios]
    least, most = min(inside) / _REACH, max(inside) * _REACH
    reached = [min(max(bound, least), most) for bound in bounds]
    low, high = _down(min([*inside, *reached, _NEAR])), _up(max([*inside, *reached, 1 / _NEAR]))
    return RatioAxis(low, high, _ticks(low, high))


def _steps(low: float, high: float) -> list[float]:
    powers = range(math.floor(math.log10(low)) - 1, math.ceil(math.log10(high)) + 2)
    return [float(f"{digit}e{power}") for power in powers for digit in (1, 2, 5)]


def _down(value: float) -> float:
    return max(step for step in _steps(value, value) if step <= value * (1 + 1e-9))


def _up(value: float) -> float:
    return min(step for step in _steps(value, value) if step >= value * (1 - 1e-9))


def _ticks(low: float, high: float) -> tuple[float, ...]:
    ticks = [step for step in _steps(low, high) if low <= step <= high]
    if len(ticks) > _MANY:
        ticks = [step for step in ticks if round(math.log10(step), 9).is_integer()]
    return tuple(ticks)

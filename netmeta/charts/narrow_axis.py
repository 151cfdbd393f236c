"""A log axis close around its hazard ratios, for clouds and curves that need the room."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from netmeta.charts.axis import RatioAxis, ratio_axis

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["narrow_axis"]

_FEW: Final = 3
_ROOM: Final = 0.04
_DIGITS: Final = (1, 1.5, 2, 3, 5, 7)
_LEAST: Final = math.log(1.1)


def narrow_axis(ratios: Iterable[float]) -> RatioAxis:
    """Choose an axis that ends a little beyond the outermost ratios, whether or not 1 is among them.

    Ticks are those of `ratio_axis`; on a short axis, more of the round numbers between them.
    """
    logs = [math.log(ratio) for ratio in ratios if 0 < ratio < math.inf] or [0.0]
    low, high = min(logs), max(logs)
    room = max(_ROOM * (high - low), (_LEAST - (high - low)) / 2)
    ends = math.exp(low - room), math.exp(high + room)
    return RatioAxis(*ends, _ticks(*ends))


def _ticks(low: float, high: float) -> tuple[float, ...]:
    ticks: tuple[float, ...] = tuple(tick for tick in ratio_axis((low, high), ()).ticks if low <= tick <= high)
    if len(ticks) < _FEW:
        powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
        found = [float(f"{digit}e{power}") for power in powers for digit in _DIGITS]
        ticks = tuple(tick for tick in found if low <= tick <= high)
    return ticks if len(ticks) >= _FEW else _even(low, high)


def _even(low: float, high: float) -> tuple[float, ...]:
    """Place ticks at equal steps of 1, 2 or 5 units of some decimal: three to seven of them."""
    power = math.floor(math.log10(high - low))
    for step in (float(f"{digit}e{power - down}") for down in (0, 1) for digit in (5, 2, 1)):
        first, last = math.ceil(low / step), math.floor(high / step)
        if last - first + 1 >= _FEW:
            return tuple(float(f"{number * step:.12g}") for number in range(first, last + 1))
    return (low, high)

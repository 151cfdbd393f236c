"""An axis of one of several plots side by side: where a ratio or a difference stands, from 0 to 1 across it."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, log
from typing import TYPE_CHECKING, Final

from netmeta.charts.axis import ratio_axis
from netmeta.charts.few_ticks import decades

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["EffectAxis", "difference_axis", "log_axis"]

_FEW, _MANY = 5, 7
_STEPS: Final = (0.05, 0.1, 0.2, 0.25, 0.5)
_LONGEST: Final = 1.0


@dataclass(frozen=True, slots=True)
class EffectAxis:
    """The ends of an axis, its ticks, where there is no effect, and whether it is logarithmic."""

    low: float
    high: float
    ticks: tuple[float, ...]
    null: float
    logarithmic: bool

    def place(self, value: float) -> float:
        """Return where a value stands, from 0 (the low end) to 1; what lies beyond an end is put on it."""
        kept = min(max(value, self.low), self.high)
        if self.logarithmic:
            return log(kept / self.low) / log(self.high / self.low)
        return (kept - self.low) / (self.high - self.low)

    def beyond(self, low: float, high: float) -> tuple[bool, bool]:
        """Say whether an interval goes on beyond the low and the high end."""
        return low < self.low * (1 - 1e-12) if self.logarithmic else low < self.low, high > self.high


def log_axis(ratios: Iterable[float], bounds: Iterable[float]) -> EffectAxis:
    """Choose a log axis of ratios (see `netmeta.charts.axis.ratio_axis`) with at most seven ticks."""
    axis = ratio_axis(ratios, bounds)
    ticks = decades(axis) if len(axis.ticks) > _MANY else axis.ticks
    return EffectAxis(axis.low, axis.high, ticks, 1.0, True)


def difference_axis(bounds: Iterable[float]) -> EffectAxis:
    """Choose an axis of risk differences (-1 to 1) that holds 0 and every bound."""
    found = [0.0, *(min(max(bound, -_LONGEST), _LONGEST) for bound in bounds)]
    low, high = min(found), max(found)
    step = next((one for one in _STEPS if (high - low) / one <= _FEW - 1), _STEPS[-1])
    first, last = floor(low / step + 1e-9), max(ceil(high / step - 1e-9), floor(low / step + 1e-9) + 1)
    ticks = tuple(round(step * at, 10) for at in range(first, last + 1))
    return EffectAxis(ticks[0], ticks[-1], ticks, 0.0, False)

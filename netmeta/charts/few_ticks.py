"""Ticks that a short axis of hazard ratios has room for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from netmeta.charts.axis import RatioAxis

__all__ = ["decades", "with_room"]

_NARROW: Final = 640
_MANY: Final = 4


def decades(axis: RatioAxis) -> tuple[float, ...]:
    """Return the ticks that are powers of ten; all of them where those are fewer than two."""
    found = tuple(tick for tick in axis.ticks if f"{tick:e}".startswith("1.000000"))
    return found if len(found) > 1 else axis.ticks


def with_room(axis: RatioAxis, space: int) -> RatioAxis:
    """Keep the powers of ten of an axis with many ticks on a page that is narrow."""
    return replace(axis, ticks=decades(axis)) if space < _NARROW and len(axis.ticks) > _MANY else axis

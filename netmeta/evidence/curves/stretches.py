"""The digitised curve cut into stretches that each lie within one interval of the risk table."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from netmeta.evidence.curves.monotone import falling

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from netmeta.evidence.curves.curve import DigitisedCurve, Pair

__all__ = ["Period", "Stretch", "periods"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the curve from ``start``, where survival is ``before``, to ``end``, where it is ``survival``."""

    start: float
    end: float
    before: float
    survival: float

    @property
    def flat(self) -> bool:
        """Whether the curve does not fall here: then nobody has the event."""
        return self.survival >= self.before


@dataclass(frozen=True, slots=True)
class Period:
    """One interval of the risk table: patients at risk at its start and at its end (``None``: not printed)."""

    start: float
    end: float
    n: int | None
    left: int | None
    stretches: tuple[Stretch, ...]

    @property
    def kept(self) -> float:
        """Survival at the end as a fraction of that at the start."""
        if not self.stretches or self.stretches[0].before <= 0:
            return 1.0
        return self.stretches[-1].survival / self.stretches[0].before


def periods(curve: DigitisedCurve) -> tuple[Period, ...]:
    """Cut the curve at every printed number at risk, after `falling` has made it fall."""
    risk = [(time, n) for time, n in curve.numbers_at_risk if time > 0]
    starts: list[tuple[float, int | None]] = [(0.0, curve.size), *risk]
    edges = [time for time, _ in starts]
    everything = list(_stretches(curve, edges))
    ends = [*edges[1:], curve.end]
    return tuple(
        Period(start, end, n, starts[at + 1][1] if at + 1 < len(starts) else None, _within(everything, edges, at))
        for at, ((start, n), end) in enumerate(zip(starts, ends, strict=True))
    )


def _within(everything: Sequence[Stretch], edges: Sequence[float], at: int) -> tuple[Stretch, ...]:
    last = at + 1 == len(edges)
    return tuple(one for one in everything if one.start >= edges[at] and (last or one.start < edges[at + 1]))


def _stretches(curve: DigitisedCurve, edges: Sequence[float]) -> Iterator[Stretch]:
    times = (0.0, *(time for time, _ in curve.readings))
    levels = falling((1.0, *(min(value, 1.0) for _, value in curve.readings)))
    levels = (1.0, *levels[1:])
    for (start, before), (end, after) in pairwise(zip(times, levels, strict=True)):
        if curve.clicks == "steps":
            yield Stretch(end, end, before, after)
        else:
            yield from _cut((start, before), (end, after), [edge for edge in edges if start < edge < end])


def _cut(first: Pair, last: Pair, edges: Sequence[float]) -> Iterator[Stretch]:
    """Part a stretch at the edges that it crosses, on the straight line between its ends."""
    (start, before), (end, after) = first, last
    slope = (after - before) / (end - start) if end > start else 0.0
    knots = [first, *((edge, before + slope * (edge - start)) for edge in edges), last]
    for (left, high), (right, low) in pairwise(knots):
        yield Stretch(left, right, high, low)

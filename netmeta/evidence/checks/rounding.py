"""How far rounding can move a printed number, and what that does to z."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from netmeta.evidence.normal import z_of_tail, z_two_sided

if TYPE_CHECKING:
    from netmeta.evidence.trial import Trial

__all__ = ["Span", "decimals", "half_unit", "span_of_p", "span_of_trial"]

_TWO = 2


@dataclass(frozen=True, slots=True)
class Span:
    """A z with the least and the greatest that rounding allows."""

    low: float
    middle: float
    high: float


def decimals(number: float) -> int:
    """Count decimals as printed; 2.00 comes as 2.0 and counts none."""
    exponent = Decimal(f"{number:.10g}").normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def half_unit(*numbers: float) -> float:
    """Return half of the last digit of the longest number: numbers printed together have the same decimals."""
    return 0.5 * 10.0 ** -max(decimals(number) for number in numbers)


def span_of_trial(trial: Trial) -> Span | None:
    """Return |ln HR|/SE by the printed interval or limit and how far rounding moves it; ``None`` without either."""
    if trial.hr is None:
        return None
    limits = tuple(limit for limit in (trial.ci_low, trial.ci_high) if limit is not None)
    if len(limits) != trial.sides:
        return None
    own, edge = half_unit(trial.hr, *limits), half_unit(*limits)
    ratios = tuple(max(trial.hr + sign * own, 1e-12) for sign in (-1, 0, 1))
    logs = tuple(math.log(ratio) for ratio in ratios)
    least = 0.0 if logs[0] < 0 < logs[2] else min(abs(logs[0]), abs(logs[2]))
    narrow, middle, wide = _errors(trial, logs, limits, edge)
    most = max(abs(logs[0]), abs(logs[2]))
    if not 0 < middle <= wide:
        return None
    return Span(least / wide, abs(logs[1]) / middle, most / narrow if narrow > 0 else math.inf)


def _errors(
    trial: Trial, logs: tuple[float, ...], limits: tuple[float, ...], edge: float
) -> tuple[float, float, float]:
    """Return the standard error at its least, as printed, and at its greatest."""
    moved = [tuple(math.log(max(limit + sign * edge, 1e-12)) for sign in (-1, 0, 1)) for limit in limits]
    if len(moved) == _TWO:
        z = 2 * z_two_sided(trial.level)
        (low_least, low, low_most), (high_least, high, high_most) = moved
        return (high_least - low_most) / z, (high - low) / z, (high_most - low_least) / z
    z = -z_of_tail(trial.level)
    ends = [abs(edge - log) / z for edge in (moved[0][0], moved[0][2]) for log in (logs[0], logs[2])]
    return min(ends), abs(moved[0][1] - logs[1]) / z, max(ends)


def span_of_p(p: float, relation: str, sides: int) -> Span | None:
    """Return z of a printed P value and how far rounding moves it; a bound reaches to 0 or to infinity.

    ``None`` where P is beyond 0.5 on its side: the effect is on the other side then.
    """
    half = 0.5 * 10.0 ** min(int(Decimal(repr(p)).as_tuple().exponent), 0)
    least, most = {"=": (p - half, p + half), "<": (0.0, p), ">": (p, 1.0)}[relation]
    if least / sides > 0.5:  # noqa: PLR2004
        return None
    return Span(_z(most / sides), _z(p / sides), _z(least / sides))


def _z(tail: float) -> float:
    return math.inf if tail <= 0 else z_of_tail(min(tail, 0.5))

"""Normal quantiles of intervals and P values, and the way back from the log scale."""

from __future__ import annotations

import math
from statistics import NormalDist

__all__ = ["as_ratio", "p_two_sided", "z_of_tail", "z_two_sided"]

_BELOW_ONE = 1 - 2.0**-53
_NORMAL = NormalDist()


def z_two_sided(level: float) -> float:
    """Return the normal quantile of a two-sided interval of this level: 1.96 for 0.95, 3.32 for 0.9991."""
    return _NORMAL.inv_cdf(min((1 + level) / 2, _BELOW_ONE))


def z_of_tail(p: float) -> float:
    """Return z of an upper tail of ``p``: 1.96 for 0.025. Halve a two-sided P value first: z(p/2), not z(p)/2."""
    return -_NORMAL.inv_cdf(p)


def p_two_sided(z: float) -> float:
    """Return the two-sided P value of ``z``; exact far out in the tail."""
    return math.erfc(abs(z) / math.sqrt(2))


def as_ratio(log_hr: float) -> float:
    """Return ``exp(log_hr)``; infinity where that leaves the range of a float, as wide intervals do."""
    try:
        return math.exp(log_hr)
    except OverflowError:
        return math.inf

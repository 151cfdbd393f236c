"""The shortest interval that holds a given share of a distribution."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from netmeta.pooling.interval import Interval

if TYPE_CHECKING:
    from collections.abc import Callable

    from netmeta.pooling.arrays import Floats

__all__ = ["shortest"]

_POINTS, _ROUNDS, _TINY = 17, 9, 1e-9


def shortest(quantiles: Callable[[Floats], Floats], level: float) -> Interval:
    """Return the shortest interval that holds ``level`` of a distribution with one peak.

    Parameters
    ----------
    quantiles
        Gives the quantiles at an array of probabilities between 0 and 1, shape (n,).
    level
        As a fraction.

    Returns
    -------
    Interval
        The share left of it is found in steps by a factor of eight; the width is right to 1e-12, its place,
        where the width hardly changes, to about 1e-6 of it.
    """
    low, high = _TINY * (1 - level), (1 - level) * (1 - _TINY)
    for _ in range(_ROUNDS):
        tails = np.linspace(low, high, _POINTS)
        ends = quantiles(np.concatenate((tails, tails + level)))
        widths = ends[_POINTS:] - ends[:_POINTS]
        at = int(np.argmin(widths))
        low, high = float(tails[max(at - 1, 0)]), float(tails[min(at + 1, _POINTS - 1)])
    return Interval(float(ends[at]), float(ends[_POINTS + at]))

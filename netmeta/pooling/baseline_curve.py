"""A given survival curve of the control arm: its points checked, read at a time and at a share."""

from __future__ import annotations

from itertools import pairwise
from math import exp, expm1, isfinite, log
from typing import Final, TypeAlias

from netmeta.errors import EntryError, shown

__all__ = ["MEDIAN_SHARE", "Points", "area_until", "checked_points", "reached", "share_at"]

Points: TypeAlias = tuple[tuple[float, float], ...]
"""Points of a curve: (months, share without the event)."""

MEDIAN_SHARE: Final = 0.5


def checked_points(points: object) -> Points:
    """Return the points of a curve in order, from (0, 1) on.

    Parameters
    ----------
    points
        Pairs of months and share, in a tuple, a list or an array; none, or ``None``, for no curve.

    Raises
    ------
    EntryError
        For what holds no pairs of numbers, a share outside 0 to 1, two shares at one time, and shares that rise.
    """
    try:
        given = () if points is None else tuple(points)  # type: ignore[arg-type]
    except TypeError:
        raise EntryError(f"A curve is a list of points (months, share), not {shown(points)}.") from None
    found = tuple(sorted(map(_pair, given)))
    if not found:
        return ()
    whole = found if found[0][0] == 0 else ((0.0, 1.0), *found)
    if len(whole) < 2:  # noqa: PLR2004
        raise EntryError("A curve needs a point after its start; give (months, share) pairs.")
    for before, after in pairwise(whole):
        if after[0] == before[0] or after[1] > before[1]:
            raise EntryError(
                f"The curve's share goes from {before[1]:g} at {before[0]:g} months to {after[1]:g} at "
                f"{after[0]:g} months; times must rise, and shares must not."
            )
    return whole


def _pair(point: object) -> tuple[float, float]:
    try:
        months, share = (float(value) for value in point)  # type: ignore[attr-defined]
    except (TypeError, ValueError, OverflowError):
        raise EntryError(f"A point of the curve is (months, share), not {shown(point)}.") from None
    if not (isfinite(months) and months >= 0 and 0 <= share <= 1) or (months == 0 and share != 1):
        raise EntryError(
            f"The curve's point {shown(point)} is no time from 0 on with a share between 0 and 1 (1 at time 0)."
        )
    return months, share


def share_at(points: Points, months: float) -> float:
    """Return the share without the event at a time: on a straight line of log share between two points.

    Raises
    ------
    EntryError
        For a time beyond the last point.
    """
    if months > points[-1][0]:
        raise EntryError(
            f"The baseline's curve ends at {points[-1][0]:g} months, and {months:g} months lie beyond it. "
            "Ask for an earlier time."
        )
    for before, after in pairwise(points):
        if months <= after[0]:
            return _between(before, after, months)
    return points[-1][1]


def _between(before: tuple[float, float], after: tuple[float, float], months: float) -> float:
    part = (months - before[0]) / (after[0] - before[0])
    if after[1] == 0:  # The log of nothing: the last patient's share falls in a straight line.
        return before[1] * (1 - part)
    return exp(log(before[1]) * (1 - part) + log(after[1]) * part)


def area_until(points: Points, months: float, hr: float) -> float:
    """Return the area under ``share ** hr`` up to a time, exact for the lines between points.

    Parameters
    ----------
    points, months
        The curve, and a time on it.
    hr
        Hazard ratio, at least 0.
    """
    stretches = ((before, after) for before, after in pairwise(points) if before[0] < months)
    return sum(_area(before, after, min(months, after[0]), hr) for before, after in stretches)


def _area(before: tuple[float, float], after: tuple[float, float], until: float, hr: float) -> float:
    width, start = until - before[0], float(before[1] ** hr)
    if before[1] == 0:
        return 0.0 if hr else width
    if after[1] == 0:
        whole = after[0] - before[0]
        left = float((1 - width / whole) ** (hr + 1))
        return start * whole * (1 - left) / (hr + 1)
    rate = hr * (log(before[1]) - log(after[1])) / (after[0] - before[0])
    return start * (width if rate == 0 else -expm1(-rate * width) / rate)


def reached(points: Points, share: float) -> float | None:
    """Return the months at which a curve falls to a share; ``None`` where it ends above it."""
    for before, after in pairwise(points):
        if after[1] <= share:
            return _crossing(before, after, share)
    return None


def _crossing(before: tuple[float, float], after: tuple[float, float], share: float) -> float:
    if before[1] <= share:
        return before[0]
    if after[1] == 0:
        part = 1 - share / before[1]
    else:
        part = (log(before[1]) - log(share)) / (log(before[1]) - log(after[1]))
    return before[0] + part * (after[0] - before[0])

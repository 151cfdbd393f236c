"""One arm's survival curve as somebody read it off a figure, with the numbers printed under it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from netmeta.errors import EntryError, hint, shown
from netmeta.evidence import entry

__all__ = ["CLICKS", "SCALES", "DigitisedCurve", "Pair", "check_horizon"]

Pair = tuple[float, float]
SCALES = ("fraction", "percent")
CLICKS = ("along", "steps")
_MOST = 20_000
_LARGEST = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class DigitisedCurve:
    """Points of a Kaplan-Meier curve of one arm, and what the figure prints beside it.

    Parameters
    ----------
    points
        ``(time, survival)`` pairs, times not falling; survival may be noisy and need not fall throughout. Two
        points of equal time are the two ends of a vertical step. ``(0, 1)`` is understood and need not be given.
    numbers_at_risk
        ``(time, n)`` pairs from the table under the figure: those with neither event nor censoring before the time.
    total_events
        Events of the arm by the end of the curve, if printed.
    n
        Patients of the arm; not needed where the number at risk at time 0 is given.
    median
        Median survival as printed, to be compared with the reconstructed one; it does not enter the reconstruction.
    scale
        ``"fraction"`` (1 at the start) or ``"percent"`` (100 at the start). It is asked for and never guessed.
    clicks
        ``"along"``: points lie anywhere on the curve; events between two points are spread between them.
        ``"steps"``: each point is the foot of a step; events are at the points' times.
    unit
        Unit of time: ``"months"``.
    label
        Name of the arm.

    Raises
    ------
    EntryError
        For input that no survival curve can give; the message has the number and the point.
    """

    points: tuple[Pair, ...]
    numbers_at_risk: tuple[tuple[float, int], ...] = ()
    total_events: int | None = None
    n: int | None = None
    median: float | None = None
    scale: str = "fraction"
    clicks: str = "along"
    unit: str = "months"
    label: str = ""

    def __post_init__(self) -> None:
        for name, known in (("scale", SCALES), ("clicks", CLICKS)):
            if getattr(self, name) not in known:
                raise EntryError(f"{name} is {shown(getattr(self, name))}.{hint(str(getattr(self, name)), known)}")
        self._set("points", _pairs("points", self.points))
        self._set(
            "numbers_at_risk", tuple((t, _whole(t, n)) for t, n in _pairs("number at risk", self.numbers_at_risk))
        )
        self._set("total_events", entry.integer("total_events", self.total_events))
        self._set("n", entry.integer("n", self.n))
        self._set("median", entry.number("median", self.median))
        entry.check_positive("median", self.median)
        self._set("unit", entry.text("unit", self.unit))
        self._set("label", entry.text("label", self.label))
        self._check_points()
        self._check_risk()
        self._check_size()

    def _set(self, name: str, value: object) -> None:
        object.__setattr__(self, name, value)

    @property
    def readings(self) -> tuple[Pair, ...]:
        """The points with survival as a fraction, as clicked."""
        whole = 100.0 if self.scale == "percent" else 1.0
        return tuple((time, value / whole) for time, value in self.points)

    @property
    def size(self) -> int:
        """Patients at time 0."""
        at_start = self.numbers_at_risk[0] if self.numbers_at_risk else (1.0, 0)
        return at_start[1] if at_start[0] == 0 else self.n or 0

    @property
    def end(self) -> float:
        """The last time that anything is known of: the curve's end, or the last number at risk."""
        return max(self.points[-1][0], self.numbers_at_risk[-1][0] if self.numbers_at_risk else 0.0)

    def _check_points(self) -> None:
        if len(self.points) < 2:  # noqa: PLR2004
            raise EntryError(
                f"A curve needs at least 2 points; there are {len(self.points)}. Click along the curve."
            )
        top = 100.0 if self.scale == "percent" else 1.0
        for at, (time, value) in enumerate(self.points, 1):
            if time < 0:
                raise EntryError(f"Point {at} is at time {time:g}; times start at 0.")
            if not 0 <= value <= top * (1 + 1e-9):
                raise EntryError(f"Survival is {value:g} at point {at} (time {time:g}); {self._mend(value, top)}")
        for at, (old, new) in enumerate(pairwise(self.points), 2):
            if new[0] < old[0]:
                raise EntryError(
                    f"Time goes back from {old[0]:g} to {new[0]:g} at point {at}; sort the points by time."
                )
        if self.points[-1][0] == 0:
            raise EntryError("Every point is at time 0; a curve goes on from there.")

    def _mend(self, value: float, top: float) -> str:
        if self.scale == "fraction" and 1 < value <= 100:  # noqa: PLR2004
            slip = " (a click a little too high is 1)" if value < 1.05 else ""  # noqa: PLR2004
            return f'fractions lie between 0 and 1{slip}. For percentages give scale="percent".'
        return f"it lies between 0 and {top:g}."

    def _check_risk(self) -> None:
        for (before, more), (time, fewer) in pairwise(self.numbers_at_risk):
            if time <= before:
                raise EntryError(f"Numbers at risk: time goes from {before:g} to {time:g}; it has to grow.")
            if fewer > more:
                raise EntryError(
                    f"The number at risk grows from {more} at {before:g} to {fewer} at {time:g}: nobody comes back "
                    "under risk. Check the table, and that its columns stand under their times."
                )
        if self.numbers_at_risk and self.numbers_at_risk[0][0] < 0:
            raise EntryError(f"A number at risk is at time {self.numbers_at_risk[0][0]:g}; times start at 0.")
        _check_dead(self)

    def _check_size(self) -> None:
        first = self.numbers_at_risk[0] if self.numbers_at_risk else None
        if self.n is None and (first is None or first[0] > 0):
            raise EntryError("How many patients the arm has is not given: give n, or the number at risk at time 0.")
        if not 0 < self.size <= _LARGEST:
            raise EntryError(f"The arm has {self.size} patients; a curve is drawn of 1 to {_LARGEST}.")
        if (
            first is not None
            and self.n is not None
            and (first[1] > self.n or (first[0] == 0 and first[1] != self.n))
        ):
            raise EntryError(f"n is {self.n} and the number at risk at {first[0]:g} is {first[1]}; check both.")
        if self.total_events is not None and self.total_events > self.size:
            raise EntryError(f"There are {self.total_events} events among {self.size} patients; check both.")


def check_horizon(name: str, value: object) -> float | None:
    """Read a time that has to be above 0, or nothing."""
    found = entry.number(name, value)
    entry.check_positive(name, found)
    return found


def _check_dead(curve: DigitisedCurve) -> None:
    """Refuse patients at risk after everybody has had the event."""
    dead = next((time for time, value in curve.points if value == 0), None)
    if dead is None:
        return
    for time, n in curve.numbers_at_risk:
        if time > dead and n > 0:
            raise EntryError(
                f"Survival is 0 at {dead:g}, and {n} patients are at risk at {time:g}; check the last points."
            )


def _pairs(name: str, given: object) -> tuple[Pair, ...]:
    if isinstance(given, str | bytes) or not isinstance(given, Iterable):
        raise EntryError(f"{name} is {shown(given)}; give pairs of numbers such as ((0, 1), (3, 0.8)).")
    rows = tuple(given)
    if len(rows) > _MOST:
        raise EntryError(f"There are {len(rows)} {name}; a curve is read from at most {_MOST}.")
    return tuple(_pair(name, at, row) for at, row in enumerate(rows, 1))


def _pair(name: str, at: int, row: object) -> Pair:
    parts = tuple(row) if isinstance(row, Iterable) and not isinstance(row, str | bytes | dict) else ()
    if len(parts) != 2:  # noqa: PLR2004
        raise EntryError(f"Pair {at} of {name} is {shown(row)}; give two numbers, the time first.")
    time, value = (
        entry.number(f"{part} of pair {at} of {name}", one) for part, one in zip(_PARTS, parts, strict=True)
    )
    if time is None or value is None:
        raise EntryError(f"Pair {at} of {name} is {shown(row)}; a number is missing.")
    return time, value


_PARTS = ("the time", "the value")


def _whole(time: float, n: float) -> int:
    if n < 0 or n != int(n):
        raise EntryError(f"The number at risk at {time:g} is {n:g}; give a whole number, 0 or more.")
    return int(n)

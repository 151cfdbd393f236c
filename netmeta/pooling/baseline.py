"""The risk in the control arm, as a value: hazard ratios alone say nothing about how many patients benefit."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, expm1, inf, isfinite, log
from typing import TYPE_CHECKING

from netmeta import numerals
from netmeta.errors import EntryError, shown
from netmeta.pooling.baseline_curve import MEDIAN_SHARE, area_until, checked_points, reached, share_at
from netmeta.showing import Shown

if TYPE_CHECKING:
    from netmeta.pooling.baseline_curve import Points

__all__ = ["LONGEST", "Baseline"]

LONGEST = 600.0
"""Months, the longest time that a baseline is asked for: fifty years."""

_TIME = 12.0


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Baseline(Shown):
    """How patients of the control arm fare: an assumption of the reader's, never a result of the pool.

    Give one of ``event_free``, ``median`` and ``curve``. The first two make an exponential curve (a constant
    hazard); the third is taken as it is, with a constant hazard between its points.

    Parameters
    ----------
    time
        Months at which risks are stated; by default 12, or the end of a curve that ends before.
    event_free
        Share (0 to 1, both excluded) of the control arm without the event at ``time``.
    median
        Months until half of the control arm have had the event.
    curve
        Points (months, share without the event), such as read off a published figure. The start (0, 1) is
        added where it is lacking.
    source
        Whose baseline it is, as a sentence's part: ``"placebo in CABINET pNET, printed median"``.

    Raises
    ------
    EntryError
        Unless just one of the three is given, for a number outside its range, and for a time other than the
        default that a given curve does not reach; the message names it.

    Examples
    --------
    >>> round(Baseline(median=4.4, time=12, source="placebo in CABINET pNET").share, 3)
    0.151
    """

    time: float = _TIME
    event_free: float | None = None
    median: float | None = None
    curve: Points = ()
    source: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "time", _months("time", self.time))
        object.__setattr__(self, "curve", checked_points(self.curve))
        if len(self._given) != 1:
            found = " and ".join(self._given) or "none"
            raise EntryError(f"A baseline takes one of event_free, median and curve; {found} given.")
        if self.event_free is not None:
            object.__setattr__(self, "event_free", _share(self.event_free))
        if self.median is not None:
            object.__setattr__(self, "median", _months("median", self.median))
        if self.time == _TIME:
            object.__setattr__(self, "time", min(_TIME, self.last))
        self.at(self.time)  # Refuses a time that the curve does not reach.

    @property
    def _given(self) -> tuple[str, ...]:
        ways = {"event_free": self.event_free is not None, "median": self.median is not None}
        return tuple(name for name, given in {**ways, "curve": bool(self.curve)}.items() if given)

    @property
    def kind(self) -> str:
        """Which of the three was given: ``"event_free"``, ``"median"`` or ``"curve"``."""
        return self._given[0]

    @property
    def share(self) -> float:
        """Share of the control arm without the event at ``time``."""
        return self.at(self.time)

    @property
    def last(self) -> float:
        """Months at which the curve ends; infinity for an exponential one."""
        return self.curve[-1][0] if self.curve else inf

    @property
    def hazard(self) -> float | None:
        """Events for each patient and month, of an exponential curve; ``None`` for a given one."""
        if self.event_free is not None:
            return -log(self.event_free) / self.time
        return None if self.median is None else -log(MEDIAN_SHARE) / self.median

    def at(self, months: float) -> float:
        """Return the share of the control arm without the event at a time.

        Parameters
        ----------
        months
            Time from the start, at least 0.

        Raises
        ------
        EntryError
            For a time below 0, or beyond the end of a given curve.
        """
        if not (isfinite(months) and months >= 0):
            raise EntryError(f"A time is a number of months from 0 on, not {shown(months)}.")
        hazard = self.hazard
        return share_at(self.curve, months) if hazard is None else exp(-hazard * months)

    def median_under(self, hr: float) -> float | None:
        """Return the months until half have had the event under a hazard ratio; ``None`` where not reached.

        Parameters
        ----------
        hr
            Hazard ratio (HR scale) against this baseline, at least 0; 1 for the control arm itself.
        """
        if hr == 0:
            return None
        hazard = self.hazard
        if hazard is not None:
            found = -log(MEDIAN_SHARE) / (hazard * hr)
            return found if isfinite(found) else None
        return reached(self.curve, MEDIAN_SHARE ** (1 / hr))

    def mean_until(self, months: float, hr: float = 1.0) -> float:
        """Return the mean months without the event up to a time, under a hazard ratio (restricted mean).

        Parameters
        ----------
        months
            The horizon, from 0 to the end of the curve.
        hr
            Hazard ratio (HR scale) against this baseline.
        """
        self.at(months)  # Refuses a horizon that the curve does not reach.
        hazard = self.hazard
        if hazard is None:
            return area_until(self.curve, months, hr)
        rate = hazard * hr
        return months if rate == 0 else -expm1(-rate * months) / rate

    @property
    def in_words(self) -> str:
        """What is assumed, as a sentence: with the source, and the shape of the curve."""
        return f"{self._stated()} {self._shape()}"

    def _stated(self) -> str:
        whose = self.source or "set by hand"
        if self.median is not None:
            return f"Baseline: median {_plain(self.median)} months in the control arm ({whose})."
        if self.event_free is not None:
            share = numerals.percent(100 * self.event_free)
            return (
                f"Baseline: {share} of the control arm without the event at {_plain(self.time)} months ({whose})."
            )
        return f"Baseline: a survival curve of {len(self.curve)} points to {_plain(self.last)} months ({whose})."

    def _shape(self) -> str:
        if self.curve:
            return "Between its points the hazard is taken as constant."
        return "The hazard is assumed constant over time (an exponential curve)."

    def _lines(self) -> tuple[str, ...]:
        share = numerals.percent(100 * self.share)
        return self.in_words, f"Without the event at {_plain(self.time)} months: {share}."

    def _brief(self) -> tuple[str, ...]:
        return self._stated().removeprefix("Baseline: ").rstrip("."), f"time={_plain(self.time)}"


def _plain(value: float) -> str:
    return f"{value:.4g}"


def _number(value: object) -> float | None:
    try:
        found = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return None
    return None if isinstance(value, bool | str) or not isfinite(found) else found


def _months(name: str, value: object) -> float:
    found = _number(value)
    if found is None or not 0 < found <= LONGEST:
        raise EntryError(f"{name} is {shown(value)}; give months as a number above 0 and at most {LONGEST:g}.")
    return found


def _share(value: object) -> float:
    found = _number(value)
    if found is not None and 0 < found < 1:
        return found
    percent = found is not None and 1 < found < 100  # noqa: PLR2004
    advice = f"did you mean {found / 100:g}?" if percent and found else "such as 0.4."
    raise EntryError(f"event_free is {shown(value)}; give a share between 0 and 1, both excluded: {advice}")

"""From a digitised curve to approximate patient data (Guyot, Ades, Ouwens, Welton 2012, BMC Med Res Methodol 12:9).

The Kaplan-Meier equations are inverted from one printed number at risk to the next. Within such a period censoring
is even in time; its amount is the one with which events and censored add up to what the risk table says has left.
The paper's search by whole patients is done here on the line of real numbers, where there is one solution, and
rounded once: events by their running sum, so that rounding does not drift.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from netmeta.errors import EntryError, shown
from netmeta.evidence.curves.curve import DigitisedCurve
from netmeta.evidence.curves.patients import PatientData
from netmeta.evidence.curves.stretches import Period, periods

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["reconstruct"]

_STEPS, _NEAR = 60, 1e-7


def reconstruct(curve: DigitisedCurve) -> PatientData:
    """Reconstruct approximate patient data of one arm from its digitised curve.

    Every printed number at risk is matched; nobody has the event where the curve is flat. After the last number at
    risk censoring is chosen so that the printed total of events is met as nearly as the curve allows; without a
    total it goes on at the rate of the period before; without numbers at risk, nobody is censored before the end.

    Parameters
    ----------
    curve
        Points, numbers at risk, and total of events if printed.

    Returns
    -------
    PatientData
        Approximate patient data in the curve's unit of time, with the curve inside; `PatientData.diagnostics` says
        how well they give it back.

    Raises
    ------
    EntryError
        If ``curve`` is not a `DigitisedCurve`, which itself refuses impossible points.
    """
    if not isinstance(curve, DigitisedCurve):
        raise EntryError(f"reconstruct takes a DigitisedCurve; got {shown(curve)}.")
    state = _State(n=curve.size)
    found = periods(curve)
    for at, period in enumerate(found):
        _walk(state, period, _last_censored(state, period, curve) if at + 1 == len(found) else None)
    rows = [(time, True) for time in state.deaths] + [(time, False) for time in state.censored]
    rows += [(curve.end, False)] * state.n
    times, events = zip(*rows, strict=True)
    return PatientData(times=times, events=events, unit=curve.unit, label=curve.label, curve=curve)


class _State:
    """What has been reconstructed so far: who is left, the estimate there, and everybody's time."""

    def __init__(self, n: int) -> None:
        self.n, self.survival = n, 1.0
        self.deaths: list[float] = []
        self.censored: list[float] = []
        self.rate = 0.0


def _walk(state: _State, period: Period, censored: float | None) -> None:
    """Reconstruct one period, with ``censored`` patients censored in it or as many as the risk table asks for."""
    leave = state.n if period.left is None else state.n - period.left
    wanted = _solve_censored(state, period, leave) if censored is None else censored
    falls = _falls(state, period, wanted)
    counts = _whole(falls, max(0, min(round(sum(falls)), leave)))
    rest = leave - sum(counts)
    # A curve is drawn as far as somebody is followed.
    followed = 1 if rest > 0 and period.end > period.start else 0
    _record(state, period, counts, rest if period.left is not None else min(round(wanted), rest - followed))


def _record(state: _State, period: Period, counts: Sequence[int], gone: int) -> None:
    width = period.end - period.start
    # Rounding may put the last of a very short stretch on its end, which belongs to the next number at risk.
    last = math.inf if period.left is None else math.nextafter(period.end, period.start)
    deaths = [
        min(one.start + (at + 0.5) / count * (one.end - one.start), last)
        for one, count in zip(period.stretches, counts, strict=True)
        for at in range(count)
    ]
    censored = [min(period.start + (at + 0.5) / gone * width, last) for at in range(gone)]
    _estimate(state, deaths, censored)
    state.deaths += deaths
    state.censored += censored
    exposed = (state.n - (len(deaths) + gone) / 2) * width
    state.n -= len(deaths) + gone
    state.rate = gone / exposed if exposed > 0 else 0.0


def _estimate(state: _State, deaths: list[float], censored: list[float]) -> None:
    """Carry the Kaplan-Meier estimate through a period; censored at the time of an event are at risk of it."""
    n = state.n
    for _, censoring in sorted([(time, False) for time in deaths] + [(time, True) for time in censored]):
        if not censoring:
            state.survival *= 1 - 1 / n
        n -= 1


def _falls(state: _State, period: Period, censored: float) -> list[float]:
    """Return the events of each stretch, in parts of a patient, if ``censored`` patients are censored evenly.

    The first fall makes good what rounding left over from the period before; it may be below zero then.
    """
    width, dead, level, falls = period.end - period.start, 0.0, state.survival, []
    for one in period.stretches:
        middle = (one.start + one.end) / 2 - period.start
        at_risk = max(state.n - dead - (censored * middle / width if width > 0 else 0.0), 0.0)
        fall = 0.0 if one.flat or level <= 0 else at_risk * (1 - one.survival / level)
        level = level if one.flat else one.survival
        dead += fall
        falls.append(fall)
    return falls


def _solve_censored(state: _State, period: Period, leave: int) -> float:
    """Find how many are censored so that they and the events make ``leave``; the sum grows with the censored."""
    return _root(lambda censored: sum(_falls(state, period, censored)) + censored - leave, float(leave))


def _last_censored(state: _State, period: Period, curve: DigitisedCurve) -> float:
    """Choose the censoring after the last printed number at risk: by the total of events, or as it went before."""
    if curve.total_events is None:
        return state.n * (1 - math.exp(-state.rate * (period.end - period.start))) * (1 + period.kept) / 2
    wanted = curve.total_events - len(state.deaths)
    return _root(lambda censored: wanted - sum(_falls(state, period, censored)), float(state.n))


def _root(rising: Callable[[float], float], most: float) -> float:
    """Find where a rising function passes 0, between 0 and ``most``, or the end nearest to it (Illinois method)."""
    low, high, f_low, f_high = 0.0, most, rising(0.0), rising(most)
    if f_low >= 0 or f_high <= 0:
        return low if f_low >= 0 else high
    for _ in range(_STEPS):
        middle = (low * f_high - high * f_low) / (f_high - f_low)
        value = rising(middle)
        if abs(value) < _NEAR:
            return middle
        if value < 0:
            low, f_low, f_high = middle, value, f_high / 2
        else:
            high, f_high, f_low = middle, value, f_low / 2
    return low


def _whole(falls: Sequence[float], deaths: int) -> list[int]:
    """Make whole events of parts: each where the running sum passes a half, and none where it does not grow."""
    total = sum(falls)
    scale = deaths / total if total > 0 else 0.0
    counts, given, run = [], 0, 0.0
    for fall in falls:
        run += fall * scale
        now = max(given, min(deaths, int(run + 0.5 + 1e-9))) if fall > 0 else given
        counts.append(now - given)
        given = now
    return counts

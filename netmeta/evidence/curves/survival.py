"""The Kaplan-Meier estimate of one arm, with Greenwood's standard error, its interval, and the median."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from netmeta import numerals
from netmeta.evidence import entry
from netmeta.evidence.curves.patients import PatientData, check_arm
from netmeta.evidence.curves.risk_table import arm_table
from netmeta.evidence.normal import z_two_sided
from netmeta.showing import Shown

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Survival", "survival"]

Column = tuple[float, ...]
_HALF = 0.5
_SAME = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Survival(Shown):
    """A Kaplan-Meier estimate, one entry for each distinct time of event or censoring.

    Attributes
    ----------
    times, at_risk, events
        Time, patients at risk just before it, events at it.
    survival, se, low, high
        The estimate after the time, Greenwood's standard error of it, and its interval by the log-log
        transformation (Kalbfleisch and Prentice 1980), all as fractions. Where the estimate is 1 there is no width;
        where it is 0 there is no interval and both limits are 0.
    median, median_low, median_high
        First time at which the estimate, and the limits of its interval, are at or below 0.5 (Brookmeyer and
        Crowley 1982); the middle of the stretch where they are 0.5 exactly. ``None`` where not reached.
    """

    times: tuple[float, ...]
    at_risk: tuple[int, ...]
    events: tuple[int, ...]
    survival: tuple[float, ...]
    se: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    level: float
    median: float | None
    median_low: float | None
    median_high: float | None

    @property
    def median_in_words(self) -> str:
        """The median with its interval: ``11.0 (8.8 to 13.1)``, or ``not reached``."""
        middle, low, high = (
            "not reached" if time is None else numerals.decimal(time, 1)
            for time in (self.median, self.median_low, self.median_high)
        )
        return middle if self.median is None else f"{middle} ({low} to {high})"

    def to_frame(self) -> pd.DataFrame:
        """Return one row a time; ``survival``, ``se``, ``low`` and ``high`` are fractions."""
        import pandas as pd

        names = ("at_risk", "events", "survival", "se", "low", "high")
        return pd.DataFrame({"time": self.times, **{name: getattr(self, name) for name in names}})

    def _lines(self) -> tuple[str, ...]:
        patients, events = (numerals.count(n) for n in (self.at_risk[0], sum(self.events)))
        return (f"Kaplan-Meier estimate: {patients} patients, {events} events; median {self.median_in_words}.",)

    def _brief(self) -> tuple[str, ...]:
        return f"{self.at_risk[0]} patients", f"{sum(self.events)} events", f"median {self.median_in_words}"

    def at(self, time: float) -> float:
        """Return the estimate at ``time``, after the events at that time."""
        found = bisect_right(self.times, time)
        return self.survival[found - 1] if found else 1.0

    def before(self, time: float) -> float:
        """Return the estimate just before ``time``."""
        found = bisect_left(self.times, time)
        return self.survival[found - 1] if found else 1.0

    def risk_at(self, time: float) -> int:
        """Return the patients at risk just before ``time``, as the tables under published figures give them."""
        found = bisect_left(self.times, time)
        return self.at_risk[found] if found < len(self.times) else 0


def survival(patients: PatientData, *, level: float = 0.95) -> Survival:
    """Estimate survival in one arm (Kaplan and Meier 1958).

    Parameters
    ----------
    patients
        Patient data, approximate or not.
    level
        Level of the intervals, as a fraction.

    Raises
    ------
    EntryError
        If ``patients`` is not `PatientData`, or for a level outside (0.5, 1).
    """
    import numpy as np

    asked = entry.level("level", level)
    entry.check_level(asked)
    table = arm_table(check_arm("patients", patients))
    with np.errstate(divide="ignore", invalid="ignore"):
        greenwood = np.cumsum(table.deaths / (table.at_risk * (table.at_risk - table.deaths)))
        se = np.where(table.survival > 0, table.survival * np.sqrt(greenwood), 0.0)
        spread = z_two_sided(asked) * np.sqrt(greenwood) / np.log(table.survival)
        # The logarithm of the estimate is below zero, and so is the spread: the larger power is the lower limit.
        low, high = (np.where(table.survival < 1, table.survival ** np.exp(sign * spread), 1.0) for sign in (-1, 1))
    low, high = (np.where(table.survival > 0, limit, 0.0) for limit in (low, high))
    known = table.survival > 0
    columns = [tuple(column.tolist()) for column in (table.survival, se, low, high)]
    times = tuple(table.times.tolist())
    return Survival(
        times=times,
        at_risk=tuple(int(n) for n in table.at_risk),
        events=tuple(int(n) for n in table.deaths),
        survival=columns[0],
        se=columns[1],
        low=columns[2],
        high=columns[3],
        level=asked,
        median=_half(times, columns[0]),
        median_low=_half(times, columns[2], known=tuple(known.tolist())),
        median_high=_half(times, columns[3], known=tuple(known.tolist())),
    )


def _half(
    times: tuple[float, ...], levels: tuple[float, ...], known: tuple[bool, ...] | None = None
) -> float | None:
    """Return the first time at or below a half, or the middle of the stretch where the level is a half exactly.

    Where the estimate is 0 its interval is not known, and does not pass a half there.
    """
    steps = [
        (time, level)
        for at, (time, level) in enumerate(zip(times, levels, strict=True))
        if known is None or known[at]
    ]
    for at, (time, level) in enumerate(steps):
        if abs(level - _HALF) <= _SAME:
            later = next((other for other, below in steps[at:] if below < _HALF - _SAME), None)
            return time if later is None else (time + later) / 2
        if level < _HALF:
            return time
    return None

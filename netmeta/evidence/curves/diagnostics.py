"""How well approximate patient data give back the curve and the numbers that they were made from."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from netmeta import numerals
from netmeta.errors import EntryError

if TYPE_CHECKING:
    from netmeta.evidence.curves.patients import PatientData
    from netmeta.evidence.curves.survival import Survival

__all__ = ["Diagnostics", "diagnose"]

_POOR_RMSE, _POOR_ERROR, _POOR_MEDIAN = 0.02, 0.05, 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostics:
    """Differences between the reconstruction and what was digitised and printed.

    Attributes
    ----------
    rmse, largest_error
        Root mean square and largest absolute difference between the Kaplan-Meier estimate of the approximate
        patient data and the digitised points as clicked, as fractions. A point within the height of a step is on
        the curve.
    largest_error_at
        The time of the largest error.
    events, events_printed
        Reconstructed and printed events.
    median, median_printed
        Reconstructed and printed median; ``None`` where not reached or not given.
    risk_error
        The largest difference to a printed number at risk.
    """

    rmse: float
    largest_error: float
    largest_error_at: float
    events: int
    events_printed: int | None
    median: float | None
    median_printed: float | None
    risk_error: int
    unit: str
    numbers_at_risk: int

    @property
    def lines(self) -> tuple[str, ...]:
        """The diagnostics in words."""
        events = f"{self.events} events{_beside(self.events_printed)}"
        medians = [None if one is None else numerals.decimal(one, 1) for one in (self.median, self.median_printed)]
        reached = f"{medians[0]} {self.unit}" if medians[0] else "not reached"
        rmse, largest, at = (
            numerals.decimal(number, places)
            for number, places in ((self.rmse, 3), (self.largest_error, 3), (self.largest_error_at, 1))
        )
        return (
            f"Distance to the points: RMSE {rmse}, largest {largest} at {at} {self.unit}.",
            f"{events}; median {reached}{_beside(medians[1])}.",
        )

    @property
    def cautions(self) -> tuple[str, ...]:
        """What to beware of before the approximate patient data are used; none where all agrees."""
        return tuple(filter(None, (self._distance(), self._events(), self._median(), self._risk())))

    def _distance(self) -> str:
        if self.rmse <= _POOR_RMSE and self.largest_error <= _POOR_ERROR:
            return ""
        far, at = numerals.decimal(self.largest_error, 2), numerals.decimal(self.largest_error_at, 1)
        return (
            f"The reconstructed curve is up to {far} from the points (at {at} {self.unit}): "
            "check the points there, the axes and the numbers at risk."
        )

    def _events(self) -> str:
        if self.events_printed in (None, self.events):
            return ""
        return f"{self.events} events are reconstructed, {self.events_printed} are printed."

    def _median(self) -> str:
        if self.median_printed is None:
            return ""
        printed = numerals.decimal(self.median_printed, 1)
        if self.median is None:
            return f"The reconstructed median is not reached; {printed} {self.unit} is printed."
        if abs(self.median / self.median_printed - 1) <= _POOR_MEDIAN:
            return ""
        return f"The reconstructed median is {numerals.decimal(self.median, 1)} {self.unit}; {printed} is printed."

    def _risk(self) -> str:
        if self.numbers_at_risk > 1:
            return ""
        return "Without numbers at risk under the figure, how many were censored, and when, is a guess."


def diagnose(patients: PatientData) -> Diagnostics:
    """Compare approximate patient data with the curve inside them.

    Raises
    ------
    EntryError
        For data that were not reconstructed from a curve.
    """
    from netmeta.evidence.curves.survival import survival

    curve = patients.curve
    if curve is None:
        raise EntryError("These patient data do not come from a curve: there is nothing to compare with.")
    found = survival(patients)
    errors = [(_distance(found, time, value), time) for time, value in curve.readings]
    largest, at = max(errors)
    gaps = [abs(patients.at_risk(time) - n) for time, n in curve.numbers_at_risk]
    return Diagnostics(
        rmse=math.sqrt(sum(error**2 for error, _ in errors) / len(errors)),
        largest_error=largest,
        largest_error_at=at,
        events=patients.n_events,
        events_printed=curve.total_events,
        median=found.median,
        median_printed=curve.median,
        risk_error=max(gaps, default=0),
        unit=curve.unit,
        numbers_at_risk=len(curve.numbers_at_risk),
    )


def _distance(found: Survival, time: float, value: float) -> float:
    low, high = found.at(time), found.before(time)
    return max(low - value, value - high, 0.0)


def _beside(printed: object) -> str:
    return "" if printed is None else f" ({printed} printed)"

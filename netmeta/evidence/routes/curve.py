"""A survival curve as read off a figure: times, survival, and numbers at risk where they are printed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from netmeta.errors import EntryError, shown
from netmeta.evidence.routes.route import required

__all__ = ["Curve", "read_curve"]

_MOST = 1000
_POINT = (2, 3)
_NUMBER = re.compile(r"(?:\d{1,9}(?:[.,]\d{1,15})?|[.,]\d{1,15})")


@dataclass(frozen=True, slots=True)
class Curve:
    """Survival of one arm at times that begin with 0.

    Parameters
    ----------
    times
        Increasing, in the unit of the follow-up; the first is 0.
    survival
        Fractions of the same length, 1 at the beginning and never rising.
    at_risk
        Numbers at risk of the same length, never rising; or the number at the beginning alone; or nothing.

    Raises
    ------
    EntryError
        For a curve that no trial can have; the message names the point.
    """

    times: tuple[float, ...]
    survival: tuple[float, ...]
    at_risk: tuple[float, ...]

    def __post_init__(self) -> None:
        for name in ("times", "survival", "at_risk"):
            given = getattr(self, name)
            if not isinstance(given, tuple | list):
                raise EntryError(f"{name} is {shown(given)}; give a tuple of numbers.")
            object.__setattr__(self, name, tuple(required(name, value) for value in given))
        self._check_lengths()
        self._check_course()

    def _check_lengths(self) -> None:
        if not _POINT[0] <= len(self.times) <= _MOST or len(self.times) != len(self.survival):
            raise EntryError(
                f"The curve has {len(self.times)} times and {len(self.survival)} survival probabilities; "
                f"give as many of each, 2 to {_MOST}."
            )
        if len(self.at_risk) not in (0, 1, len(self.times)):
            raise EntryError(
                f"The curve has {len(self.times)} points and {len(self.at_risk)} numbers at risk; "
                "give one for each point, or only the first, or none."
            )

    def _check_course(self) -> None:
        if self.times[0] != 0 or self.survival[0] != 1:
            raise EntryError(
                f"The curve begins at time {self.times[0]:g} with survival {self.survival[0]:g}; "
                "begin with 0 and 1."
            )
        if self.at_risk and self.at_risk[0] <= 0:
            raise EntryError(f"{self.at_risk[0]:g} patients are at risk at the beginning; it has to be above 0.")
        for at in range(1, len(self.times)):
            self._check_step(at)

    def _check_step(self, at: int) -> None:
        before, now = self.times[at - 1], self.times[at]
        if now <= before:
            raise EntryError(f"Time {now:g} follows time {before:g}; times have to increase.")
        high, low = self.survival[at - 1], self.survival[at]
        if not 0 <= low <= 1:
            mend = f" Did you mean {low / 100:g}?" if 1 < low <= 100 else ""  # noqa: PLR2004
            raise EntryError(f"Survival is {low:g} at time {now:g}; give a fraction from 0 to 1.{mend}")
        if low > high:
            raise EntryError(
                f"Survival rises from {high:g} to {low:g} at time {now:g}; a survival curve never rises. "
                f"Read it again, or give {high:g} there."
            )
        if len(self.at_risk) > 1 and not 0 <= self.at_risk[at] <= self.at_risk[at - 1]:
            raise EntryError(
                f"{self.at_risk[at]:g} are at risk at time {now:g} and {self.at_risk[at - 1]:g} before it; "
                "numbers at risk never rise and are not below 0."
            )


def read_curve(name: str, text: str, patients: float | None = None) -> Curve:
    """Read points written as ``"0 1 134; 6 0.62 70; 12 0.31 28"``: time, survival, number at risk.

    Points stand on lines of their own or between semicolons; the number at risk is left out where it is not
    printed. A curve that does not begin at time 0 begins there with survival 1.

    Parameters
    ----------
    name
        The field, for messages.
    text
        The points; decimal commas are understood, percent signs too.
    patients
        Patients of the arm, for curves without numbers at risk.

    Raises
    ------
    EntryError
        For what cannot be read, with the point.
    """
    written = [point.strip() for point in re.split(r"[;\n]", text) if point.strip()]
    if len(written) > _MOST:
        raise EntryError(f"{name} has {len(written)} points; give at most {_MOST}.")
    points = [_point(name, at, point) for at, point in enumerate(written, start=1)]
    if not points or points[0][0] != 0:
        points.insert(0, (0.0, 1.0, patients))
    return _curve(name, points, patients)


def _curve(name: str, points: list[tuple[float, float, float | None]], patients: float | None) -> Curve:
    times, survival, risk = zip(*points, strict=True)
    first = patients if risk[0] is None else risk[0]
    later = [number for number in risk[1:] if number is not None]
    if later and (first is None or len(later) != len(risk) - 1):
        at = next((time for time, number in zip(times[1:], risk[1:], strict=True) if number is None), 0.0)
        raise EntryError(f"{name} has no number at risk at time {at:g}; give it for every point, or for none.")
    return Curve(times, survival, () if first is None else (first, *later))


def _point(name: str, at: int, text: str) -> tuple[float, float, float | None]:
    parts = text.split()
    if len(parts) not in _POINT:
        raise EntryError(
            f"Point {at} of {name} is {shown(text)}; write time, survival and, where printed, the number at risk: "
            "'6 0.62 70'."
        )
    numbers = [_number(name, at, part) for part in parts]
    return numbers[0], numbers[1], numbers[2] if len(numbers) > _POINT[0] else None


def _number(name: str, at: int, text: str) -> float:
    bare = text.removesuffix("%")
    if not _NUMBER.fullmatch(bare) or not bare.isascii():
        raise EntryError(f"Point {at} of {name} has {shown(text)}; write a number such as 0.62.")
    found = float(bare.replace(",", "."))
    return found if bare == text else found / 100

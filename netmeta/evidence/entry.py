"""Checks at the door: a value as entered becomes a number or a text, or an error that names it."""

from __future__ import annotations

import math
from typing import SupportsFloat

from netmeta.errors import EntryError

__all__ = ["check_fraction", "check_interval", "check_positive", "integer", "number", "text"]


def text(name: str, value: object) -> str:
    """Read a text field: ``None`` and NaN mean nothing was given."""
    if value is None or _is_missing(value):
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool | float | int) or hasattr(value, "item"):
        return str(value)
    raise EntryError(f"{name} is {value!r}; give it as text.")


def number(name: str, value: object) -> float | None:
    """Read a number field: ``None``, NaN from a table's empty cell and ``""`` mean nothing was given."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        raise EntryError(f"{name} is {value!r}, which is text; give a number such as 0.38.")
    if isinstance(value, bool) or not isinstance(value, SupportsFloat):
        raise EntryError(f"{name} is {value!r}; give a number such as 0.38.")
    found = float(value)
    if not math.isfinite(found):
        raise EntryError(f"{name} is {found}; give a finite number, or leave it out.")
    return found


def integer(name: str, value: object) -> int | None:
    """Read a count: a whole number that is not negative."""
    found = number(name, value)
    if found is None:
        return None
    if found < 0 or found != int(found):
        raise EntryError(f"{name} is {found:g}; give a whole number of patients or events, 0 or more.")
    return int(found)


def check_positive(name: str, value: float | None) -> None:
    """Refuse a hazard ratio, bound or standard error that is not above zero."""
    if value is not None and value <= 0:
        log = " It looks like a log hazard ratio: give log_hr and se instead." if name == "hr" else ""
        raise EntryError(f"{name} is {value:g}; it has to be above 0.{log}")


def check_fraction(name: str, value: float) -> None:
    """Refuse a level outside (0, 1), with 95 meant as 0.95 said back."""
    if not 0 < value < 1:
        mend = f" Did you mean {value / 100:g}?" if 1 < value < 100 else ""  # noqa: PLR2004
        raise EntryError(f"{name} is {value:g}; give a fraction between 0 and 1, such as 0.95.{mend}")


def check_interval(hr: float, low: float | None, high: float | None) -> None:
    """Refuse an interval that runs the wrong way, has no width, or does not hold its hazard ratio."""
    if low is not None and high is not None and low >= high:
        raise EntryError(
            f"The interval runs from {low:g} to {high:g}: the lower limit has to be below the upper. "
            "Swap them, or check both against the paper."
        )
    if (low is not None and hr < low) or (high is not None and hr > high):
        raise EntryError(
            f"The hazard ratio {hr:g} lies outside its interval ({_shown(low)} to {_shown(high)}). "
            "Check the three numbers against the paper."
        )


def _shown(bound: float | None) -> str:
    return "not given" if bound is None else f"{bound:g}"


def _is_missing(value: object) -> bool:
    return isinstance(value, float) and math.isnan(value)

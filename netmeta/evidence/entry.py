"""Checks at the door: a value as entered becomes a number or a text, or an error that names it."""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal
from numbers import Real
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from netmeta.errors import EntryError, hint, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "VOCABULARY",
    "check_interval",
    "check_level",
    "check_positive",
    "check_word",
    "integer",
    "level",
    "number",
    "sides",
    "text",
]

VOCABULARY: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "assessor": ("", "central", "investigator", "not stated"),
        "direction": ("experimental/control", "not stated"),
        "p_relation": ("=", "<", ">"),
        "use": ("primary", "sensitivity", "subgroup", "superseded", "unverified", "no HR"),
        "verification": ("verified", "unverified", "entered"),
    }
)
"""The fields of a trial that take one of a few words: any other word would be left out without a sound."""

_MISSING_TYPES = ("NAType", "NaTType")


def text(name: str, value: object) -> str:
    """Read a text field: ``None``, NaN, ``pandas.NA`` and ``NaT`` mean nothing was given."""
    if type(value) is str:
        return value.strip()
    plain = _plain(value)
    if _is_missing(plain) or (isinstance(plain, float) and math.isnan(plain)):
        return ""
    if isinstance(plain, str):
        return str(plain).strip()
    if isinstance(plain, bool | int | float | date):
        return str(plain).removesuffix(" 00:00:00")
    raise EntryError(f"{name} is {shown(value)}; give it as text.")


def number(name: str, value: object) -> float | None:
    """Read a number field: ``None``, ``pandas.NA`` and empty text mean nothing was given; NaN is an error."""
    if value is None:
        return None
    plain = _plain(value)
    if _is_missing(plain) or (isinstance(plain, str) and not plain.strip()):
        return None
    if isinstance(plain, str):
        raise EntryError(f"{name} is {shown(value)}, which is text; give a number such as 0.38.")
    if isinstance(plain, bool) or not isinstance(plain, Real | Decimal):
        raise EntryError(f"{name} is {shown(value)}; give a number such as 0.38.")
    found = _as_float(plain)
    if not math.isfinite(found):
        raise EntryError(f"{name} is {found}; give a finite number, or leave it out.")
    return found


def integer(name: str, value: object) -> int | None:
    """Read a count: a whole number that is not negative."""
    found = number(name, value)
    if found is None:
        return None
    if found < 0 or found != int(found):
        raise EntryError(f"{name} is {found:g}; give a whole number, 0 or more.")
    return int(found)


def level(name: str, value: object) -> float:
    """Read the level of an interval; nothing given means 0.95."""
    found = number(name, value)
    return 0.95 if found is None else found


def sides(name: str, value: object) -> int:
    """Read the sides of an interval; nothing given means 2."""
    found = integer(name, value)
    return 2 if found is None else found


def check_word(name: str, word: str) -> None:
    """Refuse a word that a field of `VOCABULARY` does not have."""
    if word not in VOCABULARY[name]:
        raise EntryError(f"{name} is {shown(word)}.{hint(word, VOCABULARY[name])}")


def check_positive(name: str, value: float | None) -> None:
    """Refuse a hazard ratio, bound or standard error that is not above zero."""
    if value is not None and value <= 0:
        log = " It looks like a log hazard ratio: give log_hr and se instead." if name == "hr" else ""
        raise EntryError(f"{name} is {value:g}; it has to be above 0.{log}")


def check_level(value: float) -> None:
    """Refuse a level outside (0.5, 1), with 95 and 0.05 meant as 0.95 said back."""
    if 0.5 < value < 1:  # noqa: PLR2004
        return
    meant = value / 100 if 1 < value < 100 else 1 - value if 0 < value < 0.5 else 0  # noqa: PLR2004
    mend = f" Did you mean {meant:g}?" if meant else ""
    raise EntryError(f"level is {value:g}; give a fraction above 0.5 and below 1, such as 0.95.{mend}")


def check_interval(hr: float, low: float | None, high: float | None) -> None:
    """Refuse an interval that runs the wrong way, has no width, or does not hold its hazard ratio."""
    if low is not None and high is not None and low >= high:
        raise EntryError(
            f"The interval runs from {low:g} to {high:g}: the lower limit has to be below the upper. "
            "Swap them, or check both against the paper."
        )
    if (low is not None and hr < low) or (high is not None and hr > high):
        raise EntryError(
            f"The hazard ratio {hr:g} lies outside its interval ({_limit(low)} to {_limit(high)}). "
            "Check the three numbers against the paper."
        )


def _limit(bound: float | None) -> str:
    return "not given" if bound is None else f"{bound:g}"


def _plain(value: object) -> object:
    """Return the Python value of a numpy scalar."""
    item = getattr(value, "item", None)
    return item() if callable(item) and getattr(value, "ndim", None) == 0 else value


def _is_missing(value: object) -> bool:
    """Say whether nothing was given, knowing pandas' two markers by name: pandas is not imported for this."""
    return value is None or type(value).__name__ in _MISSING_TYPES


def _as_float(value: Real | Decimal) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf

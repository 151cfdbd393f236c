"""Checks at the door: a value as entered becomes a number or a text, or an error that names it."""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal
from numbers import Real
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from netmeta.errors import EntryError, hint, shown
from netmeta.evidence.normal import z_two_sided

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "VOCABULARY",
    "check_interval",
    "check_level",
    "check_log_units",
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
        "favours": ("", "experimental", "control"),
        "p_relation": ("=", "<", ">"),
        "use": ("primary", "sensitivity", "subgroup", "superseded", "unverified", "no HR"),
        "verification": ("verified", "unverified", "entered"),
    }
)
"""The fields of a trial that take one of a few words: any other word would be left out without a sound."""

_LOG_LIMIT, _MOST = 10.0, 10**9
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
    if found > _MOST:
        raise EntryError(f"{name} is {found:g}; no trial counts that far. Check the number.")
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
        raise EntryError(f"{name} is {value:g}; it has to be above 0.")


def check_log_units(hr: float | None, low: float | None, high: float | None, level: float) -> None:
    """Refuse a hazard ratio or limits below zero, which are on the log scale, and say what they are there."""
    given = {"hr": hr, "ci_low": low, "ci_high": high}
    below = next((name for name, value in given.items() if value is not None and value < 0), "")
    if not below:
        return
    said = f"{below} is {given[below]:g}; it has to be above 0. "
    small = all(abs(value) <= _LOG_LIMIT for value in given.values() if value is not None)
    if small and hr is not None and (hr < 0 or (low is not None and high is not None and low < hr < high)):
        mend: dict[str, object] = {"printed_log_hr": hr, **dict.fromkeys(given)}
        if low is not None and high is not None and low < high and 0.5 < level < 1:  # noqa: PLR2004
            mend["printed_se"] = (high - low) / (2 * z_two_sided(level))
        raise EntryError(
            f"{said}It looks like a log hazard ratio: give log_hr and se instead. Did you mean log_hr = {hr:g}?",
            mend=mend,
        )
    limits = {name: value for name, value in given.items() if name != "hr" and value is not None}
    if small and hr is not None:
        meant = {name: math.exp(value) for name, value in limits.items()}
        words = " and ".join(f"{value:.3g}" for value in meant.values())
        raise EntryError(f"{said}The limits look like logarithms: did you mean {words}?", mend=meant)
    raise EntryError(said.strip())


def check_level(value: float) -> None:
    """Refuse a level outside (0.5, 1), with 95 and 0.05 meant as 0.95 said back."""
    if 0.5 < value < 1:  # noqa: PLR2004
        return
    meant = value / 100 if 1 < value < 100 else 1 - value if 0 < value < 0.5 else 0  # noqa: PLR2004
    said = f"level is {value:g}; give a fraction above 0.5 and below 1, such as 0.95."
    mended = f" Did you mean {meant:g}?" if meant else ""
    raise EntryError(said + mended, mend={"level": meant} if meant else None)


def check_interval(hr: float, low: float | None, high: float | None) -> None:
    """Refuse an interval that runs the wrong way, has no width, or does not hold its hazard ratio."""
    if low is not None and high is not None and low >= high:
        raise EntryError(
            f"The interval runs from {low:g} to {high:g}: the lower limit has to be below the upper. "
            "Swap them, or check both against the paper.",
            mend={"ci_low": high, "ci_high": low} if high <= hr <= low and low > high else None,
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

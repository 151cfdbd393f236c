"""Absolute effects in plain words: patients of a thousand, numbers needed to treat, medians, assumptions."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from netmeta import numerals

if TYPE_CHECKING:
    from netmeta.pooling.absolute import AbsoluteEffect, AbsoluteEffects
    from netmeta.pooling.interval import Interval
    from netmeta.pooling.relative import RelativeEffect
    from netmeta.showing import Columns

__all__ = [
    "COLUMNS", "assumptions", "event_free", "event_free_title", "hr_in_words", "months",
    "of_thousand", "per_thousand", "sentences",
]  # fmt: skip

PER: Final = 1000
_FREE: Final = MappingProxyType(
    {"OS": "alive", "PFS": "alive without progression", "TTP": "without progression", "PFS1": "without progression"}
)


_TITLES: Final = MappingProxyType(
    {"OS": "Alive", "PFS": "Alive without progression", "TTP": "Without progression", "PFS1": "Without progression"}
)


def event_free_title(endpoint: str) -> str:
    """Say the same as the title of an axis."""
    return _TITLES.get(endpoint, "Without the event")


def event_free(endpoint: str) -> str:
    """Say how patients without the event of an endpoint are: ``"alive without progression"``."""
    return _FREE.get(endpoint, "without the event")


def months(value: float) -> str:
    """Write months: at most one decimal, none for a whole number."""
    return numerals.decimal(value, 0 if value == round(value) else 1)


def of_thousand(share: float) -> str:
    """Write a share (0 to 1) as patients of a thousand."""
    return numerals.count(round(PER * share))


def per_thousand(shares: Interval) -> str:
    """Write an interval of shares as patients of a thousand."""
    return f"{of_thousand(shares.low)}{numerals.DASH}{of_thousand(shares.high)}"


def hr_in_words(effect: RelativeEffect) -> str:
    """Write the hazard ratio with its interval and level."""
    ratios = effect.ci.exp()
    found = numerals.estimate(effect.hr, ratios.low, ratios.high)
    return f"HR {found}"


def sentences(found: AbsoluteEffects) -> tuple[str, ...]:
    """Say what the effect means at each time (the first three), the medians, a new trial, and what is assumed."""
    lines = [_at(found, row) for row in found.rows[:3]]
    lines += [_median(found), *[_new(found, row) for row in found.rows[:1]]]
    return tuple(filter(None, (*lines, *assumptions(found))))


def _at(found: AbsoluteEffects, row: AbsoluteEffect) -> str:
    return f"{_patients(found, row)} {more_or_fewer(row)}"


def _patients(found: AbsoluteEffects, row: AbsoluteEffect) -> str:
    therapy, control = found.effect.arms
    return (
        f"Of {of_thousand(1)} patients like these, {of_thousand(row.control)} are "
        f"{event_free(found.effect.endpoint)} at {months(row.time)} months with {control}, and "
        f"{of_thousand(row.treated)} ({per_thousand(row.treated_ci)}) with {therapy}."
    )


def more_or_fewer(row: AbsoluteEffect) -> str:
    """Say how many more or fewer that is, and the number needed to treat, as a sentence."""
    benefit, needed = row.treated - row.control, row.needed.in_words
    number = of_thousand(abs(benefit))
    if number == "0":
        return f"That is no difference to speak of; number needed to treat: {needed}."
    if benefit > 0:
        return f"That is {number} more; number needed to treat: {needed}."
    return f"That is {number} fewer; number needed to treat: {needed}."


def _median(found: AbsoluteEffects) -> str:
    control, treated = found.median_control, found.median_treated
    low, high = found.median_treated_ci
    if control is None or treated is None:
        return _not_reached(control, treated)
    return (
        f"Median: {months(control)} months with {found.effect.arms[1]}, "
        f"{months(treated)} ({_bound(low)} to {_bound(high)}) with {found.effect.arms[0]}."
    )


def _not_reached(control: float | None, treated: float | None) -> str:
    if control is None and treated is None:
        return "Neither median is reached before the baseline's curve ends."
    if treated is None:
        return (
            f"Median: {_bound(control)} months in the control arm; with treatment it is not reached before the "
            f"curve ends."
        )
    return f"Median: not reached in the control arm before the curve ends; {_bound(treated)} months with treatment."


def _bound(value: float | None) -> str:
    return "not reached" if value is None else months(value)


def _new(found: AbsoluteEffects, row: AbsoluteEffect) -> str:
    if row.treated_pi is None or row.needed_pi is None:
        return ""
    return (
        f"In a new trial, between {of_thousand(row.treated_pi.low)} and {of_thousand(row.treated_pi.high)} of "
        f"{of_thousand(1)} at {months(row.time)} months with {found.effect.arms[0]} "
        f"({_level(found.effect)} prediction interval); number needed to treat: {row.needed_pi.in_words}."
    )


def _level(effect: RelativeEffect) -> str:
    return f"{100 * effect.level:g}%"


def assumptions(found: AbsoluteEffects) -> tuple[str, ...]:
    """Say what is assumed: the baseline, and that the hazard ratio is one and the same at all times."""
    return (
        found.baseline.in_words,
        (
            "Assumed, not estimated: this baseline, taken as known, and one hazard ratio at all times "
            f"({hr_in_words(found.effect)}, {_level(found.effect)} interval)."
        ),
    )


COLUMNS: Final[Columns] = (
    ("Months", lambda row: months(row.time)),
    ("Control, of 1 000", lambda row: of_thousand(row.control)),
    ("Treated, of 1 000", lambda row: f"{of_thousand(row.treated)} ({per_thousand(row.treated_ci)})"),
    ("NNT", lambda row: row.needed.in_words),
)

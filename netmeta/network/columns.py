"""Columns of the tables that results of networks show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from netmeta import numerals
from netmeta.pooling.words import effect
from netmeta.showing import table_of

if TYPE_CHECKING:
    from netmeta.network.effects import NetworkEffect
    from netmeta.network.result import NetworkResult
    from netmeta.pooling.interval import Interval
    from netmeta.showing import Columns, Table

__all__ = ["EFFECTS", "against_reference", "interval_of"]

EFFECTS: Final[Columns] = (
    ("experimental", lambda one: one.experimental),
    ("control", lambda one: one.control),
    ("hr", lambda one: one.hr),
    ("hr_low", lambda one: one.ci.exp().low),
    ("hr_high", lambda one: one.ci.exp().high),
    ("log_hr", lambda one: one.log_hr),
    ("log_hr_se", lambda one: one.se),
    ("p_value", lambda one: one.p_value),
    ("prediction_hr_low", lambda one: one.pi.exp().low if one.pi else None),
    ("prediction_hr_high", lambda one: one.pi.exp().high if one.pi else None),
    ("direct_trials", lambda one: one.direct),
)


def interval_of(found: Interval | None) -> str:
    """Write an interval of log HRs as hazard ratios; a dash for none."""
    if found is None:
        return numerals.DASH
    ratios = found.exp()
    return numerals.interval(ratios.low, ratios.high)


def against_reference(result: NetworkResult) -> Table:
    """Return every treatment against the reference: effect, prediction interval, direct trials and P-score."""
    level = f"{100 * result.model.level:g}%"
    scores = result.p_scores

    def score(one: NetworkEffect) -> str:
        return numerals.decimal(scores[one.experimental])

    columns: Columns = (
        (f"Against {result.reference}", lambda one: one.experimental),
        (f"HR ({level} CI)", effect),
        (f"{level} prediction interval", lambda one: interval_of(one.pi)),
        ("Direct trials", lambda one: numerals.count(one.direct)),
        ("P-score", score),
    )
    return table_of(columns, result.effects)

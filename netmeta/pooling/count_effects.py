"""Effects of single trials from counts: log RR, log OR or RD with variances, and what is done about zero cells."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias

from netmeta.evidence.normal import z_two_sided
from netmeta.pooling.interval import Interval

if TYPE_CHECKING:
    from netmeta.evidence.twobytwo import TwoByTwo

__all__ = [
    "CORRECTIONS",
    "MEASURES",
    "Cells",
    "CountEffect",
    "corrected_cells",
    "effect_and_variance",
    "effect_of",
    "natural",
]

MEASURES: Final = MappingProxyType({"RR": "risk ratio", "OR": "odds ratio", "RD": "risk difference"})
"""Measures with their names; both ratios are pooled as logarithms."""

CORRECTIONS: Final = ("half", "treatment-arm")
"""What is added to all four cells of a trial in which one is 0: one half (metafor's ``add=1/2, to="only0"``), or
shares of one in proportion to the arms' sizes (Sweeting, Sutton & Lambert 2004, Stat Med 23:1351)."""

Cells: TypeAlias = tuple[float, float, float, float]
"""Events and others of the experimental arm, then of the control arm."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountEffect:
    """The effect of one trial.

    Parameters
    ----------
    table
        Its counts.
    effect, se
        Log RR, log OR or RD, and its standard error.
    ci
        Normal interval, on the same scale.
    weight
        Percent of the pooled result; 0 outside one.
    """

    table: TwoByTwo
    effect: float
    se: float
    ci: Interval
    weight: float = 0.0

    @property
    def study(self) -> str:
        """The trial, as in its table."""
        return self.table.study

    @property
    def key(self) -> str:
        """The trial's key, as in its table."""
        return self.table.key

    @property
    def corrected(self) -> bool:
        """Whether something was added to its cells for ``effect``."""
        return self.table.zero


def natural(measure: str, effect: float) -> float:
    """Return a ratio from its logarithm; a difference is what it is."""
    return effect if measure == "RD" else exp(effect)


def corrected_cells(table: TwoByTwo, correction: str) -> Cells:
    """Return the four cells, with the correction where one of them is 0.

    Parameters
    ----------
    table
        A trial.
    correction
        One of `CORRECTIONS`.
    """
    a, b, c, d = table.cells
    if not table.zero:
        return a, b, c, d
    treated, untreated = 0.5, 0.5
    if correction == "treatment-arm":
        treated = table.treated.n / (table.treated.n + table.untreated.n)
        untreated = 1 - treated
    return a + treated, b + treated, c + untreated, d + untreated


def effect_and_variance(cells: Cells, measure: str) -> tuple[float, float]:
    """Return the effect of one trial and its variance, with the usual large-sample formulas (metafor's ``escalc``).

    Parameters
    ----------
    cells
        Four cells, none of them 0 unless for a risk difference.
    measure
        One of `MEASURES`.

    Returns
    -------
    tuple of float
        Log RR, log OR or RD, and its variance.
    """
    a, b, c, d = cells
    n1, n2 = a + b, c + d
    if measure == "RD":
        return a / n1 - c / n2, a * b / n1**3 + c * d / n2**3
    if measure == "OR":
        return log(a / b) - log(c / d), 1 / a + 1 / b + 1 / c + 1 / d
    return log(a / n1) - log(c / n2), 1 / a - 1 / n1 + 1 / c - 1 / n2


def effect_of(table: TwoByTwo, measure: str, correction: str, level: float) -> CountEffect:
    """Return the effect of one trial with its normal interval.

    Parameters
    ----------
    table
        The trial; for a ratio, not one in which nobody or everybody had the event in both arms.
    measure, correction
        One of `MEASURES`, one of `CORRECTIONS`.
    level
        Coverage of the interval, as a fraction.
    """
    effect, variance = effect_and_variance(corrected_cells(table, correction), measure)
    se = sqrt(variance)
    half = z_two_sided(level) * se
    return CountEffect(table=table, effect=effect, se=se, ci=Interval(effect - half, effect + half))

"""What a multiverse found: one row for every way to pool the trials."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from netmeta import numerals
from netmeta.pooling.columns import SPECIFICATIONS, choices_table
from netmeta.pooling.interval import hazard_ratio
from netmeta.pooling.sensitivity_words import multiverse_in_words, ratios, skipped_in_words, specification_in_words
from netmeta.pooling.words import effect, trials_in_words
from netmeta.showing import Shown, Tabled

if TYPE_CHECKING:
    from netmeta.evidence import Selection
    from netmeta.pooling.axes import MultiverseAxes
    from netmeta.pooling.interval import Interval
    from netmeta.pooling.result import PooledResult
    from netmeta.showing import Columns, Table

__all__ = ["Multiverse", "Skipped", "Specification"]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Specification(Shown):
    """One way to pool the trials, and what comes of it.

    Parameters
    ----------
    method, interval
        Estimator of tau2 and interval of the mean; ``"common"`` and ``"wald"`` for a common effect.
    assessor
        Who read the trials; ``""`` where no question was asked and the evidence stands as it was given.
    inclusion
        Which trials: ``"all"``, ``"without CLARINET"``, ``"verified"``, ...
    also
        Further pairs of assessor and inclusion that lead to the very same rows, and so to the same numbers.
    keys, labels
        The rows that are pooled, and their trials' names: another reader's row of a trial has another key.
    k
        How many they are.
    log_hr, se, ci
        Pooled log HR, the standard error of its interval, and the interval (log scale).
    p_value
        Two-sided P value of a log HR of 0.
    tau2, i2
        Variance between trials, (log HR) squared, and I2 in percent, as in `netmeta.pooling.Fit`.
    prespecified
        Whether this is the analysis that was asked for.
    """

    method: str
    interval: str
    assessor: str
    inclusion: str
    also: tuple[tuple[str, str], ...]
    keys: tuple[str, ...]
    labels: tuple[str, ...]
    k: int
    log_hr: float
    se: float
    ci: Interval
    p_value: float
    tau2: float
    i2: float
    prespecified: bool

    @property
    def hr(self) -> float:
        """Pooled hazard ratio."""
        return hazard_ratio(self.log_hr)

    def _lines(self) -> tuple[str, ...]:
        return (specification_in_words(self),)

    def _brief(self) -> tuple[str, ...]:
        choices = (self.method, self.interval, self.assessor, self.inclusion)
        return *filter(None, choices), trials_in_words(self.k), f"HR {effect(self)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A combination that cannot be pooled, and why; ``model`` is empty where it is not the model's fault."""

    assessor: str
    inclusion: str
    model: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Multiverse(Tabled):
    """Every specification of one question (Steegen and others 2016, Perspect Psychol Sci 11:702).

    Parameters
    ----------
    overall
        The prespecified analysis, with its evidence and model.
    selection
        The question, or ``None`` where the evidence was taken as it stands.
    axes
        The choices gone through.
    rows
        One a distinct analysis: choices that lead to the same trials share one (`Specification.also`).
        The prespecified one is the first.
    skipped
        Combinations that cannot be pooled.
    """

    overall: PooledResult
    selection: Selection | None
    axes: MultiverseAxes
    rows: tuple[Specification, ...]
    skipped: tuple[Skipped, ...]

    @property
    def n(self) -> int:
        """Number of distinct analyses."""
        return len(self.rows)

    @property
    def prespecified(self) -> Specification:
        """The analysis that was asked for."""
        return next(row for row in self.rows if row.prespecified)

    @property
    def hr_range(self) -> tuple[float, float]:
        """Lowest and highest pooled hazard ratio."""
        return min(row.hr for row in self.rows), max(row.hr for row in self.rows)

    @property
    def below_one(self) -> float:
        """Share of analyses, a fraction, whose interval lies wholly below a hazard ratio of 1."""
        return sum(row.ci.high < 0 for row in self.rows) / len(self.rows)

    @property
    def above_one(self) -> float:
        """Share of analyses, a fraction, whose interval lies wholly above a hazard ratio of 1."""
        return sum(row.ci.low > 0 for row in self.rows) / len(self.rows)

    @property
    def rank(self) -> int:
        """Place of the prespecified analysis, from 1, with the lowest hazard ratio first."""
        own = self.prespecified.log_hr
        return 1 + sum(row.log_hr < own for row in self.rows)

    def _lines(self) -> tuple[str, ...]:
        return tuple(filter(None, (multiverse_in_words(self), skipped_in_words(self))))

    def _brief(self) -> tuple[str, ...]:
        low, high = ratios(self.hr_range)
        return f"{numerals.count(self.n)} analyses", f"HR {low} to {high}"

    def _table(self) -> Table:
        return choices_table(self)

    def _frame(self) -> tuple[Columns, tuple[Specification, ...]]:
        return SPECIFICATIONS, self.rows

"""Counts, pooled: the result as a value, with what was corrected and what was left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from netmeta.pooling import count_words as words
from netmeta.pooling.count_effects import natural
from netmeta.showing import Columns, Table, Tabled, table_of

if TYPE_CHECKING:
    from netmeta.evidence.counted import Counts, Uncounted
    from netmeta.pooling.count_effects import CountEffect
    from netmeta.pooling.interval import Interval
    from netmeta.pooling.model import Model

__all__ = ["PooledCounts"]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PooledCounts(Tabled):
    """A pooled risk ratio, odds ratio or risk difference.

    Parameters
    ----------
    counts
        What was pooled, with where each count comes from.
    measure, method, correction
        As asked for (see `netmeta.pool_counts`).
    model
        The model; a `CommonEffect` for Mantel-Haenszel and Peto, which know no other.
    effects
        One for each trial that counts, in order.
    effect, se
        Pooled log RR, log OR, or RD, and its standard error.
    ci, pi, pi_convention
        Confidence and prediction interval on that scale, and the latter's convention.
    tau2, tau2_ci
        Variance between trials on that scale, squared; 0 and ``None`` for a common effect.
    i2, q, q_df, q_p
        I2 in percent (from tau2; from Q for a common effect), Cochran's Q, degrees of freedom and P value.
    statistic, df, p_value
        z or t of no effect, and the two-sided P value.
    corrected
        Trials to whose cells something was added.
    left_out
        Trials without counts, and those in which nobody or everybody had the event, with the reason.
    """

    counts: Counts
    measure: str
    method: str
    correction: str
    model: Model
    effects: tuple[CountEffect, ...]
    effect: float
    se: float
    ci: Interval
    pi: Interval | None
    pi_convention: str
    tau2: float
    tau2_ci: Interval | None
    i2: float
    q: float
    q_df: int
    q_p: float
    statistic: float
    df: int | None
    p_value: float
    corrected: tuple[str, ...]
    left_out: tuple[Uncounted, ...]

    @property
    def k(self) -> int:
        """Number of trials."""
        return len(self.effects)

    @property
    def value(self) -> float:
        """The pooled ratio, or the difference in risk (-1 to 1)."""
        return natural(self.measure, self.effect)

    @property
    def low(self) -> float:
        """Lower limit of ``value``."""
        return natural(self.measure, self.ci.low)

    @property
    def high(self) -> float:
        """Upper limit of ``value``."""
        return natural(self.measure, self.ci.high)

    def _lines(self) -> tuple[str, ...]:
        return words.sentences(self)

    def _brief(self) -> tuple[str, ...]:
        return self.counts.outcome, words.result(self), words.method_in_words(self)

    def _table(self) -> Table:
        return table_of(words.columns(self), self.effects)

    def _frame(self) -> tuple[Columns, tuple[CountEffect, ...]]:
        measure = self.measure
        return (
            ("study", lambda row: row.study),
            ("events_experimental", lambda row: row.table.treated.events),
            ("n_experimental", lambda row: row.table.treated.n),
            ("events_control", lambda row: row.table.untreated.events),
            ("n_control", lambda row: row.table.untreated.n),
            (measure.lower(), lambda row: natural(measure, row.effect)),
            (f"{measure.lower()}_low", lambda row: natural(measure, row.ci.low)),
            (f"{measure.lower()}_high", lambda row: natural(measure, row.ci.high)),
            ("weight_percent", lambda row: row.weight),
            ("corrected", lambda row: row.corrected),
        ), self.effects

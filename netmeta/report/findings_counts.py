"""Outcomes that are counted, response and adverse events, in a summary of findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from netmeta import numerals
from netmeta.errors import NetmetaError
from netmeta.evidence import counts_of
from netmeta.pooling import pool_counts
from netmeta.report.certainty import Certainty
from netmeta.report.finding import NONE, Finding
from netmeta.report.section import joined

if TYPE_CHECKING:
    from collections.abc import Mapping

    from netmeta.evidence import TwoByTwo
    from netmeta.pooling import PooledCounts
    from netmeta.state import State

__all__ = ["counted_findings"]

_OUTCOMES: Final = {
    "response": "Objective response",
    "grade 3 or higher adverse events": "Grade 3 or higher adverse events",
}
_FEW: Final = 10


def counted_findings(state: State, judged: Mapping[str, Certainty]) -> tuple[Finding, ...]:
    """Return a finding for each counted outcome that can be pooled, as a risk ratio under the state's model."""
    found = (_finding(outcome, state, judged) for outcome in _OUTCOMES)
    return tuple(one for one in found if one is not None)


def _finding(outcome: str, state: State, judged: Mapping[str, Certainty]) -> Finding | None:
    try:
        pooled = pool_counts(counts_of(outcome, state.included), "RR", model=state.model)
    except NetmetaError:
        return None
    risk = _control_risk(pooled)
    treated, low, high = (numerals.count(round(1000 * min(1.0, risk * ratio))) for ratio in _ratios(pooled))
    return Finding(
        outcome=outcome,
        name=_OUTCOMES[outcome],
        relative=f"RR {numerals.estimate(*_ratios(pooled))}",
        control=numerals.count(round(1000 * risk)),
        treated=f"{treated} ({low}–{high})" if risk else NONE,
        patients=numerals.count(sum(table.treated.n + table.untreated.n for table in _used(pooled))),
        trials=pooled.k,
        baseline=f"The risk without therapy is that of all control arms together ({100 * risk:.1f}%).",
        signals=_signals(pooled),
        certainty=judged.get(outcome, Certainty()),
    )


def _ratios(pooled: PooledCounts) -> tuple[float, float, float]:
    return pooled.value, pooled.low, pooled.high


def _used(pooled: PooledCounts) -> list[TwoByTwo]:
    used = {(effect.study, effect.key) for effect in pooled.effects}
    return [table for table in pooled.counts if (table.study, table.key) in used]


def _control_risk(pooled: PooledCounts) -> float:
    tables = _used(pooled)
    return sum(table.untreated.events for table in tables) / sum(table.untreated.n for table in tables)


def _signals(pooled: PooledCounts) -> tuple[str, ...]:
    across = "includes" if pooled.low <= 1 <= pooled.high else "excludes"
    made_up = sum(table.reconstructed for table in _used(pooled))
    return (
        f"I² is {numerals.percent(pooled.i2)} and τ² {numerals.decimal(pooled.tau2, 3)}.",
        f"The confidence interval ({numerals.interval(pooled.low, pooled.high)}) {across} no difference.",
        joined(
            f"Counts found from printed percentages: in {made_up} of {pooled.k} trials." if made_up else "",
            f"Trials without counts: {len(pooled.left_out)}." if pooled.left_out else "",
            f"With {pooled.k} trials, small-study effects cannot be tested." if pooled.k < _FEW else "",
        ),
    )

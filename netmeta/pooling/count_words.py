"""Pooled counts in plain words: the result, how it was made, what was corrected and what left out."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from netmeta import numerals
from netmeta.evidence.counted import titled
from netmeta.pooling.count_effects import natural
from netmeta.pooling.words import listed, model_in_words, trials_in_words

if TYPE_CHECKING:
    from netmeta.pooling.count_effects import CountEffect
    from netmeta.pooling.interval import Interval
    from netmeta.pooling.pooled_counts import PooledCounts
    from netmeta.showing import Columns

__all__ = ["cautions", "columns", "estimate", "method_in_words", "result", "sentences"]

_METHODS: Final = MappingProxyType(
    {
        "mantel-haenszel": "common effect (Mantel-Haenszel, Wald interval)",
        "peto": "common effect (Peto, Wald interval)",
    }
)
_ADDED: Final = MappingProxyType(
    {"half": "one half", "treatment-arm": "shares of one, in proportion to the size of the arms,"}
)


def estimate(measure: str, found: CountEffect | PooledCounts) -> str:
    """Write an effect with its interval: ``2.08 (1.61–2.70)``, or patients of a hundred, ``+36 (+25 to +47)``."""
    value = natural(measure, found.effect)
    said = _hundredth(value) if measure == "RD" else numerals.ratio(value)
    return f"{said} ({_range(measure, found.ci)})"


def _range(measure: str, span: Interval) -> str:
    """Write an interval of ratios (``1.2–3.4``) or of differences (``−3 to +12``)."""
    low, high = (natural(measure, bound) for bound in span)
    return f"{_hundredth(low)} to {_hundredth(high)}" if measure == "RD" else numerals.interval(low, high)


def _hundredth(difference: float) -> str:
    return numerals.signed(100 * difference, 0)


def result(found: PooledCounts) -> str:
    """Write the pooled effect with its interval: ``RR 2.08 (1.61–2.70)``, ``RD +36 (+25 to +47) per 100``."""
    whole = f"{found.measure} {estimate(found.measure, found)}"
    return f"{whole} per 100 patients" if found.measure == "RD" else whole


def method_in_words(found: PooledCounts) -> str:
    """Name the model and the method: ``common effect (Mantel-Haenszel, Wald interval)``."""
    return _METHODS.get(found.method) or model_in_words(found.model)


def sentences(found: PooledCounts) -> tuple[str, ...]:
    """Say what was pooled, how much trials differ, what a new trial may show, and what was done to counts."""
    parts = (_pooled(found), _spread(found), _new(found), *cautions(found), *found.counts.provenance)
    parts = (*parts, corrections(found))
    return (*filter(None, parts), *left_out(found))


def _level(found: PooledCounts) -> str:
    return f"{100 * found.model.level:g}%"


def _pooled(found: PooledCounts) -> str:
    return (
        f"{titled(found.counts.outcome)}: {result(found)}, {_level(found)} CI, "
        f"{numerals.p_value(found.p_value)}; {trials_in_words(found.k)}, {method_in_words(found)}."
    )


def _spread(found: PooledCounts) -> str:
    if found.q_df < 1:
        return ""
    test = f"Q = {numerals.decimal(found.q)} on {found.q_df} df, {numerals.p_value(found.q_p)}"
    share = numerals.percent(found.i2)
    if found.tau2_ci is None:
        return f"Between trials: I² = {share} (from Q); {test}."
    return f"Between trials: τ² = {found.tau2:.3g}, I² = {share} (from τ²); {test}."


def _new(found: PooledCounts) -> str:
    if found.pi is None:
        return ""
    between = _range(found.measure, found.pi)
    return (
        f"In a new trial: {found.measure} {between} ({_level(found)} prediction interval, {found.pi_convention})."
    )


def cautions(found: PooledCounts) -> tuple[str, ...]:
    """Say what differs between the trials, so that their pool may mean little: control arms, definitions."""
    controls = tuple(dict.fromkeys(one.table.control for one in found.effects if one.table.control))
    definitions = {one.table.definition for one in found.effects}
    said = []
    if len(controls) > 1:
        said.append(f"The control arms differ, and so may what the pool means: {listed(controls)}.")
    if len(definitions) > 1:
        said.append("What counts as an event is not the same in all trials, or not stated in all.")
    return tuple(said)


def corrections(found: PooledCounts) -> str:
    """Say which trials had something added to their cells; empty for none."""
    if not found.corrected:
        return ""
    names, added = listed(found.corrected), _ADDED[found.correction]
    if found.method == "inverse-variance":
        return f"No events, or only events, in an arm: {added} was added to each cell of {names}."
    return (
        f"No events, or only events, in an arm of {names}: the pooled result takes the counts as they are, "
        f"and only the trial's own line has {added} added to each cell."
    )


def left_out(found: PooledCounts) -> tuple[str, ...]:
    """Say which trials are left out, with why, a sentence each."""
    return tuple(f"Left out: {one.study} ({one.reason})." for one in found.left_out)


def columns(found: PooledCounts) -> Columns:
    """Return the table of trials: counts, effect with interval, weight."""
    measure = found.measure
    return (
        ("Trial", lambda row: row.study),
        ("Experimental", lambda row: row.table.treated.in_words),
        ("Control", lambda row: row.table.untreated.in_words),
        (f"{measure} (per 100)" if measure == "RD" else measure, lambda row: estimate(measure, row)),
        ("Weight", lambda row: numerals.percent(row.weight)),
    )

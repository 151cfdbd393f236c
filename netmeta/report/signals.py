"""What a reader may weigh when judging certainty: numbers with a meaning, and never a level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netmeta import numerals
from netmeta.pooling import RandomEffects
from netmeta.report.caution import cautions
from netmeta.report.given import TESTS
from netmeta.report.section import joined

if TYPE_CHECKING:
    from netmeta.evidence import Evidence
    from netmeta.pooling import PooledResult

__all__ = ["signals", "signals_alone"]

_FEW, _PAIR = 5, 2
_INDIRECT = frozenset({"class effect", "controls", "endpoints", "crossover", "same patients", "direction"})


def signals(result: PooledResult) -> tuple[str, ...]:
    """List signals of a pooled outcome, a sentence or two for each domain: bias, inconsistency and so on."""
    found = (
        _bias(result.evidence),
        _inconsistency(result),
        joined(*(caution.message for caution in cautions(result) if caution.kind in _INDIRECT)),
        _imprecision(result),
        _missing(result.k),
    )
    return tuple(filter(None, found))


def signals_alone(rows: Evidence) -> tuple[str, ...]:
    """List signals of an outcome that a single trial reports."""
    low, high = next(iter(rows)).interval()
    inside = low <= 1 <= high
    return (
        _bias(rows),
        "One trial: nothing shows how much trials differ.",
        "The interval includes no difference." if inside else "The interval excludes no difference.",
    )


def _bias(rows: Evidence) -> str:
    judged = sum(bool(trial.risk_of_bias) for trial in rows)
    doubtful = sum(trial.verification == "unverified" for trial in rows)
    open_label = sum("open" in trial.blinding for trial in rows)
    return joined(
        f"Risk of bias is entered for {judged} of {len(rows)} rows.",
        f"Open-label: {open_label} of {len(rows)}." if open_label else "",
        f"Not verified against a public source: {doubtful} of {len(rows)}." if doubtful else "",
    )


def _inconsistency(result: PooledResult) -> str:
    if not isinstance(result.model, RandomEffects):
        return f"I² from Q is {numerals.percent(result.i2)} (Q test {numerals.p_value(result.q_p)})."
    said = f"I² is {numerals.percent(result.i2)} and τ² {numerals.decimal(result.tau2, 3)}."
    return joined(said, _prediction(result), _rough(result.k))


def _prediction(result: PooledResult) -> str:
    if result.pi is None:
        return ""
    pi = result.pi.exp()
    across = "includes" if pi.low <= 1 <= pi.high else "excludes"
    return f"The prediction interval ({numerals.interval(pi.low, pi.high)}) {across} no difference."


def _rough(k: int) -> str:
    return f"With {k} trials, these are hardly known." if k < _FEW else ""


def _imprecision(result: PooledResult) -> str:
    ci = result.ci.exp()
    across = "includes" if ci.low <= 1 <= ci.high else "excludes"
    return f"The confidence interval ({numerals.interval(ci.low, ci.high)}) {across} no difference."


def _missing(k: int) -> str:
    return f"With {k} trials, small-study effects cannot be tested." if k < TESTS else ""

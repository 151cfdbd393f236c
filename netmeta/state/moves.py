"""How the pooled result moves from one state to another: side by side, and in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netmeta import numerals
from netmeta.pooling import CommonEffect, PooledResult
from netmeta.pooling.interval import hazard_ratio
from netmeta.pooling.words import effect

if TYPE_CHECKING:
    from collections.abc import Callable

    from netmeta.state.state import Problem

__all__ = ["HEADS", "figures_of", "moved", "side_by_side"]

HEADS = ("Trials", "HR (CI)", "P", "Prediction interval", "τ²", "I²")
"""What `figures_of` gives of a result, in its order."""


def figures_of(outcome: PooledResult | Problem) -> tuple[str, ...]:
    """Return the main numbers of a pooled result as texts, one for each of `HEADS`; dashes where there is none."""
    if not isinstance(outcome, PooledResult):
        return (numerals.DASH,) * len(HEADS)
    p_value = numerals.p_value(outcome.p_value).removeprefix("P ").removeprefix("= ")
    return (
        numerals.count(outcome.k), effect(outcome), p_value,
        _prediction(outcome), _tau2(outcome), numerals.percent(outcome.i2),
    )  # fmt: skip


def moved(first: PooledResult | Problem, second: PooledResult | Problem) -> str:
    """Say in a sentence how the pooled hazard ratio moves."""
    if not isinstance(first, PooledResult) or not isinstance(second, PooledResult):
        return _unmoved(first, second)
    if first.log_hr == second.log_hr and first.ci == second.ci:
        return f"The pooled result is the same: HR {effect(first)}."
    times = numerals.decimal(hazard_ratio(second.log_hr - first.log_hr), 3)
    crossed = _crossing(first, second)
    return f"The pooled HR moves from {effect(first)} to {effect(second)}, {times} times the first.{crossed}"


def _unmoved(first: PooledResult | Problem, second: PooledResult | Problem) -> str:
    if isinstance(second, PooledResult):
        return f"The first has no pooled result; the second has HR {effect(second)}."
    if isinstance(first, PooledResult):
        return f"The first has HR {effect(first)}; the second has no pooled result."
    return "Neither has a pooled result."


def _crossing(first: PooledResult, second: PooledResult) -> str:
    before, after = (found.ci.low <= 0 <= found.ci.high for found in (first, second))
    if before == after:
        return ""
    return " The interval now includes 1." if after else " The interval no longer includes 1."


def side_by_side(
    first: PooledResult | Problem, second: PooledResult | Problem
) -> tuple[tuple[str, str, str, str], ...]:
    """Return rows of texts: what is compared, its value in the first, in the second, and the change."""
    rows = zip(HEADS, figures_of(first), figures_of(second), strict=True)
    both = isinstance(first, PooledResult) and isinstance(second, PooledResult)
    return tuple(
        (head, one, other, _CHANGES[head](first, second) if both and head in _CHANGES else "")  # type: ignore[arg-type]
        for head, one, other in rows
    )


def _prediction(found: PooledResult) -> str:
    if found.pi is None:
        return numerals.DASH
    ratios = found.pi.exp()
    return numerals.interval(ratios.low, ratios.high)


def _tau2(found: PooledResult) -> str:
    return numerals.DASH if isinstance(found.model, CommonEffect) else numerals.decimal(found.tau2, 3)


_CHANGES: dict[str, Callable[[PooledResult, PooledResult], str]] = {
    "Trials": lambda one, other: numerals.signed(other.k - one.k, 0),
    "HR (CI)": lambda one, other: f"× {numerals.decimal(hazard_ratio(other.log_hr - one.log_hr), 3)}",
    "τ²": lambda one, other: numerals.signed(other.tau2 - one.tau2, 3),
    "I²": lambda one, other: numerals.signed(other.i2 - one.i2, 0),
}

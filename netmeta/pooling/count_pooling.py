"""From counts to a pooled risk ratio, odds ratio or risk difference."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from math import sqrt
from typing import TYPE_CHECKING, Any, Final

from netmeta.errors import PoolingError
from netmeta.evidence.counted import Counts, Uncounted
from netmeta.pooling.count_effects import (
    CORRECTIONS,
    MEASURES,
    CountEffect,
    corrected_cells,
    effect_and_variance,
    known,
    normal_interval,
)
from netmeta.pooling.fitting import fit
from netmeta.pooling.intervals import Distribution
from netmeta.pooling.mantel_haenszel import mantel_haenszel, peto, peto_q
from netmeta.pooling.model import CommonEffect, RandomEffects
from netmeta.pooling.pooled_counts import PooledCounts

if TYPE_CHECKING:
    from netmeta.evidence.twobytwo import TwoByTwo
    from netmeta.pooling.mantel_haenszel import Common
    from netmeta.pooling.model import Model

__all__ = ["METHODS", "pool_counts"]

METHODS: Final = ("inverse-variance", "mantel-haenszel", "peto")
"""Ways to pool counts: the same engine as for hazard ratios, or two common-effect methods of their own."""

_DEFAULT: Final = RandomEffects()


def pool_counts(
    counts: Counts,
    measure: str = "RR",
    method: str = "inverse-variance",
    model: Model = _DEFAULT,
    *,
    correction: str = "half",
) -> PooledCounts:
    """Pool two-by-two tables.

    Parameters
    ----------
    counts
        From `netmeta.counts_of`, or of your own tables.
    measure
        ``"RR"``, ``"OR"`` or ``"RD"``; above 1 (above 0) the event is more frequent in the experimental arm.
    method
        ``"inverse-variance"`` under ``model``; ``"mantel-haenszel"``; ``"peto"`` (odds ratios only).
    model
        `RandomEffects` (the default) or `CommonEffect`; Mantel-Haenszel and Peto assume a common effect whatever it
        says, and take its level.
    correction
        ``"half"`` or ``"treatment-arm"``: what inverse variance adds to the cells of a trial in which one is 0.

    Returns
    -------
    PooledCounts
        It says which trials were corrected or left out: for ratios those in which nobody, or everybody, had the
        event in both arms; a risk difference keeps them.

    Raises
    ------
    PoolingError
        For what is no `Counts`, a name that does not exist, too few trials (two for inverse variance, one for the
        others), and a ratio that has no value.
    """
    for what, name, choices in (("measure", measure, MEASURES), ("method", method, METHODS)):
        known(what, name, choices)
    known("correction of zero cells called", correction, CORRECTIONS)
    if not isinstance(counts, Counts):
        raise PoolingError(f"pool_counts() takes Counts, as counts_of() gives them, not a {type(counts).__name__}.")
    if method == "peto" and measure != "OR":
        raise PoolingError(f"Peto's method pools odds ratios, not the measure {measure!r}: ask for 'OR'.")
    return _remembered(_Asked(counts, measure, method, model, correction))


@dataclass(frozen=True, slots=True)
class _Asked:
    counts: Counts
    measure: str
    method: str
    model: Model
    correction: str


@lru_cache(maxsize=1024)
def _remembered(asked: _Asked) -> PooledCounts:
    used, dropped = _split(asked)
    least = 2 if asked.method == "inverse-variance" else 1
    if len(used) < least:
        raise PoolingError(_too_few(asked, used, least))
    effects = [_effect(table, asked) for table in used]
    pooled = _inverse_variance if asked.method == "inverse-variance" else _common
    return PooledCounts(
        counts=asked.counts, measure=asked.measure, method=asked.method, correction=asked.correction,
        corrected=tuple(effect.study for effect in effects if effect.corrected),
        left_out=(*dropped, *asked.counts.left_out), **pooled(asked, used, effects),
    )  # fmt: skip


def _split(asked: _Asked) -> tuple[list[TwoByTwo], list[Uncounted]]:
    """Part the trials that count from those that tell nothing of a ratio."""
    tables = asked.counts.tables
    used = [table for table in tables if not _silent(table, asked)]
    return used, [Uncounted(one.study, _why(one), one.key) for one in tables if one not in used]


def _silent(table: TwoByTwo, asked: _Asked) -> bool:
    if asked.measure == "RD":
        return False
    # Where everybody had the event, a risk ratio is 1: Mantel and Haenszel's sums take that in (rma.mh does).
    everybody = table.double_zero and table.treated.events > 0
    return table.double_zero and not (everybody and (asked.measure, asked.method) == ("RR", "mantel-haenszel"))


def _why(table: TwoByTwo) -> str:
    whom = "nobody" if table.treated.events == 0 else "everybody"
    return f"{whom} had the event in both arms, which says nothing about a ratio"


def _too_few(asked: _Asked, used: list[TwoByTwo], least: int) -> str:
    there = f"there is 1 ({used[0].study})" if used else "there are none"
    wanted = "2 trials" if least > 1 else "1 trial"
    return (
        f"Pooling {asked.counts.outcome} needs at least {wanted} with counts; {there}. "
        "Widen the question, or take partly verified numbers too."
    )


def _effect(table: TwoByTwo, asked: _Asked) -> CountEffect:
    effect, variance = effect_and_variance(corrected_cells(table, asked.correction), asked.measure)
    return CountEffect(
        study=table.study, key=table.key, effect=effect, se=sqrt(variance),
        ci=normal_interval(effect, variance, asked.model.level), weight=0.0, corrected=table.zero,
    )  # fmt: skip


def _weighted(effects: list[CountEffect], weights: tuple[float, ...]) -> tuple[CountEffect, ...]:
    return tuple(replace(one, weight=weight) for one, weight in zip(effects, weights, strict=True))


def _inverse_variance(asked: _Asked, _used: list[TwoByTwo], effects: list[CountEffect]) -> dict[str, Any]:
    found = fit([one.effect for one in effects], [one.se**2 for one in effects], asked.model)
    names = ("model", "se", "ci", "pi", "pi_convention", "tau2", "tau2_ci", "q", "q_df", "q_p", "i2")
    more = {name: getattr(found, name) for name in (*names, "statistic", "df", "p_value")}
    return {**more, "effect": found.log_hr, "effects": _weighted(effects, found.weights)}


def _common(asked: _Asked, used: list[TwoByTwo], effects: list[CountEffect]) -> dict[str, Any]:
    level = asked.model.level
    found = peto(used) if asked.method == "peto" else mantel_haenszel(used, asked.measure)
    test = Distribution(found.effect, found.se, None)
    q, q_df = peto_q(used) if asked.method == "peto" else _q(found, used, effects)
    return {
        "model": CommonEffect(level), "effect": found.effect, "se": found.se, "ci": test.interval(level),
        "pi": None, "pi_convention": "none", "tau2": 0.0, "tau2_ci": None,
        "i2": 100 * max(0.0, (q - q_df) / q) if q > 0 else 0.0, "q": q, "q_df": q_df, "q_p": _upper(q, q_df),
        "statistic": test.statistic, "df": None, "p_value": test.p_value,
        "effects": _weighted(effects, found.weights),
    }  # fmt: skip


def _q(found: Common, used: list[TwoByTwo], effects: list[CountEffect]) -> tuple[float, int]:
    """Return Q about the common effect, as metafor's ``rma.mh`` does: over trials that say something of a ratio."""
    pairs = [(one, table) for one, table in zip(effects, used, strict=True) if not table.double_zero]
    if len(pairs) < 2:  # noqa: PLR2004
        return 0.0, 0
    return sum(((one.effect - found.effect) / one.se) ** 2 for one, _table in pairs), len(pairs) - 1


def _upper(q: float, df: int) -> float:
    from scipy.special import chdtrc

    return float(chdtrc(df, q)) if df > 0 else 1.0

"""From counts to a pooled risk ratio, odds ratio or risk difference."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from netmeta.errors import PoolingError
from netmeta.evidence.counted import SAME, Counts, Uncounted
from netmeta.pooling.count_effects import CORRECTIONS, MEASURES, effect_of
from netmeta.pooling.fitting import fit
from netmeta.pooling.heterogeneity import Cochran, cochran_of
from netmeta.pooling.intervals import Distribution
from netmeta.pooling.mantel_haenszel import mantel_haenszel, peto, peto_q
from netmeta.pooling.model import CommonEffect, RandomEffects, known
from netmeta.pooling.pooled_counts import PooledCounts

if TYPE_CHECKING:
    from netmeta.evidence.twobytwo import TwoByTwo
    from netmeta.pooling.count_effects import CountEffect
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
        others), and a result that has no value or no standard error.
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
    silent = [table for table in asked.counts if _silent(table, asked)]
    used = [table for table in asked.counts if not _silent(table, asked)]
    _refuse_few(used, asked)
    effects = [effect_of(table, asked.measure, asked.correction, asked.model.level) for table in used]
    pooled = _inverse_variance if asked.method == "inverse-variance" else _common
    return PooledCounts(
        counts=asked.counts, measure=asked.measure, method=asked.method, correction=asked.correction,
        corrected=tuple(effect.study for effect in effects if effect.corrected),
        left_out=(*map(_left_out, silent), *asked.counts.left_out), **pooled(asked, effects),
    )  # fmt: skip


def _silent(table: TwoByTwo, asked: _Asked) -> bool:
    """Say whether a trial tells nothing of the ratio."""
    if asked.measure == "RD":
        return False
    # Where everybody had the event, a risk ratio is 1: Mantel and Haenszel's sums take that in (rma.mh does).
    everybody = table.double_zero and table.treated.events > 0
    return table.double_zero and not (everybody and (asked.measure, asked.method) == ("RR", "mantel-haenszel"))


def _left_out(table: TwoByTwo) -> Uncounted:
    whom = "nobody" if table.treated.events == 0 else "everybody"
    why = f"{whom} had the event in both arms, which says nothing about a ratio"
    return Uncounted(table.study, why, table.key, SAME)


def _refuse_few(used: list[TwoByTwo], asked: _Asked) -> None:
    wanted, least = ("2 trials", 2) if asked.method == "inverse-variance" else ("1 trial", 1)
    if len(used) >= least:
        return
    there = f"there is 1 ({used[0].study})" if used else "there are none"
    raise PoolingError(
        f"Pooling {asked.counts.outcome} needs at least {wanted} with counts; {there}. "
        "Widen the question, or take partly verified numbers too.",
        brief="fewer than 2 trials" if least > 1 else "no trials",
    )


def _weighted(effects: list[CountEffect], weights: tuple[float, ...]) -> tuple[CountEffect, ...]:
    return tuple(replace(one, weight=weight) for one, weight in zip(effects, weights, strict=True))


def _inverse_variance(asked: _Asked, effects: list[CountEffect]) -> dict[str, Any]:
    found = fit([one.effect for one in effects], [one.se**2 for one in effects], asked.model)
    names = ("model", "se", "ci", "pi", "pi_convention", "tau2", "tau2_ci", "q", "q_df", "q_p", "i2")
    more = {name: getattr(found, name) for name in (*names, "statistic", "df", "p_value")}
    return {**more, "effect": found.log_hr, "effects": _weighted(effects, found.weights)}


def _common(asked: _Asked, effects: list[CountEffect]) -> dict[str, Any]:
    level, used = asked.model.level, [one.table for one in effects]
    found = peto(used) if asked.method == "peto" else mantel_haenszel(used, asked.measure)
    test = Distribution(found.effect, found.se, None)
    spread = cochran_of(*peto_q(used)) if asked.method == "peto" else _spread(found, effects)
    return {
        "model": CommonEffect(level), "effect": found.effect, "se": found.se, "ci": test.interval(level),
        "pi": None, "pi_convention": "none", "tau2": 0.0, "tau2_ci": None,
        "i2": spread.i2, "q": spread.q, "q_df": spread.df, "q_p": spread.p,
        "statistic": test.statistic, "df": None, "p_value": test.p_value,
        "effects": _weighted(effects, found.weights),
    }  # fmt: skip


def _spread(found: Common, effects: list[CountEffect]) -> Cochran:
    """Test about the common effect, as metafor's ``rma.mh`` does: over trials that say something of a ratio."""
    telling = [one for one in effects if not one.table.double_zero]
    q = sum(((one.effect - found.effect) / one.se) ** 2 for one in telling)
    return cochran_of(q, max(0, len(telling) - 1))

"""Trim and fill, and the selection model, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netmeta import numerals
from netmeta.pooling.gate import override_in_words

if TYPE_CHECKING:
    from netmeta.pooling.interval import Interval
    from netmeta.pooling.selecting import SelectionModel
    from netmeta.pooling.trimming import TrimAndFill

__all__ = ["selected_in_words", "trimmed_in_words"]


def _effect(hr: float, ci: Interval) -> str:
    bounds = ci.exp()
    return numerals.estimate(hr, bounds.low, bounds.high)


def trimmed_in_words(found: TrimAndFill) -> str:
    """Say how many trials are filled in, where, and what they would change."""
    before = _effect(found.overall.hr, found.overall.ci)
    side = "below" if found.side == "left" else "above"
    named = f"Trim and fill ({found.estimator})"
    if found.missing:
        several = found.missing > 1
        trials = (
            f"{numerals.count(found.missing)} trials with hazard ratios"
            if several
            else "1 trial with a hazard ratio"
        )
        imagined = "They are imagined, and only show" if several else "It is imagined, and only shows"
        after = _effect(found.adjusted.hr, found.adjusted.ci)
        said = (
            f"{named} adds {trials} {side} the pool, which moves it from {before} to {after}. "
            f"{imagined} how much depends on trials that may be missing."
        )
    else:
        said = f"{named} finds no trial missing {side} the pool, HR {before}."
    if found.p_value is not None:
        said += f" For none missing, {numerals.p_value(found.p_value)}."
    return " ".join(filter(None, (said, override_in_words(found.overall.k, found.override))))


def selected_in_words(found: SelectionModel) -> str:
    """Say what the pool would be had every trial been seen, and how likely each kind was to be seen."""
    first = found.weights[0]
    for_what = "benefit" if found.alternative == "less" else "harm"
    chances = "; ".join(
        f"with P from {numerals.decimal(one.low, 3)} to {numerals.decimal(one.high, 3)}, "
        f"{numerals.decimal(one.weight)} ({numerals.decimal(one.ci.low)} to {numerals.decimal(one.ci.high)}, "
        f"{numerals.count(one.trials)} trial{'' if one.trials == 1 else 's'})"
        for one in found.weights[1:]
    )
    after, before = (_effect(fit.hr, fit.ci) for fit in (found, found.unadjusted))
    after, before = (_effect(fit.hr, fit.ci) for fit in (found, found.unadjusted))
    said = (
        f"Selection model: had every trial been seen, the pooled HR would be {after}, against {before} without "
        f"selection. Chance of being seen, where it is 1 with a one-sided P for {for_what} up to "
        f"{numerals.decimal(first.high, 3)}: {chances}. "
        f"Against no selection: chi-squared {numerals.decimal(found.lrt)} on {found.lrt_df} df, "
        f"{numerals.p_value(found.lrt_p)}."
    )
    return " ".join(filter(None, (said, override_in_words(found.unadjusted.k, found.override))))

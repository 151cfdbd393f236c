"""Shrinkage as a forest plot: each trial's own estimate, and what is believed of it given the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netmeta import numerals
from netmeta.charts.axis import RatioAxis, ratio_axis
from netmeta.charts.forest_rows import MOST, ForestRows, Row, favours, line, place
from netmeta.charts.posterior_rows import interval_of
from netmeta.pooling.interval import hazard_ratio

if TYPE_CHECKING:
    from netmeta.evidence import Trial
    from netmeta.pooling import BayesianResult, EffectPosterior, ShrunkenTrial

__all__ = ["shrinkage_rows"]

_SIZE = 44.0


def shrinkage_rows(result: BayesianResult) -> ForestRows:
    """Lay out a Bayesian analysis trial by trial, with the pooled effect and a new trial below.

    Parameters
    ----------
    result
        What `bayesian` gave; the first lines of it where there are very many. ``own_hr``, ``own_low`` and
        ``own_high`` of a line are the trial's own estimate, ``hr``, ``low`` and ``high`` the shrunken one.
    """
    shown = tuple(zip(result.trials, result.evidence, strict=True))[:MOST]
    axis = _axis(result, shown)
    level = f"{result.level * 100:g}%"
    head = line("head", "Trial", f"Given the others ({level})", "Shrunk by")
    lines = [{**head, "treatment": f"Own HR ({level} CI)"}]
    lines += [_trial(one, trial, result.level, axis) for one, trial in shown]
    lines.append(_summary("pooled", "Pooled effect", result.pooled, axis))
    lines.append(_summary("prediction", "A new trial", result.new_trial, axis))
    lines += [line("note", note, "", "") for note in _notes(result)]
    for at, row in enumerate(lines):
        row["row"] = at
    return ForestRows(tuple(lines), axis, favours(tuple(result.evidence)), len(result.trials) - len(shown))


def _axis(result: BayesianResult, shown: tuple[tuple[ShrunkenTrial, Trial], ...]) -> RatioAxis:
    posteriors = [one.effect for one, _ in shown] + [result.pooled, result.new_trial]
    bounds = [bound for _, trial in shown for bound in trial.interval(result.level)]
    bounds += [bound for one in posteriors for bound in (one.ci.exp().low, one.ci.exp().high)]
    return ratio_axis([one.hr for one in posteriors], bounds)


def _trial(one: ShrunkenTrial, trial: Trial, level: float, axis: RatioAxis) -> Row:
    hr, (low, high) = hazard_ratio(one.log_hr), trial.interval(level)
    own, shrunken = numerals.estimate(hr, low, high), interval_of(one.effect)
    drawn = numerals.percent(100 * one.pull)
    texts = line("trial", one.label, shrunken, drawn)
    ci = one.effect.ci.exp()
    alone = {f"own_{name}": value for name, value in place(hr, low, high, axis).items()}
    said = f"On its own: HR {own}\nGiven the others: HR {shrunken}"
    tip = f"{one.label}\n{said}\nDrawn {drawn} of the way to the pooled effect"
    return {
        **texts,
        **place(one.effect.hr, ci.low, ci.high, axis),
        **alone,
        "treatment": own,
        "id": one.key,
        "size": _SIZE,
        "tip": tip,
    }


def _summary(kind: str, label: str, one: EffectPosterior, axis: RatioAxis) -> Row:
    ci = one.ci.exp()
    placed = place(one.hr, ci.low, ci.high, axis)
    return {**line(kind, label, interval_of(one), ""), **placed}


def _notes(result: BayesianResult) -> tuple[str, str]:
    tau = result.tau
    low, high = (numerals.decimal(bound, 2) for bound in (tau.ci.low, tau.ci.high))
    after = f"after the trials, τ = {numerals.decimal(tau.median, 2)} ({low} to {high})"
    return "Grey: the trial on its own. Blue: given the others.", f"Prior of τ: {result.prior}; {after}"

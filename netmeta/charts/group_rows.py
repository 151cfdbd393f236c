"""Subgroups as a forest plot: a heading, the trials and a diamond for each group, then all of them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from netmeta import numerals
from netmeta.charts.axis import RatioAxis, ratio_axis
from netmeta.charts.forest_rows import (
    MOST,
    ForestRows,
    Row,
    diamond,
    favours,
    header,
    heterogeneity_line,
    line,
    place,
    trial_row,
    weigh,
)
from netmeta.pooling.model import RandomEffects

if TYPE_CHECKING:
    from netmeta.evidence import Trial
    from netmeta.pooling import PooledResult, Subgroup, Subgroups

__all__ = ["group_rows"]


def group_rows(found: Subgroups) -> ForestRows:
    """Lay out a subgroup analysis, line by line.

    Parameters
    ----------
    found
        What `subgroups` gave; the first 150 trials of it where there are more, each group's diamond always.
    """
    level = found.overall.model.level
    trials = tuple(trial for group in found.groups for trial in group.evidence)
    shown = frozenset(trial.key for trial in trials[:MOST])
    axis = _axis(found, [trial for trial in trials if trial.key in shown], level)
    controls = {trial.control for trial in trials}
    lines = [header(controls, level)]
    for group in found.groups:
        lines += [
            _heading(group),
            *_members(
                [trial for trial in group.evidence if trial.key in shown], axis, found.overall, len(controls) == 1
            ),
        ]
        lines += [*_diamond(group, axis, found.tau2), line("gap", "", "", "")]
    lines += _overall(found, axis)
    for at, row in enumerate(lines):
        row["row"] = at
    return ForestRows(tuple(lines), axis, favours(trials), len(trials) - len(shown))


def _axis(found: Subgroups, trials: list[Trial], level: float) -> RatioAxis:
    bounds = [bound for trial in trials for bound in trial.interval(level)]
    pooled = [*(group.ci for group in found.groups), found.overall.ci, found.overall.pi]
    bounds += [bound for each in pooled if each is not None for bound in (each.exp().low, each.exp().high)]
    return ratio_axis([math.exp(trial.log_hr or 0.0) for trial in trials], bounds)


def _heading(group: Subgroup) -> Row:
    return line("group", group.name, "", "")


def _members(trials: list[Trial], axis: RatioAxis, overall: PooledResult, one_control: bool) -> list[Row]:
    weights = dict(zip(overall.evidence.keys, overall.weights, strict=True))
    rows = [trial_row(trial, axis, overall.model.level, one_control) for trial in trials]
    for trial, row in zip(trials, rows, strict=True):
        row.update(weigh(True, weights[trial.key], weights))
    return rows


def _diamond(group: Subgroup, axis: RatioAxis, tau2: str) -> list[Row]:
    """Draw no diamond under a single trial: it would say the same again."""
    if group.k == 1 and tau2 == "separate":
        return []
    ci = group.ci.exp()
    trials = "1 trial" if group.k == 1 else f"{numerals.count(group.k)} trials"
    spread = f", I² = {numerals.percent(group.i2)}" if group.k > 1 else ""
    effect = numerals.estimate(group.hr, ci.low, ci.high)
    row = line("subtotal", f"{trials}{spread}", effect, numerals.decimal(group.weight, 1) + "%")
    return [{**row, **diamond(group.hr, ci.low, ci.high, axis)}]


def _overall(found: Subgroups, axis: RatioAxis) -> list[Row]:
    result = found.overall
    ci = result.ci.exp()
    row = line("pooled", "All groups", numerals.estimate(result.hr, ci.low, ci.high), "100%")
    row.update(diamond(result.hr, ci.low, ci.high, axis))
    rows = [row]
    if result.pi is not None:
        pi = result.pi.exp()
        new = line("prediction", "Prediction interval", numerals.interval(pi.low, pi.high), "")
        rows.append({**new, **place(result.hr, pi.low, pi.high, axis)})
    notes = (heterogeneity_line(result), found.test_in_words, _method(found))
    return [*rows, *(line("note", note, "", "") for note in notes)]


def _method(found: Subgroups) -> str:
    model = found.overall.model
    if not isinstance(model, RandomEffects):
        return "Common effect in every group"
    shared = "one variance between trials for all groups" if found.tau2 == "common" else "a variance for each group"
    return f"Random effects ({model.tau2_method}), {shared}"

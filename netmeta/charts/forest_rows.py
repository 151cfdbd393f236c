"""The forest plot as a table: what each line says and where its marks stand. Tests read this."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from netmeta import numerals
from netmeta.charts.axis import RatioAxis, ratio_axis
from netmeta.errors import SelectionError, hint
from netmeta.evidence.show import hazard_ratio, verification_note

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from netmeta.evidence import Trial
    from netmeta.pooling import PooledResult

__all__ = [
    "MOST",
    "SORTS",
    "ForestRows",
    "Row",
    "favours",
    "forest_rows",
    "header",
    "heterogeneity_line",
    "in_order",
    "line",
    "place",
    "trial_row",
    "weigh",
]

MOST = 150
_SORT_KEYS: dict[str, Callable[[Trial], float]] = {
    "given": lambda _trial: 0.0,
    "year": lambda trial: trial.year or math.inf,
    "precision": lambda trial: trial.se or math.inf,
    "effect": lambda trial: trial.log_hr or 0.0,
}
SORTS = tuple(_SORT_KEYS)
_LARGEST, _LEAST, _SINGLE = 190.0, 16.0, 48.0
_ROOM = 34
_BLANK = dict.fromkeys(("hr", "low", "high", "left", "right", "size"))

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ForestRows:
    """The lines of a forest plot, its axis, its headings, and what did not fit."""

    rows: tuple[Row, ...]
    axis: RatioAxis
    favours: tuple[str, str]
    hidden: int


def in_order(trials: Collection[Trial], sort: str) -> tuple[Trial, ...]:
    """Sort trials by ``"year"`` (oldest first), ``"precision"``, ``"effect"`` (lowest HR first) or as given."""
    if sort not in _SORT_KEYS:
        raise SelectionError(f"A forest plot cannot be sorted by {sort!r}.{hint(sort, SORTS)}")
    return tuple(sorted(trials, key=_SORT_KEYS[sort]))


def forest_rows(
    trials: Collection[Trial],
    result: PooledResult | None,
    *,
    level: float = 0.95,
    sort: str = "given",
    included: Collection[str] | None = None,
) -> ForestRows:
    """Lay out trials and their pooled result, line by line.

    Parameters
    ----------
    trials
        Every trial that is to have a line; those that ``result`` does not hold are greyed.
    result
        The pooled result, or ``None`` where there is none to show.
    level
        Level of the trials' own intervals, computed from log HR and SE.
    sort
        One of `SORTS`.
    included
        Keys of the trials to be drawn in full; by default those of ``result``, or all without one.
    """
    ordered = in_order([trial for trial in trials if trial.poolable], sort)
    shown = ordered[:MOST]
    axis = _axis(shown, result, level)
    weights = {} if result is None else dict(zip(result.evidence.keys, result.weights, strict=True))
    drawn = included if included is not None else weights or {trial.key for trial in shown}
    controls = {trial.control for trial in shown}
    head = header(controls, level)
    body = [trial_row(trial, axis, level, len(controls) == 1) for trial in shown]
    for trial, line in zip(shown, body, strict=True):
        line.update(weigh(trial.key in drawn, weights.get(trial.key), weights))
    lines = [head, *body, *_summary(result, axis)]
    for at, line in enumerate(lines):
        line["row"] = at
    return ForestRows(tuple(lines), axis, favours(shown), len(ordered) - len(shown))


def _axis(trials: tuple[Trial, ...], result: PooledResult | None, level: float) -> RatioAxis:
    bounds = [bound for trial in trials for bound in trial.interval(level)]
    for own in () if result is None else (result.ci, result.pi):
        if own is not None:
            bounds += [own.exp().low, own.exp().high]
    return ratio_axis([math.exp(trial.log_hr or 0.0) for trial in trials], bounds)


def header(controls: set[str], level: float) -> Row:
    """Make the line of column headings."""
    treatment = "Therapy" if len(controls) == 1 else "Comparison"
    texts = {
        "label": "Trial",
        "treatment": treatment,
        "n": "N",
        "effect": f"HR ({level * 100:g}% CI)",
        "weight": "Weight",
    }
    return {**_BLANK, **texts, "id": "", "kind": "head", "tip": ""}


def trial_row(trial: Trial, axis: RatioAxis, level: float, one_control: bool) -> Row:
    """Make the line of a trial, but for its weight."""
    hr = math.exp(trial.log_hr or 0.0)
    low, high = trial.interval(level)
    return {
        "id": trial.key,
        "label": _named(trial),
        "treatment": trial.experimental if one_control else trial.comparison,
        "n": "" if trial.n is None else numerals.count(trial.n),
        "effect": numerals.estimate(hr, low, high),
        **place(hr, low, high, axis),
        "tip": _tip(trial),
    }


def place(hr: float, low: float, high: float, axis: RatioAxis) -> Row:
    """Cut an interval to the axis; ``left`` and ``right`` hold the arrow's place where it is cut."""
    cut = {"low": min(max(low, axis.low), axis.high), "high": min(max(high, axis.low), axis.high)}
    arrows = {"left": axis.low if low < axis.low else None, "right": axis.high if high > axis.high else None}
    return {"hr": hr if axis.low <= hr <= axis.high else None, **cut, **arrows}


def diamond(hr: float, low: float, high: float, axis: RatioAxis) -> Row:
    """Cut an interval to the axis as `place` does, with its middle on the end of the axis where it lies beyond."""
    return {**place(hr, low, high, axis), "hr": min(max(hr, axis.low), axis.high)}


def weigh(drawn: bool, weight: float | None, weights: dict[str, float]) -> Row:
    """Say how much a trial weighs, and how large its square is."""
    if not drawn:
        return {"kind": "out", "weight": "out", "size": _SINGLE}
    if weight is None:
        return {"kind": "trial", "weight": "", "size": _SINGLE}
    return {
        "kind": "trial",
        "weight": f"{weight:.1f}%",
        "size": max(_LEAST, _LARGEST * weight / max(weights.values())),
    }


def _named(trial: Trial) -> str:
    """Name a trial with what has to be known of it; a long name is cut rather than its mark."""
    marks = "unverified" if trial.verification == "unverified" else ""
    if trial.direction == "not stated":
        marks = f"{marks}, direction not stated".lstrip(", ")
    if not marks:
        return trial.label
    room = _ROOM - len(marks)
    name = trial.label if len(trial.label) <= room else f"{trial.label[: room - 1]}…"
    return f"{name} ({marks})"


def _summary(result: PooledResult | None, axis: RatioAxis) -> list[Row]:
    if result is None:
        return []
    pooled, ci = result.hr, result.ci.exp()
    rows = [line("pooled", _pooled_name(result), numerals.estimate(pooled, ci.low, ci.high), "100%")]
    rows[0].update(diamond(pooled, ci.low, ci.high, axis))
    if result.pi is not None:
        pi = result.pi.exp()
        rows.append(line("prediction", "Prediction interval", numerals.interval(pi.low, pi.high), ""))
        rows[1].update(place(pooled, pi.low, pi.high, axis))
    return [*rows, line("note", heterogeneity_line(result), "", "")]


def line(kind: str, label: str, effect: str, weight: str) -> Row:
    """Make a line that is no trial's: a heading, a pooled estimate, a prediction interval, a note."""
    texts = {"label": label, "treatment": "", "n": "", "effect": effect, "weight": weight}
    return {**_BLANK, **texts, "id": "", "kind": kind, "tip": ""}


def _pooled_name(result: PooledResult) -> str:
    """Name the pooled line by its model."""
    method = getattr(result.model, "tau2_method", "")
    return f"Random effects ({method})" if method else "Common effect"


def heterogeneity_line(result: PooledResult) -> str:
    """Write heterogeneity as journals print it under a forest plot."""
    tau2 = f"τ² = {numerals.decimal(result.tau2, 3)}, " if hasattr(result.model, "tau2_method") else ""
    return (
        f"Heterogeneity: {tau2}I² = {numerals.percent(result.i2)}, "
        f"Q = {numerals.decimal(result.q, 1)} on {result.q_df} df, {numerals.p_value(result.q_p)}"
    )


def favours(trials: tuple[Trial, ...]) -> tuple[str, str]:
    """Say under the axis which arm each side favours; by name where all trials share it."""
    experimental = {trial.experimental for trial in trials}
    control = {trial.control for trial in trials}
    left = next(iter(experimental)) if len(experimental) == 1 else "therapy"
    right = next(iter(control)) if len(control) == 1 else "control"
    return f"← favours {left}", f"favours {right} →"


def _tip(trial: Trial) -> str:
    medians = f"{trial.median_experimental or '?'} vs {trial.median_control or '?'} months"
    facts = [
        trial.comparison,
        f"Printed: HR {hazard_ratio(trial)}",
        f"Median {medians}" if trial.median_experimental or trial.median_control else "",
        f"Read by: {trial.assessor_as_printed or trial.assessor}" if trial.assessor else "",
        f"Data cut: {trial.data_cut}" if trial.data_cut else "",
        f"Status: {verification_note(trial)}",
        f"Source: {trial.source}" if trial.source else "",
    ]
    return "\n".join(filter(None, facts))

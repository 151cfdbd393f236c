"""Benefit beside harm as a table: a line a trial, a plot for each outcome, every text. Tests read this."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from typing import TYPE_CHECKING, Any, Final

from netmeta import numerals
from netmeta.charts.columns import column_measures, column_width
from netmeta.charts.effect_axis import EffectAxis, difference_axis, log_axis
from netmeta.charts.wrapping import lettered
from netmeta.evidence.counted import titled
from netmeta.evidence.show import hazard_ratio
from netmeta.pooling.count_effects import natural
from netmeta.pooling.count_words import estimate
from netmeta.pooling.words import effect as hr_words

if TYPE_CHECKING:
    from netmeta.evidence import Trial
    from netmeta.pooling.beside import BenefitHarm, OutcomePlot
    from netmeta.pooling.count_effects import CountEffect
    from netmeta.pooling.pooled_counts import PooledCounts

__all__ = ["BesideRows", "beside_measures", "beside_rows", "beside_signals"]

Row = dict[str, Any]

_SPACE: Final = 900
_COLUMNS: Final = {"label": 170, "treatment": 150, "value": 150}
_LARGEST, _LEAST = 150.0, 22.0
_APART: Final = 0.3
_CHAR, _LONGEST_NOTE, _NARROWEST = 6.2, 120, 540


@dataclass(frozen=True, slots=True)
class BesideRows:
    """The rows of the chart, how many lines of trials and of notes it has, and how many plots."""

    rows: tuple[Row, ...]
    lines: int
    notes: int
    plots: int


def beside_rows(found: BenefitHarm | None, *, space: int = _SPACE, said: bool = True) -> BesideRows:
    """Lay out benefit beside harm; nothing for ``None``.

    Parameters
    ----------
    found
        What `netmeta.pooling.beside.beside` gave.
    space
        Width to fill, in pixels: notes are broken to it.
    said
        Whether the pooled results stand under the plot in words.
    """
    if found is None:
        return BesideRows((), 0, 0, 2)
    pooled_at = len(found.trials)
    rows = [_line(at, trial, found) for at, trial in enumerate(found.trials)]
    rows.append({"kind": "total", "row": pooled_at, "label": "Pooled", "treatment": ""})
    rows += _benefit(found, pooled_at)
    for plot, outcome in enumerate(found.outcomes, start=1):
        rows += _outcome(found, outcome, plot, pooled_at)
    notes = _notes(found, min(int(max(space, _NARROWEST) / _CHAR), _LONGEST_NOTE), said=said)
    rows += [{"kind": "note", "row": at, "label": note} for at, note in enumerate(notes)]
    return BesideRows(tuple(rows), pooled_at + 1, len(notes), 1 + len(found.outcomes))


def beside_signals(table: BesideRows, *, space: int = _SPACE) -> dict[str, Any]:
    """Return the signals of the chart: its columns, lines and plots."""
    return {
        "space": space,
        **{f"w_{name}": _width(table, name, most) for name, most in _COLUMNS.items()},
        "lines": table.lines,
        "notes": table.notes,
        "plots": table.plots,
        "focused": "",
        "picked": "",
    }


def beside_measures() -> dict[str, dict[str, Any]]:
    """Say which signal is the width of which column, for a page that can measure text itself."""
    return column_measures(_COLUMNS)


def _width(table: BesideRows, field: str, most: int) -> int:
    return column_width((row.get(field, "") for row in table.rows if row["kind"] != "note"), most)


def _line(at: int, trial: Trial, found: BenefitHarm) -> Row:
    kind = "out" if trial.key in found.excluded else "line"
    said = [trial.label, trial.comparison, f"{trial.endpoint} HR {hazard_ratio(trial)}"]
    said += [_tip(outcome, trial) for outcome in found.outcomes]
    return {
        "kind": kind, "row": at, "id": trial.key, "label": trial.label, "treatment": trial.experimental,
        "tip": "\n".join(said),
    }  # fmt: skip


def _tip(outcome: OutcomePlot, trial: Trial) -> str:
    name = titled(outcome.counts.outcome)
    table = outcome.of(trial.key)
    if table is None:
        return f"{name}: {outcome.why(trial.key)}"
    arms = f"{table.treated.in_words} against {table.untreated.in_words}"
    return f"{name}: {arms} ({table.definition})" if table.definition else f"{name}: {arms}"


def _benefit(found: BenefitHarm, pooled_at: int) -> list[Row]:
    spans = {trial.key: trial.interval(found.level) for trial in found.trials}
    ratios = {trial.key: _hr(trial) for trial in found.trials}
    pooled = None if found.pooled is None else found.pooled.ci.exp()
    bounds = [bound for span in spans.values() for bound in span]
    axis = log_axis(ratios.values(), [*bounds, *(pooled or ())])
    weights = _sizes({trial.key: (trial.se or 1.0) ** -2 for trial in found.trials})
    rows = [*_axis(0, f"{found.endpoint}, HR", axis, ("← therapy better", "worse →"), "")]
    for at, trial in enumerate(found.trials):
        low, high = spans[trial.key]
        ratio = ratios[trial.key]
        row = _mark(0, at, axis, (ratio, low, high), numerals.estimate(ratio, low, high))
        rows.append({**row, "size": weights[trial.key], "out": trial.key in found.excluded})
    if found.pooled is not None and pooled is not None:
        placed = _mark(0, pooled_at, axis, (found.pooled.hr, pooled.low, pooled.high), hr_words(found.pooled))
        rows.append({**placed, "kind": "pooled"})
    return rows


def _hr(trial: Trial) -> float:
    return exp(trial.log_hr or 0.0)


def _sizes(precisions: dict[str, float]) -> dict[str, float]:
    most = max(precisions.values(), default=1.0)
    return {key: max(_LEAST, _LARGEST * one / most) for key, one in precisions.items()}


def _outcome(found: BenefitHarm, outcome: OutcomePlot, plot: int, pooled_at: int) -> list[Row]:
    measure, effects, pooled = outcome.measure, outcome.effects, outcome.pooled
    axis = _outcome_axis(measure, [*effects.values(), *([pooled] if pooled else [])])
    rows = _axis(plot, _heading(outcome), axis, _sides(outcome), measure)
    sizes = _sizes({key: one.se**-2 for key, one in effects.items()})
    for at, trial in enumerate(found.trials):
        one = effects.get(trial.key)
        if one is None:
            rows.append({"kind": "none", "plot": plot, "row": at, "text": outcome.brief(trial.key)})
            continue
        row = _mark(plot, at, axis, _values(measure, one), estimate(measure, one))
        shape = "circle" if one.table.reconstructed else "square"
        out = trial.key in found.excluded
        rows.append({**row, "size": sizes[trial.key], "shape": shape, "out": out})
    if pooled is None:
        rows.append({"kind": "none", "plot": plot, "row": pooled_at, "text": outcome.problem_brief})
    else:
        row = _mark(plot, pooled_at, axis, _values(measure, pooled), estimate(measure, pooled))
        rows.append({**row, "kind": "pooled"})
    return rows


def _values(measure: str, one: CountEffect | PooledCounts) -> tuple[float, float, float]:
    value, low, high = (natural(measure, part) for part in (one.effect, one.ci.low, one.ci.high))
    return value, low, high


def _outcome_axis(measure: str, effects: list[CountEffect | PooledCounts]) -> EffectAxis:
    values = [_values(measure, one) for one in effects]
    bounds = [bound for value in values for bound in value[1:]]
    return difference_axis(bounds) if measure == "RD" else log_axis([value[0] for value in values], bounds)


def _heading(outcome: OutcomePlot) -> str:
    measure = f"{outcome.measure} per 100" if outcome.measure == "RD" else outcome.measure
    name = "Grade ≥ 3 events" if outcome.harmful else titled(outcome.counts.outcome)
    return f"{name}, {measure}"


def _sides(outcome: OutcomePlot) -> tuple[str, str]:
    return ("← fewer", "more harm →") if outcome.harmful else ("← fewer", "more responses →")


def _axis(plot: int, title: str, axis: EffectAxis, sides: tuple[str, str], measure: str) -> list[Row]:
    rows: list[Row] = [
        {"kind": "tick", "plot": plot, "x": axis.place(tick), "text": _tick(tick, measure),
         "major": _apart(axis, tick)}
        for tick in axis.ticks
    ]  # fmt: skip
    null = axis.place(axis.null)
    rows.append({"kind": "null", "plot": plot, "x": null, "left": sides[0], "right": sides[1]})
    return [*rows, {"kind": "title", "plot": plot, "text": title}]


def _apart(axis: EffectAxis, tick: float) -> bool:
    """Say whether a narrow plot has room for a tick's number: no effect, and the ends away from it."""
    ends = (axis.ticks[0], axis.ticks[-1])
    return tick == axis.null or (tick in ends and abs(axis.place(tick) - axis.place(axis.null)) > _APART)


def _tick(tick: float, measure: str) -> str:
    return numerals.signed(100 * tick, 0) if measure == "RD" else f"{tick:g}"


def _mark(plot: int, at: int, axis: EffectAxis, value: tuple[float, float, float], text: str) -> Row:
    left, right = axis.beyond(value[1], value[2])
    return {
        "kind": "effect", "plot": plot, "row": at, "x": axis.place(value[0]), "low": axis.place(value[1]),
        "high": axis.place(value[2]), "cut_left": left, "cut_right": right, "value": text, "shape": "square",
        "out": False, "size": _LEAST,
    }  # fmt: skip


def _notes(found: BenefitHarm, most: int, *, said: bool) -> list[str]:
    found_out = any(table.reconstructed for outcome in found.outcomes for table in outcome.counts)
    notes = ["Round marks: a count that was found from a printed percentage."] if found_out else []
    if said:
        notes += [outcome.said for outcome in found.outcomes if outcome.said]
    return [part for note in notes for part in lettered(note, most)]

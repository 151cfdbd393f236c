"""Absolute effects as a table: two curves, a band, bars of a thousand patients, and every text. Tests read this."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any, Final

from netmeta import numerals
from netmeta.charts.columns import column_measures, column_width
from netmeta.errors import clipped
from netmeta.pooling.absolute import absolute_effects
from netmeta.pooling.absolute_words import (
    event_free,
    event_free_title,
    hr_in_words,
    months,
    of_thousand,
    per_thousand,
)

if TYPE_CHECKING:
    from netmeta.pooling.absolute import AbsoluteEffect, AbsoluteEffects
    from netmeta.pooling.baseline import Baseline

__all__ = ["AbsoluteRows", "absolute_measures", "absolute_rows", "absolute_signals"]

Row = dict[str, Any]

_POINTS: Final = 72
_TICKS: Final = 8
_STEPS: Final = (1, 2, 3, 6, 12, 24, 36, 60, 120)
_LEAST, _MEDIANS, _MOST = 12.0, 4.0, 240.0
_LEVELS: Final = (0.0, 0.25, 0.5, 0.75, 1.0)
_LABEL, _VALUE, _LONGEST = 170, 150, 34
_SPACE: Final = 760


@dataclass(frozen=True, slots=True)
class AbsoluteRows:
    """The rows of a chart of absolute effects, and the end of its axis in months."""

    rows: tuple[Row, ...]
    end: float


def absolute_rows(found: AbsoluteEffects | None) -> AbsoluteRows:
    """Lay out absolute effects at the first of their times; nothing for ``None``.

    Parameters
    ----------
    found
        What `absolute_effects` gave.
    """
    if found is None:
        return AbsoluteRows((), 24.0)
    row = found.rows[0]
    ticks = _ticks(_end(found.baseline, row.time))
    curve = absolute_effects(found.effect, found.baseline, _grid(found.baseline, ticks[-1]))
    rows = (*_axes(found, row, ticks), *_curves(curve), *_marks(row), *_legend(found), *_bars(found, row))
    return AbsoluteRows(rows, ticks[-1])


def absolute_signals(table: AbsoluteRows, *, space: int = _SPACE) -> dict[str, Any]:
    """Return the signals of the chart: its columns and the end of its axis."""
    return {
        "space": space,
        "w_label": column_width((row.get("name", "") for row in table.rows), _LABEL),
        "w_value": column_width((row.get("value", "") for row in table.rows), _VALUE),
        "end": table.end,
    }


def absolute_measures() -> dict[str, dict[str, Any]]:
    """Say which signal is the width of which column, for a page that can measure text itself."""
    return {"w_label": {"table": "rows", "field": "name", "most": _LABEL}, **column_measures({"value": _VALUE})}


def _end(baseline: Baseline, time: float) -> float:
    """End the axis where the baseline's story is told, and never before the time in question."""
    median = baseline.median_under(1.0)
    told = _LEAST if median is None else min(max(_MEDIANS * median, _LEAST), _MOST)
    told = baseline.last if isfinite(baseline.last) else told
    return max(told, time)


def _ticks(end: float) -> tuple[float, ...]:
    step = next((one for one in _STEPS if end / one <= _TICKS), _STEPS[-1])
    return tuple(float(step * at) for at in range(int(-(-end // step)) + 1))


def _grid(baseline: Baseline, end: float) -> tuple[float, ...]:
    last = min(end, baseline.last)
    even = (last * at / _POINTS for at in range(_POINTS + 1))
    return tuple(sorted({*even, *(time for time, _share in baseline.curve if time <= last)}))


def _axes(found: AbsoluteEffects, row: AbsoluteEffect, ticks: tuple[float, ...]) -> list[Row]:
    across: list[Row] = [{"kind": "time", "time": tick, "text": f"{tick:g}"} for tick in ticks]
    up = [{"kind": "level", "level": level, "text": numerals.percent(100 * level)} for level in _LEVELS]
    state = event_free(found.effect.endpoint)
    title = {
        "kind": "title",
        "text": event_free_title(found.effect.endpoint),
        "unit": "Months",
        "bars": f"Of {of_thousand(1)} patients, {state} at {months(row.time)} months",
    }
    return [*across, *up, title]


def _curves(curve: AbsoluteEffects) -> list[Row]:
    rows: list[Row] = [
        {"kind": "band", "time": one.time, "low": one.treated_ci.low, "high": one.treated_ci.high}
        for one in curve.rows
    ]
    for arm, name in enumerate(("control", "treated")):
        rows += [{"kind": "line", "arm": arm, "time": one.time, "level": getattr(one, name)} for one in curve.rows]
    return rows


def _marks(row: AbsoluteEffect) -> list[Row]:
    shares = (row.control, row.treated)
    rule = {"kind": "rule", "time": row.time, "level": max(shares), "text": f"{months(row.time)} months"}
    return [rule, *({"kind": "mark", "arm": arm, "time": row.time, "level": one} for arm, one in enumerate(shares))]


def _names(found: AbsoluteEffects) -> tuple[str, str]:
    therapy, control = (_cut(name) for name in found.effect.arms)
    return control, therapy


def _cut(name: str) -> str:
    said = clipped(name)
    return said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1]}…"


def _legend(found: AbsoluteEffects) -> list[Row]:
    control, therapy = _names(found)
    texts = (f"{control}: the assumed baseline", f"{therapy}: {hr_in_words(found.effect)}")
    return [{"kind": "legend", "arm": arm, "text": text} for arm, text in enumerate(texts)]


def _bars(found: AbsoluteEffects, row: AbsoluteEffect) -> list[Row]:
    control, therapy = _names(found)
    treated = f"{of_thousand(row.treated)} ({per_thousand(row.treated_ci)})"
    return [
        {"kind": "bar", "arm": 0, "name": control, "share": row.control, "value": of_thousand(row.control)},
        {"kind": "bar", "arm": 1, "name": therapy, "share": row.treated, "value": treated,
         "low": row.treated_ci.low, "high": row.treated_ci.high},
    ]  # fmt: skip

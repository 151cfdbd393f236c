"""Coverage of interval methods as rows: one a method, with its error, against the promise. Tests read this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from netmeta import numerals
from netmeta.charts.columns import column_measures
from netmeta.charts.theme import text_width
from netmeta.pooling.coverage_words import LABELS, beside, held, times, verdict

if TYPE_CHECKING:
    from netmeta.pooling import Coverage, MethodCoverage

__all__ = ["CoverageRows", "coverage_measures", "coverage_rows", "coverage_signals"]

Row = dict[str, Any]

_HIGHEST: Final = 100.0
_STEPS: Final = (5, 10, 20, 25)
_MANY: Final = 7
_FLOOR: Final = 80.0
# A still picture may be shown in a font that is wider than most.
_ROOM: Final = 1.12


@dataclass(frozen=True, slots=True)
class CoverageRows:
    """Rows, and how many of them are methods."""

    rows: tuple[Row, ...]
    lines: int


def coverage_rows(found: Coverage | None) -> CoverageRows:
    """Lay out the coverage of each method.

    Parameters
    ----------
    found
        What `coverage` gave.

    Returns
    -------
    CoverageRows
        Of kind ``method``: ``x``, ``low``, ``high`` are fractions of the plot, ``kept`` is 0 where the method holds
        the truth too seldom. Of kind ``tick``: the axis, in percent. Of kind ``level``: what was promised.
    """
    if found is None:
        return CoverageRows((), 0)
    start = _start(found)
    rows = [_head(), *_ticks(start, found.scenario.level), _level(found, start)]
    rows += [_method(row, at, found.scenario.level, start) for at, row in enumerate(found.rows)]
    return CoverageRows(tuple(rows), len(found.rows))


def coverage_signals(table: CoverageRows, *, space: int = 900) -> dict[str, Any]:
    """Return the signals of the chart: the widths of its columns, and how many methods there are."""
    methods = [row for row in table.rows if row["kind"] == "method"]
    widths = {
        f"w_{name}": int(_ROOM * max([text_width(row[name]) for row in methods], default=0.0) + 1)
        for name in _COLUMNS
    }
    return {"space": space, **widths, "lines": table.lines, "focused": "", "picked": ""}


_COLUMNS: Final = ("label", "held", "times")


def coverage_measures() -> dict[str, Any]:
    """Name the signals that a page measures in its own font."""
    return column_measures(dict.fromkeys(_COLUMNS, 260))


def _start(found: Coverage) -> float:
    """Return where the axis begins, in percent: at a round number below every coverage."""
    least = min([100 * row.coverage for row in found.rows if row.n], default=_FLOOR)
    return min(_FLOOR, max(0.0, 10 * ((least - 1) // 10)))


def _place(percent: float, start: float) -> float:
    return max(0.0, (percent - start) / (_HIGHEST - start))


def _head() -> Row:
    return {
        "kind": "head", "row": -1, "label": "Interval", "title": "Held the truth", "held": "Share",
        "times": "Upper / lower",
    }  # fmt: skip


def _ticks(start: float, level: float) -> list[Row]:
    step = next(each for each in _STEPS if (_HIGHEST - start) / each <= _MANY)
    values = [_HIGHEST - step * at for at in range(int((_HIGHEST - start) // step) + 1)]
    return [_tick(value, start, level, major=at % 2 == 0) for at, value in enumerate(values)]


def _tick(value: float, start: float, level: float, *, major: bool) -> Row:
    # The promise has a label of its own.
    label = "" if abs(value - 100 * level) < 0.5 * _STEPS[0] else numerals.percent(value)
    return {
        "kind": "tick",
        "row": 0,
        "x": _place(value, start),
        "label": label,
        "major": int(major and bool(label)),
    }


def _level(found: Coverage, start: float) -> Row:
    percent = 100 * found.scenario.level
    return {"kind": "level", "row": 0, "x": _place(percent, start), "label": f"{percent:g}% promised"}


def _method(row: MethodCoverage, at: int, level: float, start: float) -> Row:
    low, high = row.interval
    label, says = LABELS[row.method], verdict(row, level)
    kept = int(beside(row, level) >= 0)
    shown = {
        "x": _place(100 * row.coverage, start),
        "low": _place(100 * low, start),
        "high": _place(100 * high, start),
    }
    return {
        "kind": "method" if row.n else "waiting", "row": at, "id": row.method, "label": label, "held": held(row),
        "times": times(row), "kept": kept, "tip": f"{label}\n{held(row)}: {says}.", **(shown if row.n else {}),
    }  # fmt: skip

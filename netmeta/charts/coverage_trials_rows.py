"""The latest simulated intervals as rows: one under the other, and which miss the truth. Tests read this."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt
from typing import TYPE_CHECKING, Any, Final

from netmeta import numerals
from netmeta.charts.narrow_axis import narrow_axis
from netmeta.pooling.coverage_words import LABELS

if TYPE_CHECKING:
    from netmeta.pooling import Coverage, Scenario, SimulatedIntervals

__all__ = ["LatestRows", "latest_rows", "latest_signals"]

Row = dict[str, Any]

_FAR: Final = log(40)
_NEAR: Final = log(1.3)
_ROOM: Final = 1.5


@dataclass(frozen=True, slots=True)
class LatestRows:
    """Rows, and how many of them are intervals."""

    rows: tuple[Row, ...]
    lines: int


@dataclass(frozen=True, slots=True)
class _Axis:
    """The ends of the axis, log HR: set by what is true, so that it stays while intervals come in."""

    low: float
    high: float

    def place(self, log_hr: float) -> float:
        return min(1.0, max(0.0, (log_hr - self.low) / (self.high - self.low)))

    def holds(self, log_hr: float) -> bool:
        return self.low <= log_hr <= self.high


def latest_rows(found: Coverage | None, method: str = "dl-wald") -> LatestRows:
    """Lay out the latest intervals of one method, the newest at the bottom.

    Parameters
    ----------
    found
        What `coverage` gave.
    method
        Key of the method; nothing is drawn for one that is not there.

    Returns
    -------
    LatestRows
        Of kind ``hit`` or ``miss``: ``low``, ``mean``, ``high`` are fractions of the plot on a log axis, ``left``
        and ``right`` are there where the interval goes beyond it. Of kind ``new``: the effect that a prediction has
        to hold. Of kind ``truth``: the true hazard ratio.
    """
    if found is None or not found.latest or method not in [row.method for row in found.rows]:
        return LatestRows((), 0)
    which = [row.method for row in found.rows].index(method)
    axis = _axis(found.scenario, method)
    predicts = method == "prediction"
    rows = [
        _line(one, which, line, found.scenario, axis, predicts=predicts) for line, one in enumerate(found.latest)
    ]
    missed = sum(row["kind"] == "miss" for row in rows)
    ground = [_head(method, len(rows), missed), *_ticks(axis), _truth(found.scenario, axis)]
    new = _new(found, axis) if predicts else []
    return LatestRows((*ground, *rows, *new), len(rows))


def latest_signals(table: LatestRows, *, space: int = 900) -> dict[str, Any]:
    """Return the signals of the chart: the room that there is, and how many intervals there are."""
    return {"space": space, "lines": table.lines, "focused": "", "picked": ""}


def _axis(scenario: Scenario, method: str) -> _Axis:
    from scipy.special import stdtrit

    v = 1 / sum(1 / (scenario.tau**2 + own) for own in scenario.variances.tolist())
    lost, spread = (2, scenario.tau**2 + v) if method == "prediction" else (1, v)
    quantile = float(stdtrit(max(1, scenario.k - lost), (1 + scenario.level) / 2))
    half = min(_FAR, max(_NEAR, _ROOM * quantile * sqrt(spread)))
    return _Axis(scenario.log_hr - half, scenario.log_hr + half)


def _line(
    one: SimulatedIntervals, which: int, line: int, scenario: Scenario, axis: _Axis, *, predicts: bool
) -> Row:
    low, high = one.intervals[which]
    truth = one.new if predicts else scenario.log_hr
    hit = low <= truth <= high
    return {
        "kind": "hit" if hit else "miss", "row": line, "id": str(one.number), "low": axis.place(low),
        "mean": axis.place(one.means[which]), "high": axis.place(high), "seen": int(axis.holds(one.means[which])),
        "tip": _tip(one, which, truth, hit=hit),
        **({} if axis.holds(low) else {"left": axis.place(low)}),
        **({} if axis.holds(high) else {"right": axis.place(high)}),
    }  # fmt: skip


def _tip(one: SimulatedIntervals, which: int, truth: float, *, hit: bool) -> str:
    low, high = one.intervals[which].exp()
    number, found = numerals.count(one.number), numerals.estimate(exp(one.means[which]), low, high)
    true = numerals.ratio(exp(truth))
    says = f"It holds the true {true}." if hit else f"It misses the true {true}."
    return f"Simulated meta-analysis {number}\nHR {found}\n{says}"


def _head(method: str, lines: int, missed: int) -> Row:
    aim = "the effect of a new trial" if method == "prediction" else "the true hazard ratio"
    label = LABELS[method]
    said = f"{lines - missed} hold {aim}, {missed} miss it" if missed else f"all of them hold {aim}"
    return {"kind": "head", "row": -1, "title": f"The latest {lines} intervals: {label}", "text": said}


def _ticks(axis: _Axis) -> list[Row]:
    low, high = exp(axis.low), exp(axis.high)
    values = [tick for tick in narrow_axis((low, high)).ticks if low <= tick <= high]
    return [{"kind": "tick", "row": 0, "x": axis.place(log(value)), "label": f"{value:g}"} for value in values]


def _truth(scenario: Scenario, axis: _Axis) -> Row:
    said = f"true hazard ratio {numerals.ratio(scenario.hr)}"
    return {"kind": "truth", "row": 0, "x": axis.place(scenario.log_hr), "label": said}


def _new(found: Coverage, axis: _Axis) -> list[Row]:
    return [
        {"kind": "new", "row": line, "x": axis.place(one.new)}
        for line, one in enumerate(found.latest)
        if axis.holds(one.new)
    ]

"""Kaplan-Meier curves as a table: the steps, the numbers at risk under them, and every text. Tests read this."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from netmeta import numerals
from netmeta.charts.theme import text_width
from netmeta.errors import EntryError, clipped
from netmeta.evidence.curves import PatientData, Survival, cox, log_rank, survival
from netmeta.evidence.curves.patients import check_arm

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["MOST", "CurveRows", "kaplan_meier_rows", "kaplan_meier_signals"]

MOST = 4
_NAMES = ("experimental", "control", "third", "fourth")
_TICKS = 8
_LABEL, _LONGEST = 170, 40
_STEPS = {"months": (1, 2, 3, 6, 12, 24, 36, 60), "weeks": (1, 2, 4, 8, 13, 26, 52, 104)}
_QUARTERS = (0.0, 0.25, 0.5, 0.75, 1.0)
_HALF = 0.5

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class CurveRows:
    """The rows of a Kaplan-Meier chart, the end of its axis, its arms, its lines of legend, and itself in words."""

    rows: tuple[Row, ...]
    end: float
    arms: int
    legend: int
    words: str


def kaplan_meier_rows(arms: Sequence[PatientData], *, endpoint: str = "Survival", points: bool = True) -> CurveRows:
    """Lay out one to four arms.

    Parameters
    ----------
    arms
        Patient data, approximate or not; the first is the experimental arm.
    endpoint
        What is on the vertical axis: ``"PFS"``.
    points
        Whether to show the digitised points of approximate patient data.

    Raises
    ------
    EntryError
        For no arm, more than four, or something else than patient data; for arms in different units.
    """
    _check(arms)
    found = [survival(arm) for arm in arms]
    ticks = _ticks(max(arm.times[-1] for arm in arms), arms[0].unit)
    legend = [*map(_legend, arms, found, range(len(arms))), *_compared(arms)]
    rows = [
        *_axes(ticks, arms[0].unit, endpoint),
        *({"kind": "legend", "arm": at, "at": at, "text": text} for at, text in enumerate(legend[: len(arms)])),
        *({"kind": "compared", "at": len(arms) + at, "text": text} for at, text in enumerate(legend[len(arms) :])),
        *_medians(found),
    ]
    for at, (arm, curve) in enumerate(zip(arms, found, strict=True)):
        rows += [*_steps(at, curve), *(_clicked(at, arm) if points else ()), *_risk(at, arm, curve, ticks)]
    rows += _note(arms, points=points)
    return CurveRows(tuple(rows), ticks[-1], len(arms), len(legend), _words(endpoint, legend))


def kaplan_meier_signals(table: CurveRows, *, space: int = 760) -> dict[str, Any]:
    """Return the signals of the chart: the width of the names under it, the end of its axis, the lines it needs."""
    names = [row["text"] for row in table.rows if row["kind"] == "name"]
    wide = max((text_width(name) for name in [*names, "Number at risk"]), default=0.0) + 2
    return {
        "space": space,
        "w_label": int(min(wide, _LABEL)),
        "w_legend": int(
            max((text_width(row["text"]) for row in table.rows if "legend" in row["kind"]), default=0.0) + 32
        ),
        "end": table.end,
        "arms": table.arms,
        "legend": table.legend,
        "noted": sum(row["kind"] == "note" for row in table.rows),
    }


def _check(arms: Sequence[PatientData]) -> None:
    if not 1 <= len(arms) <= MOST:
        raise EntryError(f"A chart of survival curves has 1 to {MOST} arms; there are {len(arms)}.")
    units = dict.fromkeys(check_arm("an arm", arm).unit for arm in arms)
    if len(units) > 1:
        raise EntryError(f"The arms are in different units: {', '.join(units)}. Bring them to one.")


def _name(arm: PatientData, at: int) -> str:
    said = clipped(arm.label) or _NAMES[at]
    return said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1]}…"


def _legend(arm: PatientData, found: Survival, at: int) -> str:
    return f"{_name(arm, at)}: {_counts(arm)}, median {_median(found, arm.unit)}"


def _counts(arm: PatientData) -> str:
    about = "about " if arm.approximate else ""
    return f"{numerals.count(arm.n)} patients, {about}{numerals.count(arm.n_events)} events"


def _median(found: Survival, unit: str) -> str:
    if found.median is None:
        return "not reached"
    low, high = (
        "not reached" if time is None else numerals.decimal(time, 1)
        for time in (found.median_low, found.median_high)
    )
    return f"{numerals.decimal(found.median, 1)} {unit} ({low} to {high})"


def _compared(arms: Sequence[PatientData]) -> list[str]:
    """Compare two arms in a line; nothing where there is no finite hazard ratio."""
    if len(arms) != 2:  # noqa: PLR2004
        return []
    try:
        fit, test = cox(*arms), log_rank(*arms)
    except EntryError:
        return []
    return [f"HR {numerals.estimate(fit.hr, *fit.interval())}, log-rank {numerals.p_value(test.p_value)}"]


def _ticks(last: float, unit: str) -> tuple[float, ...]:
    """Place at most eight ticks; months go by quarters and years."""
    power = 10.0 ** math.floor(math.log10(max(last, 1e-9) / _TICKS))
    plain = [digit * power for digit in (1, 2, 5, 10, 20)]
    known = [float(step) for step in _STEPS.get(unit, ()) if last / step <= _TICKS and last / step > 1]
    step = known[0] if known else next(one for one in plain if last / one <= _TICKS)
    return tuple(step * at for at in range(math.ceil(last / step - 1e-9) + 1))


def _axes(ticks: tuple[float, ...], unit: str, endpoint: str) -> list[Row]:
    across = [{"kind": "time", "time": tick, "text": f"{tick:g}"} for tick in ticks]
    up = [{"kind": "level", "level": level, "text": numerals.percent(100 * level)} for level in _QUARTERS]
    return [*across, *up, {"kind": "title", "text": clipped(endpoint)[:60], "unit": unit.capitalize()}]


def _steps(at: int, found: Survival) -> list[Row]:
    falls = [
        (time, level)
        for time, events, level in zip(found.times, found.events, found.survival, strict=True)
        if events > 0
    ]
    corners = [(0.0, 1.0), *falls, (found.times[-1], found.survival[-1])]
    return [
        {"kind": "line", "arm": at, "at": n, "time": time, "level": level}
        for n, (time, level) in enumerate(corners)
    ]


def _clicked(at: int, arm: PatientData) -> list[Row]:
    readings = arm.curve.readings if arm.curve is not None else ()
    return [{"kind": "point", "arm": at, "time": time, "level": level} for time, level in readings]


def _risk(at: int, arm: PatientData, found: Survival, ticks: tuple[float, ...]) -> list[Row]:
    numbers = [
        {"kind": "risk", "arm": at, "time": tick, "text": numerals.count(found.risk_at(tick))} for tick in ticks
    ]
    return [{"kind": "name", "arm": at, "text": _name(arm, at)}, *numbers]


def _medians(found: Sequence[Survival]) -> list[Row]:
    reached = [(at, one.median) for at, one in enumerate(found) if one.median is not None]
    if not reached:
        return []
    furthest = max(time for _, time in reached)
    return [
        {"kind": "half", "time": furthest, "level": _HALF},
        *({"kind": "median", "arm": at, "time": time, "level": _HALF} for at, time in reached),
    ]


def _note(arms: Sequence[PatientData], *, points: bool) -> list[Row]:
    if not any(arm.approximate for arm in arms):
        return []
    circles = "; the circles are the digitised points" if points else ""
    return [{"kind": "note", "text": f"Approximate patient data, reconstructed from published curves{circles}."}]


def _words(endpoint: str, legend: Sequence[str]) -> str:
    return f"Kaplan-Meier curves of {clipped(endpoint)}. {'. '.join(legend)}."

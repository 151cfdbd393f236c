"""A comparison-adjusted funnel as a table: where trials stand, and which of them say anything. Tests read this."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import exp, floor, log, log10
from typing import TYPE_CHECKING, Any, Final

from netmeta import numerals
from netmeta.charts.axis import RatioAxis, ratio_axis
from netmeta.charts.point_names import name_points
from netmeta.charts.theme import SIZE, text_width
from netmeta.charts.wrapping import notes_of, pair_name, wrapped

if TYPE_CHECKING:
    from netmeta.network import AdjustedFunnel, AdjustedTrial

__all__ = ["SERIES_SHOWN", "AdjustedFunnelRows", "adjusted_funnel_rows", "adjusted_funnel_signals", "plot_size"]

SERIES_SHOWN: Final = 8
"""Comparisons that have a mark of their own; further ones share a grey one."""
_LIMIT: Final = 1.959963984540054
_NARROW: Final = 640
_MOST, _NAMES = 1000, 12
_SWATCH: Final = 24
_STEPS: Final = (0.2, 0.25, 0.5, 1.0, 2.0)
_TICKS: Final = 6
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class AdjustedFunnelRows:
    """The points of a comparison-adjusted funnel, its lines, axes and key.

    Parameters
    ----------
    rows
        By ``kind``: ``point`` (``ratio`` across, ``se`` downwards; ``series`` from 0 on, 8 for the comparisons that
        share a mark, ``alone``; ``named``, ``align`` and ``dy`` for its name), ``limit`` (a line from ``ratio`` and
        ``se`` to ``ratio_to`` and ``se_to``), ``tick``, ``key`` and ``note``.
    axis
        The axis of ratios.
    top
        The largest standard error shown.
    favours
        What both sides of 1 speak for.
    named_at
        Width of the plot at which there was room for the names, pixels.
    """

    rows: tuple[Row, ...]
    axis: RatioAxis
    top: float
    favours: tuple[str, str]
    named_at: float


def plot_size(space: int) -> tuple[float, float]:
    """Return width and height of the plot itself, in pixels, as the chart works them out."""
    width = min(max(space - 80, 240), 640)
    return width, min(max(0.58 * width, 220), 360)


def adjusted_funnel_rows(found: AdjustedFunnel | None, *, space: int = 900) -> AdjustedFunnelRows:
    """Lay out a comparison-adjusted funnel; nothing for ``None``.

    Parameters
    ----------
    found
        What `adjusted_funnel_data` gave; of very many trials, the 1000 most precise.
    space
        Width to stay within, in pixels: names are placed for it.
    """
    if found is None:
        return AdjustedFunnelRows((), ratio_axis((), ()), 1.0, ("", ""), 0.0)
    trials = sorted(found.rows, key=lambda row: row.se)[:_MOST]
    top = 1.05 * max(row.se for row in trials)
    ends = [exp(side * _LIMIT * top) for side in (-1, 1)]
    axis = ratio_axis([row.ratio for row in trials], ends)
    series = _series(trials)
    points = [_point(row, series) for row in trials]
    _name(points, axis, top, plot_size(space))
    notes = [{"kind": "note", "text": text, "at": at} for at, text in enumerate(_notes(found, space))]
    rows = (*points, *_limits(axis, top), *_ticks(axis, top), *_key(trials, series, space), *notes)
    left, right = ("newer", "older") if found.result.better == "lower" else ("older", "newer")
    return AdjustedFunnelRows(rows, axis, top, (f"← favours {left}", f"favours {right} →"), plot_size(space)[0])


def adjusted_funnel_signals(table: AdjustedFunnelRows, *, space: int = 900) -> dict[str, Any]:
    """Return the signals of the funnel: its axes, the words under it, and how much stands below."""
    kinds = Counter(row["kind"] for row in table.rows)
    return {
        "space": space,
        "axis_low": table.axis.low,
        "axis_high": table.axis.high,
        "se_top": table.top,
        "favours_left": table.favours[0],
        "favours_right": table.favours[1],
        "named_at": table.named_at,
        "keys": kinds["key"],
        "notes": kinds["note"],
        "focused": "",
        "picked": "",
    }


def _series(trials: list[AdjustedTrial]) -> dict[str, int]:
    """Give numbers to the comparisons that several trials make, the most frequent first."""
    counts = Counter(row.comparison for row in trials if not row.alone)
    order = sorted(counts, key=lambda name: (-counts[name], name))
    return {name: min(at, SERIES_SHOWN) for at, name in enumerate(order)}


def _point(row: AdjustedTrial, series: dict[str, int]) -> Row:
    return {
        "kind": "point", "id": row.key, "label": row.label, "ratio": row.ratio, "se": row.se, "alone": row.alone,
        "series": series.get(row.comparison, SERIES_SHOWN), "tip": _tip(row),
    }  # fmt: skip


def _tip(row: AdjustedTrial) -> str:
    said = [row.label, row.comparison, f"Standard error {numerals.decimal(row.se, 3)}"]
    if row.alone:
        return "\n".join([*said, "No other trial makes the comparison: it stands in the middle by construction"])
    return "\n".join(
        [*said, f"HR {numerals.ratio(exp(row.log_hr))}, {numerals.ratio(row.ratio)} times that of all such trials"]
    )


def _name(points: list[Row], axis: RatioAxis, top: float, size: tuple[float, float]) -> None:
    """Name what stands farthest out first; a trial alone in its comparison has its name in the tooltip only."""
    across = log(axis.high / axis.low)
    order = sorted(points, key=lambda row: (row["alone"], -abs(log(row["ratio"]))))
    places = [(size[0] * log(row["ratio"] / axis.low) / across, size[1] * row["se"] / top) for row in order]
    sides = name_points(places, ["" if row["alone"] else row["label"] for row in order], size)
    for row, side in zip(order, sides, strict=True):
        align, dy = side or ("left", 0)
        row.update({"named": side is not None, "align": align, "dy": dy})


def _limits(axis: RatioAxis, top: float) -> list[Row]:
    """Give the lines between which 95% of trials lie by sampling error alone, cut where the axis ends."""
    ends = [(-1, min(top, -log(axis.low) / _LIMIT)), (1, min(top, log(axis.high) / _LIMIT)), (0, top)]
    return [
        {
            "kind": "limit",
            "ratio": 1.0,
            "se": 0.0,
            "ratio_to": exp(side * _LIMIT * se),
            "se_to": se,
            "solid": side == 0,
        }
        for side, se in ends
    ]


def _ticks(axis: RatioAxis, top: float) -> list[Row]:
    power = 10.0 ** floor(log10(top))
    step = next(power * part for part in _STEPS if top / (power * part) <= _TICKS)
    down = [round(at * step, 12) for at in range(int(top / step + 1e-9) + 1)]
    places = (("ratio", axis.ticks), ("se", down))
    return [
        {"kind": "tick", "panel": panel, "value": value, "text": f"{value:g}"}
        for panel, ticks in places
        for value in ticks
    ]


def _key(trials: list[AdjustedTrial], series: dict[str, int], space: int) -> list[Row]:
    """Say which mark is which comparison, with the number of its trials."""
    counts = Counter(row.comparison for row in trials if not row.alone)
    pairs = {row.comparison: pair_name((row.newer, row.older), " vs ", space) for row in trials}
    room = plot_size(space)[0] / (1 if space < _NARROW else 2) - _SWATCH
    rows: list[Row] = [
        {"series": at, "alone": False, "text": _counted(pairs[name], counts[name], room)}
        for name, at in series.items()
        if at < SERIES_SHOWN
    ]
    others = sum(counts[name] for name, at in series.items() if at == SERIES_SHOWN)
    alone = sum(row.alone for row in trials)
    if others:
        rows.append({"series": SERIES_SHOWN, "alone": False, "text": f"other comparisons ({others})"})
    if alone:
        rows.append({"series": SERIES_SHOWN, "alone": True, "text": f"alone in their comparison ({alone})"})
    return [{"kind": "key", "at": at, **row} for at, row in enumerate(rows)]


def _counted(name: str, count: int, room: float) -> str:
    """Write a name with a count, which stays where the name has to be cut."""
    told = f" ({count})"
    (cut,) = wrapped(name, room - text_width(told, SIZE - 1), SIZE - 1, 1)
    return f"{cut}{told}"


def _order(names: tuple[str, ...]) -> tuple[str, ...]:
    """Keep the first names and the last one of very many."""
    return names if len(names) <= _NAMES + 2 else (*names[:_NAMES], "…", names[-1])


def _notes(found: AdjustedFunnel, space: int) -> tuple[str, ...]:
    telling, total = len(found.telling), len(found.rows)
    alone = total - telling
    notes = (
        f"{alone} of {total} trials are alone in their comparison: they stand at 1 by construction and say nothing."
        if alone else "",
        f"Newer to older, an assumption: {', '.join(_order(found.order))}.",
        f"The {_MOST} most precise of {numerals.count(total)} trials are drawn." if total > _MOST else "",
    )  # fmt: skip
    return notes_of(notes, min(space - 30, 720 if space >= _NARROW else space))

"""The latest simulated intervals about the truth, in Altair: those that miss it stand out by colour and weight."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import altair as alt

from netmeta.charts.coverage_trials_rows import LatestRows, latest_rows, latest_signals
from netmeta.charts.expressions import at, framed, hovering, of, ref, text
from netmeta.charts.theme import SIZE, palette
from netmeta.errors import PoolingError
from netmeta.pooling import Coverage

if TYPE_CHECKING:
    from netmeta.charts.still import StillChart

__all__ = ["coverage_intervals", "spec"]

_ROW, _HEAD, _FOOT = 6, 46, 46
_NAMES: Final = {"hit": "hits", "miss": "misses"}
_DERIVED: Final = {
    "total_width": "clamp(space, 320, 860)",
    "wide": "total_width - 24",
    "bottom": f"{_HEAD} + max(lines, 1) * {_ROW} + 6",
    "total_height": f"bottom + {_FOOT}",
}
_MIDDLE: Final = f"{_HEAD} + 3 + (datum.row + 0.5) * {_ROW}"


def coverage_intervals(
    result: Coverage, method: str = "dl-wald", *, theme: str = "light", width: int = 860
) -> StillChart:
    """Draw the latest simulated intervals of one method about the true hazard ratio.

    Parameters
    ----------
    result
        What `coverage` gave.
    method
        Key of the method, as in ``result.rows``.
    theme
        ``"light"`` or ``"dark"`` colours.
    width
        Width to stay within, in pixels.

    Returns
    -------
    StillChart
        An `altair.LayerChart` on a log axis of hazard ratios; intervals that miss the truth are orange and thick.

    Raises
    ------
    PoolingError
        For anything else than a `Coverage`, and for a method that it does not have.
    """
    if not isinstance(result, Coverage):
        raise PoolingError(f"coverage_intervals() draws what coverage() gives; got {type(result).__name__}.")
    result.of(method)
    table = latest_rows(result, method)
    signals = {**latest_signals(table, space=width), **palette(theme)}
    chart = _chart(signals, alt.InlineData(values=list(table.rows)), _size(signals))
    head = table.rows[0]
    return chart.properties(description=f"{head['title']}. {head['text']}.")


def spec() -> StillChart:
    """Build the chart that live views embed: named rows, neutral values."""
    signals = {**latest_signals(LatestRows((), 0)), **palette("light")}
    return _chart(signals, alt.NamedData(name="rows"), _size(signals))


def _size(signals: dict[str, Any]) -> tuple[int, int]:
    return int(min(max(signals["space"], 320), 860)), _HEAD + max(signals["lines"], 1) * _ROW + 6 + _FOOT


def _chart(signals: dict[str, Any], data: alt.InlineData | alt.NamedData, size: tuple[int, int]) -> StillChart:
    return framed([*_ground(), *_marks("hit"), *_marks("miss"), _new(), _lines()], data, signals, _DERIVED, size)


def _x(field: str) -> alt.Value:
    return at(f"12 + datum.{field} * wide")


def _ground() -> list[alt.Chart]:
    tick, truth, head = of("tick"), of("truth"), of("head")
    place = "12 + datum.x * wide"
    return [
        head.mark_rule(color=ref("muted")).encode(
            x=alt.value(12), x2=at("12 + wide"), y=at("bottom"), y2=at("bottom")
        ),
        tick.mark_rule(color=ref("muted")).encode(x=_x("x"), y=at("bottom"), y2=at("bottom + 5")),
        truth.mark_rule(color=ref("ink"), strokeDash=[4, 3], strokeWidth=1.4).encode(
            x=_x("x"), y=alt.value(_HEAD - 2), y2=at("bottom + 24")
        ),
        text(tick, "label", place, "bottom + 14", align="center", fontSize=SIZE - 1, color="muted"),
        text(truth, "label", place, "bottom + 34", align="center", fontSize=SIZE - 1),
        text(head, "title", "0", "10", align="left", fontSize=SIZE, fontWeight=600, limit=ref("total_width")),
        text(head, "text", "0", "29", align="left", fontSize=SIZE - 1, color="muted", limit=ref("total_width")),
    ]


def _marks(kind: str) -> list[alt.Chart]:
    rows, missed = of(kind), kind == "miss"
    colour = ref("pooled" if missed else "mark")
    strong: Any = {"opacity": 1.0 if missed else 0.6}
    line = rows.mark_rule(color=colour, strokeWidth=2.8 if missed else 1.4, **strong)
    shape = "diamond" if missed else "circle"
    dot = rows.transform_filter("datum.seen").mark_point(
        filled=True, size=34 if missed else 12, shape=shape, color=colour, opacity=1
    )
    arrows = [
        rows.transform_filter(f"isValid(datum.{side})")
        .mark_point(shape="triangle-up", angle=angle, size=22, filled=True, color=colour, **strong)
        .encode(x=_x(side), y=at(_MIDDLE))
        for side, angle in (("left", 270), ("right", 90))
    ]
    return [
        line.encode(x=_x("low"), x2=_x("high"), y=at(_MIDDLE), y2=at(_MIDDLE)).properties(name=_NAMES[kind]),
        dot.encode(x=_x("mean"), y=at(_MIDDLE)),
        *arrows,
    ]


def _new() -> alt.Chart:
    mark = of("new").mark_rule(color=ref("ink"), strokeWidth=1.6)
    chart: alt.Chart = mark.encode(x=_x("x"), y=at(f"{_MIDDLE} - 3"), y2=at(f"{_MIDDLE} + 3"))
    return chart


def _lines() -> alt.Chart:
    hover = hovering()
    marked = alt.when(hover).then(alt.value(0.14)).when("datum.id === picked").then(alt.value(0.22))
    lines: alt.Chart = of("hit", "miss").mark_rect(cursor="pointer", fill=ref("band"), strokeWidth=1.5).encode(
        x=alt.value(0),
        x2=at("total_width"),
        y=at(f"{_MIDDLE} - {_ROW / 2}"),
        y2=at(f"{_MIDDLE} + {_ROW / 2}"),
        tooltip="tip:N",
        fillOpacity=marked.otherwise(alt.value(0)),
        stroke=alt.condition("datum.id === focused", at("band"), alt.value("transparent")),
    )  # fmt: skip
    return lines.add_params(hover).properties(name="lines")

"""Absolute effects as an Altair chart: two survival curves, and under them bars of a thousand patients."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import altair as alt

from netmeta.charts.absolute_rows import AbsoluteRows, absolute_rows, absolute_signals
from netmeta.charts.expressions import at, framed, of, ref
from netmeta.charts.theme import SIZE, palette
from netmeta.errors import PoolingError
from netmeta.pooling.absolute import AbsoluteEffects

if TYPE_CHECKING:
    from netmeta.charts.still import StillChart

__all__ = ["absolute_chart", "absolute_plot", "spec"]

ROWS = "rows"
LINE, PLOT, BAR = 21, 230, 26
_DERIVED = {
    "plot_left": "max(w_label + 14, 52)",
    "plot_right": "clamp(space - w_value - 22, plot_left + 180, plot_left + 640)",
    "plot_top": f"{2 * LINE} + 46",
    "plot_bottom": f"plot_top + {PLOT}",
    "bars_top": "plot_bottom + 78",
    "total_width": "plot_right + w_value + 16",
    "total_height": f"bars_top + {2 * BAR} + 8",
}
_COLOUR = "[muted, mark][datum.arm]"
_DASH = "[[5, 3], [1, 0]][datum.arm]"
Align = Literal["left", "right", "center"]


def absolute_plot(found: AbsoluteEffects, *, theme: str = "light", width: int = 760) -> StillChart:
    """Draw what a hazard ratio means in patients, at the first of the times asked for.

    Parameters
    ----------
    found
        What `absolute_effects` gave.
    theme
        ``"light"`` or ``"dark"`` colours.
    width
        Whole width in pixels.

    Returns
    -------
    StillChart
        An `altair.LayerChart`: the assumed curve of the control arm, the one that follows with its confidence band,
        and bars of 1000 patients at the time.

    Raises
    ------
    PoolingError
        For what `absolute_effects` did not give.
    """
    if not isinstance(found, AbsoluteEffects):
        raise PoolingError(
            f"absolute_plot() draws what absolute_effects() gives; got {type(found).__name__}. "
            "Call nm.absolute_plot(nm.absolute_effects(result, baseline))."
        )
    table = absolute_rows(found)
    signals = {**absolute_signals(table, space=width), **palette(theme)}
    chart: StillChart = absolute_chart(signals, alt.InlineData(values=list(table.rows))).properties(
        description=f"Survival curves under an assumed baseline. {found.said}"
    )
    return chart


def absolute_chart(signals: dict[str, Any], data: alt.InlineData | alt.NamedData) -> StillChart:
    """Lay the marks over a table of rows; every place and colour is a parameter, so that rows alone change it."""
    layers = [*_axes(), *_curves(), *_legend(), *_bars()]
    left = max(signals["w_label"] + 14, 52)
    right = min(max(signals["space"] - signals["w_value"] - 22, left + 180), left + 640)
    size = int(right + signals["w_value"] + 16), 2 * LINE + 46 + PLOT + 78 + 2 * BAR + 8
    return framed(layers, data, signals, _DERIVED, size)


def spec() -> alt.LayerChart:
    """Build the chart that live views embed: named rows, neutral values."""
    signals = {**absolute_signals(AbsoluteRows((), 24.0)), **palette("light")}
    return absolute_chart(signals, alt.NamedData(name=ROWS))


def _x() -> alt.X:
    scale = alt.Scale(domain=[0, ref("end")], range=[ref("plot_left"), ref("plot_right")], nice=False)
    return alt.X("time:Q", scale=scale, axis=None)


def _y(field: str = "level") -> alt.Y:
    scale = alt.Scale(domain=[0, 1], range=[ref("plot_bottom"), ref("plot_top")], nice=False)
    return alt.Y(f"{field}:Q", scale=scale, axis=None)


def _text(kind: str, align: Align, colour: str = "muted", **look: Any) -> alt.Chart:  # noqa: ANN401
    shape = {"baseline": "middle", "fontSize": SIZE - 1, **look}
    mark: alt.Chart = of(kind).mark_text(align=align, color=ref(colour), **shape)
    return mark


def _axes() -> list[alt.Chart]:
    left, right = at("plot_left"), at("plot_right")
    grid = of("level").mark_rule(color=ref("faint"), strokeWidth=1)
    floor = of("level").transform_filter("datum.level === 0").mark_rule(color=ref("muted"), strokeWidth=1)
    tick = of("time").mark_rule(color=ref("muted"), strokeWidth=1)
    return [
        grid.encode(x=left, x2=right, y=_y()),
        floor.encode(x=left, x2=right, y=_y()),
        tick.encode(x=_x(), y=at("plot_bottom"), y2=at("plot_bottom + 5")),
        _text("time", "center").encode(x=_x(), y=at("plot_bottom + 15"), text="text:N"),
        _text("level", "right").encode(x=at("plot_left - 8"), y=_y(), text="text:N"),
        _text("title", "left").encode(x=alt.value(0), y=at("plot_top - 32"), text="text:N"),
        _text("title", "right").encode(x=right, y=at("plot_bottom + 33"), text="unit:N"),
    ]


def _curves() -> list[alt.Chart]:
    band = of("band").mark_area(color=ref("mark"), opacity=0.18, interpolate="linear")
    line = of("line").mark_line(strokeWidth=2.2, interpolate="linear")
    rule = of("rule").mark_rule(color=ref("muted"), strokeWidth=1, strokeDash=[3, 4])
    dot = of("mark").mark_point(shape="circle", size=64, filled=True, opacity=1)
    look = {"stroke": at(_COLOUR), "strokeDash": at(_DASH)}
    return [
        band.encode(x=_x(), y=_y("low"), y2="high:Q").properties(name="band"),
        line.encode(x=_x(), y=_y(), detail="arm:N", order="time:Q", **look).properties(name="curves"),
        rule.encode(x=_x(), y=at("plot_top - 8"), y2=at("plot_bottom")),
        dot.encode(x=_x(), y=_y(), fill=at(_COLOUR)).properties(name="dots"),
        _text("rule", "center", "ink", fontWeight=600).encode(x=_x(), y=at("plot_top - 16"), text="text:N"),
    ]


def _legend() -> list[alt.Chart]:
    middle = f"datum.arm * {LINE} + {LINE / 2}"
    sample = of("legend").mark_rule(strokeWidth=2.6)
    return [
        sample.encode(x=alt.value(0), x2=alt.value(22), y=at(middle), color=at(_COLOUR), strokeDash=at(_DASH)),
        _text("legend", "left", "ink", fontSize=SIZE).encode(x=alt.value(30), y=at(middle), text="text:N"),
    ]


def _bars() -> list[alt.Chart]:
    middle = f"bars_top + (datum.arm + 0.5) * {BAR}"
    across = "plot_left + (plot_right - plot_left) * "
    left, full = at("plot_left"), at("plot_right")
    edges = {"y": at(f"{middle} - 7"), "y2": at(f"{middle} + 7")}
    ground = of("bar").mark_rect(fill=ref("faint"), opacity=0.55)
    bar = of("bar").mark_rect()
    limits = of("bar").transform_filter("isValid(datum.low)").mark_rule(color=ref("ink"), strokeWidth=2)
    caps = [
        of("bar")
        .transform_filter("isValid(datum.low)")
        .mark_rule(color=ref("ink"), strokeWidth=2)
        .encode(x=at(f"{across} datum.{end}"), y=at(f"{middle} - 10"), y2=at(f"{middle} + 10"))
        for end in ("low", "high")
    ]
    return [
        _text("title", "left", fontSize=SIZE).encode(x=alt.value(0), y=at("bars_top - 14"), text="bars:N"),
        ground.encode(x=left, x2=full, **edges),
        bar.encode(x=left, x2=at(f"{across} datum.share"), fill=at(_COLOUR), **edges).properties(name="bars"),
        limits.encode(x=at(f"{across} datum.low"), x2=at(f"{across} datum.high"), y=at(middle)),
        *caps,
        _text("bar", "left", "ink", fontSize=SIZE, limit=ref("plot_left - 8")).encode(
            x=alt.value(0), y=at(middle), text="name:N"
        ),
        _text("bar", "left", "ink", fontSize=SIZE).encode(x=at("plot_right + 10"), y=at(middle), text="value:N"),
    ]

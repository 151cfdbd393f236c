"""The bubble plot of a meta-regression in Altair: one bubble a trial, the line and its bands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import altair as alt

from netmeta.charts.bubble_rows import HEIGHT, WIDTH, bubble_rows, bubble_signals
from netmeta.charts.expressions import at, framed, hovering, of, ref
from netmeta.charts.theme import SIZE, palette
from netmeta.errors import PoolingError
from netmeta.pooling import MetaRegression

if TYPE_CHECKING:
    from netmeta.charts.still import StillChart

__all__ = ["bubble", "spec"]

_DERIVED: Final = {"total_width": f"clamp(space - 90, 240, {WIDTH})"}
_LOOK: Final[dict[str, Any]] = {
    "labelFontSize": SIZE - 1,
    "titleFontSize": SIZE,
    "titleFontWeight": "normal",
    "tickSize": 4,
    "titlePadding": 10,
}


def bubble(
    result: MetaRegression,
    covariate: str | None = None,
    *,
    prediction: bool = True,
    theme: str = "light",
    width: int = 900,
) -> StillChart:
    """Draw a meta-regression over one covariate: trials as bubbles, the expected hazard ratio as a line.

    Parameters
    ----------
    result
        What `meta_regression` gave. The area of a bubble is the trial's weight.
    covariate
        Which covariate; the first by default. Others are held at their mean or most frequent category, which the
        plot says. Categories stand side by side, with a diamond for what is expected of each.
    prediction
        Whether the wider band, that of new trials, is drawn as well.
    theme
        ``"light"`` or ``"dark"`` colours.
    width
        Width to stay within, in pixels; the plot takes no more than it needs.

    Returns
    -------
    StillChart
        An `altair.LayerChart`, hazard ratios on a log axis (Thompson & Higgins 2002, Stat Med 21:1559).

    Raises
    ------
    PoolingError
        For anything else than a `MetaRegression`.
    SelectionError
        For a covariate that is not in it.
    """
    if not isinstance(result, MetaRegression):
        raise PoolingError(
            f"bubble() draws what meta_regression() gives; got {type(result).__name__}. "
            'Call nm.bubble(nm.meta_regression(evidence, "~ year")).'
        )
    table = bubble_rows(result, covariate, prediction=prediction)
    signals = {**bubble_signals(table, space=width), **palette(theme)}
    size = min(max(width - 90, 240), WIDTH), HEIGHT
    chart = bubble_chart(signals, alt.InlineData(values=list(table.rows)), size)
    return chart.properties(description=f"Bubble plot over {table.title}. {result.said}")


def bubble_chart(
    signals: dict[str, Any], data: alt.InlineData | alt.NamedData, size: tuple[int, int]
) -> StillChart:
    """Lay the marks over a table of rows."""
    return framed([*_ground(), *_bands(), *_categories(), *_bubbles(), *_words()], data, signals, _DERIVED, size)


def spec() -> StillChart:
    """Build the chart that live views embed: named rows, neutral values."""
    signals = {**bubble_signals(bubble_rows(None)), **palette("light")}
    return bubble_chart(signals, alt.NamedData(name="rows"), (WIDTH, HEIGHT))


def _colours() -> dict[str, Any]:
    muted = ("labelColor", "domainColor", "tickColor", "titleColor")
    return {name: ref("muted") for name in muted}


def _x() -> alt.X:
    axis = alt.Axis(
        values=ref("x_ticks"),
        labelExpr="x_names[indexof(x_ticks, datum.value)]",
        title=None,
        grid=False,
        labelOverlap="greedy",
        **_LOOK,
        **_colours(),
    )
    return alt.X("x:Q", axis=axis, scale=alt.Scale(domain=[ref("x_low"), ref("x_high")], nice=False, zero=False))


def _y(field: str = "hr") -> alt.Y:
    axis = alt.Axis(
        values=ref("axis_ticks"),
        format="~g",
        title="Hazard ratio",
        grid=True,
        gridColor=ref("faint"),
        gridOpacity=0.6,
        **_LOOK,
        **_colours(),
    )
    scale = alt.Scale(type="log", domain=[ref("axis_low"), ref("axis_high")], nice=False, zero=False)
    return alt.Y(f"{field}:Q", axis=axis, scale=scale)


def _ground() -> list[alt.Chart]:
    one = of("trial", "line", "category").transform_aggregate(many="count()").transform_calculate(hr="1")
    return [one.mark_rule(color=ref("muted"), strokeWidth=1).encode(y=_y())]


def _bands() -> list[alt.Chart]:
    lines = of("line")
    new = lines.transform_filter("isValid(datum.new_low)")
    outer = new.mark_area(color=ref("prediction"), opacity=0.10).encode(x=_x(), y=_y("new_low"), y2="new_high")
    inner = lines.mark_area(color=ref("pooled"), opacity=0.20).encode(x=_x(), y=_y("low"), y2="high")
    line = lines.mark_line(color=ref("pooled"), strokeWidth=2).encode(x=_x(), y=_y())
    return [outer, inner, line.properties(name="line")]


def _categories() -> list[alt.Chart]:
    rows = of("category")
    new = rows.transform_filter("isValid(datum.new_low)")
    wide = new.mark_rule(color=ref("prediction"), strokeWidth=22, opacity=0.12)
    narrow = rows.mark_rule(color=ref("pooled"), strokeWidth=22, opacity=0.25)
    tick = rows.mark_tick(color=ref("pooled"), thickness=3, size=44, orient="horizontal", opacity=1)
    return [
        wide.encode(x=_x(), y=_y("new_low"), y2="new_high"),
        narrow.encode(x=_x(), y=_y("low"), y2="high"),
        tick.encode(x=_x(), y=_y(), tooltip="tip:N"),
    ]


def _bubbles() -> list[alt.Chart]:
    hover = hovering()
    rows = of("trial")
    marked = "datum.id === picked || datum.id === focused"
    size = alt.Size("size:Q", scale=None, legend=None)
    ring = rows.mark_point(shape="circle", filled=True, strokeWidth=2, cursor="pointer")
    bubbles = ring.encode(
        x=_x(),
        y=_y(),
        size=size,
        color=alt.condition("datum.id === picked", at("pooled"), at("mark")),
        fillOpacity=alt.when(hover)
        .then(alt.value(0.8))
        .when(marked)
        .then(alt.value(0.8))
        .otherwise(alt.value(0.38)),
        stroke=alt.condition(marked, at("ink"), at("mark")),
        strokeOpacity=alt.value(1),
        strokeWidth=alt.condition(marked, alt.value(2.5), alt.value(1)),
        tooltip="tip:N",
    )
    names = rows.mark_text(
        baseline="bottom", fontSize=SIZE - 1, fontWeight=600, dy=ref("-4 - sqrt(datum.size / PI)")
    )
    shown = alt.when(hover).then(alt.value(1)).when(marked).then(alt.value(1)).otherwise(alt.value(0))
    return [
        bubbles.add_params(hover).properties(name="bubbles"),
        names.encode(x=_x(), y=_y(), text="label:N", color=at("ink"), opacity=shown),
    ]


def _words() -> list[alt.Chart]:
    one = of("trial", "line", "category").transform_aggregate(many="count()")
    across = one.transform_calculate(said="across").mark_text(baseline="top", fontSize=SIZE, color=ref("muted"))
    caption = one.transform_calculate(said="caption").mark_text(
        align="left", baseline="bottom", fontSize=SIZE - 1, color=ref("muted"), limit=ref("total_width")
    )
    return [
        across.encode(x=at("width / 2"), y=at("height + 30"), text="said:N"),
        caption.encode(x=alt.value(0), y=alt.value(-8), text="said:N"),
    ]

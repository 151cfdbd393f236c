"""The forest plot as an Altair chart: one view, text columns and marks over one table of rows."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

import altair as alt

from netmeta.charts.alt_text import trials_said
from netmeta.charts.expressions import hovering
from netmeta.charts.forest_layout import forest_signals
from netmeta.charts.forest_rows import forest_rows
from netmeta.charts.still import StillChart
from netmeta.charts.theme import FONT, ROW, SIZE, palette
from netmeta.errors import PoolingError
from netmeta.pooling import PooledResult

if TYPE_CHECKING:
    from collections.abc import Collection

    from netmeta.evidence import Trial

__all__ = ["forest", "forest_chart", "spec"]

Align = Literal["left", "right"]

ROWS = "rows"
_ROW_Y = alt.Y("row:O", axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0))
_DERIVED = {
    "gap": "space < 780 ? 9 : 18",
    "x_treatment": "w_label + gap",
    "x_n": "x_treatment + w_treatment + gap + w_n",
    "plot_left": "x_n + gap + 8",
    "plot_width": "clamp(space - plot_left - w_effect - w_weight - 3 * gap, 110, 460)",
    "plot_right": "plot_left + plot_width",
    "x_effect": "plot_right + gap + 4",
    "total_width": "x_effect + w_effect + gap + w_weight",
}


def forest(
    result: PooledResult,
    *,
    trials: Collection[Trial] | None = None,
    sort: str = "given",
    theme: str = "light",
    width: int = 900,
) -> StillChart:
    """Draw a pooled result as a forest plot: a plain Altair chart to change, compose and save.

    Parameters
    ----------
    result
        What `pool` gave. Trial intervals are drawn at the level of its model.
    trials
        The trials to show; those that ``result`` does not hold are greyed. By default the result's own.
    sort
        ``"given"``, ``"year"``, ``"precision"`` or ``"effect"``.
    theme
        ``"light"`` or ``"dark"`` colours.
    width
        Whole width in pixels.

    Returns
    -------
    StillChart
        An `altair.LayerChart`, hazard ratios on a log axis; ``chart.save("forest.svg")``, ``.png``, ``.pdf``
        or ``.html``. On display it is a still picture, so that it needs no network.
    """
    if not isinstance(result, PooledResult):
        raise PoolingError(
            f"forest() draws what pool() gives; got {type(result).__name__}. Call nm.forest(nm.pool(evidence))."
        )
    shown = tuple(result.evidence) if trials is None else tuple(trials)
    table = forest_rows(shown, result, level=result.model.level, sort=sort)
    signals = {**forest_signals(table, space=width), **palette(theme)}
    chart = forest_chart(signals, alt.InlineData(values=list(table.rows)))
    return chart.properties(description=f"Forest plot. {result.said} {trials_said(result)}")


def forest_chart(signals: dict[str, Any], data: alt.InlineData | alt.NamedData) -> StillChart:
    """Lay the marks over a table of rows; every place and colour is a parameter, so that rows alone change it."""
    params = [alt.param(name=name, value=value) for name, value in signals.items()]
    params += [alt.param(name=name, expr=expr) for name, expr in _DERIVED.items()]
    layers = [*_ground(), *_intervals(), *_pooled(), *_texts(), *_favours(), _rows_to_click()]
    chart = StillChart(layer=layers, data=data).add_params(*params)
    chart = chart.properties(width=_width(signals), height=alt.Step(ROW))
    styled: StillChart = chart.configure(
        font=FONT,
        background=_ref("ground"),
        view=alt.ViewConfig(stroke=None),
        autosize=alt.AutoSizeParams(type="pad"),
    )
    return styled


def spec() -> alt.LayerChart:
    """Build the chart that live views embed: named rows, neutral values."""
    signals = {**forest_signals(forest_rows((), None)), **palette("light")}
    return forest_chart(signals, alt.NamedData(name=ROWS))


def _width(signals: dict[str, Any]) -> int:
    """Work out ``total_width`` as the chart itself will; a live view asks the chart."""
    gap = 9 if signals["space"] < 780 else 18  # noqa: PLR2004
    left = signals["w_label"] + signals["w_treatment"] + signals["w_n"] + 3 * gap + 8
    right = signals["w_effect"] + signals["w_weight"]
    plot = min(max(signals["space"] - left - right - 3 * gap, 110), 460)
    return int(left + plot + 2 * gap + 4 + right)


def _ref(name: str) -> alt.ExprRef:
    return alt.ExprRef(name)


def _at(expr: str) -> alt.Value:
    return alt.value(_ref(expr))


def _of(*kinds: str) -> str:
    return " || ".join(f"datum.kind === '{kind}'" for kind in kinds)


@lru_cache(maxsize=1)
def _x_scale() -> alt.Scale:
    return alt.Scale(
        type="log",
        domain=[_ref("axis_low"), _ref("axis_high")],
        range=[_ref("plot_left"), _ref("plot_right")],
        nice=False,
        zero=False,
    )


def _x(field: str) -> alt.X:
    axis = alt.Axis(
        values=_ref("axis_ticks"),
        format="~g",
        title=None,
        orient="bottom",
        grid=False,
        labelColor=_ref("muted"),
        domainColor=_ref("muted"),
        tickColor=_ref("muted"),
        labelFontSize=SIZE - 1,
        offset=2,
        labelFlush=False,
    )
    return alt.X(f"{field}:Q", scale=_x_scale(), axis=axis)


def _ground() -> list[alt.Chart]:
    bare = alt.Chart()
    line = bare.transform_filter(_of("head")).mark_rule(color=_ref("muted"), strokeWidth=1)
    under_head = line.encode(x=alt.value(0), x2=_at("total_width"), y=alt.value(ROW))
    bottom = _at("height")
    one = bare.transform_filter(_of("head")).transform_calculate(one="1")
    no_effect = one.mark_rule(color=_ref("muted"), strokeWidth=1).encode(x=_x("one"), y=alt.value(ROW), y2=bottom)
    pooled = bare.transform_filter(_of("pooled")).mark_rule(
        color=_ref("pooled"), strokeDash=[3, 4], strokeWidth=1, opacity=0.8
    )
    return [
        under_head,
        no_effect,
        pooled.encode(x=_x("hr"), y=alt.value(ROW), y2=_at(f"(datum.row + 0.5) * {ROW}")),
    ]


def _intervals() -> list[alt.Chart]:
    trials = alt.Chart().transform_filter(_of("trial", "out"))
    colour = _grey("mark")
    dash = alt.condition("datum.kind === 'out'", alt.value([2, 3]), alt.value([1, 0]))
    span = trials.mark_rule(strokeWidth=1.6)
    spans = span.encode(x=_x("low"), x2=alt.X2("high"), y=_ROW_Y, color=colour, strokeDash=dash)
    square = trials.transform_filter("isValid(datum.hr)").mark_point(shape="square", opacity=1, strokeWidth=1.2)
    squares = square.encode(
        x=_x("hr"),
        y=_ROW_Y,
        size=alt.Size("size:Q", scale=None, legend=None),
        stroke=colour,
        fill=alt.condition("datum.kind === 'out'", alt.value("transparent"), _at("mark")),
    )
    return [
        spans.properties(name="intervals"),
        squares.properties(name="squares"),
        *(_arrow(side, trials, colour) for side in ("left", "right")),
    ]


def _arrow(side: str, rows: alt.Chart, colour: Any) -> alt.Chart:  # noqa: ANN401
    """Point where an interval goes on beyond the axis."""
    cut = rows.transform_filter(f"isValid(datum.{side})")
    angle = {"left": 270, "right": 90}[side]
    mark = cut.mark_point(shape="triangle-up", angle=angle, size=46, filled=True, opacity=1)
    arrow: alt.Chart = mark.encode(x=_x(side), y=_ROW_Y, color=colour)
    return arrow


def _grey(colour: str) -> Any:  # noqa: ANN401
    """Grey what is taken out."""
    return alt.condition("datum.kind === 'out'", _at("out"), _at(colour))


def _pooled() -> list[alt.Chart]:
    pooled, prediction = (
        alt.Chart().transform_filter(_of(*kinds)) for kinds in (("pooled", "subtotal"), ("prediction",))
    )
    corners = "[{x: datum.low, h: 0}, {x: datum.hr, h: 8}, {x: datum.high, h: 0}]"
    middle = f"(datum.row + 0.5) * {ROW}"
    diamond = (
        pooled.transform_calculate(corner=corners)
        .transform_flatten(["corner"])
        .transform_calculate(across="datum.corner.x", half="datum.corner.h")
        .mark_area(color=_ref("pooled"), opacity=1)
        .encode(x=_x("across"), y=_at(f"{middle} - datum.half"), y2=_at(f"{middle} + datum.half"), detail="row:N")
    )
    bar = prediction.mark_rule(color=_ref("prediction"), strokeWidth=4, opacity=0.75)
    colour = _at("prediction")
    arrows = [
        _arrow(side, rows, shade)
        for side in ("left", "right")
        for rows, shade in ((prediction, colour), (pooled, _at("pooled")))
    ]
    return [diamond.properties(name="diamond"), bar.encode(x=_x("low"), x2=alt.X2("high"), y=_ROW_Y), *arrows]


def _texts() -> list[alt.Chart]:
    return [
        _column("label", "0", "left", "w_label"),
        _column("treatment", "x_treatment", "left", "w_treatment"),
        _column("n", "x_n", "right", "w_n"),
        _column("effect", "x_effect", "left", "w_effect"),
        _column("weight", "total_width", "right", "w_weight"),
        alt.Chart()
        .transform_filter(_of("note"))
        .mark_text(align="left", baseline="middle", fontSize=SIZE - 1, color=_ref("muted"))
        .encode(x=alt.value(0), y=_ROW_Y, text="label:N"),
    ]


def _column(field: str, x: str, align: Align, limit: str) -> alt.Chart:
    rows = alt.Chart().transform_filter("datum.kind !== 'note'")
    weight = _ref(f"{_of('head', 'pooled', 'group', 'subtotal')} ? 600 : 400")
    mark = rows.mark_text(
        align=align, baseline="middle", fontSize=SIZE, fontWeight=weight, limit=_ref(f"{limit} + 12")
    )
    column: alt.Chart = mark.encode(x=_at(x), y=_ROW_Y, text=f"{field}:N", color=_grey("ink"))
    return column


def _favours() -> list[alt.Chart]:
    head = alt.Chart().transform_filter(_of("head")).transform_calculate(one="1")
    labels = []
    sides: tuple[tuple[str, Align, int], ...] = (("left", "right", -10), ("right", "left", 10))
    for side, align, shift in sides:
        mark = head.transform_calculate(text=f"favours_{side}").mark_text(
            align=align, baseline="top", dx=shift, fontSize=SIZE - 1, color=_ref("muted")
        )
        labels.append(mark.encode(x=_x("one"), y=_at("height + 26"), text="text:N"))
    return labels


def _rows_to_click() -> alt.Chart:
    hover = hovering()
    rows = alt.Chart().transform_filter(_of("trial", "out"))
    target: alt.Chart = rows.mark_rect(cursor="pointer", fill=_ref("band"), strokeWidth=2).encode(
        x=_at("-6"),
        x2=_at("total_width + 6"),
        y=_ROW_Y,
        tooltip="tip:N",
        fillOpacity=alt.when(hover)
        .then(alt.value(0.1))
        .when("datum.id === picked")
        .then(alt.value(0.17))
        .otherwise(alt.value(0)),
        stroke=alt.condition("datum.id === focused", _at("band"), alt.value("transparent")),
    )
    return target.add_params(hover).properties(name="lines")

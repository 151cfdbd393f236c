"""Kaplan-Meier curves as an Altair chart, with the numbers at risk under the times they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import altair as alt

from netmeta.charts.kaplan_meier_rows import CurveRows, kaplan_meier_rows, kaplan_meier_signals
from netmeta.charts.still import StillChart
from netmeta.charts.theme import FONT, SIZE, palette

if TYPE_CHECKING:
    from netmeta.evidence.curves import PatientData

__all__ = ["kaplan_meier", "kaplan_meier_chart", "spec"]

ROWS = "rows"
LINE, PLOT = 21, 300
_DERIVED = {
    "plot_left": "w_label + 26",
    "plot_right": "clamp(space - 22, plot_left + 200, plot_left + 620)",
    "plot_top": f"legend * {LINE} + 34",
    "plot_bottom": f"plot_top + {PLOT}",
    "risk_top": "plot_bottom + 44",
    "total_width": "max(plot_right + 22, w_legend)",
    "total_height": f"risk_top + arms * {LINE} + 14 + noted * 22",
}
_COLOUR = "[mark, pooled, ink, muted][datum.arm]"
_DASH = "[[1, 0], [1, 0], [7, 3], [2, 3]][datum.arm]"


def kaplan_meier(
    *arms: PatientData, endpoint: str = "Survival", points: bool = True, theme: str = "light", width: int = 760
) -> StillChart:
    """Draw survival curves with their numbers at risk: a plain Altair chart to change, compose and save.

    Parameters
    ----------
    *arms
        Patient data of one to four arms, approximate or not; of two, the first is the experimental arm.
    endpoint
        What is on the vertical axis: ``"PFS"``.
    points
        Whether to lay the digitised points over approximate patient data.
    theme
        ``"light"`` or ``"dark"`` colours.
    width
        Whole width in pixels.

    Returns
    -------
    StillChart
        An `altair.LayerChart`; survival in percent, medians dashed, hazard ratio of two arms from `curves.cox`.

    Raises
    ------
    EntryError
        For no arm, more than four, something else than patient data, or arms in different units.
    """
    colours = palette(theme)
    table = kaplan_meier_rows(arms, endpoint=endpoint, points=points)
    signals = {**kaplan_meier_signals(table, space=width), **colours}
    chart: StillChart = kaplan_meier_chart(signals, alt.InlineData(values=list(table.rows))).properties(
        description=table.words
    )
    return chart


def kaplan_meier_chart(signals: dict[str, Any], data: alt.InlineData | alt.NamedData) -> StillChart:
    """Lay the marks over a table of rows; every place and colour is a parameter, so that rows alone change it."""
    params = [alt.param(name=name, value=value) for name, value in signals.items()]
    params += [alt.param(name=name, expr=expr) for name, expr in _DERIVED.items()]
    layers = [*_axes(), *_medians(), *_curves(), *_legend(), *_risk()]
    chart = StillChart(layer=layers, data=data).add_params(*params)
    width, height = _size(signals)
    styled: StillChart = chart.properties(width=width, height=height).configure(
        font=FONT,
        background=_ref("ground"),
        view=alt.ViewConfig(stroke=None),
        autosize=alt.AutoSizeParams(type="pad"),
    )
    return styled


def spec() -> alt.LayerChart:
    """Build the chart that live views embed: named rows, neutral values."""
    signals = {**kaplan_meier_signals(CurveRows((), 12.0, 2, 3, "")), **palette("light")}
    return kaplan_meier_chart(signals, alt.NamedData(name=ROWS))


def _size(signals: dict[str, Any]) -> tuple[int, int]:
    """Work out the size as the chart itself will; a live view asks the chart."""
    left = signals["w_label"] + 26
    right = min(max(signals["space"] - 22, left + 200), left + 620)
    height = signals["legend"] * LINE + 34 + PLOT + 44 + signals["arms"] * LINE + 14 + signals["noted"] * 22
    return int(max(right + 22, signals["w_legend"])), int(height)


def _ref(name: str) -> alt.ExprRef:
    return alt.ExprRef(name)


def _at(expr: str) -> alt.Value:
    return alt.value(_ref(expr))


def _rows(kind: str) -> alt.Chart:
    chart: alt.Chart = alt.Chart().transform_filter(f"datum.kind === '{kind}'")
    return chart


def _x(field: str = "time") -> alt.X:
    scale = alt.Scale(domain=[0, _ref("end")], range=[_ref("plot_left"), _ref("plot_right")], nice=False)
    return alt.X(f"{field}:Q", scale=scale, axis=None)


def _y() -> alt.Y:
    scale = alt.Scale(domain=[0, 1], range=[_ref("plot_bottom"), _ref("plot_top")], nice=False)
    return alt.Y("level:Q", scale=scale, axis=None)


Align = Literal["left", "right", "center"]


def _text(kind: str, align: Align, colour: str = "muted", size: int = SIZE, **more: Any) -> alt.Chart:  # noqa: ANN401
    mark: alt.Chart = _rows(kind).mark_text(
        align=align, baseline="middle", fontSize=size, color=_ref(colour), **more
    )
    return mark


def _axes() -> list[alt.Chart]:
    grid = _rows("level").mark_rule(color=_ref("faint"), strokeWidth=1)
    floor = _rows("level").transform_filter("datum.level === 0").mark_rule(color=_ref("muted"), strokeWidth=1)
    tick = _rows("time").mark_rule(color=_ref("muted"), strokeWidth=1)
    title = _text("title", "left", size=SIZE - 1)
    unit = _text("title", "right", size=SIZE - 1)
    left, right = _at("plot_left"), _at("plot_right")
    return [
        grid.encode(x=left, x2=right, y=_y()),
        floor.encode(x=left, x2=right, y=_y()),
        tick.encode(x=_x(), y=_at("plot_bottom"), y2=_at("plot_bottom + 5")),
        _text("time", "center", size=SIZE - 1).encode(x=_x(), y=_at("plot_bottom + 15"), text="text:N"),
        _text("level", "right", size=SIZE - 1).encode(x=_at("plot_left - 8"), y=_y(), text="text:N"),
        title.encode(x=_at("plot_left - 8"), y=_at("plot_top - 16"), text="text:N"),
        unit.encode(x=right, y=_at("plot_bottom + 33"), text="unit:N"),
    ]


def _medians() -> list[alt.Chart]:
    half = (
        _rows("half")
        .transform_calculate(start="0")
        .mark_rule(color=_ref("muted"), strokeDash=[3, 4], strokeWidth=1)
    )
    drop = _rows("median").mark_rule(strokeDash=[3, 4], strokeWidth=1.2)
    return [
        half.encode(x=_x("start"), x2="time:Q", y=_y()),
        drop.encode(x=_x(), y=_y(), y2=_at("plot_bottom"), color=_at(_COLOUR)),
    ]


def _curves() -> list[alt.Chart]:
    line = _rows("line").mark_line(interpolate="step-after", strokeWidth=2, strokeJoin="miter")
    point = _rows("point").mark_point(shape="circle", size=26, strokeWidth=1, opacity=0.75)
    curve = line.encode(
        x=_x(), y=_y(), detail="arm:N", order="at:Q", stroke=_at(_COLOUR), strokeDash=_at(_DASH)
    ).properties(name="curves")
    return [curve, point.encode(x=_x(), y=_y(), stroke=_at(_COLOUR)).properties(name="points")]


def _legend() -> list[alt.Chart]:
    middle = f"datum.at * {LINE} + {LINE / 2}"
    sample = _rows("legend").mark_rule(strokeWidth=3)
    return [
        sample.encode(x=alt.value(0), x2=alt.value(20), y=_at(middle), color=_at(_COLOUR), strokeDash=_at(_DASH)),
        _text("legend", "left", "ink").encode(x=alt.value(28), y=_at(middle), text="text:N"),
        _text("compared", "left", "ink", fontWeight=600).encode(x=alt.value(28), y=_at(middle), text="text:N"),
    ]


def _risk() -> list[alt.Chart]:
    middle = f"risk_top + (datum.arm + 0.5) * {LINE} + 8"
    head = _rows("title").transform_calculate(head="'Number at risk'")
    heading = head.mark_text(
        align="left", baseline="middle", fontSize=SIZE - 1, fontWeight=600, color=_ref("muted")
    )
    name = _rows("name").mark_text(align="left", baseline="middle", fontSize=SIZE, limit=_ref("w_label + 8"))
    number = _rows("risk").mark_text(align="center", baseline="middle", fontSize=SIZE)
    return [
        heading.encode(x=alt.value(0), y=_at("risk_top - 6"), text="head:N"),
        name.encode(x=alt.value(0), y=_at(middle), text="text:N", color=_at(_COLOUR)),
        number.encode(x=_x(), y=_at(middle), text="text:N", color=_at(_COLOUR)).properties(name="risk"),
        _text("note", "left", size=SIZE - 1).encode(
            x=alt.value(0), y=_at(f"risk_top + arms * {LINE} + 24"), text="text:N"
        ),
    ]

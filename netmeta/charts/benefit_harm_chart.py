"""Benefit beside harm as an Altair chart: a line a trial, and for each outcome a plot with its own axis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import altair as alt

from netmeta.charts.benefit_harm_rows import BesideRows, beside_rows, beside_signals
from netmeta.charts.expressions import at, clickable, framed, of, ref
from netmeta.charts.theme import ROW, SIZE, palette
from netmeta.errors import PoolingError
from netmeta.evidence.outcome_counts import GRADE3
from netmeta.pooling import PooledResult
from netmeta.pooling.beside import CountQuestion, of_result

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netmeta.charts.still import StillChart

__all__ = ["benefit_harm", "benefit_harm_chart", "spec"]

ROWS = "rows"
TOP, AXIS, NOTE = 30, 62, 20
_DERIVED = {
    "gap": "space < 780 ? 10 : 18",
    "w_arm": "plots > 2 || space < 820 ? 0 : w_treatment + gap",
    "first": "w_label + w_arm + gap",
    # A plot and the numbers beside it, as often as there are plots.
    "stride": "clamp((space - first) / plots, w_value + 2 * gap + 70, w_value + gap + 290)",
    "w_plot": "stride - w_value - 2 * gap",
    "bottom": f"{TOP} + lines * {ROW}",
    "total_width": "first + plots * stride",
    "total_height": f"bottom + {AXIS} + notes * {NOTE}",
}
_LEFT = "(first + datum.plot * stride)"
_COLOUR = "[mark, purple, green][datum.plot]"
_MIDDLE = f"{TOP} + (datum.row + 0.5) * {ROW}"
Align = Literal["left", "right", "center"]


def benefit_harm(
    result: PooledResult,
    questions: Sequence[CountQuestion] = (),
    *,
    measure: str = "RR",
    theme: str = "light",
    width: int = 900,
) -> StillChart:
    """Draw the hazard ratios of pooled trials beside what their counts say, a line a trial.

    Parameters
    ----------
    result
        What `pool` gave.
    questions
        One or two `netmeta.pooling.beside.CountQuestion`; by default grade 3 or higher adverse events.
    measure
        Of the default question: ``"RR"``, ``"OR"`` or ``"RD"``.
    theme
        ``"light"`` or ``"dark"`` colours.
    width
        Whole width in pixels.

    Returns
    -------
    StillChart
        An `altair.LayerChart`; ratios on log axes, round marks for counts found from printed percentages, and
        words where a trial has no counts that may be used.

    Raises
    ------
    PoolingError
        For what `pool` did not give, and more than two questions.
    """
    if not isinstance(result, PooledResult):
        raise PoolingError(f"benefit_harm() draws what pool() gives; got {type(result).__name__}.")
    asked = tuple(questions) or (CountQuestion(GRADE3, measure),)
    if len(asked) > 2:  # noqa: PLR2004
        raise PoolingError(f"benefit_harm() has room for two outcomes beside the hazard ratio, not {len(asked)}.")
    found = of_result(result, asked)
    table = beside_rows(found, space=width)
    signals = {**beside_signals(table, space=width), **palette(theme, series=True)}
    chart = benefit_harm_chart(signals, alt.InlineData(values=list(table.rows)))
    shown: StillChart = chart.properties(description=found.in_words)
    return shown


def benefit_harm_chart(signals: dict[str, Any], data: alt.InlineData | alt.NamedData) -> StillChart:
    """Lay the marks over a table of rows; every place and colour is a parameter, so that rows alone change it."""
    layers = [*_ground(), *_effects(), *_pooled(), *_texts(), _lines_to_click()]
    return framed(layers, data, signals, _DERIVED, _size(signals))


def spec() -> alt.LayerChart:
    """Build the chart that live views embed: named rows, neutral values."""
    signals = {**beside_signals(BesideRows((), 1, 0, 2)), **palette("light", series=True)}
    return benefit_harm_chart(signals, alt.NamedData(name=ROWS))


def _size(signals: dict[str, Any]) -> tuple[int, int]:
    """Work out the size as the chart itself will; a live view asks the chart."""
    space, plots = signals["space"], signals["plots"]
    gap = 10 if space < 780 else 18  # noqa: PLR2004
    arm = 0 if plots > 2 or space < 820 else signals["w_treatment"] + gap  # noqa: PLR2004
    first, value = signals["w_label"] + arm + gap, signals["w_value"] + gap
    stride = min(max((space - first) / plots, value + gap + 70), value + 290)
    height = TOP + signals["lines"] * ROW + AXIS + signals["notes"] * NOTE
    return int(first + plots * stride), int(height)


def _x(field: str) -> str:
    return f"{_LEFT} + datum.{field} * w_plot"


def _ground() -> list[alt.Chart]:
    bottom = at("bottom")
    tick = of("tick").mark_rule(color=ref("faint"), strokeWidth=1)
    null = of("null").mark_rule(color=ref("muted"), strokeWidth=1)
    floor = of("null").mark_rule(color=ref("muted"), strokeWidth=1)
    head = of("total").mark_rule(color=ref("muted"), strokeWidth=1)
    return [
        tick.encode(x=at(_x("x")), y=alt.value(TOP), y2=at("bottom + 5")),
        null.encode(x=at(_x("x")), y=alt.value(TOP), y2=bottom),
        floor.encode(x=at(_LEFT), x2=at(f"{_LEFT} + w_plot"), y=bottom),
        head.encode(x=alt.value(0), x2=at("total_width"), y=alt.value(TOP - 4)),
    ]


def _colour() -> Any:  # noqa: ANN401
    return alt.condition("datum.out", at("out"), at(_COLOUR))


def _effects() -> list[alt.Chart]:
    rows, y = of("effect"), at(_MIDDLE)
    span = rows.mark_rule(strokeWidth=1.6).encode(x=at(_x("low")), x2=at(_x("high")), y=y, color=_colour())
    marks = [
        rows.transform_filter(f"datum.shape === '{shape}'")
        .mark_point(shape=shape, strokeWidth=1.4, opacity=1)
        .encode(
            x=at(_x("x")),
            y=y,
            size=alt.Size("size:Q", scale=None, legend=None),
            stroke=_colour(),
            fill=alt.condition("datum.out", alt.value("transparent"), at(_COLOUR)),
        )
        .properties(name=f"{shape}s")
        for shape in ("square", "circle")
    ]
    return [span.properties(name="intervals"), *marks, *_arrows("effect")]


def _arrows(kind: str) -> list[alt.Chart]:
    """Point where an interval goes on beyond the axis."""
    sides = (("left", "low", 270), ("right", "high", 90))
    return [
        of(kind)
        .transform_filter(f"datum.cut_{side}")
        .mark_point(shape="triangle-up", angle=angle, size=46, filled=True, opacity=1)
        .encode(x=at(_x(end)), y=at(_MIDDLE), color=_colour())
        for side, end, angle in sides
    ]


def _pooled() -> list[alt.Chart]:
    corners = "[{x: datum.low, h: 0}, {x: datum.x, h: 8}, {x: datum.high, h: 0}]"
    diamond = (
        of("pooled")
        .transform_calculate(corner=corners)
        .transform_flatten(["corner"])
        .transform_calculate(across="datum.corner.x", half="datum.corner.h")
        .mark_area(opacity=1)
        .encode(
            x=at(_x("across")),
            y=at(f"{_MIDDLE} - datum.half"),
            y2=at(f"{_MIDDLE} + datum.half"),
            detail="plot:N",
            fill=at(_COLOUR),
        )
    )
    return [diamond.properties(name="diamonds"), *_arrows("pooled")]


def _text(rows: alt.Chart, align: Align, **look: Any) -> alt.Chart:  # noqa: ANN401
    mark: alt.Chart = rows.mark_text(**{"align": align, "baseline": "middle", "fontSize": SIZE, **look})
    return mark


def _texts() -> list[alt.Chart]:
    ink = alt.condition("datum.kind === 'out' || datum.out", at("out"), at("ink"))
    bold = ref("datum.kind === 'total' || datum.kind === 'pooled' ? 600 : 400")
    lines, y = of("line", "out", "total"), at(_MIDDLE)
    small: dict[str, Any] = {"fontSize": SIZE - 1, "color": ref("muted")}
    none = _text(of("none"), "left", **small, fontStyle="italic", limit=ref("w_value + 8"))
    treatment = _text(lines, "left", limit=ref("w_treatment + 8")).transform_filter("w_arm > 0")
    title = _text(of("title"), "left", fontWeight=600, limit=ref("stride - 8"))
    sides = (("left", "right", -8), ("right", "left", 8))
    return [
        _text(lines, "left", fontWeight=bold, limit=ref("w_label + 10")).encode(
            x=alt.value(0), y=y, text="label:N", color=ink
        ),
        treatment.encode(x=at("w_label + gap"), y=y, text="treatment:N", color=ink),
        _text(of("effect", "pooled"), "left", fontWeight=bold).encode(
            x=at(f"{_LEFT} + w_plot + gap - 2"), y=y, text="value:N", color=ink
        ),
        none.encode(x=at(f"{_LEFT} + w_plot + gap - 2"), y=y, text="text:N"),
        title.encode(x=at(_LEFT), y=alt.value(TOP - 17), text="text:N", color=at(_COLOUR)),
        _text(of("tick").transform_filter("w_plot > 130 || datum.major"), "center", **small).encode(
            x=at(_x("x")), y=at("bottom + 15"), text="text:N"
        ),
        *(
            _text(of("null"), align, **small).encode(  # type: ignore[arg-type]
                x=at(f"{_x('x')} + {shift}"), y=at("bottom + 36"), text=f"{side}:N"
            )
            for side, align, shift in sides
        ),
        _text(of("note"), "left", **small).encode(
            x=alt.value(0), y=at(f"bottom + {AXIS} + (datum.row + 0.3) * {NOTE}"), text="label:N"
        ),
    ]


def _lines_to_click() -> alt.Chart:
    top, bottom = f"{TOP} + datum.row * {ROW}", f"{TOP} + (datum.row + 1) * {ROW}"
    return clickable(of("line", "out"), top, bottom, right="total_width + 6")

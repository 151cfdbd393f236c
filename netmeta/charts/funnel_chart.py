"""The funnel plot as an Altair chart: contours, lines and points over tables of rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import altair as alt

from netmeta import numerals
from netmeta.charts.alt_text import hazard, joined
from netmeta.charts.expressions import hovering
from netmeta.charts.funnel_layout import funnel_signals
from netmeta.charts.funnel_rows import funnel_rows
from netmeta.charts.still import StillChart
from netmeta.charts.theme import FONT, LIGHT, SIZE, palette
from netmeta.errors import PoolingError
from netmeta.pooling import PooledResult

if TYPE_CHECKING:
    from collections.abc import Mapping

    from netmeta.pooling import RegressionTest, TrimAndFill

__all__ = ["funnel", "funnel_chart", "spec"]

_TABLES: Final = ("rows", "regions", "lines", "key")
_DERIVED: Final = {
    "total_width": "clamp(space - 84, 230, 600)",
    "total_height": "clamp(total_width * 0.62, 230, 360)",
    "columns": "total_width < 400 ? 2 : total_width < 560 ? 3 : 4",
    "mark_lines": "ceil(marks / columns)",
    "key_lines": "mark_lines + ceil(bands / columns)",
}
_SHADES: Final = "[0.3, 0.2, 0.1, 0][datum.shade]"
_KEY_ROW: Final = 20


def funnel(
    result: PooledResult,
    *,
    contours: bool = True,
    line: RegressionTest | None = None,
    filled: TrimAndFill | None = None,
    theme: str = "light",
    width: int = 680,
) -> StillChart:
    """Draw a contour-enhanced funnel plot (Peters 2008, J Clin Epidemiol 61:991).

    Shades say what P value a trial at that place has by itself; the dashed lines are where 95% of trials would lie
    around the pool if sampling error were all.

    Parameters
    ----------
    result
        What `pool` gave, of any number of trials; below ten the plot says that chance alone makes it lopsided.
    contours
        Whether the shades are drawn.
    line
        What `egger` gave with predictor ``"se"`` or ``"variance"``: its line is drawn.
    filled
        What `trim_and_fill` gave: its imagined trials are drawn hollow.
    theme
        ``"light"`` or ``"dark"`` colours.
    width
        Whole width in pixels.

    Returns
    -------
    StillChart
        An `altair.LayerChart`: hazard ratios on a log axis, standard errors downwards.

    Raises
    ------
    PoolingError
        For what `pool` did not give, and a ``line`` or ``filled`` of other trials.
    SelectionError
        For a theme that does not exist.
    """
    if not isinstance(result, PooledResult):
        raise PoolingError(
            f"funnel() draws what pool() gives; got {type(result).__name__}. Call nm.funnel(nm.pool(evidence))."
        )
    table = funnel_rows(result, contours=contours, line=line, filled=filled)
    signals = {**funnel_signals(table, space=width), **palette(theme)}
    data = {name: alt.InlineData(values=rows) for name, rows in table.tables.items()}
    points = joined(f"{trial.label}: {hazard(trial)}, standard error {trial.se:.2f}" for trial in result.evidence)
    more = (found.said for found in (line, filled) if found)
    words = (f"Funnel plot of {result.k} trials around HR {numerals.ratio(result.hr)}.", table.note, *more, points)
    return funnel_chart(signals, data).properties(description=" ".join(filter(None, words)))


def spec() -> StillChart:
    """Return the chart over named data, with neutral values: what a live view embeds."""
    signals = {**funnel_signals(funnel_rows(None)), **LIGHT}
    return funnel_chart(signals, {name: alt.NamedData(name=name) for name in _TABLES})


def funnel_chart(signals: Mapping[str, Any], data: Mapping[str, alt.InlineData | alt.NamedData]) -> StillChart:
    """Lay the marks over the tables; every place and colour is a parameter, so that rows alone change it."""
    params = [alt.param(name=name, value=value) for name, value in signals.items()]
    params += [alt.param(name=name, expr=expr) for name, expr in _DERIVED.items()]
    charts = {name: alt.Chart(data[name]) for name in _TABLES}
    layers = [
        *_contours(charts["regions"]), *_lines(charts["lines"]), *_points(charts["rows"]), *_key(charts["key"]),
        *_texts(charts["lines"]),
    ]  # fmt: skip
    width = min(max(signals["space"] - 84, 230), 600)
    chart = StillChart(layer=layers).add_params(*params)
    chart = chart.properties(width=width, height=min(max(width * 0.62, 230), 360))
    styled: StillChart = chart.configure(
        font=FONT,
        background=_ref("ground"),
        view=alt.ViewConfig(stroke=None),
        autosize=alt.AutoSizeParams(type="pad"),
    )
    return styled


def _ref(name: str) -> alt.ExprRef:
    return alt.ExprRef(name)


def _at(expr: str) -> alt.Value:
    return alt.value(_ref(expr))


def _axis(**more: Any) -> alt.Axis:  # noqa: ANN401
    colours: dict[str, Any] = {f"{part}Color": _ref("muted") for part in ("label", "title", "domain", "tick")}
    fonts: dict[str, Any] = {"labelFontSize": SIZE - 1, "titleFontSize": SIZE - 1, "titleFontWeight": "normal"}
    return alt.Axis(format="~g", grid=False, labelFlush=False, labelOverlap=False, **colours, **fonts, **more)


def _x(field: str = "hr") -> alt.X:
    scale = alt.Scale(type="log", domain=[_ref("axis_low"), _ref("axis_high")], nice=False, zero=False)
    return alt.X(f"{field}:Q", scale=scale, axis=_axis(values=_ref("axis_ticks"), title=None))


def _y() -> alt.Y:
    scale = alt.Scale(domain=[0, _ref("se_top")], reverse=True, nice=False)
    axis = _axis(values=_ref("se_ticks"), title="Standard error of log HR", titlePadding=10)
    return alt.Y("se:Q", scale=scale, axis=axis)


def _contours(regions: alt.Chart) -> list[alt.Chart]:
    area = regions.mark_area(orient="horizontal", color=_ref("muted"), clip=True, strokeWidth=0, line=False)
    bands: alt.Chart = area.encode(y=_y(), x=_x("low"), x2=alt.X2("high"), detail="band:N", opacity=_at(_SHADES))
    return [bands]


def _lines(lines: alt.Chart) -> list[alt.Chart]:
    styles = {
        "pooled": ("pooled", [1, 0], 1.4),
        "limit": ("pooled", [5, 4], 1.2),
        "adjusted": ("pooled", [2, 3], 1.6),
        "egger": ("ink", [1, 0], 1.6),
    }
    drawn = []
    for kind, (colour, dash, width) in styles.items():
        mark = lines.transform_filter(f"datum.kind === '{kind}'").mark_line(
            color=_ref(colour), strokeDash=dash, strokeWidth=width, clip=True
        )
        drawn.append(mark.encode(x=_x(), y=_y(), detail="path:N", order="se:Q"))
    return drawn


def _points(rows: alt.Chart) -> list[alt.Chart]:
    filled = rows.transform_filter("datum.kind === 'filled'").mark_point(
        shape="circle", size=62, filled=False, stroke=_ref("mark"), strokeWidth=1.5, opacity=1, fill=_ref("ground")
    )
    trials = rows.transform_filter("datum.kind === 'trial'")
    hover = hovering()
    points = trials.mark_point(
        shape="circle",
        filled=True,
        fill=_ref("mark"),
        stroke=_ref("ground"),
        strokeWidth=1,
        opacity=1,
        cursor="pointer",
    ).encode(
        x=_x(),
        y=_y(),
        tooltip="tip:N",
        size=alt.when("datum.id === picked")
        .then(alt.value(150))
        .when(hover)
        .then(alt.value(120))
        .otherwise(alt.value(64)),
    )
    marked = trials.transform_filter("datum.id === picked || datum.id === focused")
    ring = marked.mark_point(
        shape="circle", size=330, filled=False, stroke=_ref("ink"), strokeWidth=1.6, opacity=1
    ).encode(x=_x(), y=_y())
    return [
        filled.encode(x=_x(), y=_y(), tooltip="tip:N"),
        points.add_params(hover).properties(name="points"),
        ring,
        *(mark.encode(x=_x(), y=_y(), text="label:N") for mark in _names(marked)),
    ]


def _names(marked: alt.Chart) -> list[alt.Chart]:
    """Name what is picked, towards the middle of the plot, on a halo that lines do not cross."""
    right = "datum.hr * datum.hr > axis_low * axis_high"
    text: dict[str, Any] = {
        "align": _ref(f"{right} ? 'right' : 'left'"), "dx": _ref(f"{right} ? -14 : 14"), "baseline": "middle",
        "fontSize": SIZE, "fontWeight": 600,
    }  # fmt: skip
    halo = marked.mark_text(color=_ref("ground"), stroke=_ref("ground"), strokeWidth=4, opacity=0.85, **text)
    return [halo, marked.mark_text(color=_ref("ink"), **text)]


def _key(key: alt.Chart) -> list[alt.Chart]:
    """Say above the plot what is what, in as many columns as there is room for."""
    left = "(datum.at % columns) * total_width / columns"
    line = "floor(datum.at / columns) + (datum.kind === 'band' ? mark_lines : 0)"
    middle = f"({line} - key_lines) * {_KEY_ROW} + 4"
    across = {"x": _at(f"{left} + 2"), "x2": _at(f"{left} + 20")}
    band = key.transform_filter("datum.kind === 'band'").mark_rect(
        fill=_ref("muted"), stroke=_ref("muted"), strokeOpacity=0.5, strokeWidth=0.7
    )
    marks = [band.encode(**across, y=_at(f"{middle} - 6"), y2=_at(f"{middle} + 6"), fillOpacity=_at(_SHADES))]
    for kind, colour, dash in (
        ("pooled", "pooled", [5, 4]), ("adjusted", "pooled", [2, 3]), ("egger", "ink", [1, 0]),
    ):  # fmt: skip
        rule = key.transform_filter(f"datum.kind === '{kind}'").mark_rule(
            color=_ref(colour), strokeDash=dash, strokeWidth=1.6
        )
        marks.append(rule.encode(**across, y=_at(middle)))
    for kind, fill in (("trial", "mark"), ("filled", "ground")):
        point = key.transform_filter(f"datum.kind === '{kind}'").mark_point(
            shape="circle", size=58, filled=True, fill=_ref(fill), stroke=_ref("mark"), strokeWidth=1.4, opacity=1
        )
        marks.append(point.encode(x=_at(f"{left} + 11"), y=_at(middle)))
    text = key.mark_text(align="left", baseline="middle", fontSize=SIZE - 1, color=_ref("muted"))
    return [*marks, text.encode(x=_at(f"{left} + 26"), y=_at(middle), text="text:N")]


def _texts(lines: alt.Chart) -> list[alt.Chart]:
    once = lines.transform_filter("datum.kind === 'pooled' && datum.se === 0").transform_calculate(one="1")
    small: dict[str, Any] = {"baseline": "top", "fontSize": SIZE - 1, "color": _ref("muted")}
    # The name of the axis stands between the two where there is room.
    small["limit"] = _ref("total_width / 2 - (total_width < 440 ? 6 : 52)")
    under = _at("total_height + 26")
    left = once.mark_text(align="left", **small).encode(x=alt.value(0), y=under, text=_at("favours_left"))
    right = once.mark_text(align="right", **small).encode(x=_at("total_width"), y=under, text=_at("favours_right"))
    name = once.mark_text(align="center", **small).encode(
        x=_at("total_width / 2"), y=under, text=_at("total_width < 440 ? '' : 'Hazard ratio'")
    )
    small["limit"] = _ref("total_width + 60")
    note = once.mark_text(align="left", **small).encode(
        x=alt.value(0), y=_at("total_height + 48"), text=_at("note")
    )
    no_effect = once.mark_rule(color=_ref("muted"), strokeWidth=1).encode(
        x=_x("one"), y=alt.value(0), y2=_at("total_height")
    )
    return [no_effect, left, name, right, note]

"""The funnel plot as an Altair chart: contours, lines and points over tables of rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import altair as alt

from netmeta.charts.funnel_rows import FunnelRows, funnel_rows
from netmeta.charts.still import StillChart
from netmeta.charts.theme import FONT, LIGHT, SIZE, palette
from netmeta.errors import PoolingError
from netmeta.pooling import PooledResult

if TYPE_CHECKING:
    from collections.abc import Mapping

    from netmeta.pooling import RegressionTest, TrimAndFill

__all__ = ["funnel", "funnel_chart", "funnel_signals", "spec"]

_TABLES: Final = ("rows", "regions", "lines", "key")
_DERIVED: Final = {
    "total_width": "clamp(space - 84, 230, 600)",
    "total_height": "clamp(total_width * 0.62, 230, 360)",
    "columns": "total_width < 400 ? 2 : total_width < 560 ? 3 : 4",
    "key_lines": "ceil(keys / columns)",
}
_SHADES: Final = "[0, 0.10, 0.2, 0.32][datum.shade]"
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
    said = filter(None, (f"Funnel plot of {result.k} trials. {table.note}", line and str(line), filled and str(filled)))
    return funnel_chart(signals, data).properties(description=" ".join(said))


def funnel_signals(table: FunnelRows, *, space: int = 900) -> dict[str, Any]:
    """Return the signals of a funnel plot: its axes and what is written under them."""
    return {
        "space": space,
        "axis_low": table.axis.low,
        "axis_high": table.axis.high,
        "axis_ticks": list(table.axis.ticks),
        "se_top": table.top,
        "se_ticks": list(table.ticks),
        "favours_left": table.favours[0],
        "favours_right": table.favours[1],
        "note": table.note,
        "keys": len(table.key),
        "cursor": "",
        "picked": "",
    }


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
        *_texts(),
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
    colours = {f"{part}Color": _ref("muted") for part in ("label", "title", "domain", "tick")}
    return alt.Axis(
        format="~g", grid=False, labelFontSize=SIZE - 1, titleFontSize=SIZE - 1, titleFontWeight="normal",
        labelFlush=False, labelOverlap=False, **colours, **more,
    )  # fmt: skip


def _x(field: str = "hr") -> alt.X:
    scale = alt.Scale(type="log", domain=[_ref("axis_low"), _ref("axis_high")], nice=False, zero=False)
    return alt.X(f"{field}:Q", scale=scale, axis=_axis(values=_ref("axis_ticks"), title=None))


def _y() -> alt.Y:
    scale = alt.Scale(domain=[0, _ref("se_top")], reverse=True, nice=False)
    axis = _axis(values=_ref("se_ticks"), title="Standard error of log HR", titlePadding=10)
    return alt.Y("se:Q", scale=scale, axis=axis)


def _contours(regions: alt.Chart) -> list[alt.Chart]:
    area = regions.mark_area(orient="horizontal", color=_ref("muted"), clip=True, strokeWidth=0, line=False)
    bands: alt.Chart = area.encode(
        y=_y(), x=_x("low"), x2=alt.X2("high"), detail="band:N", opacity=_at(_SHADES.replace("datum.", "datum."))
    )
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
    hover = alt.selection_point(name="hover", on="pointerover", clear="pointerout", fields=["id"], empty=False)
    points = trials.mark_point(
        shape="circle", filled=True, fill=_ref("mark"), stroke=_ref("ground"), strokeWidth=1, opacity=1, cursor="pointer"
    ).encode(
        x=_x(),
        y=_y(),
        tooltip="tip:N",
        size=alt.when("datum.id === picked").then(alt.value(150)).when(hover).then(alt.value(120)).otherwise(alt.value(64)),
    )
    ring = trials.transform_filter("datum.id === picked || datum.id === cursor").mark_point(
        shape="circle", size=330, filled=False, stroke=_ref("ink"), strokeWidth=1.6, opacity=1
    )
    named = trials.transform_filter("datum.id === picked || datum.id === cursor").mark_text(
        align="left", baseline="middle", dx=14, fontSize=SIZE, fontWeight=600, color=_ref("ink")
    )
    places = {"x": _x(), "y": _y()}
    return [
        filled.encode(**places, tooltip="tip:N"),
        points.add_params(hover).properties(name="points"),
        ring.encode(**places),
        named.encode(**places, text="label:N"),
    ]


def _key(key: alt.Chart) -> list[alt.Chart]:
    """Say above the plot what is what, in as many columns as there is room for."""
    left = "(datum.at % columns) * total_width / columns"
    middle = f"(floor(datum.at / columns) - key_lines) * {_KEY_ROW} - 6"
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


def _texts() -> list[alt.Chart]:
    once = alt.Chart(alt.InlineData(values=[{"one": 1}]))
    small = {"baseline": "top", "fontSize": SIZE - 1, "color": _ref("muted")}
    left = once.mark_text(align="right", dx=-10, **small).encode(
        x=_x("one"), y=_at("total_height + 26"), text=_at("favours_left")
    )
    right = once.mark_text(align="left", dx=10, **small).encode(
        x=_x("one"), y=_at("total_height + 26"), text=_at("favours_right")
    )
    note = once.mark_text(align="left", limit=_ref("total_width"), **small).encode(
        x=alt.value(0), y=_at("total_height + 48"), text=_at("note")
    )
    one = once.mark_rule(color=_ref("muted"), strokeWidth=1).encode(
        x=_x("one"), y=alt.value(0), y2=_at("total_height")
    )
    return [one, left, right, note]

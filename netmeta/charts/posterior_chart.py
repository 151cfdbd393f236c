"""Posterior curves as an Altair chart: two ridges over one log axis, shaded below a hazard ratio."""

from __future__ import annotations

from typing import Any, Final

import altair as alt

from netmeta.charts.posterior_rows import PosteriorRows, posterior_rows, posterior_signals
from netmeta.charts.ratio_marks import at, ratio_x, ref
from netmeta.charts.still import StillChart
from netmeta.charts.theme import FONT, SIZE, palette
from netmeta.errors import PoolingError
from netmeta.pooling import BayesianResult

__all__ = ["posterior", "posterior_chart", "spec"]

_HEAD: Final = 25
_RIDGE: Final = 96
_TALL: Final = 78
_HEIGHT: Final = _HEAD + 2 * _RIDGE
_COLOURS: Final = {"pooled": "pooled", "new": "mark"}
_DERIVED: Final = {
    "gap": "space < 780 ? 9 : 18",
    "plot_left": "w_label + gap + 8",
    "plot_width": "clamp(space - plot_left - w_effect - w_chance - 2 * gap - 8, 140, 560)",
    "plot_right": "plot_left + plot_width",
    "x_effect": "plot_right + gap + 8",
    "total_width": "x_effect + w_effect + gap + w_chance",
}


def posterior(result: BayesianResult, *, below: float = 1.0, theme: str = "light", width: int = 900) -> StillChart:
    """Draw what is believed of the pooled hazard ratio and of that in a new trial.

    Parameters
    ----------
    result
        What `bayesian` gave.
    below
        A hazard ratio: the curves are dark below it, and the chance of that stands beside them.
    theme
        ``"light"`` or ``"dark"`` colours.
    width
        Whole width in pixels.

    Returns
    -------
    StillChart
        An `altair.LayerChart` on a log axis of hazard ratios, on which areas are probabilities.

    Raises
    ------
    PoolingError
        For what is no result of `bayesian`, or no positive hazard ratio.
    """
    if not isinstance(result, BayesianResult):
        raise PoolingError(f"posterior() draws what bayesian() gives; got {type(result).__name__}.")
    found = posterior_rows(result, below=below)
    tables = {"rows": list(found.rows), "curves": list(found.curves)}
    chart = posterior_chart({**posterior_signals(found, space=width), **palette(theme)})
    said = "; ".join(f"{row['label']}: HR {row['effect']}" for row in found.rows[1:])
    return chart.properties(datasets=tables, description=f"Posterior curves. {said}.")


def posterior_chart(signals: dict[str, Any]) -> StillChart:
    """Lay the marks over two tables by name, ``rows`` and ``curves``; every place and colour is a parameter."""
    params = [alt.param(name=name, value=value) for name, value in signals.items()]
    params += [alt.param(name=name, expr=expr) for name, expr in _DERIVED.items()]
    layers = [*_ground(), *(mark for kind in _COLOURS for mark in _ridge(kind)), *_texts(), *_favours()]
    chart = StillChart(layer=layers).add_params(*params)
    chart = chart.properties(width=_width(signals), height=_HEIGHT)
    styled: StillChart = chart.configure(
        font=FONT,
        background=ref("ground"),
        view=alt.ViewConfig(stroke=None),
        autosize=alt.AutoSizeParams(type="pad"),
    )
    return styled


def spec() -> alt.LayerChart:
    """Build the chart that live views embed: named rows, neutral values."""
    nothing = PosteriorRows((), (), _axis(), ("", ""), 1.0)
    return posterior_chart({**posterior_signals(nothing), **palette("light")})


def _axis() -> Any:  # noqa: ANN401
    from netmeta.charts.axis import ratio_axis

    return ratio_axis([], [])


def _width(signals: dict[str, Any]) -> int:
    """Work out ``total_width`` as the chart itself will; a live view asks the chart."""
    gap = 9 if signals["space"] < 780 else 18  # noqa: PLR2004
    left, right = signals["w_label"] + gap + 8, signals["w_effect"] + signals["w_chance"]
    plot = min(max(signals["space"] - left - right - 2 * gap - 8, 140), 560)
    return int(left + plot + 2 * gap + 8 + right)


def _of(table: str, kind: str) -> alt.Chart:
    chart: alt.Chart = alt.Chart(alt.NamedData(name=table)).transform_filter(f"datum.kind === '{kind}'")
    return chart


def _ground() -> list[alt.Chart]:
    head = _of("rows", "head").transform_calculate(one="1", asked="threshold")
    line = head.mark_rule(color=ref("muted"), strokeWidth=1)
    none = head.mark_rule(color=ref("muted"), strokeWidth=1).encode(
        x=ratio_x("one"), y=alt.value(_HEAD), y2=alt.value(_HEIGHT)
    )
    asked = head.mark_rule(color=ref("ink"), strokeWidth=1, strokeDash=[3, 3]).encode(
        x=ratio_x("asked"), y=alt.value(_HEAD), y2=alt.value(_HEIGHT)
    )
    return [line.encode(x=alt.value(0), x2=at("total_width"), y=alt.value(_HEAD)), none, asked]


def _ridge(kind: str) -> list[alt.Chart]:
    base = _HEAD + _RIDGE * (1 + list(_COLOURS).index(kind)) - 10
    curve, colour = _of("curves", kind), ref(_COLOURS[kind])
    places = {"x": ratio_x("hr"), "y": at(f"{base} - {_TALL} * datum.height"), "y2": alt.value(base)}
    whole = curve.mark_area(color=colour, opacity=0.18).encode(**places)
    part = curve.transform_filter("datum.hr <= threshold").mark_area(color=colour, opacity=0.55).encode(**places)
    edge = curve.mark_line(color=colour, strokeWidth=1.6).encode(x=places["x"], y=places["y"])
    return [whole.properties(name=f"{kind}_whole"), part.properties(name=f"{kind}_below"), edge, *_span(kind, base)]


def _span(kind: str, base: int) -> list[alt.Chart]:
    """Draw median and interval on the curve's own ground line, with arrows where the axis cuts it."""
    row, colour = _of("rows", kind), ref(_COLOURS[kind])
    line = row.mark_rule(color=colour, strokeWidth=3).encode(
        x=ratio_x("low"), x2=alt.X2("high"), y=alt.value(base + 3)
    )
    dot = row.mark_point(shape="circle", filled=True, size=48, opacity=1, color=colour)
    arrows = [
        row.transform_filter(f"isValid(datum.{side})")
        .mark_point(shape="triangle-up", angle=angle, size=46, filled=True, opacity=1, color=colour)
        .encode(x=ratio_x(side), y=alt.value(base + 3))
        for side, angle in (("left", 270), ("right", 90))
    ]
    return [line, dot.encode(x=ratio_x("hr"), y=alt.value(base + 3)), *arrows]


def _texts() -> list[alt.Chart]:
    y = at(f"datum.kind === 'head' ? {_HEAD / 2} : {_HEAD} + {_RIDGE} * (datum.row - 0.42)")
    columns = (("label", "0", "left"), ("effect", "x_effect", "left"), ("chance", "total_width", "right"))
    weight = ref("datum.kind === 'head' || datum.kind === 'pooled' ? 600 : 400")
    return [
        alt.Chart(alt.NamedData(name="rows"))
        .mark_text(align=align, baseline="middle", fontSize=SIZE, fontWeight=weight, color=ref("ink"))  # type: ignore[arg-type]
        .encode(x=at(x), y=y, text=f"{field}:N")
        for field, x, align in columns
    ]


def _favours() -> list[alt.Chart]:
    head = _of("rows", "head").transform_calculate(one="1")
    return [
        head.transform_calculate(text=f"favours_{side}")
        .mark_text(align=align, baseline="top", dx=shift, fontSize=SIZE - 1, color=ref("muted"))  # type: ignore[arg-type]
        .encode(x=ratio_x("one"), y=alt.value(_HEIGHT + 26), text="text:N")
        for side, align, shift in (("left", "right", -10), ("right", "left", 10))
    ]

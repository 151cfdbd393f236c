"""The comparison-adjusted funnel in Altair: all trials of a network around the means of their comparisons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import altair as alt

from netmeta.charts.adjusted_funnel_rows import (
    SERIES_SHOWN,
    adjusted_funnel_rows,
    adjusted_funnel_signals,
    plot_size,
)
from netmeta.charts.expressions import at, framed, hovering, of, ref, text
from netmeta.charts.point_names import BESIDE, LONGEST
from netmeta.charts.theme import SIZE, palette
from netmeta.errors import NetworkError
from netmeta.network import AdjustedFunnel

if TYPE_CHECKING:
    from netmeta.charts.still import StillChart

__all__ = ["adjusted_funnel", "spec"]

_LEFT, _HEAD, _SMALL, _KEY, _UNDER = 56, 8, SIZE - 1, 20, 62
_DERIVED: Final = {
    "plot_width": "clamp(space - 80, 240, 640)",
    "plot_height": "clamp(0.58 * plot_width, 220, 360)",
    "bottom": f"{_HEAD} + plot_height",
    "key_columns": "space < 640 ? 1 : 2",
    "key_top": f"bottom + {_UNDER}",
    "note_top": f"key_top + ceil(keys / key_columns) * {_KEY} + 6",
    "total_width": f"{_LEFT} + plot_width + 12",
    "total_height": "note_top + notes * 18",
}
_COLOURS: Final = ("mark", "pooled", "green", "purple")
_SHAPES: Final = ("circle", "square", "triangle-up", "diamond")
_COLOUR: Final = f"datum.series >= {SERIES_SHOWN} ? out : [{', '.join(_COLOURS)}][datum.series % 4]"
# The second four have the colours again, each with another shape: no two comparisons have both in common.
_SHAPE: Final = (
    f"datum.series >= {SERIES_SHOWN} ? 'circle' : {list(_SHAPES)}[(datum.series + (datum.series >= 4 ? 2 : 0)) % 4]"
)
_MARKED: Final = "datum.id === picked || datum.id === focused"


def adjusted_funnel(data: AdjustedFunnel, *, theme: str = "light", width: int = 900) -> StillChart:
    """Draw a comparison-adjusted funnel: whether small trials of a network favour the newer treatment.

    Parameters
    ----------
    data
        What `adjusted_funnel_data` gave; its order of treatments says which one is newer.
    theme
        ``"light"`` or ``"dark"`` colours.
    width
        Width to stay within, in pixels.

    Returns
    -------
    StillChart
        An `altair.LayerChart` (Chaimani & Salanti 2012, Res Synth Methods 3:161): across, the ratio of a trial's
        hazard ratio to the mean of its comparison; downwards, its standard error. Sampling error alone leaves 95%
        of trials between the dashed lines. Trials alone in their comparison are hollow: they say nothing.

    Raises
    ------
    NetworkError
        For anything else than an `AdjustedFunnel`.
    SelectionError
        For a theme that does not exist.
    """
    if not isinstance(data, AdjustedFunnel):
        raise NetworkError(
            f"adjusted_funnel() draws what adjusted_funnel_data() gives; got {type(data).__name__}. "
            "Call nm.adjusted_funnel(nm.adjusted_funnel_data(result))."
        )
    table = adjusted_funnel_rows(data, space=width)
    signals = {**adjusted_funnel_signals(table, space=width), **palette(theme, series=True)}
    chart = adjusted_funnel_chart(signals, alt.InlineData(values=list(table.rows)), _size(signals))
    return chart.properties(description=f"Comparison-adjusted funnel. {data.said}")


def adjusted_funnel_chart(
    signals: dict[str, Any], data: alt.InlineData | alt.NamedData, size: tuple[int, int]
) -> StillChart:
    """Lay the marks over a table of rows."""
    return framed([*_ground(), *_key(), *_points(), *_words()], data, signals, _DERIVED, size)


def spec() -> StillChart:
    """Build the chart that live views embed: named rows, neutral values."""
    signals = {**adjusted_funnel_signals(adjusted_funnel_rows(None)), **palette("light", series=True)}
    return adjusted_funnel_chart(signals, alt.NamedData(name="rows"), _size(signals))


def _size(signals: dict[str, Any]) -> tuple[int, int]:
    """Work out ``total_width`` and ``total_height`` as the chart itself will."""
    width, height = plot_size(signals["space"])
    key_lines = -(-signals["keys"] // (1 if signals["space"] < 640 else 2))  # noqa: PLR2004
    under = _UNDER + key_lines * _KEY + 6 + signals["notes"] * 18
    return int(_LEFT + width + 12), int(_HEAD + height + under)


def _x(value: str) -> str:
    return f"{_LEFT} + plot_width * log({value} / axis_low) / log(axis_high / axis_low)"


def _y(value: str) -> str:
    return f"{_HEAD} + plot_height * {value} / se_top"


def _ground() -> list[alt.Chart]:
    """Draw axes with their ticks, the line at 1 and the limits of sampling error."""
    limits = of("limit")
    line = limits.mark_rule(
        color=ref("muted"), strokeWidth=1.2, strokeDash=ref("datum.solid ? [1, 0] : [5, 4]"),
    )  # fmt: skip
    across, down = (of("tick").transform_filter(f"datum.panel === '{panel}'") for panel in ("ratio", "se"))
    tick: dict[str, Any] = {"color": ref("muted"), "strokeWidth": 1}
    frame = limits.transform_filter("datum.solid").mark_rule(**tick)
    foot, left = at("bottom"), at(str(_LEFT))
    number: dict[str, Any] = {"fontSize": _SMALL, "color": "muted"}
    return [
        line.encode(
            x=at(_x("datum.ratio")), x2=at(_x("datum.ratio_to")), y=at(_y("datum.se")), y2=at(_y("datum.se_to"))
        ),
        frame.encode(x=left, x2=at(f"{_LEFT} + plot_width"), y=foot),
        frame.encode(x=left, y=at(str(_HEAD)), y2=foot),
        across.mark_rule(**tick).encode(x=at(_x("datum.value")), y=foot, y2=at("bottom + 5")),
        down.mark_rule(**tick).encode(x=at(f"{_LEFT - 5}"), x2=left, y=at(_y("datum.value"))),
        text(across, "text", _x("datum.value"), "bottom + 15", align="center", **number),
        text(down, "text", f"{_LEFT - 9}", _y("datum.value"), align="right", **number),
    ]


def _marks(rows: alt.Chart, size: str) -> alt.Chart:
    """Draw the mark of a comparison: hollow and grey for a trial that is alone."""
    chart: alt.Chart = rows.mark_point(opacity=1, strokeWidth=1.4, cursor="pointer", size=ref(size)).encode(
        shape=at(_SHAPE),
        fill=at(f"datum.alone ? ground : {_COLOUR}"),
        stroke=at(f"datum.alone ? out : {_COLOUR}"),
    )
    return chart


def _points() -> list[alt.Chart]:
    hover = hovering()
    points, place = of("point"), {"x": at(_x("datum.ratio")), "y": at(_y("datum.se"))}
    marked = points.transform_filter(_MARKED)
    ring = marked.mark_point(shape="circle", size=300, filled=False, stroke=ref("ink"), strokeWidth=1.6, opacity=1)
    look: dict[str, Any] = {
        "align": ref("datum.align"), "dx": ref(f"datum.align === 'left' ? {BESIDE} : -{BESIDE}"), "limit": LONGEST,
        "dy": ref("datum.dy"), "baseline": "middle", "fontSize": _SMALL,
        "fontWeight": ref("datum.id === picked ? 600 : 400"),
    }  # fmt: skip
    halo = points.mark_text(stroke=ref("ground"), strokeWidth=3.5, **look)
    names = points.mark_text(**look)
    room = f"(datum.named && plot_width >= 0.95 * named_at) || {_MARKED}"
    shown = alt.when(hover).then(alt.value(1)).when(room).then(alt.value(1)).otherwise(alt.value(0))
    target = points.mark_point(size=260, filled=True, cursor="pointer", opacity=0)
    return [
        halo.encode(**place, text="label:N", color=at("ground"), opacity=shown),
        _marks(points, "64").encode(**place),
        ring.encode(**place),
        names.encode(**place, text="label:N", color=at("ink"), opacity=shown),
        target.encode(**place, tooltip="tip:N").add_params(hover).properties(name="points"),
    ]


def _key() -> list[alt.Chart]:
    key = of("key")
    left = f"{_LEFT} + (datum.at % key_columns) * plot_width / key_columns"
    middle = f"key_top + 8 + floor(datum.at / key_columns) * {_KEY}"
    words = text(
        key, "text", f"{left} + 18", middle, align="left", fontSize=_SMALL, color="muted",
        limit=ref("plot_width / key_columns - 22"),
    )  # fmt: skip
    return [_marks(key, "58").encode(x=at(f"{left} + 6"), y=at(middle)), words]


def _words() -> list[alt.Chart]:
    """Write what the axes are, what both sides favour, and the notes."""
    once = of("limit").transform_filter("datum.solid")
    small: dict[str, Any] = {"fontSize": _SMALL, "color": "muted"}
    down = once.transform_calculate(name="'Standard error of log HR'")
    name = once.transform_calculate(name="plot_width < 440 ? '' : 'HR / mean of its comparison'")
    sides = [
        text(once.transform_calculate(side=f"favours_{side}"), "side", x, "bottom + 38", align=align, **small)
        for side, x, align in (("left", str(_LEFT), "left"), ("right", f"{_LEFT} + plot_width", "right"))
    ]
    return [
        text(down, "name", "10", f"{_HEAD} + plot_height / 2", align="center", angle=270, **small),
        text(name, "name", f"{_LEFT} + plot_width / 2", "bottom + 38", align="center", **small),
        *sides,
        text(of("note"), "text", "0", "note_top + 9 + 18 * datum.at", align="left", **small),
    ]

"""GOSH in Altair: where the pooled results of all subsets lie, and how often."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import altair as alt

from netmeta import numerals
from netmeta.charts.expressions import at, framed, of, ref
from netmeta.charts.gosh_rows import gosh_rows, gosh_signals
from netmeta.charts.theme import SIZE, palette
from netmeta.errors import PoolingError
from netmeta.pooling import Gosh

if TYPE_CHECKING:
    from netmeta.charts.still import StillChart
    from netmeta.evidence import Trial

__all__ = ["gosh_plot", "spec"]

_MARGIN, _TOP, _HEIGHT = 60, 84, 384
_WIDEST: Final = 720
_DERIVED: Final = {
    "total_width": f"clamp(space - 90, 260, {_WIDEST})",
    "right": f"total_width - {_MARGIN + 6}",
}


def gosh_plot(
    result: Gosh, *, trial: str | Trial | None = None, by: str = "i2", theme: str = "light", width: int = 900
) -> StillChart:
    """Draw the pooled results of all subsets as a cloud, with a histogram along each side.

    Parameters
    ----------
    result
        What `gosh` gave. Subsets are counted in cells, so that the picture has some hundred marks, not 65 000.
    trial
        Label or key of a trial: the cloud is coloured by whether its subsets have it.
    by
        What stands upwards: ``"i2"`` or ``"tau2"``.
    theme
        ``"light"`` or ``"dark"`` colours.
    width
        Width to stay within, in pixels.

    Returns
    -------
    StillChart
        An `altair.LayerChart` (Olkin, Dahabreh & Trikalinos 2012, Res Synth Methods 3:214). The diamond is the pool
        of all trials.

    Raises
    ------
    PoolingError
        For anything else than a `Gosh`.
    SelectionError
        For a trial or an axis that it does not have.
    """
    if not isinstance(result, Gosh):
        raise PoolingError(f"gosh_plot() draws what gosh() gives; got {type(result).__name__}.")
    found = None if trial is None else result.overall.evidence[trial if isinstance(trial, str) else trial.key]
    table = gosh_rows(result, by=by, picked="" if found is None else found.key)
    signals = {**gosh_signals(table, by=by, space=width), **palette(theme)}
    size = min(max(width - 90, 260), _WIDEST), _HEIGHT
    chart = gosh_chart(signals, alt.InlineData(values=list(table.rows)), size)
    split = f", split by {found.label}" if found else ""
    return chart.properties(
        description=f"Pooled results of {numerals.count(result.n)} subsets of the trials{split}. {result.said}"
    )


def gosh_chart(signals: dict[str, Any], data: alt.InlineData | alt.NamedData, size: tuple[int, int]) -> StillChart:
    """Lay the marks over a table of rows."""
    return framed([_cells(), *_margins(), *_lines(), *_words()], data, signals, _DERIVED, size)


def spec() -> StillChart:
    """Build the chart that live views embed: named rows, neutral values."""
    signals = {**gosh_signals(gosh_rows(None)), **palette("light")}
    return gosh_chart(signals, alt.NamedData(name="rows"), (_WIDEST, _HEIGHT))


def _look(**more: Any) -> dict[str, Any]:  # noqa: ANN401
    grey = {
        "labelColor": ref("muted"),
        "domainColor": ref("muted"),
        "tickColor": ref("muted"),
        "titleColor": ref("muted"),
    }
    return {
        "grid": False,
        "labelFontSize": SIZE - 2,
        "titleFontSize": SIZE - 1,
        "titleFontWeight": "normal",
        **grey,
        **more,
    }


def _x(field: str = "hr") -> alt.X:
    scale = alt.Scale(
        type="log", domain=[ref("axis_low"), ref("axis_high")], range=[0, ref("right")], nice=False, zero=False
    )
    axis = alt.Axis(
        values=ref("axis_ticks"), format="~g", title="Pooled hazard ratio", titleAnchor="start", **_look()
    )
    return alt.X(f"{field}:Q", scale=scale, axis=axis)


def _y(field: str = "spread") -> alt.Y:
    scale = alt.Scale(domain=[0, ref("reach")], range=[_HEIGHT, _TOP], nice=False)
    return alt.Y(f"{field}:Q", scale=scale, axis=alt.Axis(tickCount=5, title=None, **_look()))


def _cells() -> alt.Chart:
    grey = alt.BrushConfig(fill="#808a94", fillOpacity=0.15, stroke="#808a94", strokeWidth=1.5, cursor="move")
    brush = alt.selection_interval(name="brush", encodings=["x", "y"], mark=grey, zoom=False)
    blend = alt.Color(
        "share:Q",
        legend=None,
        scale=alt.Scale(domain=[0, 1], range=[ref("mark"), ref("pooled")], interpolate="lab"),
    )
    cells: alt.Chart = of("cell").mark_rect(strokeWidth=0, cursor="crosshair").encode(
        x=_x(), x2="hr_to:Q", y=_y(), y2="spread_to:Q", color=blend, tooltip="tip:N",
        opacity=alt.Opacity("ink:Q", scale=alt.Scale(domain=[0, 1], range=[0.08, 1]), legend=None),
    )  # fmt: skip
    return cells.add_params(brush).properties(name="cells")


def _margins() -> list[alt.Chart]:
    above, beside = of("top"), of("right")
    bottom, foot = f"{_TOP - 6}", "right + 6"
    layers = []
    for start, end, colour in (("0", "datum.h_with", "pooled"), ("datum.h_with", "datum.h", "mark")):
        bar = above.mark_rect(color=ref(colour), opacity=0.75, strokeWidth=0)
        layers.append(
            bar.encode(
                x=_x(),
                x2="hr_to:Q",
                y=at(f"{bottom} - {start} * {_MARGIN - 4}"),
                y2=at(f"{bottom} - {end} * {_MARGIN - 4}"),
            )
        )
        bar = beside.mark_rect(color=ref(colour), opacity=0.75, strokeWidth=0)
        layers.append(
            bar.encode(
                y=_y(),
                y2="spread_to:Q",
                x=at(f"{foot} + {start} * {_MARGIN - 4}"),
                x2=at(f"{foot} + {end} * {_MARGIN - 4}"),
            )
        )
    return layers


def _lines() -> list[alt.Chart]:
    overall = of("overall")
    inside = overall.transform_calculate(one="1").transform_filter("axis_low <= 1 && axis_high >= 1")
    one = inside.mark_rule(color=ref("muted"), strokeWidth=1).encode(
        x=_x("one"), y=at(str(_TOP)), y2=at(str(_HEIGHT))
    )
    diamond = overall.mark_point(shape="diamond", size=130, filled=True, opacity=1, strokeWidth=1.5)
    return [
        one,
        diamond.encode(x=_x(), y=_y(), fill=at("ground"), stroke=at("ink"), tooltip="tip:N"),
    ]


def _words() -> list[alt.Chart]:
    # Inside the frame: a chart that is embedded empty makes no room for text beside it.
    title = of("overall").mark_text(align="left", baseline="top", fontSize=SIZE - 1, color=ref("muted"))
    legend = of("legend").mark_text(
        align=ref("datum.with ? 'left' : 'right'"), baseline="middle", fontSize=SIZE - 1, limit=ref("right * 0.6"),
    )  # fmt: skip
    return [
        title.encode(x=at("8"), y=at(str(_TOP)), text=at("up_title")),
        legend.encode(
            x=at("datum.with ? 0 : total_width"),
            y=at("8"),
            text="text:N",
            color=alt.condition("datum.with", at("pooled"), at("mark")),
        ),
    ]

"""The specification curve in Altair: every analysis by its hazard ratio, and the choices that lead there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import altair as alt

from netmeta import numerals
from netmeta.charts.curve_rows import CurveRows, curve_rows, curve_signals
from netmeta.charts.expressions import at, framed, of, ref, text
from netmeta.charts.theme import SIZE, palette
from netmeta.errors import PoolingError
from netmeta.pooling import Multiverse

if TYPE_CHECKING:
    from netmeta.charts.still import StillChart

__all__ = ["spec", "specification_curve"]

_ROW, _TOP, _CURVE, _GAP = 17, 24, 200, 14
_FOOT: Final = _TOP + _CURVE
_MATRIX: Final = _FOOT + _GAP
_DERIVED: Final = {
    "left": "w_label + 48",
    "plot": "clamp(space - left - 30, 160, 820)",
    "total_width": "left + plot",
    "total_height": f"{_MATRIX} + lines * {_ROW} + 4",
    "bottom": f"{_MATRIX} + lines * {_ROW}",
}
_LINE: Final = f"{_MATRIX} + (datum.line + 0.5) * {_ROW}"


def specification_curve(
    result: Multiverse, *, trial: str | None = None, theme: str = "light", width: int = 900
) -> StillChart:
    """Draw a multiverse as a specification curve (Simonsohn, Simmons & Nelson 2020, Nat Hum Behav 4:1208).

    Parameters
    ----------
    result
        What `multiverse` gave.
    trial
        Label or key of a trial: the analyses without it stand out.
    theme
        ``"light"`` or ``"dark"`` colours.
    width
        Whole width in pixels.

    Returns
    -------
    StillChart
        An `altair.LayerChart`: above, every analysis with its interval, the lowest hazard ratio to the left (pale
        where the interval includes 1); below, its choices. The prespecified analysis is marked.

    Raises
    ------
    PoolingError
        For anything else than a `Multiverse`.
    SelectionError
        For a trial that the prespecified analysis does not have.
    """
    if not isinstance(result, Multiverse):
        raise PoolingError(f"specification_curve() draws what multiverse() gives; got {type(result).__name__}.")
    table = curve_rows(result, picked="" if trial is None else result.overall.evidence[trial].key)
    signals = {**curve_signals(table, space=width), **palette(theme)}
    chart = curve_chart(signals, alt.InlineData(values=list(table.rows)), _size(table, signals))
    return chart.properties(
        description=f"Specification curve of {numerals.count(result.n)} analyses. {result.said}"
    )


def curve_chart(signals: dict[str, Any], data: alt.InlineData | alt.NamedData, size: tuple[int, int]) -> StillChart:
    """Lay the marks over a table of rows."""
    return framed([*_ground(), *_curve(), *_matrix(), _own(), *_targets()], data, signals, _DERIVED, size)


def spec() -> StillChart:
    """Build the chart that live views embed: named rows, neutral values."""
    table = curve_rows(None)
    signals = {**curve_signals(table), **palette("light")}
    return curve_chart(signals, alt.NamedData(name="rows"), _size(table, signals))


def _size(table: CurveRows, signals: dict[str, Any]) -> tuple[int, int]:
    left = signals["w_label"] + 48
    return int(left + min(max(signals["space"] - left - 30, 160), 820)), _MATRIX + table.lines * _ROW + 4


def _across(name: str) -> str:
    return f"left + datum.{name} * plot"


def _up(name: str) -> str:
    return f"{_FOOT} - datum.{name} * {_CURVE}"


def _ground() -> list[alt.Chart]:
    ticks, own = of("tick"), of("own")
    lines = ticks.mark_rule(strokeWidth=1, opacity=ref("datum.one ? 1 : 0.6"))
    colour = alt.condition("datum.one", at("muted"), at("faint"))
    title = of("own").mark_text(angle=270, align="right", baseline="bottom", fontSize=SIZE - 1, color=ref("muted"))
    return [
        lines.encode(x=at("left"), x2=at("left + plot"), y=at(_up("y")), color=colour),
        text(ticks, "text", "left - 6", _up("y"), align="right", fontSize=SIZE - 2, color="muted"),
        title.encode(x=at("left - 34"), y=at(str(_TOP)), text=alt.value("Hazard ratio")),
        own.mark_rule(strokeWidth=1.2, color=ref("pooled")).encode(
            x=at(_across("f")), y=at(str(_TOP - 6)), y2=at("bottom")
        ),
    ]


def _curve() -> list[alt.Chart]:
    columns = of("column")
    colour = at("datum.tone === 'without' ? pooled : datum.tone === 'open' ? out : mark")
    span = columns.mark_rule(strokeWidth=ref("clamp((datum.f1 - datum.f0) * plot * 0.5, 0.5, 3)"), opacity=0.45)
    dots = columns.mark_point(filled=True, opacity=1, shape="circle")
    size = at("clamp(pow((datum.f1 - datum.f0) * plot, 2) * 0.7, 7, 40)")
    x = at(_across("f"))
    return [
        span.encode(x=x, y=at(_up("low")), y2=at(_up("high")), color=colour),
        dots.encode(x=x, y=at(_up("y")), color=colour, size=size),
    ]


def _matrix() -> list[alt.Chart]:
    cells, choices, groups = of("cell"), of("choice"), of("group")
    weight = ref("datum.own || (datum.id !== '' && datum.id === picked) ? 600 : 400")
    label = choices.mark_text(align="left", baseline="middle", fontSize=SIZE - 1.5, fontWeight=weight,
                              limit=ref("w_label + 26"))  # fmt: skip
    ink = alt.Opacity("ink:Q", legend=None, scale=alt.Scale(domain=[0, 1], range=[0, 0.8]))
    return [
        cells.mark_rect(strokeWidth=0).encode(
            x=at(_across("f0")), x2=at(_across("f1")), y=at(f"{_LINE} - 5"), y2=at(f"{_LINE} + 5"),
            color=at("mark"), opacity=ink,
        ),
        label.encode(x=alt.value(10), y=at(_LINE), text="label:N",
                     color=at("datum.id !== '' && datum.id === picked ? pooled : ink")),
        text(groups, "label", "0", _LINE, align="left", fontSize=SIZE - 1.5, color="muted", fontWeight=600),
        groups.mark_rule(strokeWidth=1, color=ref("faint")).encode(
            x=at("0"), x2=at("left + plot"), y=at(f"{_LINE} - {_ROW / 2}")
        ),
    ]  # fmt: skip


def _own() -> alt.Chart:
    name = of("own").mark_text(
        align=ref("datum.f > 0.5 ? 'right' : 'left'"), dx=ref("datum.f > 0.5 ? -5 : 5"), baseline="middle",
        fontSize=SIZE - 1, fontWeight=600, color=ref("pooled"),
    )  # fmt: skip
    words: alt.Chart = name.encode(x=at(_across("f")), y=at("11"), text="text:N")
    point = of("own").mark_point(shape="diamond", filled=True, size=110, opacity=1, strokeWidth=1)
    mark: alt.Chart = point.encode(x=at(_across("f")), y=at(_up("y")), fill=at("pooled"), stroke=at("ground"))
    return alt.layer(words, mark)  # type: ignore[return-value]


def _targets() -> list[alt.Chart]:
    over = alt.selection_point(name="over", on="pointerover", clear="pointerout", fields=["f"], empty=False)
    columns = of("column").mark_rect(fill=ref("band"), strokeWidth=0)
    lines = of("choice").mark_rect(
        fill=ref("band"), cursor=ref("datum.id !== '' ? 'pointer' : 'default'"), strokeWidth=2
    )
    picked = alt.condition("datum.id !== '' && datum.id === picked", alt.value(0.15), alt.value(0))
    return [
        columns.encode(
            x=at(_across("f0")), x2=at(_across("f1")), y=at(str(_TOP)), y2=at("bottom"), tooltip="tip:N",
            fillOpacity=alt.condition(over, alt.value(0.25), alt.value(0)),
        ).add_params(over),
        lines.encode(
            x=at("0"), x2=at("left - 30"), y=at(f"{_LINE} - {_ROW / 2}"), y2=at(f"{_LINE} + {_ROW / 2}"),
            tooltip="tip:N", fillOpacity=picked,
            stroke=alt.condition("datum.id !== '' && datum.id === focused", at("band"), alt.value("transparent")),
        ),
    ]  # fmt: skip

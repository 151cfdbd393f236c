"""The rank plot in Altair: P-scores, and always beside them hazard ratios and the intervals of ranks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import altair as alt

from netmeta.charts.expressions import at, clickable, framed, of, ref, text
from netmeta.charts.rank_rows import rank_lines, rank_signals
from netmeta.charts.rankogram_rows import rank_interval
from netmeta.charts.theme import SIZE, palette
from netmeta.errors import NetworkError
from netmeta.network import Ranking

if TYPE_CHECKING:
    from netmeta.charts.still import StillChart

__all__ = ["rank_plot", "spec"]

_HEAD, _SCORE, _SMALL, _LINE = 44, 34, SIZE - 1, 15
_WIDE: Final = "space >= 700"
_SHOWN: Final = "!datum.minor || plot_width > 36 * ticks"
# Left to right: name, P-score and its bar, hazard ratio as mark and as text, rank as mark and as text.
_DERIVED: Final = {
    "gap": "space < 700 ? 10 : 18",
    "room": f"space - w_label - {_SCORE} - w_effect - w_rank - 5 * gap - 6",
    "bar": f"{_WIDE} ? clamp(0.22 * room, 50, 120) : 0",
    "strip": f"{_WIDE} ? clamp(0.3 * room, 60, 180) : 0",
    "bar_left": f"w_label + gap + {_SCORE} + 8",
    "plot_left": f"bar_left + bar + ({_WIDE} ? 2 * gap : gap)",
    "plot_width": f"clamp(room - bar - strip - ({_WIDE} ? 2 * gap : 0), 80, 340)",
    "plot_right": "plot_left + plot_width",
    "x_effect": "plot_right + gap",
    "strip_left": "x_effect + w_effect + gap",
    "total_width": f"strip_left + strip + ({_WIDE} ? gap : 0) + w_rank",
    "bottom": f"{_HEAD} + lines * tall",
    "total_height": "bottom + 52 + notes * 18",
}
_MIDDLE: Final = f"{_HEAD} + (datum.row + 0.5) * tall"
_MARKED: Final = "datum.id === picked"


def rank_plot(ranking: Ranking, *, theme: str = "light", width: int = 900) -> StillChart:
    """Draw a ranking: the P-score of each treatment, its hazard ratio and the interval of its rank.

    Parameters
    ----------
    ranking
        What `rank` gave.
    theme
        ``"light"`` or ``"dark"`` colours.
    width
        Width to stay within, in pixels; on a narrow page the bars of P-scores and ranks give way to their numbers.

    Returns
    -------
    StillChart
        An `altair.LayerChart`, hazard ratios on a log axis with confidence and, paler, prediction intervals.

    Raises
    ------
    NetworkError
        For anything else than a `Ranking`.
    SelectionError
        For a theme that does not exist.
    """
    if not isinstance(ranking, Ranking):
        raise NetworkError(
            f"rank_plot() draws what rank() gives; got {type(ranking).__name__}. "
            "Call nm.rank_plot(nm.rank(result))."
        )
    table = rank_lines(ranking, space=width)
    signals = {**rank_signals(table, space=width), **palette(theme)}
    chart = rank_chart(signals, alt.InlineData(values=list(table.rows)), _size(signals))
    said = "; ".join(f"{row.treatment}: rank {rank_interval(row)}" for row in ranking.rows)
    return chart.properties(description=f"{len(ranking.rows)} treatments by P-score. {said}.")


def rank_chart(signals: dict[str, Any], data: alt.InlineData | alt.NamedData, size: tuple[int, int]) -> StillChart:
    """Lay the marks over a table of rows."""
    layers = [*_ground(), *_ticks(), *_scores(), *_ratios(), *_ranks(), *_texts(), *_words(), _lines()]
    return framed(layers, data, signals, _DERIVED, size)


def spec() -> StillChart:
    """Build the chart that live views embed: named rows, neutral values."""
    signals = {**rank_signals(rank_lines(None)), **palette("light")}
    return rank_chart(signals, alt.NamedData(name="rows"), _size(signals))


def _size(signals: dict[str, Any]) -> tuple[int, int]:
    """Work out ``total_width`` and ``total_height`` as the chart itself will."""
    wide = signals["space"] >= 700  # noqa: PLR2004
    gap, texts = (18 if wide else 10), signals["w_label"] + signals["w_effect"] + signals["w_rank"] + _SCORE
    room = signals["space"] - texts - 5 * gap - 6
    bar, strip = (min(max(0.22 * room, 50), 120), min(max(0.3 * room, 60), 180)) if wide else (0, 0)
    plot = min(max(room - bar - strip - (2 * gap if wide else 0), 80), 340)
    across = texts + 8 + bar + plot + strip + (6 if wide else 4) * gap
    return int(across), _HEAD + signals["lines"] * signals["tall"] + 52 + 18 * signals["notes"]


def _log(value: str) -> str:
    return f"plot_left + plot_width * log({value} / axis_low) / log(axis_high / axis_low)"


def _rank(value: str) -> str:
    return f"strip_left + 4 + (strip - 8) * ({value} - 1) / max(1, lines - 1)"


def _ground() -> list[alt.Chart]:
    head = of("head")
    rule = of("line").mark_rule(color=ref("faint"), strokeWidth=1)
    under = f"{_HEAD} + (datum.row + 1) * tall"
    one = head.mark_rule(color=ref("muted"), strokeWidth=1)
    return [
        rule.encode(x=alt.value(0), x2=at("total_width"), y=at(under)),
        head.mark_rule(color=ref("muted")).encode(x=alt.value(0), x2=at("total_width"), y=alt.value(_HEAD)),
        one.encode(x=at(_log("1")), y=alt.value(_HEAD), y2=at("bottom + 4")),
    ]


def _ticks() -> list[alt.Chart]:
    ticks = of("tick").transform_filter(f"datum.panel === 'hr' ? {_SHOWN} : {_WIDE}")
    x = at(
        f"datum.panel === 'hr' ? {_log('datum.value')} : datum.panel === 'rank' ? {_rank('datum.value')} "
        ": bar_left + datum.value * bar"
    )
    label = ticks.mark_text(baseline="top", align="center", fontSize=_SMALL - 1, color=ref("muted"))
    return [
        ticks.mark_rule(color=ref("muted"), strokeWidth=1).encode(x=x, y=at("bottom"), y2=at("bottom + 4")),
        label.encode(x=x, y=at("bottom + 8"), text="text:N"),
    ]


def _scores() -> list[alt.Chart]:
    lines = of("line").transform_filter(_WIDE)
    y, y2 = at(f"{_MIDDLE} - 5"), at(f"{_MIDDLE} + 5")
    track, bar = lines.mark_rect(color=ref("faint"), opacity=0.5), lines.mark_rect(color=ref("mark"), opacity=0.85)
    return [
        track.encode(x=at("bar_left"), x2=at("bar_left + bar"), y=y, y2=y2),
        bar.encode(x=at("bar_left"), x2=at("bar_left + datum.score * bar"), y=y, y2=y2),
    ]


def _ratios() -> list[alt.Chart]:
    lines, y = of("line"), at(_MIDDLE)
    spans = [
        lines.transform_filter(f"isValid(datum.{low})")
        .mark_rule(color=ref("mark"), strokeWidth=width, opacity=opacity)
        .encode(x=at(_log(f"datum.{low}")), x2=at(_log(f"datum.{high}")), y=y)
        for low, high, width, opacity in (("pi_low", "pi_high", 8, 0.28), ("low", "high", 1.8, 1.0))
    ]
    arrows = [
        lines.transform_filter(f"isValid(datum.{field})")
        .mark_point(shape="triangle-up", angle=angle, size=46, filled=True, opacity=opacity, color=ref("mark"))
        .encode(x=at(_log(f"datum.{field}")), y=y)
        for side, angle in (("left", 270), ("right", 90))
        for field, opacity in ((f"pi_{side}", 0.5), (side, 1.0))
    ]
    dots = lines.transform_filter("isValid(datum.hr)").mark_point(
        shape="square", size=62, opacity=1, strokeWidth=1.5
    )
    fill = alt.condition("datum.reference", at("ground"), at("mark"))
    return [*spans, *arrows, dots.encode(x=at(_log("datum.hr")), y=y, fill=fill, stroke=at("mark"))]


def _ranks() -> list[alt.Chart]:
    lines, y = of("line").transform_filter(_WIDE), at(_MIDDLE)
    track = lines.mark_rule(color=ref("faint"), strokeWidth=1.5)
    span = lines.mark_rule(color=ref("mark"), strokeWidth=6, opacity=0.35, strokeCap="round")
    dot = lines.mark_point(shape="circle", size=46, filled=True, opacity=1, color=ref("mark"))
    return [
        track.encode(x=at(_rank("1")), x2=at(_rank("lines")), y=y),
        span.encode(x=at(_rank("datum.rank_low")), x2=at(_rank("datum.rank_high")), y=y),
        dot.encode(x=at(_rank("datum.mean")), y=y),
    ]


def _texts() -> list[alt.Chart]:
    lines, weight = of("line"), ref(f"{_MARKED} ? 600 : 400")
    name = lines.mark_text(
        align="left", baseline="middle", fontSize=SIZE, fontWeight=weight, color=ref("ink"), lineBreak="\n",
        lineHeight=_LINE, dy=ref(f"datum.lift * {_LINE}"),
    )  # fmt: skip
    score = f"w_label + gap + {_SCORE}"
    faint = ref("datum.reference ? muted : ink")
    return [
        name.encode(x=alt.value(0), y=at(_MIDDLE), text="label:N"),
        text(lines, "score_text", score, _MIDDLE, align="right", fontSize=SIZE),
        lines.mark_text(align="left", baseline="middle", fontSize=SIZE, color=faint).encode(
            x=at("x_effect"), y=at(_MIDDLE), text="effect:N"
        ),
        text(lines, "rank", "total_width", _MIDDLE, align="right", fontSize=SIZE),
    ]


def _words() -> list[alt.Chart]:
    head: dict[str, Any] = {"fontSize": _SMALL, "fontWeight": 600, "lineBreak": "\n", "lineHeight": _LINE}
    heads = (("label", "0", "left"), ("score", f"w_label + gap + {_SCORE}", "right"),
             ("effect", "x_effect", "left"), ("rank", "total_width", "right"))  # fmt: skip
    titles = [
        text(
            of("head"),
            field,
            x,
            f"{_HEAD - 14} - {_LINE} * (length(split(datum.{field}, '\\n')) - 1)",
            align=align,
            **head,
        )
        for field, x, align in heads
    ]
    small: dict[str, Any] = {"baseline": "top", "fontSize": _SMALL, "color": "muted"}
    sides = [
        text(of("head").transform_calculate(side=f"favours_{side}"), "side", _log("1"), "bottom + 26",
             align=align, dx=shift, **small)
        for side, align, shift in (("left", "right", -8), ("right", "left", 8))
    ]  # fmt: skip
    return [*titles, *sides, text(of("note"), "text", "0", "bottom + 50 + 18 * datum.at", align="left", **small)]


def _lines() -> alt.Chart:
    top, bottom = f"{_HEAD} + datum.row * tall", f"{_HEAD} + (datum.row + 1) * tall"
    return clickable(of("line"), top, bottom, right="total_width + 6", marked=_MARKED)

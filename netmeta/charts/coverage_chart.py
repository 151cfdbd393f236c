"""How often intervals hold the truth, in Altair: a dot with its error for each method, against the promise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import altair as alt

from netmeta.charts.coverage_rows import CoverageRows, coverage_rows, coverage_signals
from netmeta.charts.expressions import at, clickable, framed, of, ref, text
from netmeta.charts.theme import SIZE, palette
from netmeta.errors import PoolingError
from netmeta.pooling import Coverage

if TYPE_CHECKING:
    from netmeta.charts.still import StillChart

__all__ = ["coverage_plot", "spec"]

_ROW, _HEAD, _FOOT = 26, 28, 44
_DERIVED: Final = {
    "gap": "space < 700 ? 10 : 20",
    "left": "w_label + gap + 8",
    "wide": "clamp(space - left - w_held - max(w_times, 92) - 2 * gap - 8, 130, 460)",
    "right": "left + wide",
    "x_held": "right + gap + 8",
    "total_width": "x_held + w_held + gap + max(w_times, 92)",
    "bottom": f"{_HEAD} + lines * {_ROW}",
    "total_height": f"bottom + {_FOOT}",
}
_MIDDLE: Final = f"{_HEAD} + (datum.row + 0.5) * {_ROW}"


def coverage_plot(result: Coverage, *, theme: str = "light", width: int = 860) -> StillChart:
    """Draw how often each method's interval held the truth.

    Parameters
    ----------
    result
        What `coverage` gave.
    theme
        ``"light"`` or ``"dark"`` colours.
    width
        Width to stay within, in pixels.

    Returns
    -------
    StillChart
        An `altair.LayerChart`: coverage in percent with its Monte Carlo error, and how wide the intervals are. A
        method that holds the truth too seldom has a diamond of another colour.

    Raises
    ------
    PoolingError
        For anything else than a `Coverage`.
    """
    if not isinstance(result, Coverage):
        raise PoolingError(f"coverage_plot() draws what coverage() gives; got {type(result).__name__}.")
    table = coverage_rows(result)
    signals = {**coverage_signals(table, space=width), **palette(theme)}
    chart = _chart(signals, alt.InlineData(values=list(table.rows)), _size(signals))
    return chart.properties(description=result.said)


def spec() -> StillChart:
    """Build the chart that live views embed: named rows, neutral values."""
    signals = {**coverage_signals(CoverageRows((), 0)), **palette("light")}
    return _chart(signals, alt.NamedData(name="rows"), _size(signals))


def _size(signals: dict[str, Any]) -> tuple[int, int]:
    gap = 10 if signals["space"] < 700 else 20  # noqa: PLR2004
    left, times = signals["w_label"] + gap + 8, max(signals["w_times"], 92)
    wide = min(max(signals["space"] - left - signals["w_held"] - times - 2 * gap - 8, 130), 460)
    return int(left + wide + 2 * gap + 8 + signals["w_held"] + times), _HEAD + signals["lines"] * _ROW + _FOOT


def _chart(signals: dict[str, Any], data: alt.InlineData | alt.NamedData, size: tuple[int, int]) -> StillChart:
    return framed([*_ground(), *_marks(), *_words(), _lines()], data, signals, _DERIVED, size)


def _x(field: str) -> alt.Value:
    return at(f"left + datum.{field} * wide")


def _ground() -> list[alt.Chart]:
    head, tick, level = of("head"), of("tick"), of("level")
    place = "left + datum.x * wide"
    named = tick.transform_filter("datum.major || (wide > 300 && datum.label)")
    return [
        head.mark_rule(color=ref("muted")).encode(
            x=alt.value(0), x2=at("total_width"), y=alt.value(_HEAD), y2=alt.value(_HEAD)
        ),
        head.mark_rule(color=ref("muted")).encode(x=at("left"), x2=at("right"), y=at("bottom"), y2=at("bottom")),
        tick.mark_rule(color=ref("faint")).encode(x=_x("x"), y=alt.value(_HEAD), y2=at("bottom")),
        level.mark_rule(color=ref("ink"), strokeDash=[4, 3], strokeWidth=1.4).encode(
            x=_x("x"), y=alt.value(_HEAD), y2=at("wide > 300 ? bottom + 22 : bottom + 4")
        ),
        text(named, "label", place, "bottom + 11", align="center", fontSize=SIZE - 1, color="muted"),
        text(level, "label", place, "bottom + 32", align="center", fontSize=SIZE - 1),
    ]  # fmt: skip


def _marks() -> list[alt.Chart]:
    methods = of("method")
    colour = alt.condition("datum.kept", at("mark"), at("pooled"))
    dot = methods.mark_point(filled=True, opacity=1, size=ref("datum.kept ? 70 : 90"))
    shape = alt.condition("datum.kept", alt.value("circle"), alt.value("diamond"))
    return [
        methods.mark_rule(strokeWidth=3, opacity=0.55).encode(
            x=_x("low"), x2=_x("high"), y=at(_MIDDLE), y2=at(_MIDDLE), color=colour
        ),
        dot.encode(x=_x("x"), y=at(_MIDDLE), color=colour, shape=shape),
    ]


def _words() -> list[alt.Chart]:
    lines, head = of("method", "waiting"), of("head")
    weight = ref("datum.id === picked ? 600 : 400")
    right = "total_width"
    top = str(_HEAD / 2)
    return [
        text(lines, "label", "0", _MIDDLE, align="left", fontSize=SIZE, fontWeight=weight),
        text(lines, "held", "x_held", _MIDDLE, align="left", fontSize=SIZE),
        text(lines, "times", right, _MIDDLE, align="right", fontSize=SIZE, color="muted"),
        text(head, "label", "0", top, align="left", fontSize=SIZE, fontWeight=600),
        text(head, "title", "left", top, align="left", fontSize=SIZE, fontWeight=600, limit=ref("wide")),
        text(head, "held", "x_held", top, align="left", fontSize=SIZE, fontWeight=600),
        text(head, "times", right, top, align="right", fontSize=SIZE, fontWeight=600),
    ]


def _lines() -> alt.Chart:
    return clickable(
        of("method", "waiting"),
        f"{_MIDDLE} - {_ROW / 2}",
        f"{_MIDDLE} + {_ROW / 2}",
        right="total_width + 6",
        shade=0.15,
    )

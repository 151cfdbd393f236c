"""What feeds one network estimate, in Altair: a bar for each trial or direct comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import altair as alt

from netmeta.charts.contribution_bars import ContributionBars, bar_signals, contribution_bars
from netmeta.charts.expressions import at, clickable, framed, of, ref, text
from netmeta.charts.theme import SIZE, palette

if TYPE_CHECKING:
    from netmeta.charts.still import StillChart

__all__ = ["drawn_bars", "spec"]

_HEAD, _SMALL, _LINE = 50, SIZE - 1, 15
_DERIVED: Final = {
    "left": "w_label + 12",
    "bar": "clamp(space - left - w_text - 24, 90, 380)",
    "total_width": "left + bar + 8 + w_text",
    "total_height": f"{_HEAD + 8} + lines * tall + notes * 18",
}
_MIDDLE: Final = f"{_HEAD} + (datum.row + 0.5) * tall"


def drawn_bars(table: ContributionBars, said: str, theme: str, width: int) -> StillChart:
    """Draw the bars as a still picture, with its words."""
    signals = {**bar_signals(table, space=width), **palette(theme)}
    return bars_chart(signals, alt.InlineData(values=list(table.rows)), _size(signals)).properties(description=said)


def bars_chart(signals: dict[str, Any], data: alt.InlineData | alt.NamedData, size: tuple[int, int]) -> StillChart:
    """Lay the marks over a table of rows."""
    return framed([*_bars(), *_words(), _lines()], data, signals, _DERIVED, size)


def spec() -> StillChart:
    """Build the chart that live views embed: named rows, neutral values."""
    signals = {**bar_signals(contribution_bars(None)), **palette("light")}
    return bars_chart(signals, alt.NamedData(name="rows"), _size(signals))


def _size(signals: dict[str, Any]) -> tuple[int, int]:
    """Work out ``total_width`` and ``total_height`` as the chart itself will."""
    left = signals["w_label"] + 12
    bar = min(max(signals["space"] - left - signals["w_text"] - 24, 90), 380)
    return int(left + bar + 8 + signals["w_text"]), _HEAD + 8 + signals["lines"] * signals["tall"] + signals[
        "notes"
    ] * 18


def _bars() -> list[alt.Chart]:
    bars = of("bar")
    colour = alt.condition("datum.id === picked", at("pooled"), at("mark"))
    y, y2 = at(f"{_MIDDLE} - 7"), at(f"{_MIDDLE} + 7")
    rule = of("head").mark_rule(color=ref("muted")).encode(
        x=at("left"), y=alt.value(_HEAD - 2), y2=at(f"{_HEAD + 2} + lines * tall")
    )  # fmt: skip
    bar = bars.mark_rect(opacity=0.85).encode(
        x=at("left"), x2=at("left + datum.length * bar"), y=y, y2=y2, color=colour
    )
    return [bar, rule]


def _words() -> list[alt.Chart]:
    bars, head = of("bar"), of("head")
    weight = ref("datum.id === picked ? 600 : 400")
    whole = ref("max(total_width, space - 24)")
    beside = "left + datum.length * bar + 8"
    return [
        text(bars, "label", "w_label", _MIDDLE, align="right", fontSize=SIZE, fontWeight=weight, lineBreak="\n",
             lineHeight=_LINE, dy=ref(f"datum.lift * {_LINE}")),
        text(bars, "text", beside, _MIDDLE, align="left", fontSize=_SMALL, color="muted"),
        text(head, "title", "0", "12", align="left", fontSize=SIZE, fontWeight=600, limit=whole),
        text(head, "text", "0", "31", align="left", fontSize=_SMALL, color="muted", limit=whole),
        text(of("note"), "text", "0", f"{_HEAD + 16} + lines * tall + 18 * datum.at", align="left", fontSize=_SMALL,
             color="muted"),
    ]  # fmt: skip


def _lines() -> alt.Chart:
    return clickable(of("bar"), f"{_MIDDLE} - tall / 2", f"{_MIDDLE} + tall / 2")

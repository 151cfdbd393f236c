"""Bars in Altair: how often each trial is in a brushed part of the cloud, against all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import altair as alt

from netmeta import numerals
from netmeta.charts.alt_text import joined
from netmeta.charts.expressions import at, clickable, framed, of, ref, text
from netmeta.charts.gosh_rows import SPREADS
from netmeta.charts.share_rows import ShareRows, share_rows, share_signals
from netmeta.charts.theme import SIZE, palette
from netmeta.errors import PoolingError, SelectionError, hint
from netmeta.pooling import Gosh

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netmeta.charts.still import StillChart

__all__ = ["gosh_shares", "spec"]

_ROW, _HEAD = 22, 26
_TEXT: Final = 160
_DERIVED: Final = {
    "left": "w_label + 12",
    "bar": f"clamp(space - left - {_TEXT} - 30, 90, 320)",
    "total_width": f"left + bar + 12 + {_TEXT}",
    "total_height": f"{_HEAD + 6} + lines * {_ROW}",
}
_MIDDLE: Final = f"{_HEAD} + (datum.row + 0.5) * {_ROW}"


def gosh_shares(
    result: Gosh,
    *,
    hr: Sequence[float] | None = None,
    spread: Sequence[float] | None = None,
    by: str = "i2",
    theme: str = "light",
    width: int = 900,
) -> StillChart:
    """Draw which trials make a part of the cloud: bars are their shares there, ticks their shares of all subsets.

    Parameters
    ----------
    result
        What `gosh` gave.
    hr
        Two ends of the pooled hazard ratio (HR scale); all by default.
    spread
        Two ends of what ``by`` names.
    by
        ``"i2"`` (percent) or ``"tau2"``.
    theme
        ``"light"`` or ``"dark"`` colours.
    width
        Width to stay within, in pixels.

    Returns
    -------
    StillChart
        An `altair.LayerChart`.

    Raises
    ------
    PoolingError
        For anything else than a `Gosh`.
    SelectionError
        For another ``by``, and ends that are not two numbers.
    """
    if not isinstance(result, Gosh):
        raise PoolingError(f"gosh_shares() draws what gosh() gives; got {type(result).__name__}.")
    if by not in SPREADS:
        raise SelectionError(f"The cloud has no axis {by!r}.{hint(str(by), SPREADS)}")
    region = {name: _ends(name, ends) for name, ends in (("hr", hr), ("spread", spread)) if ends is not None}
    table = share_rows(result, region, by=by)
    signals = {**share_signals(table, space=width), **palette(theme)}
    chart = share_chart(signals, alt.InlineData(values=list(table.rows)), _size(table, signals))
    bars = joined(
        f"{row['label']}: {numerals.percent(100 * row['share'])}" for row in table.rows if row["kind"] == "trial"
    )
    counted = f"{numerals.count(table.n)} of {numerals.count(result.n)} subsets"
    return chart.properties(description=f"Share of each trial in {counted}. {bars}")


def _ends(name: str, ends: Sequence[float]) -> tuple[float, float]:
    try:
        low, high = sorted(float(end) for end in ends)
    except (TypeError, ValueError):
        raise SelectionError(f"{name} has two ends, such as (0.3, 0.5), not {ends!r}.") from None
    return low, high


def share_chart(signals: dict[str, Any], data: alt.InlineData | alt.NamedData, size: tuple[int, int]) -> StillChart:
    """Lay the marks over a table of rows."""
    return framed([*_bars(), *_words(), _lines()], data, signals, _DERIVED, size)


def spec() -> StillChart:
    """Build the chart that live views embed: named rows, neutral values."""
    table = share_rows(None)
    signals = {**share_signals(table), **palette("light")}
    return share_chart(signals, alt.NamedData(name="rows"), _size(table, signals))


def _size(table: ShareRows, signals: dict[str, Any]) -> tuple[int, int]:
    left = signals["w_label"] + 12
    bar = min(max(signals["space"] - left - _TEXT - 30, 90), 320)
    return int(left + bar + 12 + _TEXT), _HEAD + 6 + table.lines * _ROW


def _bars() -> list[alt.Chart]:
    trials = of("trial")
    colour = alt.condition("datum.id === picked", at("pooled"), at("mark"))
    track = trials.mark_rect(color=ref("faint"), opacity=0.5)
    bars, usual = trials.mark_rect(opacity=0.85), trials.mark_rule(color=ref("ink"), strokeWidth=2)
    y, y2 = at(f"{_MIDDLE} - 6"), at(f"{_MIDDLE} + 6")
    return [
        track.encode(x=at("left"), x2=at("left + bar"), y=y, y2=y2),
        bars.encode(x=at("left"), x2=at("left + datum.share * bar"), y=y, y2=y2, color=colour),
        usual.encode(x=at("left + datum.usual * bar"), y=at(f"{_MIDDLE} - 8"), y2=at(f"{_MIDDLE} + 8")),
    ]


def _words() -> list[alt.Chart]:
    trials, head = of("trial"), of("head")
    weight = ref("datum.id === picked ? 600 : 400")
    small = SIZE - 1
    return [
        text(
            trials, "label", "0", _MIDDLE, align="left", fontSize=SIZE, limit=ref("w_label + 11"), fontWeight=weight
        ),
        text(trials, "text", "left + bar + 12", _MIDDLE, align="left", fontSize=small, limit=_TEXT, color="muted"),
        text(
            head, "title", "left", "11", align="left", fontSize=small, color="ink", fontWeight=600, limit=ref("bar")
        ),
        text(head, "text", "left + bar + 12", "11", align="left", fontSize=small, color="muted", limit=_TEXT),
    ]


def _lines() -> alt.Chart:
    return clickable(of("trial"), f"{_MIDDLE} - {_ROW / 2}", f"{_MIDDLE} + {_ROW / 2}")

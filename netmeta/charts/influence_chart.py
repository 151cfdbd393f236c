"""Influence diagnostics as small multiples over one list of trials, in Altair."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import altair as alt

from netmeta import numerals
from netmeta.charts.alt_text import joined
from netmeta.charts.expressions import at, clickable, framed, of, ref, text
from netmeta.charts.influence_rows import PANELS, InfluenceRows, influence_rows, influence_signals
from netmeta.charts.theme import ROW, SIZE, palette
from netmeta.errors import PoolingError
from netmeta.pooling import Influence

if TYPE_CHECKING:
    from netmeta.charts.still import StillChart

__all__ = ["influence_plot", "spec"]

_HEAD: Final = 46
_DERIVED: Final = {
    "gap": "space < 780 ? 8 : 14",
    "w_panel": f"clamp((space - w_label - gap) / {len(PANELS)} - gap, 44, 120)",
    "bottom": f"{_HEAD} + lines * {ROW}",
    "total_width": f"w_label + gap + {len(PANELS)} * (w_panel + gap) - gap + 4",
    "total_height": "bottom + 22",
}
_LEFT: Final = "w_label + gap + datum.panel * (w_panel + gap)"
_MIDDLE: Final = f"{_HEAD} + (datum.row + 0.5) * {ROW}"


def influence_plot(result: Influence, *, theme: str = "light", width: int = 900) -> StillChart:
    """Draw all influence diagnostics: a line for each trial, a column for each diagnostic.

    Parameters
    ----------
    result
        What `influence` gave.
    theme
        ``"light"`` or ``"dark"`` colours.
    width
        Whole width in pixels.

    Returns
    -------
    StillChart
        An `altair.LayerChart`. A thin line is what a trial without influence would have, dashed lines are the rules
        of thumb (Viechtbauer & Cheung 2010, Res Synth Methods 1:112, as metafor applies them); what is beyond
        stands out.

    Raises
    ------
    PoolingError
        For anything else than an `Influence`.
    """
    if not isinstance(result, Influence):
        raise PoolingError(f"influence_plot() draws what influence() gives; got {type(result).__name__}.")
    table = influence_rows(result)
    signals = {**influence_signals(table, space=width), **palette(theme)}
    chart = influence_chart(signals, alt.InlineData(values=list(table.rows)), _size(table, signals))
    rows = joined(
        f"{row.label}: residual {numerals.decimal(row.rstudent)}, Cook's distance {numerals.decimal(row.cook_d)}, "
        f"weight {numerals.percent(row.weight)}"
        for row in result.rows
    )
    return chart.properties(description=f"Influence of {len(result.rows)} trials. {result.said} {rows}")


def influence_chart(
    signals: dict[str, Any], data: alt.InlineData | alt.NamedData, size: tuple[int, int]
) -> StillChart:
    """Lay the marks over a table of rows."""
    return framed([*_ground(), *_cells(), *_texts(), _lines()], data, signals, _DERIVED, size)


def spec() -> StillChart:
    """Build the chart that live views embed: named rows, neutral values."""
    table = influence_rows(None)
    signals = {**influence_signals(table), **palette("light")}
    return influence_chart(signals, alt.NamedData(name="rows"), _size(table, signals))


def _size(table: InfluenceRows, signals: dict[str, Any]) -> tuple[int, int]:
    """Work out ``total_width`` and ``total_height`` as the chart itself will."""
    gap, n = (8 if signals["space"] < 780 else 14), len(PANELS)  # noqa: PLR2004
    panel = min(max((signals["space"] - signals["w_label"] - gap) / n - gap, 44), 120)
    return int(signals["w_label"] + n * (panel + gap) + 4), _HEAD + table.lines * ROW + 22


def _ground() -> list[alt.Chart]:
    x, y = at(f"{_LEFT} + datum.f * w_panel"), at(str(_HEAD))
    reference = of("rule").transform_filter("datum.style === 'reference'")
    threshold = of("rule").transform_filter("datum.style === 'threshold'")
    head = of("title").mark_rule(strokeWidth=1, color=ref("muted"))
    return [
        head.encode(x=at(_LEFT), x2=at(f"{_LEFT} + w_panel"), y=y),
        reference.mark_rule(strokeWidth=1, color=ref("muted"), opacity=0.7).encode(x=x, y=y, y2=at("bottom")),
        threshold.mark_rule(strokeWidth=1, strokeDash=[3, 3], color=ref("pooled")).encode(
            x=x, y=y, y2=at("bottom")
        ),
    ]


def _cells() -> list[alt.Chart]:
    x, x0 = at(f"{_LEFT} + datum.f * w_panel"), at(f"{_LEFT} + datum.f0 * w_panel")
    colour = alt.condition("datum.flagged", at("pooled"), at("mark"))
    size = alt.condition("datum.flagged", alt.value(80), alt.value(38))
    cells = of("cell")
    return [
        cells.mark_rule(strokeWidth=1.6, opacity=0.65).encode(x=x0, x2=x, y=at(_MIDDLE), color=colour),
        cells.mark_point(filled=True, opacity=1).encode(x=x, y=at(_MIDDLE), color=colour, size=size),
    ]


def _texts() -> list[alt.Chart]:
    middle = f"{_LEFT} + w_panel / 2"
    look: dict[str, Any] = {"fontSize": SIZE - 2, "align": "center", "limit": ref("w_panel + gap - 2")}
    # Numbers at the edge of a panel keep inside of it, or they would touch those of the next.
    inside = ref("datum.f < 0.25 ? 'left' : datum.f > 0.75 ? 'right' : 'center'")
    shift = ref("datum.f < 0.25 ? -4 : datum.f > 0.75 ? 4 : 0")
    room, roomy = ref("w_panel < 76 ? 0 : 1"), ref("datum.minor && w_panel < 62 ? 0 : 1")
    name = of("trial").mark_text(
        align="left", baseline="middle", fontSize=SIZE, limit=ref("w_label + gap"),
        fontWeight=ref("datum.flagged ? 600 : 400"),
    )  # fmt: skip
    colour = alt.condition("datum.flagged", at("pooled"), at("ink"))
    return [
        name.encode(x=alt.value(0), y=at(_MIDDLE), text="label:N", color=colour),
        text(
            of("title"),
            "text",
            middle,
            "12",
            **{**look, "fontSize": ref(f"w_panel < 62 ? {SIZE - 3} : {SIZE - 0.5}"), "fontWeight": 600},
        ),
        text(of("title"), "says", middle, "30", color="muted", opacity=room, **look),
        text(
            of("tick"),
            "text",
            f"{_LEFT} + datum.f * w_panel",
            "bottom + 11",
            color="muted",
            fontSize=SIZE - 2,
            align=inside,
            dx=shift,
            opacity=roomy,
        ),
    ]


def _lines() -> alt.Chart:
    top, bottom = f"{_HEAD} + datum.row * {ROW}", f"{_HEAD} + (datum.row + 1) * {ROW}"
    return clickable(of("trial"), top, bottom, right="total_width + 2")

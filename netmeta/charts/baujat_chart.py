"""The Baujat plot in Altair: who disagrees, and who pulls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import altair as alt

from netmeta import numerals
from netmeta.charts.alt_text import joined
from netmeta.charts.baujat_rows import BESIDE, HEIGHT, WIDTH, baujat_rows, baujat_signals
from netmeta.charts.expressions import at, framed, hovering, of, ref
from netmeta.charts.theme import SIZE, palette
from netmeta.errors import PoolingError
from netmeta.pooling import Baujat

if TYPE_CHECKING:
    from netmeta.charts.still import StillChart

__all__ = ["baujat", "spec"]

_DERIVED: Final = {"total_width": f"clamp(space - 80, 260, {WIDTH})"}
_X: Final = "Disagreement with the others (part of heterogeneity)"
_Y: Final = "Pull on the pooled HR"


def baujat(result: Baujat, *, theme: str = "light", width: int = 900) -> StillChart:
    """Draw a Baujat plot: to the right who disagrees with the others, upwards who moves the result.

    Parameters
    ----------
    result
        What `contribution` gave.
    theme
        ``"light"`` or ``"dark"`` colours.
    width
        Width to stay within, in pixels; the plot takes no more than it needs.

    Returns
    -------
    StillChart
        An `altair.LayerChart` (Baujat, Mahe, Pignon & Hill 2002, Stat Med 21:2641).

    Raises
    ------
    PoolingError
        For anything else than a `Baujat`.
    """
    if not isinstance(result, Baujat):
        raise PoolingError(
            f"baujat() draws what contribution() gives; got {type(result).__name__}. "
            "Call nm.baujat(nm.contribution(evidence))."
        )
    table = baujat_rows(result)
    signals = {**baujat_signals(table, space=width), **palette(theme)}
    size = min(max(width - 80, 260), WIDTH), HEIGHT
    chart = baujat_chart(signals, alt.InlineData(values=list(table.rows)), size)
    points = joined(
        f"{row.label}: disagreement {numerals.decimal(row.heterogeneity)}, pull {numerals.decimal(row.influence)}"
        for row in result.rows
    )
    return chart.properties(description=f"Baujat plot of {len(table.rows)} trials. {result.said} {points}")


def baujat_chart(
    signals: dict[str, Any], data: alt.InlineData | alt.NamedData, size: tuple[int, int]
) -> StillChart:
    """Lay the marks over a table of rows."""
    return framed(_points(), data, signals, _DERIVED, size)


def spec() -> StillChart:
    """Build the chart that live views embed: named rows, neutral values."""
    signals = {**baujat_signals(baujat_rows(None)), **palette("light")}
    return baujat_chart(signals, alt.NamedData(name="rows"), (WIDTH, HEIGHT))


def _axis(title: str) -> alt.Axis:
    return alt.Axis(
        title=title,
        tickCount=5,
        grid=True,
        gridColor=ref("faint"),
        gridOpacity=0.6,
        labelColor=ref("muted"),
        domainColor=ref("muted"),
        tickColor=ref("muted"),
        titleColor=ref("muted"),
        titleFontWeight="normal",
        labelFontSize=SIZE - 2,
        titleFontSize=SIZE - 1,
    )


def _places() -> dict[str, Any]:
    return {
        "x": alt.X("x:Q", axis=_axis(_X), scale=alt.Scale(domain=[0, ref("x_high")], nice=False)),
        "y": alt.Y("y:Q", axis=_axis(_Y), scale=alt.Scale(domain=[0, ref("y_high")], nice=False)),
    }


def _points() -> list[alt.Chart]:
    hover = hovering()
    points, marked = of("point"), "datum.id === picked || datum.id === focused"
    colour = alt.condition("datum.id === picked", at("pooled"), at("mark"))
    names = points.mark_text(
        align=ref("datum.align"), dx=ref(f"datum.align === 'left' ? {BESIDE} : -{BESIDE}"), dy=ref("datum.dy"),
        baseline="middle", fontSize=SIZE - 1,
        limit=190, fontWeight=ref("datum.id === picked ? 600 : 400"),
    )  # fmt: skip
    shown = alt.when(hover).then(alt.value(1)).when(f"datum.named || {marked}").then(alt.value(1))
    ring = points.mark_point(size=260, strokeWidth=2, filled=False, cursor="pointer")
    dots = points.mark_point(size=62, filled=True, cursor="pointer", opacity=1)
    target = points.mark_point(size=420, filled=True, cursor="pointer", opacity=0)
    return [
        ring.encode(**_places(), stroke=at("pooled"), opacity=alt.condition(marked, alt.value(1), alt.value(0))),
        dots.encode(**_places(), color=colour),
        names.encode(**_places(), text="label:N", color=at("ink"), opacity=shown.otherwise(alt.value(0))),
        target.encode(**_places(), tooltip="tip:N").add_params(hover).properties(name="points"),
    ]

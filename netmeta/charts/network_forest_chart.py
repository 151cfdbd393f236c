"""The forest plot of a network: the marks of the forest plot, with prediction intervals behind the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from netmeta.charts.alt_text import effects_said
from netmeta.charts.forest_chart import ROWS, forest_chart
from netmeta.charts.forest_layout import forest_signals
from netmeta.charts.forest_rows import forest_rows
from netmeta.charts.network_forest_rows import network_forest_rows
from netmeta.charts.ratio_marks import at, ratio_x, ref
from netmeta.charts.theme import ROW, palette
from netmeta.errors import NetworkError
from netmeta.network import NetworkResult

if TYPE_CHECKING:
    from collections.abc import Mapping

    from netmeta.charts.still import StillChart

__all__ = ["network_forest", "network_forest_chart", "spec"]


def network_forest(
    result: NetworkResult, *, feeds: Mapping[str, str] | None = None, theme: str = "light", width: int = 900
) -> StillChart:
    """Draw a network meta-analysis: every treatment against the reference, the best P-score first.

    Parameters
    ----------
    result
        What `compare` gave.
    feeds
        A last line for the tooltips of some treatments, by name: where their estimates come from.
    theme
        ``"light"`` or ``"dark"`` colours.
    width
        Whole width in pixels.

    Returns
    -------
    StillChart
        An `altair.LayerChart`, hazard ratios on a log axis: squares by precision, confidence intervals, and pale
        bars for the prediction intervals.

    Raises
    ------
    NetworkError
        For what `compare` did not give, and ``feeds`` for a treatment that the network does not have.
    SelectionError
        For a theme that does not exist.
    """
    if not isinstance(result, NetworkResult):
        raise NetworkError(
            f"network_forest() draws what compare() gives; got {type(result).__name__}. "
            "Call nm.network_forest(nm.compare(evidence))."
        )
    for name in feeds or ():
        result.place(name)
    table = network_forest_rows(result, feeds=feeds, space=width)
    signals = {**forest_signals(table, space=width), **palette(theme)}
    chart = network_forest_chart(signals, alt.InlineData(values=list(table.rows)))
    return chart.properties(description=f"Forest plot of a network. {result.said} {effects_said(result)}")


def network_forest_chart(signals: dict[str, Any], data: alt.InlineData | alt.NamedData) -> StillChart:
    """Lay the prediction intervals under the intervals of a forest plot."""
    chart = forest_chart(signals, data)
    names = [getattr(layer, "name", None) for layer in chart.layer]
    at_intervals = names.index("intervals")
    chart.layer = [*chart.layer[:at_intervals], *_predictions(), *chart.layer[at_intervals:]]
    return chart


def spec() -> alt.LayerChart:
    """Build the chart that live views embed: named rows, neutral values."""
    signals = {**forest_signals(forest_rows((), None)), **palette("light")}
    return network_forest_chart(signals, alt.NamedData(name=ROWS))


def _predictions() -> list[alt.Chart]:
    rows = alt.Chart().transform_filter("datum.kind === 'trial' && isValid(datum.pi_low)")
    y = at(f"(datum.row + 0.5) * {ROW}")
    bar = rows.mark_rule(strokeWidth=7, color=ref("mark"), opacity=0.28)
    arrows = [
        rows.transform_filter(f"isValid(datum.pi_{side})")
        .mark_point(shape="triangle-up", angle=angle, size=70, filled=True, opacity=0.5, color=ref("mark"))
        .encode(x=ratio_x(f"pi_{side}"), y=y)
        for side, angle in (("left", 270), ("right", 90))
    ]
    return [bar.encode(x=ratio_x("pi_low"), x2=alt.X2("pi_high"), y=y).properties(name="predictions"), *arrows]

"""The shrinkage plot: a forest plot with each trial's own estimate, light, over the shrunken one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from netmeta.charts.forest_chart import ROWS, forest_chart
from netmeta.charts.forest_layout import forest_signals
from netmeta.charts.forest_rows import forest_rows
from netmeta.charts.ratio_marks import at, ratio_x, ref
from netmeta.charts.shrinkage_rows import shrinkage_rows
from netmeta.charts.theme import ROW, palette
from netmeta.errors import PoolingError
from netmeta.pooling import BayesianResult

if TYPE_CHECKING:
    from netmeta.charts.still import StillChart

__all__ = ["shrinkage", "shrinkage_chart", "spec"]

_RAISED = 8


def shrinkage(result: BayesianResult, *, theme: str = "light", width: int = 960) -> StillChart:
    """Draw how each trial's estimate is drawn towards the pooled effect.

    Parameters
    ----------
    result
        What `bayesian` gave.
    theme
        ``"light"`` or ``"dark"`` colours.
    width
        Whole width in pixels.

    Returns
    -------
    StillChart
        An `altair.LayerChart`, hazard ratios on a log axis: own estimates light, shrunken ones dark.

    Raises
    ------
    PoolingError
        For what is no result of `bayesian`.
    """
    if not isinstance(result, BayesianResult):
        raise PoolingError(f"shrinkage() draws what bayesian() gives; got {type(result).__name__}.")
    table = shrinkage_rows(result)
    signals = {**forest_signals(table, space=width), **palette(theme)}
    chart = shrinkage_chart(signals, alt.InlineData(values=list(table.rows)))
    said = "; ".join(f"{row['label']}: {row['effect']}" for row in table.rows if row["id"])
    return chart.properties(description=f"Shrunken trial effects. {said}.")


def shrinkage_chart(signals: dict[str, Any], data: alt.InlineData | alt.NamedData) -> StillChart:
    """Lay the own estimates into a forest plot."""
    chart = forest_chart(signals, data)
    names = [getattr(layer, "name", None) for layer in chart.layer]
    at_intervals = names.index("intervals")
    chart.layer = [*chart.layer[:at_intervals], *_own(), *chart.layer[at_intervals:]]
    return chart


def spec() -> alt.LayerChart:
    """Build the chart that live views embed: named rows, neutral values."""
    signals = {**forest_signals(forest_rows((), None)), **palette("light")}
    return shrinkage_chart(signals, alt.NamedData(name=ROWS))


def _own() -> list[alt.Chart]:
    trials = alt.Chart().transform_filter("datum.kind === 'trial'")
    y = at(f"(datum.row + 0.5) * {ROW} - {_RAISED}")
    span = trials.mark_rule(strokeWidth=1.4, color=ref("out"))
    dot = trials.transform_filter("isValid(datum.own_hr)").mark_point(
        shape="circle", size=26, opacity=1, strokeWidth=1.4, color=ref("out")
    )
    arrows = [
        trials.transform_filter(f"isValid(datum.own_{side})")
        .mark_point(shape="triangle-up", angle=angle, size=30, filled=True, opacity=1, color=ref("out"))
        .encode(x=ratio_x(f"own_{side}"), y=y)
        for side, angle in (("left", 270), ("right", 90))
    ]
    return [
        span.encode(x=ratio_x("own_low"), x2=alt.X2("own_high"), y=y).properties(name="own"),
        dot.encode(x=ratio_x("own_hr"), y=y),
        *arrows,
    ]

"""The forest plot of subgroups: the marks of the forest plot over a table with headings and a diamond a group."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

from netmeta.charts.forest_chart import forest_chart
from netmeta.charts.forest_layout import forest_signals
from netmeta.charts.group_rows import group_rows
from netmeta.charts.theme import palette
from netmeta.errors import PoolingError
from netmeta.pooling import Subgroups

if TYPE_CHECKING:
    from netmeta.charts.still import StillChart

__all__ = ["subgroup_forest"]


def subgroup_forest(result: Subgroups, *, theme: str = "light", width: int = 900) -> StillChart:
    """Draw a subgroup analysis: headings, trials under each, a diamond a group, all of them, the test between.

    Parameters
    ----------
    result
        What `subgroups` gave.
    theme
        ``"light"`` or ``"dark"`` colours.
    width
        Whole width in pixels.

    Returns
    -------
    StillChart
        An `altair.LayerChart`, hazard ratios on a log axis. A group of one trial has no diamond of its own.

    Raises
    ------
    PoolingError
        For anything else than `Subgroups`.
    """
    if not isinstance(result, Subgroups):
        raise PoolingError(
            f"subgroup_forest() draws what subgroups() gives; got {type(result).__name__}. "
            'Call nm.subgroup_forest(nm.subgroups(evidence, "assessor")).'
        )
    table = group_rows(result)
    signals = {**forest_signals(table, space=width), **palette(theme)}
    chart = forest_chart(signals, alt.InlineData(values=list(table.rows)))
    return chart.properties(description=f"Forest plot by group. {result.said}")

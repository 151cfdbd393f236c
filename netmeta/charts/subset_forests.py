"""Leave-one-out and cumulative analysis as forest plots in Altair."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

from netmeta import numerals
from netmeta.charts.cumulative_rows import cumulative_rows
from netmeta.charts.forest_chart import forest_chart
from netmeta.charts.forest_layout import forest_signals
from netmeta.charts.omission_rows import omission_rows
from netmeta.charts.theme import palette
from netmeta.errors import PoolingError
from netmeta.pooling import Cumulative, LeaveOneOut

if TYPE_CHECKING:
    from netmeta.charts.forest_rows import ForestRows
    from netmeta.charts.still import StillChart
    from netmeta.pooling import SubsetFit

__all__ = ["cumulative_forest", "leave_one_out_forest"]


def leave_one_out_forest(result: LeaveOneOut, *, theme: str = "light", width: int = 900) -> StillChart:
    """Draw a leave-one-out analysis as a forest plot: one line for the pool without each trial.

    Parameters
    ----------
    result
        What `leave_one_out` gave.
    theme, width
        As in `forest`.

    Returns
    -------
    StillChart
        An `altair.LayerChart`, pooled hazard ratios on a log axis.

    Raises
    ------
    PoolingError
        For anything else than a `LeaveOneOut`.
    """
    if not isinstance(result, LeaveOneOut):
        raise PoolingError(f"leave_one_out_forest() draws what leave_one_out() gives; got {type(result).__name__}.")
    said = "; ".join(f"without {_effect(row)}" for row in result.rows)
    return _drawn(omission_rows(result), f"Leave-one-out. {said}.", theme, width)


def cumulative_forest(result: Cumulative, *, theme: str = "light", width: int = 900) -> StillChart:
    """Draw a cumulative analysis as a forest plot: one line for the pool after each trial that comes in.

    Parameters
    ----------
    result
        What `cumulative` gave.
    theme, width
        As in `forest`.

    Returns
    -------
    StillChart
        An `altair.LayerChart`, pooled hazard ratios on a log axis; the first line is the first trial alone.

    Raises
    ------
    PoolingError
        For anything else than a `Cumulative`.
    """
    if not isinstance(result, Cumulative):
        raise PoolingError(f"cumulative_forest() draws what cumulative() gives; got {type(result).__name__}.")
    said = "; ".join(f"with {_effect(row)}" for row in result.rows)
    return _drawn(cumulative_rows(result), f"Cumulative analysis. {said}.", theme, width)


def _effect(fit: SubsetFit) -> str:
    ci = fit.ci.exp()
    return f"{fit.label}: {numerals.estimate(fit.hr, ci.low, ci.high)}"


def _drawn(table: ForestRows, said: str, theme: str, width: int) -> StillChart:
    signals = {**forest_signals(table, space=width), **palette(theme)}
    chart = forest_chart(signals, alt.InlineData(values=list(table.rows)))
    return chart.properties(description=said)

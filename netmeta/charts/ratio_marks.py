"""Encodings that charts on a log axis of hazard ratios share: every place is a parameter of the chart."""

from __future__ import annotations

from typing import Any

import altair as alt

from netmeta.charts.theme import SIZE

__all__ = ["at", "ratio_x", "ref"]


def ref(name: str) -> alt.ExprRef:
    """Refer to a parameter, or to an expression of parameters."""
    return alt.ExprRef(name)


def at(expr: str) -> Any:  # noqa: ANN401
    """Place a mark in pixels by an expression of parameters and of ``datum``."""
    return alt.value(ref(expr))


def ratio_x(field: str) -> alt.X:
    """Place a mark on the log axis from ``axis_low`` to ``axis_high``, between ``plot_left`` and ``plot_right``."""
    scale = alt.Scale(
        type="log",
        domain=[ref("axis_low"), ref("axis_high")],
        range=[ref("plot_left"), ref("plot_right")],
        nice=False,
        zero=False,
    )
    axis = alt.Axis(
        values=ref("axis_ticks"),
        format="~g",
        title=None,
        orient="bottom",
        grid=False,
        labelColor=ref("muted"),
        domainColor=ref("muted"),
        tickColor=ref("muted"),
        labelFontSize=SIZE - 1,
        offset=2,
        labelFlush=False,
    )
    return alt.X(f"{field}:Q", scale=scale, axis=axis)

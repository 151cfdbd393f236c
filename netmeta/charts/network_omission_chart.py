"""A network without each trial in turn, as a forest plot in Altair."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

from netmeta.charts.forest_chart import forest_chart
from netmeta.charts.forest_layout import forest_signals
from netmeta.charts.network_omission_rows import most_moved, network_omission_rows
from netmeta.charts.theme import palette
from netmeta.errors import NetworkError
from netmeta.network import NetworkOmissions
from netmeta.pooling.words import effect

if TYPE_CHECKING:
    from netmeta.charts.still import StillChart

__all__ = ["network_omission_forest"]


def network_omission_forest(
    omissions: NetworkOmissions, *, treatment: str = "", theme: str = "light", width: int = 900
) -> StillChart:
    """Draw a treatment's effect in the network without each trial in turn.

    Parameters
    ----------
    omissions
        What `omit_trials` gave.
    treatment
        The treatment, against the reference; by default the one that some trial moves most.
    theme
        ``"light"`` or ``"dark"`` colours.
    width
        Whole width in pixels.

    Returns
    -------
    StillChart
        An `altair.LayerChart`, hazard ratios on a log axis. A trial without which nothing joins the treatment to
        the reference has no interval: ``not connected``.

    Raises
    ------
    NetworkError
        For anything else than `NetworkOmissions`, a treatment that the network does not have, and the reference.
    SelectionError
        For a theme that does not exist.
    """
    if not isinstance(omissions, NetworkOmissions):
        raise NetworkError(
            f"network_omission_forest() draws what omit_trials() gives; got {type(omissions).__name__}. "
            "Call nm.network_omission_forest(nm.omit_trials(result))."
        )
    name = treatment or most_moved(omissions)
    table = network_omission_rows(omissions, name, space=width)
    signals = {**forest_signals(table, space=width), **palette(theme)}
    chart = forest_chart(signals, alt.InlineData(values=list(table.rows)))
    said = "; ".join(
        f"without {row.label} {effect(one) if (one := row.effect(name)) else 'not connected'}"
        for row in omissions.rows
    )
    return chart.properties(description=f"{name} against {omissions.overall.reference}: {said}.")

"""The net heat plot in Altair: designs against designs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netmeta.charts.heat_rows import heat_rows
from netmeta.charts.matrix_chart import drawn_matrix
from netmeta.errors import NetworkError
from netmeta.network import NetHeat

if TYPE_CHECKING:
    from netmeta.charts.still import StillChart

__all__ = ["net_heat_plot"]


def net_heat_plot(heat: NetHeat, *, theme: str = "light", width: int = 900) -> StillChart:
    """Draw a net heat plot: warm where two designs disagree, cool where one holds the other to the network.

    Parameters
    ----------
    heat
        What `net_heat` gave.
    theme
        ``"light"`` or ``"dark"`` colours.
    width
        Width to stay within, in pixels.

    Returns
    -------
    StillChart
        An `altair.LayerChart` (Krahn, Binder & Konig 2013, BMC Med Res Methodol 13:35). The grey square in a cell
        is the weight of the column's design in the line's network estimate. Designs without any part are left out,
        and hot ones stand together.

    Raises
    ------
    NetworkError
        For anything else than a `NetHeat`.
    SelectionError
        For a theme that does not exist.
    """
    if not isinstance(heat, NetHeat):
        raise NetworkError(
            f"net_heat_plot() draws what net_heat() gives; got {type(heat).__name__}. "
            "Call nm.net_heat_plot(nm.net_heat(result))."
        )
    return drawn_matrix(heat_rows(heat, space=width), f"Net heat plot. {heat.said}", theme, width)

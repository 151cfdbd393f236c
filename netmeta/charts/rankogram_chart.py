"""The rankogram in Altair: a strip of tinted ranks for each treatment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netmeta.charts.matrix_chart import drawn_matrix
from netmeta.charts.rankogram_rows import rank_interval, rankogram_rows
from netmeta.errors import NetworkError
from netmeta.network import Ranking

if TYPE_CHECKING:
    from netmeta.charts.still import StillChart

__all__ = ["rankogram"]


def rankogram(ranking: Ranking, *, theme: str = "light", width: int = 900) -> StillChart:
    """Draw the chance of every rank as a matrix: a line a treatment, a column a rank, the chance as tint.

    Parameters
    ----------
    ranking
        What `rank` gave.
    theme
        ``"light"`` or ``"dark"`` colours.
    width
        Width to stay within, in pixels.

    Returns
    -------
    StillChart
        An `altair.LayerChart` (Salanti, Ades & Ioannidis 2011, J Clin Epidemiol 64:163). The interval of each rank
        is outlined: a rank without one says more than is known.

    Raises
    ------
    NetworkError
        For anything else than a `Ranking`.
    SelectionError
        For a theme that does not exist.
    """
    if not isinstance(ranking, Ranking):
        raise NetworkError(
            f"rankogram() draws what rank() gives; got {type(ranking).__name__}. "
            "Call nm.rankogram(nm.rank(result))."
        )
    said = "; ".join(f"{row.treatment}: {rank_interval(row)}" for row in ranking.rows)
    return drawn_matrix(rankogram_rows(ranking, space=width), f"Rankogram. Rank intervals: {said}.", theme, width)

"""Contributions in Altair: the matrix of all estimates, or the bars of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netmeta.charts.alt_text import joined
from netmeta.charts.contribution_bars import contribution_bars
from netmeta.charts.contribution_bars_chart import drawn_bars
from netmeta.charts.contribution_rows import contribution_rows
from netmeta.charts.matrix_chart import drawn_matrix
from netmeta.errors import NetworkError
from netmeta.network import NetworkContributions

if TYPE_CHECKING:
    from netmeta.charts.still import StillChart

__all__ = ["contribution_plot"]


def contribution_plot(
    contributions: NetworkContributions,
    *,
    comparison: tuple[str, str] | None = None,
    by: str = "",
    theme: str = "light",
    width: int = 900,
) -> StillChart:
    """Draw what feeds the estimates of a network: a matrix, or bars for a single estimate.

    Parameters
    ----------
    contributions
        What `network_contributions` gave.
    comparison
        Two treatments, such as ``("cabozantinib", "placebo")``: bars of this estimate alone.
    by
        ``"comparison"`` (by default in the matrix) or ``"trial"`` (by default in the bars).
    theme
        ``"light"`` or ``"dark"`` colours.
    width
        Width to stay within, in pixels.

    Returns
    -------
    StillChart
        An `altair.LayerChart` of shares in percent (Papakonstantinou et al. 2018, F1000Research 7:610). The matrix
        has a line for each treatment against the reference; for every pair, where those are no more than 15.

    Raises
    ------
    NetworkError
        For anything else than `NetworkContributions`, and a pair that the network does not have.
    SelectionError
        For another ``by``, or a theme that does not exist.
    """
    if not isinstance(contributions, NetworkContributions):
        raise NetworkError(
            f"contribution_plot() draws what network_contributions() gives; got {type(contributions).__name__}. "
            "Call nm.contribution_plot(nm.network_contributions(result))."
        )
    if comparison is None:
        matrix = contribution_rows(contributions, by=by or "comparison", space=width)
        return drawn_matrix(matrix, _described(contributions), theme, width)
    if isinstance(comparison, str) or len(comparison) != 2:  # noqa: PLR2004
        raise NetworkError(
            f'comparison names two treatments, such as ("cabozantinib", "placebo"), not {comparison!r}.'
        )
    bars = contribution_bars(contributions, comparison, by=by or "trial", space=width)
    words = f"{' vs '.join(comparison)}. {contributions.in_words(*comparison)}"
    return drawn_bars(bars, words, theme, width)


def _described(contributions: NetworkContributions) -> str:
    """Say what feeds each estimate against the reference."""
    result = contributions.result
    fed = joined(f"{name}: {_fed(contributions, name)}" for name in result.ranking if name != result.reference)
    return f"Contributions to network estimates. {contributions.said} {fed}"


def _fed(contributions: NetworkContributions, name: str) -> str:
    return contributions.in_words(name, contributions.result.reference).removesuffix(".")

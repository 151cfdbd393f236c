"""Node splits as a forest plot in Altair: direct, indirect and network estimates of each comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import altair as alt

from netmeta.charts.expressions import framed, of, text
from netmeta.charts.forest_chart import forest_chart
from netmeta.charts.forest_layout import forest_signals
from netmeta.charts.split_rows import split_rows
from netmeta.charts.theme import SIZE, palette
from netmeta.errors import NetworkError
from netmeta.network import NodeSplits
from netmeta.network.split_words import split_in_words

if TYPE_CHECKING:
    from netmeta.charts.forest_rows import ForestRows
    from netmeta.charts.still import StillChart

__all__ = ["split_forest"]

_LINE: Final = 20


def split_forest(splits: NodeSplits, *, theme: str = "light", width: int = 900) -> StillChart:
    """Draw node splits: for each comparison with both sources, the direct, indirect and network estimate.

    Parameters
    ----------
    splits
        What `node_splits` gave.
    theme
        ``"light"`` or ``"dark"`` colours.
    width
        Whole width in pixels.

    Returns
    -------
    StillChart
        An `altair.LayerChart`, hazard ratios on a log axis, with the P value of the difference in each heading.
        Comparisons without indirect evidence are counted under it; where there are no others, the note is all.

    Raises
    ------
    NetworkError
        For anything else than `NodeSplits`.
    SelectionError
        For a theme that does not exist.
    """
    if not isinstance(splits, NodeSplits):
        raise NetworkError(
            f"split_forest() draws what node_splits() gives; got {type(splits).__name__}. "
            "Call nm.split_forest(nm.node_splits(result))."
        )
    table = split_rows(splits, space=width)
    words = " ".join((f"Direct and indirect evidence. {splits.said}", *map(split_in_words, splits.split)))
    if not splits.split:
        return _note(table, theme).properties(description=words)
    signals = {**forest_signals(table, space=width), **palette(theme)}
    return forest_chart(signals, alt.InlineData(values=list(table.rows))).properties(description=words)


def _note(table: ForestRows, theme: str) -> StillChart:
    """Write the notes, where there is nothing to draw."""
    words = text(
        of("note"), "label", "0", f"(datum.row + 0.5) * {_LINE}", align="left", fontSize=SIZE - 1, color="muted"
    )
    data = alt.InlineData(values=list(table.rows))
    return framed([words], data, palette(theme), {}, (320, _LINE * len(table.rows)))

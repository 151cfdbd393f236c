"""One comparison of a network as a forest plot: its trials, what they say together, what the network says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netmeta.charts.forest_rows import ForestRows, diamond, favours, forest_rows, line
from netmeta.pooling.words import effect

if TYPE_CHECKING:
    from collections.abc import Collection

    from netmeta.charts.axis import RatioAxis
    from netmeta.charts.forest_rows import Row
    from netmeta.evidence import Trial
    from netmeta.network import DirectEffect, NetworkEffect

__all__ = ["comparison_rows"]


def comparison_rows(
    trials: Collection[Trial],
    *,
    included: Collection[str],
    direct: DirectEffect | None = None,
    network: NetworkEffect | None = None,
    level: float = 0.95,
) -> ForestRows:
    """Lay out the trials that compare two treatments, with the direct and the network estimate.

    Parameters
    ----------
    trials
        The trials that make the comparison, taken out or not.
    included
        Keys of those that are in the network.
    direct, network
        The two estimates, one way round; ``None`` where there is none.
    level
        Level of the trials' intervals.
    """
    table = forest_rows(trials, None, level=level, included=included)
    head, *body = table.rows
    lines = [{**head, "weight": ""}, *({**row, "weight": row["weight"].replace("100%", "")} for row in body)]
    if direct is not None and direct.k > 1:
        lines.append(_estimate("subtotal", f"Together: {direct.comparison}", direct, table.axis))
    if network is not None:
        lines.append(_estimate("pooled", f"Network: {network.comparison}", network, table.axis))
    for at, row in enumerate(lines):
        row["row"] = at
    return ForestRows(tuple(lines), table.axis, favours(tuple(trials)), table.hidden)


def _estimate(kind: str, label: str, found: DirectEffect | NetworkEffect, axis: RatioAxis) -> Row:
    ratios = found.ci.exp()
    return {**line(kind, label, effect(found), ""), **diamond(found.hr, ratios.low, ratios.high, axis)}

"""All treatments against the reference, live: which trials feed a number stands in its tooltip."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from netmeta.charts.forest_layout import forest_measures, forest_signals
from netmeta.charts.forest_rows import forest_rows
from netmeta.charts.network_forest_rows import network_forest_rows
from netmeta.charts.network_graph_rows import node_id
from netmeta.network import NetworkResult, network_contributions
from netmeta.state import Problem
from netmeta.widgets.network_figure import NetworkFigure

if TYPE_CHECKING:
    from netmeta.widgets.analysis import Analysis
    from netmeta.widgets.figure import Drawn

__all__ = ["NetworkForestView", "set_reference"]


def set_reference(analysis: Analysis, name: str) -> bool:
    """Make the treatment of this node id the reference, and say whether there is one."""
    result = analysis.network_outcome
    known = () if isinstance(result, Problem) else result.treatments
    one = next((one for one in known if node_id(one) == name), None)
    if one is not None:
        analysis.network = replace(analysis.network, reference=one)
    return one is not None


class NetworkForestView(NetworkFigure[NetworkResult]):
    """A line for each treatment, the best P-score first; a click on one makes it the reference."""

    figure = "network_forest"
    measures = forest_measures()
    guide = "Arrow keys move between treatments, Enter compares the others with one."

    def judge(self, result: NetworkResult) -> NetworkResult:
        """Show the network itself."""
        return result

    def drawn(self, found: NetworkResult | None) -> Drawn:
        """Place the lines."""
        if found is None:
            table = forest_rows((), None)
        else:
            shares = network_contributions(found)
            others = (name for name in found.treatments if name != found.reference)
            table = network_forest_rows(
                found, feeds={name: shares.in_words(name, found.reference) for name in others}
            )
        return {"rows": list(table.rows)}, forest_signals(table)

    def words(self, found: NetworkResult) -> str:
        """Say what is shown, and how to read it."""
        return (
            f"Each treatment against {found.reference}, the highest P-score first: the HR with its confidence "
            "interval, and pale bars for a new trial. Hover over a line for the trials that feed it."
        )

    def pick(self, name: str) -> None:
        """Compare the others with the treatment that is clicked."""
        set_reference(self.analysis, name)

    def choices(self, rows: list[dict[str, Any]]) -> tuple[dict[str, str], ...]:
        """Name the lines."""
        named = (row for row in rows if row["id"])
        return tuple({"id": row["id"], "label": f"{row['label']}, HR {row['effect']}"} for row in named)

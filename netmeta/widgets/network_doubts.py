"""Doubts about a network, live: direct against indirect, net heat, trials left out, small trials."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from netmeta.charts.adjusted_funnel_rows import adjusted_funnel_rows, adjusted_funnel_signals
from netmeta.charts.forest_layout import forest_measures, forest_signals
from netmeta.charts.heat_rows import heat_rows
from netmeta.charts.matrix_rows import matrix_signals
from netmeta.charts.network_omission_rows import most_moved, network_omission_rows
from netmeta.charts.split_rows import split_rows
from netmeta.errors import NetmetaError
from netmeta.network import (
    AdjustedFunnel,
    NetHeat,
    NetworkOmissions,
    NodeSplits,
    adjusted_funnel_data,
    inconsistency,
    net_heat,
    node_splits,
    omit_trials,
)
from netmeta.widgets import controls as w
from netmeta.widgets.network_figure import NetworkFigure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netmeta.charts.forest_rows import ForestRows
    from netmeta.network import NetworkResult
    from netmeta.widgets.figure import Drawn

__all__ = ["NetworkFunnelView", "NetworkHeatView", "NetworkOmissionView", "NetworkSplitView"]


def _bar(control: w.Dropdown) -> w.HBox:
    made = w.HBox([control])
    made.add_class("netmeta-switches")
    return made


def _forest(table: ForestRows) -> Drawn:
    return {"rows": list(table.rows)}, forest_signals(table)


class NetworkSplitView(NetworkFigure[NodeSplits]):
    """Direct and indirect evidence of each comparison that has both, and the test between designs above them."""

    figure = "forest"
    measures = forest_measures()

    def controls(self) -> Sequence[w.Widget]:
        """Make the choice of the method."""
        options = [
            ("node-splitting: the network fitted anew", "node-splitting"),
            ("back-calculation", "back-calculation"),
        ]
        self.method = w.Dropdown(options=options, description="Split by", layout={"width": "auto"})
        self.method.style.description_width = "initial"
        self.method.observe(self.answer(lambda _change: self.refresh()), "value")
        return (_bar(self.method),)

    def judge(self, result: NetworkResult) -> NodeSplits:
        """Split every direct comparison."""
        return node_splits(result, self.method.value)

    def drawn(self, found: NodeSplits | None) -> Drawn:
        """Place the lines."""
        return _forest(split_rows(found))

    def words(self, found: NodeSplits) -> str:
        """Say which comparisons disagree, and whether designs do."""
        _q, *tests = inconsistency(found.result).findings()
        return f"{super().words(found)} {tests[0]}"


class NetworkHeatView(NetworkFigure[NetHeat]):
    """The net heat plot: which designs disagree, and through which others."""

    figure = "matrix"

    def judge(self, result: NetworkResult) -> NetHeat:
        """Take the designs apart."""
        return net_heat(result)

    def drawn(self, found: NetHeat | None) -> Drawn:
        """Place the cells."""
        table = heat_rows(found)
        return {"rows": list(table.rows)}, matrix_signals(table)

    def pick(self, name: str) -> None:
        """Leave a click on a cell without an answer: a design is no trial."""

    def choices(self, rows: list[dict[str, Any]]) -> tuple[dict[str, str], ...]:  # noqa: ARG002
        """Name no cell: nothing can be picked, and the sentence says what there is to see."""
        return ()


class NetworkOmissionView(NetworkFigure[NetworkOmissions]):
    """One treatment against the reference without each trial in turn; a click picks the trial."""

    figure = "forest"
    measures = forest_measures()

    def controls(self) -> Sequence[w.Widget]:
        """Make the choice of the treatment."""
        self.treatment = w.Dropdown(options=[("the treatment that moves most", "")], description="Effect of",
                                    layout={"width": "auto"})  # fmt: skip
        self.treatment.style.description_width = "initial"
        self.treatment.observe(self.answer(lambda _change: self.refresh()), "value")
        return (_bar(self.treatment),)

    def judge(self, result: NetworkResult) -> NetworkOmissions:
        """Leave each trial out in turn."""
        others = [name for name in result.treatments if name != result.reference]
        options = [("the treatment that moves most", ""), *((name, name) for name in others)]
        if list(self.treatment.options) != options:
            before = self.treatment.value
            self.treatment.options = options
            self.treatment.value = before if before in others else ""
        return omit_trials(result)

    def drawn(self, found: NetworkOmissions | None) -> Drawn:
        """Place the lines."""
        wanted = (self.treatment.value or most_moved(found)) if found else ""
        return _forest(network_omission_rows(found, wanted))


class NetworkFunnelView(NetworkFigure[AdjustedFunnel]):
    """The comparison-adjusted funnel, and Egger's test where there are ten telling trials."""

    figure = "adjusted_funnel"

    def judge(self, result: NetworkResult) -> AdjustedFunnel:
        """Centre every trial at the mean of its comparison."""
        return adjusted_funnel_data(result)

    def drawn(self, found: AdjustedFunnel | None) -> Drawn:
        """Place the trials."""
        table = adjusted_funnel_rows(found)
        return {"rows": list(table.rows)}, adjusted_funnel_signals(table)

    def words(self, found: AdjustedFunnel) -> str:
        """Say what the funnel shows, and what the test says or why it is not run."""
        try:
            tested = str(found.egger())
        except NetmetaError as error:
            tested = str(error)
        return f"{found.findings()[0]} {tested}"

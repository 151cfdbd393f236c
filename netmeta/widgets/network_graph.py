"""The network as a graph, live: a click on a line shows its trials, one on a node makes it the reference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from netmeta.charts.comparison_rows import comparison_rows
from netmeta.charts.forest_layout import forest_measures, forest_signals
from netmeta.charts.forest_rows import ForestRows, forest_rows
from netmeta.charts.frozen import frozen
from netmeta.charts.network_graph_rows import edge_id, network_graph_rows, network_graph_signals, node_id
from netmeta.errors import NetmetaError
from netmeta.network import direct_effects
from netmeta.network.asking import answer
from netmeta.network.assumptions import merged_arms
from netmeta.state import Problem
from netmeta.widgets import controls as w
from netmeta.widgets.livechart import LiveChart
from netmeta.widgets.network_figure import tip_choices
from netmeta.widgets.network_forest import set_reference
from netmeta.widgets.textblock import TextBlock
from netmeta.widgets.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netmeta.evidence import Trial
    from netmeta.network import NetworkResult

__all__ = ["NetworkGraphView"]

_KEYS = (
    "Arrow keys move between treatments and comparisons; Enter makes a treatment the reference or shows the trials "
    "of a comparison; Ctrl and an arrow key move a treatment."
)
_INVITATION = (
    "Click a line for the trials that make the comparison; click a treatment to compare the others with it; "
    "drag to arrange."
)
_LINE_KEYS = (
    "Arrow keys move between trials, Enter takes one out or back in, Shift and Enter pick it in every plot."
)


class NetworkGraphView(View):
    """The graph of the network over the forest plot of the comparison that was clicked."""

    def build(self) -> Sequence[w.Widget]:
        """Make the graph, and the comparison under it."""
        self.pair: tuple[str, ...] = ()
        self.places: dict[str, tuple[float, float]] = {}
        empty = network_graph_rows(None)
        self.graph = LiveChart(frozen("network_graph"), empty.tables, network_graph_signals(empty), keys=_KEYS)
        self.graph.on_pick(self.click)
        self.graph.on_drag(self._moved)
        self.by = w.Dropdown(
            options=[("precision", "precision"), ("number of trials", "trials")],
            description="Width of a line",
            layout={"width": "auto"},
        )
        self.by.style.description_width = "initial"
        self.by.observe(self.answer(lambda _change: self.refresh()), "value")
        bar = w.HBox([self.by])
        bar.add_class("netmeta-switches")
        self.said = TextBlock()
        self.forest = LiveChart(frozen("forest"), *_drawn(_NOTHING), measures=forest_measures(), keys=_LINE_KEYS)
        self.marked(self.forest)
        self.forest.on_pick(self.toggle_in_analysis)
        self.forest.on_point(self.pick)
        return (bar, self.graph, self.said, self.forest)

    def show(self) -> None:
        """Draw the network of the moment, and the comparison that was chosen."""
        found = self.analysis.network_outcome
        result = None if isinstance(found, Problem) else found
        table = network_graph_rows(result, places=self.places, by=self.by.value, like=self._whole())
        label = found.message if isinstance(found, Problem) else f"Network graph. {found._lines()[0]}"  # noqa: SLF001
        choices = tip_choices([*table.nodes, *(row for row in table.edges if row["kind"] == "direct")])
        self.graph.push(table.tables, network_graph_signals(table), label=label, choices=choices)
        self._show_comparison(result)

    def _whole(self) -> NetworkResult | None:
        """Return the network with the trials that were taken out: treatments stand where they stand in it."""
        try:
            return answer(self.analysis.network_selected, self.analysis.network).result
        except NetmetaError:
            return None

    def click(self, name: str) -> None:
        """Do what a click on a treatment (its node) or on a comparison (its line) does."""
        found = self.analysis.network_outcome
        if isinstance(found, Problem):
            return
        if set_reference(self.analysis, name):
            return
        edge = next((one.treatments for one in found.graph.edges if edge_id(*one.treatments) == name), None)
        if edge is not None:
            self.choose(*edge)

    def choose(self, one: str, other: str) -> None:
        """Show the trials of a comparison, or let the comparison go when it is chosen already."""
        self.pair = () if set(self.pair) == {one, other} else (one, other)
        self.refresh()

    def _moved(self, name: str, x: float, y: float) -> None:
        """Keep a treatment where the reader put it."""
        found = self.analysis.network_outcome
        known = () if isinstance(found, Problem) else found.treatments
        self.places.update({one: (x, y) for one in known if node_id(one) == name})

    def _show_comparison(self, result: NetworkResult | None) -> None:
        trials = self._trials()
        self.graph.picked = edge_id(*self.pair) if self.pair and trials else ""
        self.forest.layout.display = "" if trials else "none"
        if not trials:
            self.pair = ()
            self.said.write([("aside", _INVITATION)] if result else [])
            return
        table, words = self._comparison(result, trials)
        self.said.write([("said", words)])
        choices = tuple(
            {"id": row["id"], "label": f"{row['label']}, HR {row['effect']}"} for row in table.rows if row["id"]
        )
        self.forest.push(*_drawn(table), label=words, choices=choices)

    def _trials(self) -> tuple[Trial, ...]:
        """Return the trials of the chosen comparison, those taken out among them."""
        assumed, pair = self.analysis.network.assumptions, set(self.pair)
        rows = self.analysis.network_selected
        return tuple(trial for trial in rows if pair and set(merged_arms(trial, assumed)) == pair)

    def _comparison(self, result: NetworkResult | None, trials: tuple[Trial, ...]) -> tuple[ForestRows, str]:
        level = self.analysis.network.model.level
        included = frozenset(trial.key for trial in trials) - self.analysis.excluded
        if result is None or not set(self.pair) <= set(result.treatments):
            table = comparison_rows(trials, included=included, level=level)
            return table, f"{' vs '.join(self.pair)} is not in the network now. A click takes a trial back in."
        found = (one for one in direct_effects(result) if {one.experimental, one.control} == set(self.pair))
        direct = next(found, None)
        pair = (direct.experimental, direct.control) if direct else self.pair
        network = result.effect(*pair)
        table = comparison_rows(trials, included=included, direct=direct, network=network, level=level)
        return table, f"{str(network).splitlines()[0]} A click on a trial takes it out of the network, or back in."


_NOTHING = forest_rows((), None)


def _drawn(table: ForestRows) -> tuple[dict[str, Any], dict[str, Any]]:
    return {"rows": list(table.rows)}, forest_signals(table)

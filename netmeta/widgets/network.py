"""The network of all treatments, live: one question, many ways to look at its answer, and to doubt it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from netmeta.widgets.league import LeagueView
from netmeta.widgets.network_characteristics import NetworkCharacteristicsView
from netmeta.widgets.network_contributions import NetworkContributionView
from netmeta.widgets.network_controls import NetworkControls
from netmeta.widgets.network_doubts import (
    NetworkFunnelView,
    NetworkHeatView,
    NetworkOmissionView,
    NetworkSplitView,
)
from netmeta.widgets.network_forest import NetworkForestView
from netmeta.widgets.network_graph import NetworkGraphView
from netmeta.widgets.network_ranks import NetworkRanksView
from netmeta.widgets.network_table import NetworkTrialTable
from netmeta.widgets.tabs import TabbedView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netmeta.widgets import controls as w

__all__ = ["NetworkView"]


class NetworkView(TabbedView):
    """Switches over a bar of views of one network; a trial that is taken out anywhere is out of all of them."""

    kinds = MappingProxyType(
        {
            "Graph": (NetworkGraphView, "Which treatments were compared with which?"),
            "Forest": (NetworkForestView, "How does each treatment compare with the reference?"),
            "League table": (LeagueView, "How does each treatment compare with each other?"),
            "Ranks": (NetworkRanksView, "Who is likely to be better, and how sure is that?"),
            "Contributions": (NetworkContributionView, "Which trials feed a number?"),
            "Direct and indirect": (NetworkSplitView, "Do direct and indirect evidence agree?"),
            "Net heat": (NetworkHeatView, "Which designs disagree, and through which others?"),
            "Without a trial": (NetworkOmissionView, "What if one trial were not there?"),
            "Funnel": (NetworkFunnelView, "Do small trials tell another story?"),
            "Characteristics": (NetworkCharacteristicsView, "Are the trials alike enough for one network?"),
            "Trials": (NetworkTrialTable, "Which trials are in the network, and why are others not?"),
        }
    )
    what = "view of the network"

    def above(self) -> Sequence[w.Widget]:
        """Make the switches."""
        self.controls = NetworkControls(self.analysis)
        return (self.controls,)

    def attend(self, *, seen: bool) -> None:
        """Wake or sleep with the panel, the switches too."""
        super().attend(seen=seen)
        self.controls.attend(seen=seen)

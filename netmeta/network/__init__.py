"""Network meta-analysis: all treatments of a connected network of trials compared with each other.

Importing this package loads neither PyMARE nor SciPy; the first comparison does.
"""

from __future__ import annotations

from netmeta.network.adjusting import AdjustedFunnel, AdjustedTrial, adjusted_funnel_data
from netmeta.network.assumptions import KINDS, Merge
from netmeta.network.characteristics import CHARACTERISTICS, Transitivity, TransitivityRow, transitivity
from netmeta.network.comparing import BETTER, compare
from netmeta.network.contributing import PATHS, NetworkContributions, network_contributions
from netmeta.network.designs import DesignRow, DesignTest, Inconsistency, inconsistency
from netmeta.network.direct import DirectEffect, direct_effect, direct_effects
from netmeta.network.effects import NetworkEffect
from netmeta.network.graph import Edge, Graph, connected_to, graph
from netmeta.network.heat import HeatCell, NetHeat, net_heat
from netmeta.network.model import NETWORK
from netmeta.network.multiarm import reconcile
from netmeta.network.omissions import NetworkOmission, NetworkOmissions, OmittedEffect, omit_trials
from netmeta.network.ranks import Ranking, RankRow, rank
from netmeta.network.result import NetworkResult
from netmeta.network.splits import SPLITS, NodeSplits, Source, Split, node_splits

__all__ = [
    "BETTER",
    "CHARACTERISTICS",
    "KINDS",
    "NETWORK",
    "PATHS",
    "SPLITS",
    "AdjustedFunnel",
    "AdjustedTrial",
    "DesignRow",
    "DesignTest",
    "DirectEffect",
    "Edge",
    "Graph",
    "HeatCell",
    "Inconsistency",
    "Merge",
    "NetHeat",
    "NetworkContributions",
    "NetworkEffect",
    "NetworkOmission",
    "NetworkOmissions",
    "NetworkResult",
    "NodeSplits",
    "OmittedEffect",
    "RankRow",
    "Ranking",
    "Source",
    "Split",
    "Transitivity",
    "TransitivityRow",
    "adjusted_funnel_data",
    "compare",
    "connected_to",
    "direct_effect",
    "direct_effects",
    "graph",
    "inconsistency",
    "net_heat",
    "network_contributions",
    "node_splits",
    "omit_trials",
    "rank",
    "reconcile",
    "transitivity",
]

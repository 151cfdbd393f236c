"""Network meta-analysis: all treatments of a connected network of trials compared with each other.

Importing this package loads neither PyMARE nor SciPy; the first comparison does.
"""

from __future__ import annotations

from netmeta.network.assumptions import KINDS, Merge
from netmeta.network.comparing import BETTER, compare
from netmeta.network.effects import NetworkEffect
from netmeta.network.graph import Edge, Graph, connected_to, graph
from netmeta.network.model import NETWORK
from netmeta.network.multiarm import reconcile
from netmeta.network.result import NetworkResult

__all__ = [
    "BETTER",
    "KINDS",
    "NETWORK",
    "Edge",
    "Graph",
    "Merge",
    "NetworkEffect",
    "NetworkResult",
    "compare",
    "connected_to",
    "graph",
    "reconcile",
]

"""Which trials feed a number: the share of each direct comparison and of each trial in every network estimate."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import numpy as np

from netmeta import numerals
from netmeta.errors import NetworkError, hint, shown
from netmeta.network.fitting import network_fit
from netmeta.network.flows import conductances, currents
from netmeta.network.graph import pairs_of
from netmeta.network.judged import Judged
from netmeta.network.streams import shortest_paths, walks
from netmeta.showing import table_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from netmeta.network.flows import Conductances
    from netmeta.network.result import NetworkResult
    from netmeta.pooling.arrays import Floats
    from netmeta.showing import Columns, Table

__all__ = ["PATHS", "NetworkContributions", "Share", "network_contributions"]

_METHODS: Final[Mapping[str, Callable[..., Floats]]] = MappingProxyType(
    {"shortest-path": shortest_paths, "random-walk": walks}
)
PATHS: Final = tuple(_METHODS)


@dataclass(frozen=True, slots=True)
class Share:
    """What a direct comparison, or a trial, gives to a network estimate, in percent."""

    comparison: tuple[str, str]
    source: str
    percent: float


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class NetworkContributions(Judged):
    """Shares of direct comparisons and of trials in all network estimates.

    Parameters
    ----------
    result
        The network meta-analysis.
    method
        How currents were taken apart, one of `PATHS`.
    comparisons
        The network estimates: every pair of treatments, in the order of the treatments.
    edges
        The direct comparisons, in the order of the graph's edges.
    keys
        The rows of the evidence, in the order of their studies.
    hat
        Weight of each direct comparison in each estimate, with its sign, a row an estimate (Rucker 2012).
    by_edge, by_trial
        Shares in percent, rows adding to 100, a row an estimate.
    """

    result: NetworkResult
    method: str
    comparisons: tuple[tuple[str, str], ...]
    edges: tuple[tuple[str, str], ...]
    keys: tuple[str, ...]
    hat: tuple[tuple[float, ...], ...]
    by_edge: tuple[tuple[float, ...], ...]
    by_trial: tuple[tuple[float, ...], ...]

    def of(self, experimental: str, control: str) -> Mapping[str, float]:
        """Return the shares of trials in an estimate, in percent by key, the largest first, without those of 0.

        Raises
        ------
        NetworkError
            For a pair that the network does not have.
        """
        row = self.by_trial[self._row(experimental, control)]
        pairs = sorted(zip(self.keys, row, strict=True), key=lambda pair: -pair[1])
        return MappingProxyType({key: share for key, share in pairs if share > 0})

    def of_comparisons(self, experimental: str, control: str) -> Mapping[tuple[str, str], float]:
        """Return the shares of direct comparisons in an estimate, in percent, the largest first."""
        row = self.by_edge[self._row(experimental, control)]
        pairs = sorted(zip(self.edges, row, strict=True), key=lambda pair: -pair[1])
        return MappingProxyType({edge: share for edge, share in pairs if share > 0})

    def in_words(self, experimental: str, control: str, most: int = 4) -> str:
        """Say which trials feed an estimate: ``Fed by RADIANT-4 (41%), ...``."""
        labels = {trial.key: trial.label for trial in self.result.evidence}
        shares = list(self.of(experimental, control).items())
        said = [f"{labels[key]} ({_percent(share)})" for key, share in shares[:most]]
        rest = len(shares) - most
        more = f" and {rest} more ({_percent(sum(share for _key, share in shares[most:]))})" if rest > 0 else ""
        return f"Fed by {', '.join(said)}{more}."

    def _row(self, experimental: str, control: str) -> int:
        for name in (experimental, control):
            self.result.place(name)
        found = next((at for at, pair in enumerate(self.comparisons) if set(pair) == {experimental, control}), None)
        if found is None:
            raise NetworkError(f"{shown(experimental)} cannot be compared with itself.")
        return found

    def findings(self) -> tuple[str, ...]:
        """Say what was found, a sentence or two each."""
        estimates, direct = len(self.comparisons), len(self.edges)
        none = sum(1 for pair in self.comparisons if self.result.graph.edge(*pair) is None)
        return (
            (
                f"Shares of {direct} direct comparisons in {estimates} estimates, by {_NAMES[self.method]}: "
                f"{none} of the estimates have no direct evidence at all."
            ),
        )

    def _brief(self) -> tuple[str, ...]:
        return f"{len(self.comparisons)} estimates", f"{len(self.edges)} direct comparisons", self.method

    def _table(self) -> Table:
        columns: Columns = (
            ("Estimate", " vs ".join),
            ("Fed by", lambda pair: self.in_words(*pair).removeprefix("Fed by ").rstrip(".")),
        )
        return table_of(columns, self.comparisons)

    def _frame(self) -> tuple[Columns, tuple[Share, ...]]:
        columns: Columns = (
            ("experimental", lambda row: row.comparison[0]),
            ("control", lambda row: row.comparison[1]),
            ("trial", lambda row: row.source),
            ("share_percent", lambda row: row.percent),
        )
        rows = tuple(
            Share(pair, key, share)
            for pair, shares in zip(self.comparisons, self.by_trial, strict=True)
            for key, share in zip(self.keys, shares, strict=True)
        )
        return columns, rows


_NAMES: Final = {
    "shortest-path": "taking the shortest paths first (Papakonstantinou 2018)",
    "random-walk": "following the current (Davies 2022)",
}


def _percent(share: float) -> str:
    return "under 1%" if share < 1 else numerals.percent(share)


def network_contributions(result: NetworkResult, method: str = "shortest-path") -> NetworkContributions:
    """Return the share of each direct comparison and of each trial in every network estimate.

    Parameters
    ----------
    result
        What `compare` gave.
    method
        ``"shortest-path"`` (Papakonstantinou et al. 2018, as R's netmeta; where two paths have one length, the
        order of the names decides) or ``"random-walk"`` (Davies et al. 2022; no ties). In a network without loops
        they agree.

    Raises
    ------
    NetworkError
        For a method that does not exist.
    """
    if method not in _METHODS:
        raise NetworkError(f"There is no way to share called {shown(method)}.{hint(str(method), _METHODS)}")
    return _remembered(result, method)


@lru_cache(maxsize=64)
def _remembered(result: NetworkResult, method: str) -> NetworkContributions:
    fit = network_fit(result.evidence, result.assumptions, result.model)
    found = conductances(fit.contrasts, fit.tau2)
    comparisons = pairs_of(result.treatments)
    place = {name: at for at, name in enumerate(result.treatments)}
    pairs = np.array([[place[name] for name in pair] for pair in comparisons], dtype=np.intp)
    hat = currents(fit, found, pairs)
    by_edge = 100 * _METHODS[method](hat, found.edges, pairs, len(place))
    return NetworkContributions(
        result=result, method=method, comparisons=comparisons,
        edges=tuple(edge.treatments for edge in result.graph.edges), keys=found.keys,
        hat=_rows(hat), by_edge=_rows(by_edge), by_trial=_rows(_of_trials(by_edge, found)),
    )  # fmt: skip


def _of_trials(by_edge: Floats, found: Conductances) -> Floats:
    """Share what a comparison gives among its trials, by their weights in it."""
    edge, weight = found.rows
    return np.asarray(by_edge[:, edge] * (weight / found.weights[edge]))


def _rows(matrix: Floats) -> tuple[tuple[float, ...], ...]:
    return tuple(map(tuple, matrix.tolist()))

"""Currents taken apart into paths: how much of a network estimate each direct comparison gives.

A comparison that stands in a path of n comparisons gets an n-th part of the path's flow. The paths are taken
either shortest first (Papakonstantinou et al. 2018, F1000Research 7:610, as R's netmeta does) or all at once, as
a walker who follows the current would take them (Davies, Papakonstantinou, Nikolakopoulou, Rucker & Galla 2022,
Stat Med 41:2091); the second knows no ties between paths, so that the names of the treatments cannot matter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from netmeta.pooling.arrays import Floats

__all__ = ["shortest_paths", "walks"]

_NOTHING: Final = 1e-10


@dataclass(slots=True, eq=False)
class _Flow:
    """What flows along each direct comparison, in either direction, in the order of the treatments.

    Parameters
    ----------
    tail, head
        From which treatment to which, shape (2e,).
    edge
        Of which direct comparison, shape (2e,).
    amount
        How much is left, shape (r, 2e), none of it negative.
    """

    tail: npt.NDArray[np.intp]
    head: npt.NDArray[np.intp]
    edge: npt.NDArray[np.intp]
    amount: Floats

    @classmethod
    def of(cls, currents: Floats, edges: npt.NDArray[np.intp]) -> _Flow:
        """Give each current its direction."""
        tail, head = np.concatenate([edges, edges[:, ::-1]]).T
        order = np.lexsort((head, tail))
        amount = np.maximum(np.hstack([currents, -currents])[:, order], 0.0)
        amount[amount < _NOTHING] = 0.0
        return cls(tail[order], head[order], np.tile(np.arange(len(edges)), 2)[order], amount)

    def by_edge(self, amount: Floats) -> Floats:
        """Add up what goes along each comparison in either direction, shape (r, e)."""
        return np.asarray(amount[:, np.argsort(self.edge, kind="stable")].reshape(len(amount), -1, 2).sum(2))


def shortest_paths(currents: Floats, edges: npt.NDArray[np.intp], pairs: npt.NDArray[np.intp], size: int) -> Floats:
    """Take currents apart into paths, the shortest first.

    Parameters
    ----------
    currents
        Rows of the hat matrix, shape (r, e).
    edges, pairs
        Places of the treatments of the direct comparisons, (e, 2), and of the estimates, (r, 2).
    size
        Number of treatments.

    Returns
    -------
    array
        Share of each direct comparison in each estimate, shape (r, e), rows adding to 1. Of paths of one length,
        the first in the order of the treatments is taken first.
    """
    flow = _Flow.of(currents, edges)
    shares = np.zeros_like(flow.amount)
    left = np.arange(len(currents))
    while len(left):
        steps = _distances(flow, left, pairs, size)
        open_ = steps[np.arange(len(left)), pairs[left, 0]] < size
        left = left[open_]
        if len(left):
            _take(flow, shares, left, steps[open_], pairs)
    return flow.by_edge(shares)


def _distances(
    flow: _Flow, left: npt.NDArray[np.intp], pairs: npt.NDArray[np.intp], size: int
) -> npt.NDArray[np.intp]:
    """Return the steps from each treatment to the sink of each row, (l, n); ``size`` where none leads there."""
    rows, source = np.arange(len(left)), pairs[left, 0]
    steps = np.full((len(left), size), size)
    steps[rows, pairs[left, 1]] = 0
    open_ = flow.amount[left] > 0
    ends = np.zeros((len(flow.tail), size), dtype=np.float32)
    ends[np.arange(len(flow.tail)), flow.tail] = 1
    for step in range(1, size):
        ahead = open_ & (steps[:, flow.head] == step - 1)
        fresh = (ahead.astype(np.float32) @ ends > 0) & (steps == size)
        steps[fresh] = step
        if not fresh.any() or (steps[rows, source] < size).all():
            break
    return steps


def _take(
    flow: _Flow,
    shares: Floats,
    left: npt.NDArray[np.intp],
    steps: npt.NDArray[np.intp],
    pairs: npt.NDArray[np.intp],
) -> None:
    """Take one shortest path out of each row of the flow."""
    rows, here = np.arange(len(left)), pairs[left, 0].copy()
    length, least = steps[rows, here], np.full(len(left), np.inf)
    open_ = (flow.amount[left] > 0) & (steps[:, flow.head] == steps[:, flow.tail] - 1)
    path: list[tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]] = []
    for step in range(int(length.max())):
        at = rows[length > step]
        along = (open_[at] & (flow.tail == here[at, None])).argmax(1)
        least[at] = np.minimum(least[at], flow.amount[left[at], along])
        path.append((at, along))
        here[at] = flow.head[along]
    for at, along in path:
        flow.amount[left[at], along] -= least[at]
        shares[left[at], along] += least[at] / length[at]
    rest = flow.amount[left]
    rest[rest < _NOTHING] = 0.0
    flow.amount[left] = rest


def walks(currents: Floats, edges: npt.NDArray[np.intp], pairs: npt.NDArray[np.intp], size: int) -> Floats:
    """Take currents apart into the paths of walkers who follow them (see `shortest_paths` for the arguments)."""
    flow = _Flow.of(currents, edges)
    dense = np.zeros((len(currents), size, size))
    dense[:, flow.tail, flow.head] = flow.amount
    dense[np.arange(len(currents)), pairs[:, 1]] = 0.0
    total = dense.sum(2, keepdims=True)
    chance = np.divide(dense, total, out=np.zeros_like(dense), where=total > 0)
    arrived, left = _stages(chance, pairs[:, 0]), _stages(np.swapaxes(chance, 1, 2), pairs[:, 1])
    steps = np.arange(arrived.shape[1])
    parts = 1.0 / (steps[:, None] + steps[None, :] + 1)
    shares = chance * (np.swapaxes(arrived, 1, 2) @ (parts @ left))
    return flow.by_edge(shares[:, flow.tail, flow.head])


def _stages(chance: Floats, start: npt.NDArray[np.intp]) -> Floats:
    """Return the chance to be at each treatment after 0, 1, 2, ... steps, shape (r, s, n)."""
    now = np.zeros(chance.shape[:2])
    now[np.arange(len(chance)), start] = 1.0
    stages = [now]
    while len(stages) < chance.shape[1] and now.any():
        now = (now[:, None, :] @ chance)[:, 0]
        stages.append(now)
    return np.stack(stages, axis=1)

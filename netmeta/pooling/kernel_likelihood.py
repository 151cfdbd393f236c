"""The highest point of the likelihood of tau2, for many subsets at once.

The rule is that of `netmeta.pooling.likelihood`: the slope is looked at over one grid, which all subsets
share so that it takes a matrix product, every change from rising to falling is refined, and where there is
more than one maximum, the boundary 0 among them, the highest is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from netmeta.pooling.kernel_sums import pairs

if TYPE_CHECKING:
    import numpy.typing as npt

    from netmeta.pooling.arrays import Floats
    from netmeta.pooling.kernel_sums import At, Block

__all__ = ["climb"]

# Newton's error is about the square of its step: after a step of this relative size, what is left is rounding.
_SMALL = 1e-9
_ROUNDS = 200


@dataclass(slots=True, eq=False)
class _Turns:
    """Maxima inside the grid: which row of the block, and where it is bracketed; each of shape (m,)."""

    row: npt.NDArray[np.intp]
    low: Floats
    high: Floats
    top: Floats


def climb(block: Block, *, restricted: bool) -> Floats:
    """Find the tau2 of the highest likelihood over [0, infinity) for every subset.

    Parameters
    ----------
    block
        The subsets.
    restricted
        ``True`` for REML, ``False`` for ML.

    Returns
    -------
    array
        On the scale of the block, shape (n,); 0 for a single trial.
    """
    slopes = _slopes_quick(block, restricted) if block.scale.quick else _slopes_exact(block, restricted)
    rising = (slopes > 0) & (block.k > 1)[:, None]
    turns = _bracket(block.scale.grid, rising, slopes)
    _refine(block, turns, restricted)
    tau2 = np.zeros(len(block.k))
    tau2[turns.row] = turns.top
    several = np.bincount(turns.row, minlength=len(tau2)) + ~rising[:, 0] > 1
    _choose(block, turns, several, tau2, restricted)
    return tau2


def _slopes_quick(block: Block, restricted: bool) -> Floats:
    """Twice the slope at every candidate, shape (n, g), from sums that are centred afterwards."""
    w, wy, w2, w2y, w2yy = block.scale.over_grid(block.mask)
    mean = wy / w
    squares = w2yy - mean * (2 * w2y - mean * w2)
    return np.asarray(squares - (w - w2 / w) if restricted else squares - w)


def _slopes_exact(block: Block, restricted: bool) -> Floats:
    """Twice the slope at every candidate, shape (n, g), from residuals."""
    n = len(block.k)
    columns = [_slope(block.at(np.full(n, tau2)), restricted) for tau2 in block.scale.grid]
    return np.stack(columns, axis=1)


def _slope(at: At, restricted: bool) -> Floats:
    weighted = at.w * at.rest
    expected = at.pairs() if restricted else at.total
    return np.asarray(np.einsum("ij,ij->i", weighted, weighted) - expected)


def _bracket(grid: Floats, rising: npt.NDArray[np.bool_], slopes: Floats) -> _Turns:
    row, at = np.nonzero(rising[:, :-1] & ~rising[:, 1:])
    low, high = grid[at], grid[at + 1]
    up, down = slopes[row, at], -slopes[row, at + 1]
    return _Turns(row, low, high, low + (high - low) * up / (up + down))


def _refine(block: Block, turns: _Turns, restricted: bool) -> None:
    """Bring every ``top`` to where its slope is zero: Newton's method, kept inside the bracket."""
    left = np.arange(len(turns.row))
    for _ in range(_ROUNDS):
        if not len(left):
            return
        before = turns.top[left]
        after = _step(block, turns, left, restricted)
        turns.top[left] = after
        left = left[np.abs(after - before) > _SMALL * before]


def _step(block: Block, turns: _Turns, left: npt.NDArray[np.intp], restricted: bool) -> Floats:
    now = turns.top[left]
    slope, bend = _slope_and_bend(block.at(now, turns.row[left]), restricted)
    turns.low[left] = low = np.where(slope > 0, now, turns.low[left])
    turns.high[left] = high = np.where(slope > 0, turns.high[left], now)
    newton = now - np.divide(slope, bend, out=np.full_like(slope, np.inf), where=bend < 0)
    # Outside of the bracket the curve bends too much to be trusted: halve the bracket instead.
    return np.where((newton >= low) & (newton <= high), newton, low + (high - low) / 2)


def _slope_and_bend(at: At, restricted: bool) -> tuple[Floats, Floats]:
    """Twice the slope, and twice its derivative, each of shape (m,)."""
    weighted = at.w * at.rest
    squares = np.einsum("ij,ij->i", weighted, weighted)
    cubes = np.einsum("ij,ij,ij->i", at.w, weighted, weighted)
    cross = np.einsum("ij,ij->i", at.w, weighted)
    w2 = np.einsum("ij,ij->i", at.w, at.w)
    bend = 2 * (cross * cross / at.total - cubes) + w2
    if not restricted:
        return squares - at.total, bend
    w3 = np.einsum("ij,ij,ij->i", at.w, at.w, at.w)
    share = w2 / at.total
    return squares - pairs(at.w, at.total, at.quick), bend - 2 * w3 / at.total + share * share


def _choose(block: Block, turns: _Turns, several: npt.NDArray[np.bool_], tau2: Floats, restricted: bool) -> None:
    """Where a subset has several maxima, put the highest into ``tau2``; 0 where nothing is higher."""
    rows = np.flatnonzero(several)
    if not len(rows):
        return
    highest = np.full(len(tau2), -np.inf)
    highest[rows] = _value(block, rows, np.zeros(len(rows)), restricted)
    tau2[rows] = 0.0
    for which in _by_turn(turns.row, several):
        row, top = turns.row[which], turns.top[which]
        value = _value(block, row, top, restricted)
        better = value > highest[row]
        highest[row[better]], tau2[row[better]] = value[better], top[better]


def _by_turn(row: npt.NDArray[np.intp], several: npt.NDArray[np.bool_]) -> list[npt.NDArray[np.intp]]:
    """List the indices of first maxima, of second ones, and so on: no row stands twice in one of them."""
    nth = np.arange(len(row)) - np.searchsorted(row, row)
    return [np.flatnonzero((nth == n) & several[row]) for n in range(int(nth.max(initial=-1)) + 1)]


def _value(block: Block, row: npt.NDArray[np.intp], tau2: Floats, restricted: bool) -> Floats:
    """Twice the log-likelihood up to a constant, shape (m,)."""
    at = block.at(tau2, row)
    height = np.log(np.where(at.w > 0, at.w, 1.0)).sum(1) - at.squares()
    return np.asarray(height - np.log(at.total) if restricted else height)

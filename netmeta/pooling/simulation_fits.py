"""Many fits at once of meta-analyses that share their variances and not their effects.

The estimators are those of `netmeta.pooling.kernel`; where that has one set of trials and many subsets, here every
row has effects of its own. A property test holds every row against the door.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from netmeta.pooling.kernel import METHODS, Fits
from netmeta.pooling.kernel_sums import At, Block, Scale

if TYPE_CHECKING:
    import numpy.typing as npt

    from netmeta.pooling.arrays import Floats

__all__ = ["fit_rows"]


@dataclass(frozen=True, eq=False)
class _Rows(Block):
    """A block whose ``scale.y`` has shape (n, k)."""

    def at(self, tau2: Floats, which: npt.NDArray[np.intp] | None = None) -> At:
        """Weigh the rows (or those of index ``which``, shape (m,)) at one tau2 each, shape (m,)."""
        y = self.scale.y if which is None else self.scale.y[which]
        w = 1 / (self.scale.v + tau2[:, None])
        total = w.sum(1)
        mean = np.einsum("ij,ij->i", w, y) / total
        # Simulated variances differ by a factor of ten at most: sums of squares lose nothing.
        return At(w, total, mean, y - mean[:, None], quick=True)


def fit_rows(y: Floats, v: Floats, method: str = "REML") -> Fits:
    """Pool every row of effects.

    Parameters
    ----------
    y
        Log HRs, shape (n, k), k >= 2.
    v
        Their variances, the same in every row, shape (k,).
    method
        As in `netmeta.pooling.kernel.fit_many`.

    Returns
    -------
    Fits
        Arrays of shape (n,); ``i2`` is 0 for the common effect.
    """
    n, k = y.shape
    scale = Scale(np.arange(k), y, v, 0.0, 1.0, quick=False)
    block = _Rows(scale, np.ones((1, k)), np.full(n, k, dtype=np.int64))
    q, pairs = block.common()
    tau2 = METHODS[method](block, q, pairs)
    at = block.at(tau2)
    relative = tau2 * pairs
    i2 = 100 * relative / (relative + (k - 1))
    return Fits(block.k, at.mean, 1 / np.sqrt(at.total), tau2, q, i2, at.squares())

"""Sums over many subsets of the same trials."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from netmeta.pooling.arrays import Floats

__all__ = ["At", "Block", "Scale"]

# Raw sums of squares lose as many digits as this ratio has; beyond it, residuals are taken row by row.
_HARMLESS = 1e8
# As in `netmeta.pooling.likelihood`: the likelihood is linear below a hundredth of the smallest variance, and
# nothing in it is narrower than a few steps of a quarter in log tau2.
_NEAR_ZERO, _STEP = 0.01, 0.25


@dataclass(frozen=True, eq=False)
class Scale:
    """All trials, the least precise first, on a scale where nothing overflows.

    Parameters
    ----------
    order
        Where each column of ``y`` and ``v`` stood before sorting, shape (k,).
    y, v
        ``(effect - shift) / unit`` and ``variance / unit**2``, shape (k,).
    shift, unit
        The common-effect mean, and a power of two near the median standard error.
    quick
        Whether variances and effects are alike enough for sums of squares to be taken before they are centred.
    """

    order: npt.NDArray[np.intp]
    y: Floats
    v: Floats
    shift: float
    unit: float
    quick: bool

    @classmethod
    def of(cls, y: Floats, v: Floats) -> Scale:
        """Sort, centre and scale checked arrays."""
        order = np.argsort(-v, kind="stable")
        sorted_y, sorted_v = y[order], v[order]
        relative = sorted_v[-1] / sorted_v
        shift = float(sorted_y[-1] + (relative * (sorted_y - sorted_y[-1])).sum() / relative.sum())
        exponent = int(np.frexp(np.sqrt(np.median(v)))[1])
        scaled_y, scaled_v = np.ldexp(sorted_y - shift, -exponent), np.ldexp(sorted_v, -2 * exponent)
        low, high = float(scaled_v.min()), float(scaled_v.max())
        quick = (high / low) * max(1.0, float(np.abs(scaled_y).max()) ** 2 / low) <= _HARMLESS
        return cls(order, scaled_y, scaled_v, shift, float(np.ldexp(1.0, exponent)), quick)

    @cached_property
    def grid(self) -> Floats:
        """Candidates for tau2, ascending from 0 to where every subset's likelihood falls, shape (g,)."""
        smallest = _NEAR_ZERO * float(self.v.min())
        bound = max(float(np.ptp(self.y)) ** 2, 2 * smallest)
        steps = int(np.ceil(np.log(bound / smallest) / _STEP)) + 1
        return np.concatenate([[0.0], np.geomspace(smallest, bound, steps)])

    @cached_property
    def _products(self) -> Floats:
        w = 1 / (self.v[:, None] + self.grid)
        wy, w2 = w * self.y[:, None], w * w
        w2y = w2 * self.y[:, None]
        return np.concatenate([w, wy, w2, w2y, w2y * self.y[:, None]], axis=1)

    @cached_property
    def _common_products(self) -> Floats:
        w = 1 / self.v
        return np.stack([w, w * self.y, w * w], axis=1)

    def over_grid(self, mask: Floats) -> tuple[Floats, ...]:
        """Add up w, wy, w^2, w^2 y and w^2 y^2 over each subset at each candidate, five times (n, g)."""
        sums = mask @ self._products
        g = len(self.grid)
        return tuple(sums[:, part * g : (part + 1) * g] for part in range(5))

    def over_common(self, mask: Floats) -> Floats:
        """Add up w, wy and w^2 over each subset at tau2 = 0, shape (n, 3)."""
        return np.asarray(mask @ self._common_products)


@dataclass(frozen=True, eq=False)
class At:
    """Subsets at one tau2 each.

    Parameters
    ----------
    w
        Weights, 0 for trials outside of the subset, shape (m, k).
    total, mean
        Their sums, and the weighted means on the scale of the block, shape (m,).
    rest
        Residuals from the mean, shape (m, k).
    quick
        As in `Scale`.
    """

    w: Floats
    total: Floats
    mean: Floats
    rest: Floats
    quick: bool

    def squares(self) -> Floats:
        """Sum of ``w rest^2``, shape (m,)."""
        return np.asarray(np.einsum("ij,ij,ij->i", self.w, self.rest, self.rest))

    def pairs(self) -> Floats:
        """``sum(w) - sum(w^2) / sum(w)``, shape (m,): what Q - df is divided by for a tau2."""
        return pairs(self.w, self.total, self.quick)


def pairs(w: Floats, total: Floats, quick: bool) -> Floats:
    """``sum(w) - sum(w^2) / sum(w)`` by row; where one weight may outdo all others, without cancelling."""
    if quick:
        return np.asarray(total - np.einsum("ij,ij->i", w, w) / total)
    products = w[:, 1:] * w.cumsum(1)[:, :-1]
    return np.asarray(2 * products.sum(1) / total)


@dataclass(frozen=True, eq=False)
class Block:
    """Some subsets of the trials.

    Parameters
    ----------
    scale
        The trials.
    mask
        1 where a trial is in the subset and 0 elsewhere, columns as in ``scale``, shape (n, k).
    k
        How many trials are in each, shape (n,).
    """

    scale: Scale
    mask: Floats
    k: npt.NDArray[np.int64]

    @classmethod
    def of(cls, scale: Scale, masks: npt.NDArray[np.bool_]) -> Block:
        """Bring rows of booleans into the order of ``scale``."""
        mask = masks[:, scale.order].astype(float)
        return cls(scale, mask, np.rint(mask.sum(1)).astype(np.int64))

    def at(self, tau2: Floats, which: npt.NDArray[np.intp] | None = None) -> At:
        """Weigh the subsets (or those of index ``which``, shape (m,)) at one tau2 each, shape (m,)."""
        mask = self.mask if which is None else self.mask[which]
        w = self.scale.v + tau2[:, None]
        np.divide(mask, w, out=w)
        total = w.sum(1)
        mean = (w @ self.scale.y) / total
        rest = self.scale.y - mean[:, None]
        if not self.scale.quick:
            # The residual of a trial that outweighs all others is a small difference: once more.
            more = np.einsum("ij,ij->i", w, rest) / total
            mean, rest = mean + more, rest - more[:, None]
        return At(w, total, mean, rest, self.scale.quick)

    def common(self) -> tuple[Floats, Floats]:
        """Cochran's Q, and `At.pairs` at tau2 = 0, each of shape (n,); 0 for a single trial."""
        if not self.scale.quick:
            at = self.at(np.zeros(len(self.k)))
            q, products = at.squares(), at.pairs()
        else:
            sums = self.scale.over_common(self.mask)
            rest = self.scale.y - (sums[:, 1] / sums[:, 0])[:, None]
            np.multiply(rest, rest, out=rest)
            rest *= self.mask
            q, products = rest @ (1 / self.scale.v), sums[:, 0] - sums[:, 2] / sums[:, 0]
        several = self.k > 1
        return np.where(several, q, 0.0), np.where(several, products, 0.0)

    def plain(self) -> tuple[Floats, Floats]:
        """Mean variance within trials and sample variance of the effects, each of shape (n,)."""
        mean = (self.mask @ self.scale.y) / self.k
        rest = (self.scale.y - mean[:, None]) * self.mask
        between = np.einsum("ij,ij->i", rest, rest) / np.maximum(1, self.k - 1)
        return (self.mask @ self.scale.v) / self.k, between

"""Estimators of tau2 from sums of squares, for many subsets at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from netmeta.pooling.arrays import Floats
    from netmeta.pooling.kernel_sums import Block

__all__ = ["dersimonian_laird", "hedges", "hunter_schmidt", "no_variance", "paule_mandel", "sidik_jonkman"]

_ROUNDS = 200
# Newton's error is about the square of its step.
_SMALL = 1e-9


def no_variance(_block: Block, q: Floats, _pairs: Floats) -> Floats:
    """Return 0 for every subset: the common effect."""
    return np.zeros(len(q))


def dersimonian_laird(block: Block, q: Floats, pairs: Floats) -> Floats:
    """Return the estimates of DerSimonian & Laird 1986 (Control Clin Trials 7:177), shape (n,)."""
    excess = np.maximum(0.0, q - (block.k - 1))
    return np.divide(excess, pairs, out=np.zeros_like(q), where=block.k > 1)


def hedges(block: Block, _q: Floats, _pairs: Floats) -> Floats:
    """Return the estimates of Hedges & Olkin 1985: sample variance less mean variance, shape (n,)."""
    within, between = block.plain()
    return np.where(block.k > 1, np.maximum(0.0, between - within), 0.0)


def hunter_schmidt(block: Block, q: Floats, _pairs: Floats) -> Floats:
    """Return the estimates of Hunter & Schmidt as Viechtbauer 2005 writes them, shape (n,)."""
    return np.where(block.k > 1, np.maximum(0.0, q - block.k) / (block.mask @ (1 / block.scale.v)), 0.0)


def sidik_jonkman(block: Block, _q: Floats, _pairs: Floats) -> Floats:
    """Return the estimates of Sidik & Jonkman 2005 (J R Stat Soc C 54:367), shape (n,)."""
    rough = block.plain()[1] * (block.k - 1) / block.k
    return np.where(block.k > 1, rough * block.at(rough).squares() / np.maximum(1, block.k - 1), 0.0)


def paule_mandel(block: Block, q: Floats, _pairs: Floats) -> Floats:
    """Return the tau2 at which the generalised Q is k - 1 (Paule & Mandel 1982), shape (n,).

    The least of jointly convex terms ``(y - mean)^2 / (v + tau2)`` over the mean is convex in tau2 and falls, so
    that Newton's method from 0 climbs to the only root and never passes it (DerSimonian & Kacker 2007).
    """
    tau2 = np.zeros(len(q))
    left = np.flatnonzero((block.k > 1) & (q > block.k - 1))
    for _ in range(_ROUNDS):
        if not len(left):
            break
        at = block.at(tau2[left], left)
        weighted = at.w * at.rest
        step = (at.squares() - (block.k[left] - 1)) / np.einsum("ij,ij->i", weighted, weighted)
        tau2[left] = np.maximum(0.0, tau2[left] + step)
        left = left[np.abs(step) > _SMALL * tau2[left]]
    return tau2

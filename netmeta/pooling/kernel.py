"""Many fits at once: each row of a mask is a subset of the same trials, and is pooled by itself.

Leave-one-out, cumulative analysis and GOSH are families of fits to subsets. PyMARE (``door``) fits one; here
sums over all subsets are matrix products of the mask, and the likelihood is climbed for all of them together.
A property test holds every row against the door.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from time import perf_counter
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import numpy as np

from netmeta.errors import PoolingError, hint
from netmeta.pooling.arrays import checked
from netmeta.pooling.kernel_likelihood import climb
from netmeta.pooling.kernel_moments import (
    dersimonian_laird,
    hedges,
    hunter_schmidt,
    no_variance,
    paule_mandel,
    sidik_jonkman,
)
from netmeta.pooling.kernel_sums import Block, Scale
from netmeta.pooling.steps import finish

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy.typing as npt

    from netmeta.pooling.arrays import Floats
    from netmeta.pooling.steps import Steps

__all__ = ["METHODS", "Fits", "fit_many", "fit_many_steps"]

# Elements of one (rows, k) array: it stays in the cache of a core, and no call holds more than a few of them.
_ELEMENTS: Final = 2**15
# Seconds of work between two words about it.
_BEAT: Final = 0.02


@dataclass(frozen=True, slots=True, eq=False)
class Fits:
    """One pooled analysis per subset, as arrays of shape (n,).

    Parameters
    ----------
    k
        Number of trials in the subset.
    mean, se
        Pooled log HR and its ordinary standard error, ``1 / sqrt(sum of weights)``.
    tau2
        Variance between trials, (log HR) squared; 0 for a single trial and for the common effect.
    q
        Cochran's Q, from common-effect weights.
    i2
        I2 in percent: from tau2, as in `netmeta.pooling.Fit.i2`; from Q for the common effect.
    spread
        Sum of squared residuals weighted by ``1 / (v + tau2)``: over ``k - 1`` it is the Hartung-Knapp factor.
    """

    k: npt.NDArray[np.int64]
    mean: Floats
    se: Floats
    tau2: Floats
    q: Floats
    i2: Floats
    spread: Floats


def fit_many(
    y: Sequence[float] | Floats, v: Sequence[float] | Floats, masks: npt.NDArray[np.bool_], method: str = "REML"
) -> Fits:
    """Pool every subset of the trials that a row of ``masks`` names.

    Parameters
    ----------
    y, v
        Log HRs and their variances, shape (k,), k >= 2.
    masks
        Booleans of shape (n, k): which trials are in the subset, at least one in each row.
    method
        ``"common"`` (inverse variance, tau2 = 0) or one of `netmeta.pooling.model.TAU2_METHODS`. REML and ML
        (Viechtbauer 2005, J Educ Behav Stat 30:261) are at the highest point of the likelihood.

    Returns
    -------
    Fits
        Arrays of shape (n,), in the order of the rows. A row of one trial is that trial, with tau2 = 0.

    Raises
    ------
    PoolingError
        For trials that cannot be pooled, a mask of another shape or with an empty row, or another method.
    """
    return finish(fit_many_steps(y, v, masks, method))


def fit_many_steps(
    y: Sequence[float] | Floats, v: Sequence[float] | Floats, masks: npt.NDArray[np.bool_], method: str = "REML"
) -> Steps[Fits]:
    """Do what `fit_many` does, saying now and then which fraction of the rows is done."""
    if method not in METHODS:
        raise PoolingError(f"The kernel has no estimator {method!r}.{hint(str(method), METHODS)}")
    effects, variances = checked(y, v)
    _check_masks(masks, len(effects))
    scale = Scale.of(effects, variances)
    rows = max(1, _ELEMENTS // len(effects))
    parts, since = [], perf_counter()
    for at in range(0, len(masks), rows):
        parts.append(_fit_block(scale, masks[at : at + rows], method))
        if perf_counter() - since > _BEAT:
            yield min(1.0, (at + rows) / len(masks))
            since = perf_counter()
    return Fits(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Fits)))


def _check_masks(masks: npt.NDArray[np.bool_], k: int) -> None:
    if not isinstance(masks, np.ndarray) or masks.dtype != np.bool_ or masks.ndim != 2:  # noqa: PLR2004
        raise PoolingError(f"Subsets are rows of an array of booleans with {k} columns, one for each trial.")
    n, columns = masks.shape
    if columns != k or not n:
        raise PoolingError(f"Subsets of {k} trials are rows of {k} booleans, one row or more; got {n} x {columns}.")
    filled = masks.any(1)
    if not filled.all():
        raise PoolingError(f"Subset {int(np.argmin(filled)) + 1} of {n} (index {int(np.argmin(filled))}) is empty.")


def _fit_block(scale: Scale, masks: npt.NDArray[np.bool_], method: str) -> Fits:
    block = Block.of(scale, masks)
    q, pairs = block.common()
    tau2 = METHODS[method](block, q, pairs)
    at = block.at(tau2)
    unit = scale.unit
    i2 = _i2_from_q(q, block.k) if method == "common" else _i2_from_tau2(tau2, pairs, block.k)
    spread = np.where(block.k > 1, at.squares(), 0.0)
    return Fits(
        block.k, at.mean * unit + scale.shift, unit / np.sqrt(at.total), tau2 * unit**2, q, i2, spread
    )  # fmt: skip


def _i2_from_q(q: Floats, k: npt.NDArray[np.int64]) -> Floats:
    excess = np.maximum(0.0, q - (k - 1))
    return 100 * np.divide(excess, q, out=np.zeros_like(q), where=(q > 0) & (k > 1))


def _i2_from_tau2(tau2: Floats, pairs: Floats, k: npt.NDArray[np.int64]) -> Floats:
    # The typical variance of Higgins & Thompson 2002 is (k - 1) / pairs.
    relative = tau2 * pairs
    return 100 * np.divide(relative, relative + (k - 1), out=np.zeros_like(tau2), where=k > 1)


def _restricted(block: Block, _q: Floats, _pairs: Floats) -> Floats:
    return climb(block, restricted=True)


def _maximum(block: Block, _q: Floats, _pairs: Floats) -> Floats:
    return climb(block, restricted=False)


METHODS: Final[Mapping[str, Callable[[Block, Floats, Floats], Floats]]] = MappingProxyType(
    {
        "common": no_variance,
        "REML": _restricted,
        "DL": dersimonian_laird,
        "HE": hedges,
        "ML": _maximum,
        "PM": paule_mandel,
        "SJ": sidik_jonkman,
        "EB": paule_mandel,
        "HS": hunter_schmidt,
    }
)
"""What the kernel estimates tau2 with, by name, from a block of subsets, their Q and their sums of pairs."""

"""How evidence flows: the weight of each direct comparison in each network estimate.

A network estimate is a weighted sum of direct ones. With the inverse variances of the comparisons as conductances
its weights are the currents between two poles (Rucker 2012, Res Synth Methods 3:312): what flows in at one
treatment flows out at the other, and nothing is lost between (Konig, Krahn & Binder 2013, Stat Med 32:5414).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from netmeta.network.contrasts import Contrasts
    from netmeta.network.fitting import NetworkFit
    from netmeta.pooling.arrays import Floats

__all__ = ["Conductances", "conductances", "currents"]


@dataclass(frozen=True, slots=True, eq=False)
class Conductances:
    """Weights of the direct comparisons.

    Parameters
    ----------
    edges
        Places of the two treatments of each direct comparison, shape (e, 2), in the order of the graph's edges.
    weights
        Weight of each comparison, all studies together, shape (e,): the inverse variance for studies of two arms,
        those that give a larger study the same variances for the others (Rucker & Schwarzer 2014, Stat Med
        33:4353).
    rows
        For each row of the evidence its edge and its weight, in the order of the studies' rows, shapes (r,).
    keys
        The rows' keys, in that order.
    """

    edges: npt.NDArray[np.intp]
    weights: Floats
    rows: tuple[npt.NDArray[np.intp], Floats]
    keys: tuple[str, ...]


def conductances(found: Contrasts, tau2: float) -> Conductances:
    """Return the weights of the direct comparisons at a variance between trials, (log HR) squared."""
    place = {name: at for at, name in enumerate(found.treatments)}
    edge_of = {frozenset(edge.treatments): at for at, edge in enumerate(found.graph.edges)}
    edges = np.array([[place[name] for name in edge.treatments] for edge in found.graph.edges], dtype=np.intp)
    at: list[int] = []
    weights: list[float] = []
    for each in found.studies:
        arm = {name: place for place, name in enumerate(each.study.arms)}
        laplacian = _laplacian(each.block.covariance, tau2)
        for row in each.study.rows:
            at.append(edge_of[frozenset((row.experimental, row.control))])
            weights.append(-float(laplacian[arm[row.experimental], arm[row.control]]))
    rows = np.array(at, dtype=np.intp), np.array(weights, dtype=float)
    keys = tuple(row.trial.key for each in found.studies for row in each.study.rows)
    return Conductances(edges, np.bincount(rows[0], rows[1], len(edges)).astype(float), rows, keys)


def _laplacian(covariance: Floats, tau2: float) -> Floats:
    """Return the Laplacian of a study's arms, whose entries beside the diagonal are weights with a minus."""
    size = len(covariance)
    precision = np.linalg.inv(covariance + tau2 * (np.eye(size) + 1) / 2)
    from_base = np.hstack([-np.ones((size, 1)), np.eye(size)])
    return np.asarray(from_base.T @ precision @ from_base)


def currents(fit: NetworkFit, found: Conductances, pairs: npt.NDArray[np.intp]) -> Floats:
    """Return the weight of every direct comparison in some network estimates: rows of the hat matrix.

    Parameters
    ----------
    fit
        The fitted network.
    found
        Its weights at the tau2 of the fit.
    pairs
        Places of the two treatments of each estimate, shape (r, 2), the first against the second.

    Returns
    -------
    array
        Shape (r, e); positive where the comparison's first treatment is on the side of the estimate's first.
    """
    potential = fit.covariance[pairs[:, 0]] - fit.covariance[pairs[:, 1]]
    one, other = found.edges.T
    return np.asarray(found.weights * (potential[:, one] - potential[:, other]))

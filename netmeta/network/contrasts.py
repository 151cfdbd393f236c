"""A network as a regression without intercept, in which no two rows depend on each other.

The comparisons of a study of several arms share an arm: their errors go together, and so do their deviations
between trials, with covariance ``tau2 / 2``. Within each study both covariances are brought to diagonal form at
once. After that turn every row has variance ``v + tau2`` and no row knows of another, whatever tau2 is: a network
of any studies is then a meta-regression, for which PyMARE and the least squares of `netmeta.pooling` serve as
they are. Nothing is approximated; generalised least squares with the full covariance gives the same numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from netmeta.network.graph import connected, graph_of
from netmeta.network.multiarm import block
from netmeta.network.studies import studies
from netmeta.pooling.arrays import checked
from netmeta.pooling.leastsquares import moderated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import numpy.typing as npt

    from netmeta.evidence import Evidence
    from netmeta.network.assumptions import Assumptions
    from netmeta.network.graph import Graph
    from netmeta.network.multiarm import Block
    from netmeta.network.studies import Study
    from netmeta.pooling.arrays import Floats
    from netmeta.pooling.leastsquares import Moderated

__all__ = ["Contrasts", "Turned", "contrasts"]


@dataclass(frozen=True, slots=True, eq=False)
class Turned:
    """A study inside the regression.

    Parameters
    ----------
    study
        The study.
    block
        Its comparisons against its first arm, shape (a - 1,), and their covariance.
    turn
        Matrix that makes them independent of each other, shape (a - 1, a - 1).
    rows
        Where they stand in the regression, shape (a - 1,).
    """

    study: Study
    block: Block
    turn: Floats
    rows: npt.NDArray[np.intp]

    def column(self, shift: Mapping[str, float]) -> Floats:
        """Return what a shift of some arms does to the turned comparisons, shape (a - 1,)."""
        base, *others = self.study.arms
        return np.asarray(self.turn @ [shift.get(arm, 0.0) - shift.get(base, 0.0) for arm in others])


@dataclass(frozen=True, slots=True, eq=False)
class Contrasts:
    """All studies of a network as one regression.

    Parameters
    ----------
    treatments
        In alphabetical order.
    graph
        Who is compared with whom.
    studies
        The studies, in the order of the evidence.
    y, v
        Turned log HRs and their variances within trials, shape (m,), the most precise first.
    x
        Design, shape (m, n - 1): a column for each treatment but the first.
    """

    treatments: tuple[str, ...]
    graph: Graph
    studies: tuple[Turned, ...]
    y: Floats
    v: Floats
    x: Floats

    @property
    def df(self) -> int:
        """Degrees of freedom of Q: comparisons that studies give, less those that the network needs."""
        return len(self.y) - int(self.x.shape[1])

    def columns(self, shift: Callable[[Study], Mapping[str, float]]) -> Floats:
        """Return the column of a further parameter, shape (m,): by how much it shifts the arms of each study."""
        found = np.zeros(len(self.y))
        for each in self.studies:
            moved = shift(each.study)
            if moved:
                found[each.rows] = each.column(moved)
        return found

    def regression(self, further: Floats | None = None) -> Moderated:
        """Return the regression, with further columns, shape (m, c), if wanted.

        Sidik and Jonkman's first guess of tau2 is the mean square about the unweighted fit: for two treatments it
        is the variance of the effects, and unlike that it does not depend on which way round comparisons are
        written.
        """
        return _regression(self.y, self.v, self.x if further is None else np.hstack([self.x, further]))

    def part(self, studies: Iterable[Turned], treatments: tuple[str, ...]) -> Moderated:
        """Return the regression of some studies alone, whose treatments are ``treatments``, in that order."""
        rows = np.sort(np.concatenate([each.rows for each in studies]))
        # What a row says of the treatments adds up to nothing: so the first column is known from the others.
        whole = np.column_stack([-self.x.sum(1), self.x])
        columns = np.array([self.treatments.index(name) for name in treatments], dtype=np.intp)
        return _regression(self.y[rows], self.v[rows], whole[np.ix_(rows, columns)][:, 1:])


def _regression(y: Floats, v: Floats, x: Floats) -> Moderated:
    found = moderated(y, v, x, centred=False)
    return replace(found, rough=float(((found.y - found.x @ (found.x.T @ found.y)) ** 2).mean()))


@lru_cache(maxsize=256)
def contrasts(evidence: Evidence, assumptions: Assumptions) -> Contrasts:
    """Make a regression of the trials of a connected network (see `Contrasts`).

    Raises
    ------
    NetworkError
        For trials that make no network (`netmeta.network.studies.studies`), or one that falls into parts.
    PoolingError
        For variances that no double precision holds side by side.
    """
    found = studies(evidence, assumptions)
    graph = graph_of(found)
    connected(graph, evidence, assumptions)
    blocks = [block(study) for study in found]
    turns = [_turn(each.covariance) for each in blocks]
    variances = np.concatenate([variance for variance, _turn in turns])
    effects = np.concatenate([turn @ each.y for each, (_variance, turn) in zip(blocks, turns, strict=True)])
    y, v = checked(effects, variances, least=1)
    order = np.argsort(v, kind="stable")
    ends = np.cumsum([len(each.y) for each in blocks])
    place = np.argsort(order, kind="stable")
    rows = np.split(place, ends[:-1])
    turned = tuple(
        Turned(study, each, turn, at)
        for study, each, (_v, turn), at in zip(found, blocks, turns, rows, strict=True)
    )
    return Contrasts(graph.treatments, graph, turned, y[order], v[order], _design(turned, graph.treatments, len(y)))


def _turn(covariance: Floats) -> tuple[Floats, Floats]:
    """Return variances, shape (a - 1,), and the matrix that turns a study's comparisons into independent ones."""
    size = len(covariance)
    if size == 1:
        return covariance[0], np.eye(1)
    # Between trials the comparisons against one arm have variance tau2 and covariance tau2 / 2.
    between = np.linalg.inv(np.linalg.cholesky((np.eye(size) + 1) / 2))
    variances, vectors = np.linalg.eigh(between @ covariance @ between.T)
    return variances, vectors.T @ between


def _design(turned: tuple[Turned, ...], treatments: tuple[str, ...], rows: int) -> Floats:
    place = {name: at for at, name in enumerate(treatments)}
    full = np.zeros((rows, len(treatments)))
    for each in turned:
        base, *others = each.study.arms
        raw = np.zeros((len(others), len(treatments)))
        raw[:, place[base]] = -1.0
        raw[np.arange(len(others)), [place[arm] for arm in others]] = 1.0
        full[each.rows] = each.turn @ raw
    return full[:, 1:]

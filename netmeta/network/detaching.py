"""Designs with effects of their own: each one detached from the network, or all of them at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from netmeta.network.families import LIKELY, tau2_of
from netmeta.pooling.leastsquares import moderated, orthonormal
from netmeta.pooling.likelihood import highest
from netmeta.pooling.moderators import ModeratedLikelihood

if TYPE_CHECKING:
    import numpy.typing as npt

    from netmeta.network.contrasts import Contrasts
    from netmeta.network.fitting import NetworkFit
    from netmeta.pooling.arrays import Floats
    from netmeta.pooling.leastsquares import Moderated

__all__ = ["Background", "ByDesign", "by_design"]

_NOTHING: Final = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class ByDesign:
    """A network in which every design has effects of its own.

    Parameters
    ----------
    names
        The designs.
    rows
        Rows of the regression that each has, and columns that are its own in ``x``.
    x
        Design matrix, shape (m, p), p columns in all.
    regression
        The regression on it.
    """

    names: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]], ...]
    x: Floats
    regression: Moderated

    @property
    def df(self) -> int:
        """Degrees of freedom within designs."""
        return len(self.x) - int(self.x.shape[1])

    def tau2(self, method: str) -> float:
        """Return the variance between trials within designs, (log HR) squared, by an estimator."""
        unit = self.regression.unit**2
        if method not in LIKELY:
            return tau2_of(self.regression, method) * unit
        parts = tuple(
            ModeratedLikelihood(self._part(rows, columns), restricted=method == "REML")
            for rows, columns in self.rows
            if len(rows) > len(columns)
        )
        return highest(_Together(parts, ModeratedLikelihood(self.regression, method == "REML")), np.nan) * unit

    def _part(self, rows: npt.NDArray[np.intp], columns: npt.NDArray[np.intp]) -> Moderated:
        whole, (x, _back) = self.regression, orthonormal(self.x[np.ix_(rows, columns)], centred=False)
        return replace(whole, y=whole.raw[rows], v=whole.v[rows], x=x, raw=whole.raw[rows])


@dataclass(frozen=True, slots=True, eq=False)
class _Together:
    """A likelihood of tau2 that is the product of those of designs, which share nothing else."""

    parts: tuple[ModeratedLikelihood, ...]
    whole: ModeratedLikelihood

    def value(self, tau2: Floats) -> Floats:
        """Return the log-likelihood up to a constant, shape of ``tau2``, shape (n,)."""
        return np.asarray(sum(part.value(tau2) for part in self.parts))

    def slope(self, tau2: Floats) -> Floats:
        """Return the derivative of `value`, shape of ``tau2``, shape (n,)."""
        return np.asarray(sum(part.slope(tau2) for part in self.parts))

    def grid(self, start: float) -> Floats:
        """Return candidates from 0 to where the slope is negative for good, ascending, shape (n,)."""
        return self.whole.grid(start)


def by_design(found: Contrasts) -> ByDesign:
    """Give every design effects of its own."""
    names = found.graph.designs
    place = {name: at for at, name in enumerate(names)}
    start = np.concatenate([[0], np.cumsum([len(name) - 1 for name in names])])
    x = np.zeros((len(found.y), int(start[-1])))
    rows: list[list[int]] = [[] for _ in names]
    for each in found.studies:
        at = place[each.study.design]
        x[each.rows, start[at] : start[at + 1]] = each.turn
        rows[at] += each.rows.tolist()
    places = tuple(
        (np.array(own, dtype=np.intp), np.arange(start[at], start[at + 1])) for at, own in enumerate(rows)
    )
    return ByDesign(names, places, x, moderated(found.y, found.v, x, centred=False))


@dataclass(frozen=True, slots=True, eq=False)
class Background:
    """A network at some tau2, before columns are set free beside it.

    Parameters
    ----------
    half
        Square roots of the weights, shape (m, 1).
    inside
        Orthonormal columns that span the weighted design, shape (m, p).
    rest
        Standardised residuals, shape (m,).
    """

    half: Floats
    inside: Floats
    rest: Floats

    @classmethod
    def of(cls, fit: NetworkFit, tau2: float) -> Background:
        """Take the network at a tau2, (log HR) squared."""
        trials = fit.regression
        at = trials.one(tau2 / trials.unit**2)
        half = np.sqrt(at.w[0])[:, None]
        return cls(half, np.linalg.qr(half * trials.x)[0], half[:, 0] * at.rest[0])

    def basis(self, columns: Floats) -> Floats:
        """Return orthonormal columns, shape (m, r), that residuals are cleared of when ``columns`` are free."""
        beside = self.half * columns
        left, size, _right = np.linalg.svd(beside - self.inside @ (self.inside.T @ beside), full_matrices=False)
        return np.asarray(left[:, size > _NOTHING * np.sqrt((beside**2).sum())])

    def freed(self, columns: Floats) -> Floats:
        """Return standardised residuals when ``columns``, shape (m, c), are free, shape (m,)."""
        basis = self.basis(columns)
        return np.asarray(self.rest - basis @ (basis.T @ self.rest))

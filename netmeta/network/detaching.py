"""Designs with effects of their own: each one detached from the network, or all of them at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from netmeta.network.families import LIKELY, tau2_of
from netmeta.pooling.leastsquares import moderated
from netmeta.pooling.likelihood import candidates, highest
from netmeta.pooling.moderators import ModeratedLikelihood

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy.typing as npt

    from netmeta.network.contrasts import Contrasts
    from netmeta.network.fitting import NetworkFit
    from netmeta.pooling.arrays import Floats
    from netmeta.pooling.leastsquares import Moderated

__all__ = ["Background", "ByDesign", "by_design"]

_NOTHING: Final = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class ByDesign:
    """A network in which every design has effects of its own: designs then share nothing but tau2.

    Parameters
    ----------
    names
        The designs.
    rows
        Rows of the network's regression that each has, and columns that are its own in ``x``.
    x
        Design matrix of all, shape (m, p), p columns in all.
    parts
        The regression of each design with more rows than columns, and ``None`` for the others, which fit exactly.
    whole
        The regression of all of them at once, for estimators that have no sum over designs.
    """

    names: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]], ...]
    x: Floats
    parts: tuple[Moderated | None, ...]
    whole: Callable[[], Moderated]

    @property
    def df(self) -> int:
        """Degrees of freedom within designs."""
        return len(self.x) - int(self.x.shape[1])

    def rest(self, tau2: float) -> Floats:
        """Return standardised residuals at a tau2, (log HR) squared, in the order of the regression, shape (m,)."""
        found = np.zeros(len(self.x))
        for part, (rows, _columns) in zip(self.parts, self.rows, strict=True):
            if part is not None:
                fit = part.one(tau2 / part.unit**2)
                found[rows] = np.sqrt(fit.w[0]) * fit.rest[0]
        return found

    def tau2(self, method: str) -> float:
        """Return the variance between trials within designs, (log HR) squared, by an estimator."""
        parts = tuple(part for part in self.parts if part is not None)
        if method in LIKELY:
            return highest(_Together(parts, restricted=method == "REML"), np.nan)
        if method == "DL":
            fits = [(part.one(0.0), part.unit**2) for part in parts]
            excess = sum(fit.squares.item() for fit, _unit in fits) - self.df
            return max(0.0, excess / sum(fit.trace.item() / unit for fit, unit in fits))
        whole = self.whole()
        return tau2_of(whole, method) * whole.unit**2


@dataclass(frozen=True, slots=True, eq=False)
class _Together:
    """A likelihood of tau2, (log HR) squared, that is the product of those of designs."""

    parts: tuple[Moderated, ...]
    restricted: bool

    def _each(self) -> Iterator[tuple[ModeratedLikelihood, float]]:
        return ((ModeratedLikelihood(part, self.restricted), part.unit**2) for part in self.parts)

    def value(self, tau2: Floats) -> Floats:
        """Return the log-likelihood up to a constant, shape of ``tau2``, shape (n,)."""
        return np.asarray(sum(part.value(tau2 / unit) for part, unit in self._each()))

    def slope(self, tau2: Floats) -> Floats:
        """Return the derivative of `value`, shape of ``tau2``, shape (n,)."""
        return np.asarray(sum(part.slope(tau2 / unit) / unit for part, unit in self._each()))

    def grid(self, start: float) -> Floats:
        """Return candidates from 0 to where every part falls for good, ascending, shape (n,)."""
        smallest = min(float(part.v.min()) * part.unit**2 for part in self.parts)
        return candidates(smallest, max(float(part.grid(np.nan)[-1]) * unit for part, unit in self._each()), start)


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
    # In the order of the regression, which is that of precision: the least squares rely on it.
    places = tuple(
        (np.sort(np.array(own, dtype=np.intp)), np.arange(start[at], start[at + 1])) for at, own in enumerate(rows)
    )
    parts = tuple(_part(found, x, *place) for place in places)
    return ByDesign(names, places, x, parts, lambda: moderated(found.y, found.v, x, centred=False))


def _part(
    found: Contrasts, x: Floats, rows: npt.NDArray[np.intp], columns: npt.NDArray[np.intp]
) -> Moderated | None:
    if len(rows) == len(columns):
        return None
    return moderated(found.y[rows], found.v[rows], x[np.ix_(rows, columns)], centred=False)


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

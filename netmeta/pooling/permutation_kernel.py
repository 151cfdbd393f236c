"""Many meta-regressions of the same design at once: trials change places, their rows of the design do not.

To permute the rows of a design against the trials is to permute the trials against its rows. So one design
serves all fits, and every ``X'WX`` is one row of a matrix product of weights and products of columns. PyMARE and
``leastsquares`` fit one at a time; a property test holds the kernel against them.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import numpy.typing as npt

    from netmeta.pooling.arrays import Floats

__all__ = ["Places", "Shuffled", "tau2_of"]

_ROUNDS: Final = 100
# Newton's error is about the square of its step.
_SMALL: Final = 1e-8
_NEAR_ZERO, _STEP = 0.01, 0.25


@dataclass(frozen=True, slots=True, eq=False)
class Shuffled:
    """The design, and what all orders of the trials share.

    Parameters
    ----------
    x
        Orthonormal columns, shape (k, p).
    products
        Their products, shape (k, p * p).
    variance
        Variance of the effects with divisor k: Sidik and Jonkman's rough tau2.
    precision
        Sum of 1 / v.
    grid
        Candidates for tau2, ascending from 0 to where every likelihood falls, shape (g,).
    """

    x: Floats
    products: Floats
    variance: float
    precision: float
    grid: Floats

    @classmethod
    def of(cls, x: Floats, y: Floats, v: Floats) -> Shuffled:
        """Prepare a design of orthonormal columns, and trials on one scale."""
        k, p = x.shape
        products = (x[:, :, None] * x[:, None, :]).reshape(k, p * p)
        # No order leaves more squares than the sum of all of them; see `netmeta.pooling.moderators`.
        s = float((y**2).sum()) / (k - p)
        near = _NEAR_ZERO * float(v.min())
        bound = max(2 * near, (s + np.sqrt(s * s + 4 * s * float(v.max()))) / 2)
        steps = int(np.ceil(np.log(bound / near) / _STEP)) + 1
        grid = np.concatenate([[0.0], np.geomspace(near, bound, steps)])
        return cls(x, products, float(np.var(y)), float((1 / v).sum()), grid)

    @property
    def df(self) -> int:
        """Degrees of freedom left, k - p."""
        return len(self.x) - int(self.x.shape[1])

    def inner(self, weights: Floats) -> Floats:
        """Return ``X'WX`` for each row of weights, shape (n, p, p)."""
        p = self.x.shape[1]
        return (weights @ self.products).reshape(-1, p, p)


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """Weighted least squares of n orders of the trials.

    Parameters
    ----------
    w, rest
        Weights and residuals, shape (n, k).
    coefficients
        Of the orthonormal columns, shape (n, p).
    covariance
        ``(X'WX)^-1``, shape (n, p, p).
    inner
        ``X'WX``, shape (n, p, p).
    """

    w: Floats
    rest: Floats
    coefficients: Floats
    covariance: Floats
    inner: Floats

    @property
    def squares(self) -> Floats:
        """``y'Py``, shape (n,)."""
        return np.asarray(np.einsum("nk,nk,nk->n", self.w, self.rest, self.rest))

    @property
    def steep(self) -> Floats:
        """``y'PPy``, shape (n,)."""
        weighted = self.w * self.rest
        return np.asarray(np.einsum("nk,nk->n", weighted, weighted))


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Trials in n orders: row i of ``y`` and ``v`` stands against the rows of the design.

    Parameters
    ----------
    shared
        The design.
    y, v
        Effects and variances, shape (n, k).
    """

    shared: Shuffled
    y: Floats
    v: Floats

    def at(self, tau2: Floats, rows: npt.NDArray[np.intp] | slice = slice(None)) -> Fitted:
        """Fit some of the orders (all of them by default), each with its tau2, shape (m,)."""
        y, x = self.y[rows], self.shared.x
        w = 1 / (self.v[rows] + tau2[:, None])
        inner = self.shared.inner(w)
        covariance = np.linalg.inv(inner).astype(float, copy=False)
        coefficients = np.einsum("nij,nj->ni", covariance, (w * y) @ x)
        return Fitted(w, y - coefficients @ x.T, coefficients, covariance, inner)

    def trace(self, fit: Fitted) -> Floats:
        """Return the trace of P for each fit, shape (m,)."""
        return np.asarray(fit.w.sum(1) - _trace(fit.covariance, self.shared.inner(fit.w**2)))


def _trace(a: Floats, b: Floats) -> Floats:
    return np.asarray(np.einsum("nij,nji->n", a, b))


def tau2_of(places: Places, method: str | None) -> Floats:
    """Estimate tau2 for every order of the trials, shape (n,); 0 without a method (the common effect)."""
    return np.zeros(len(places.y)) if method is None else _METHODS[method](places)


def _dersimonian_laird(places: Places) -> Floats:
    fit = places.at(np.zeros(len(places.y)))
    return np.asarray(np.maximum(0.0, (fit.squares - places.shared.df) / places.trace(fit)))


def _hedges(places: Places) -> Floats:
    x = places.shared.x
    rest = places.y - (places.y @ x) @ x.T
    slack = 1 - (x**2).sum(1)
    return np.asarray(np.maximum(0.0, ((rest**2).sum(1) - places.v @ slack) / places.shared.df))


def _hunter_schmidt(places: Places) -> Floats:
    excess = places.at(np.zeros(len(places.y))).squares - places.y.shape[1]
    return np.asarray(np.maximum(0.0, excess / places.shared.precision))


def _sidik_jonkman(places: Places) -> Floats:
    rough = np.full(len(places.y), places.shared.variance)
    return np.asarray(rough * places.at(rough).squares / places.shared.df)


def _paule_mandel(places: Places) -> Floats:
    """Climb from 0 to the only root: the generalised Q is convex in tau2 and falls (see ``kernel_moments``)."""
    tau2 = np.zeros(len(places.y))
    left = np.arange(len(tau2))
    for _ in range(_ROUNDS):
        if not len(left):
            break
        fit = places.at(tau2[left], left)
        step = (fit.squares - places.shared.df) / fit.steep
        tau2[left] = np.maximum(0.0, tau2[left] + step)
        left = left[(np.abs(step) > _SMALL * tau2[left]) & (tau2[left] > 0)]
    return tau2


def _restricted(places: Places) -> Floats:
    return _climb(places, restricted=True)


def _maximum(places: Places) -> Floats:
    return _climb(places, restricted=False)


def _climb(places: Places, *, restricted: bool) -> Floats:
    """Find the highest point of the likelihood: every fall on the grid is refined, and the highest is kept."""
    grid = places.shared.grid
    slopes = np.stack([_slope(places, np.full(len(places.y), tau2), restricted) for tau2 in grid], axis=1)
    row, at = np.nonzero((slopes[:, :-1] > 0) & (slopes[:, 1:] <= 0))
    top = _refined(places, row, grid[at], grid[at + 1], restricted)
    tau2 = np.zeros(len(places.y))
    tau2[row] = top
    several = np.flatnonzero(np.bincount(row, minlength=len(tau2)) + (slopes[:, 0] <= 0) > 1)
    for each in several:
        tops = np.array([0.0, *top[row == each]])
        tau2[each] = tops[np.argmax(_value(places, tops, np.full(len(tops), each), restricted))]
    return tau2


def _slope(places: Places, tau2: Floats, restricted: bool) -> Floats:
    fit = places.at(tau2)
    return np.asarray(fit.steep - (places.trace(fit) if restricted else fit.w.sum(1)))


def _value(places: Places, tau2: Floats, rows: npt.NDArray[np.intp], restricted: bool) -> Floats:
    fit = places.at(tau2, rows)
    height = np.log(fit.w).sum(1) - fit.squares
    return np.asarray(height - np.linalg.slogdet(fit.inner)[1] if restricted else height)


def _refined(places: Places, row: npt.NDArray[np.intp], low: Floats, high: Floats, restricted: bool) -> Floats:
    """Bring every bracket to where the slope is zero: Newton's method, kept inside; shape (m,)."""
    low, high = low.copy(), high.copy()
    top = (low + high) / 2
    left = np.arange(len(row))
    for _ in range(_ROUNDS):
        if not len(left):
            break
        now = top[left]
        slope, bend = _slope_and_bend(places, now, row[left], restricted)
        low[left] = np.where(slope > 0, now, low[left])
        high[left] = np.where(slope > 0, high[left], now)
        newton = now - np.divide(slope, bend, out=np.full_like(slope, np.inf), where=bend < 0)
        inside = (newton >= low[left]) & (newton <= high[left])
        top[left] = np.where(inside, newton, (low[left] + high[left]) / 2)
        left = left[np.abs(top[left] - now) > _SMALL * now]
    return top


def _slope_and_bend(
    places: Places, tau2: Floats, rows: npt.NDArray[np.intp], restricted: bool
) -> tuple[Floats, Floats]:
    """Twice the slope of the likelihood, and twice its derivative, each of shape (m,)."""
    fit = places.at(tau2, rows)
    weighted = fit.w * fit.rest
    cubes = np.einsum("nk,nk,nk->n", fit.w, weighted, weighted)
    crossed = (fit.w * weighted) @ places.shared.x
    bend = -2 * (cubes - np.einsum("ni,nij,nj->n", crossed, fit.covariance, crossed))
    squared = fit.w**2
    if not restricted:
        return fit.steep - fit.w.sum(1), bend + squared.sum(1)
    second = fit.covariance @ places.shared.inner(squared)
    third = places.shared.inner(squared * fit.w)
    slope = fit.steep - (fit.w.sum(1) - np.einsum("nii->n", second))
    return slope, bend + squared.sum(1) - 2 * _trace(fit.covariance, third) + _trace(second, second)


_METHODS: Final[Mapping[str, Callable[[Places], Floats]]] = MappingProxyType(
    {
        "REML": _restricted,
        "DL": _dersimonian_laird,
        "HE": _hedges,
        "ML": _maximum,
        "PM": _paule_mandel,
        "SJ": _sidik_jonkman,
        "EB": _paule_mandel,
        "HS": _hunter_schmidt,
    }
)

"""Weighted least squares with a design matrix, for many values of tau2 at once, and never losing digits.

With one variance 1e12 times another the usual X'WX has no digits left for the rest. Here every fit is an
orthogonal decomposition with the heaviest trials first, and the leverage and residual of a trial that fits
itself are taken from the fit without it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from netmeta.pooling.arrays import Floats

__all__ = ["Leasts", "Moderated", "moderated", "orthonormal"]

# 1 - leverage has lost three of its sixteen digits beyond this; a design of p columns has few such trials.
_HIGH = 0.999
_NOTHING = 1e-14


@dataclass(frozen=True, slots=True, eq=False)
class Leasts:
    """Weighted least squares at n values of tau2.

    Parameters
    ----------
    w
        Weights ``1 / (v + tau2)``, shape (n, k).
    rest
        Residuals, shape (n, k).
    slack
        One minus the leverage of each trial, shape (n, k).
    coefficients
        Of the orthonormal columns, shape (n, p).
    root
        Triangular ``R`` with ``X'WX = R'R``, shape (n, p, p).
    """

    w: Floats
    rest: Floats
    slack: Floats
    coefficients: Floats
    root: Floats

    @property
    def squares(self) -> Floats:
        """Weighted sum of squared residuals, ``y'Py``, shape (n,)."""
        return np.asarray((self.w * self.rest**2).sum(-1))

    @property
    def steep(self) -> Floats:
        """``y'PPy``, shape (n,): by how much ``squares`` falls as tau2 rises."""
        return np.asarray(((self.w * self.rest) ** 2).sum(-1))

    @property
    def trace(self) -> Floats:
        """Trace of P, shape (n,)."""
        return np.asarray((self.w * self.slack).sum(-1))

    @property
    def log_determinant(self) -> Floats:
        """Logarithm of the determinant of ``X'WX``, shape (n,)."""
        return np.asarray(2 * np.log(np.abs(np.diagonal(self.root, axis1=-2, axis2=-1))).sum(-1))


@dataclass(frozen=True, slots=True, eq=False)
class Moderated:
    """Trials with a design matrix, on a scale where nothing overflows or cancels.

    Parameters
    ----------
    y, v
        ``(effect - design @ shift) / unit`` and ``variance / unit**2``, shape (k,), the most precise trial first.
    x
        Orthonormal columns that span those of the design, shape (k, p).
    back
        Coefficients of the design are ``shift + unit * back @ coefficients``, shape (p, p).
    shift
        Coefficients of the common-effect fit, shape (p,): what is left in ``y`` is small beside its scatter.
    unit
        A power of two near the median standard error.
    raw
        Effects over ``unit`` before anything was taken off, shape (k,).
    alone
        Which trials alone say something of a coefficient: they fit themselves at any weights, shape (k,).
    rough
        First guess of tau2 for Sidik and Jonkman's estimator, over ``unit**2``: the variance of ``raw``, as in
        metafor.
    """

    y: Floats
    v: Floats
    x: Floats
    back: Floats
    shift: Floats
    unit: float
    raw: Floats
    rough: float
    alone: npt.NDArray[np.bool_]

    @property
    def df(self) -> int:
        """Degrees of freedom left, k - p."""
        return len(self.y) - int(self.x.shape[1])

    def at(self, tau2: Floats) -> Leasts:
        """Fit at each of ``tau2``, shape (n,), on the scale of ``v``."""
        w = 1 / (self.v + tau2[:, None])
        return _fit(self.x, self.y, w, self.alone)

    def one(self, tau2: float) -> Leasts:
        """Fit at one value of tau2: a family of one."""
        return self.at(np.array([tau2]))

    def coefficients(self, fit: Leasts) -> Floats:
        """Return the coefficients of the design, log HR a unit of each column, shape (p,)."""
        return np.asarray(self.shift + self.unit * (self.back @ fit.coefficients[0]))

    def covariance(self, fit: Leasts) -> Floats:
        """Return their covariance ``(X'WX)^-1``, shape (p, p)."""
        half = self.unit * self.back @ np.linalg.inv(fit.root[0])
        return np.asarray(half @ half.T)


def moderated(y: Floats, v: Floats, matrix: Floats, *, centred: bool) -> Moderated:
    """Sort, centre and scale checked arrays and a design of full rank.

    Parameters
    ----------
    y, v
        Log HRs and variances, shape (k,).
    matrix
        Design, shape (k, p).
    centred
        Whether its first column is an intercept: the others are then taken off their means first.
    """
    order = np.argsort(v, kind="stable")
    exponent = int(np.frexp(np.sqrt(np.median(v)))[1])
    scaled_y, scaled_v = np.ldexp(y[order], -exponent), np.ldexp(v[order], -2 * exponent)
    x, back = orthonormal(matrix[order], centred)
    alone = _alone(x)
    first = _fit(x, scaled_y, (1 / scaled_v)[None, :], alone)
    unit = float(np.ldexp(1.0, exponent))
    shift = unit * (back @ first.coefficients[0])
    return Moderated(first.rest[0], scaled_v, x, back, shift, unit, scaled_y, float(np.var(scaled_y)), alone)


def orthonormal(matrix: Floats, centred: bool) -> tuple[Floats, Floats]:
    """Return orthonormal columns, and the matrix that brings their coefficients back to those of ``matrix``.

    Parameters
    ----------
    matrix
        Design of full rank, shape (k, p).
    centred
        Whether its first column is an intercept; the first orthonormal column is then constant too.
    """
    mean = matrix.mean(0) if centred else np.zeros(matrix.shape[1])
    mean[:1] = 0.0 if centred else mean[:1]
    moved = matrix - mean
    size = np.sqrt((moved**2).sum(0))
    x, root = np.linalg.qr(moved / size)
    back = np.linalg.inv(root) / size[:, None]
    if centred:
        back[0] -= mean[1:] @ back[1:]
    return x, back


def _alone(x: Floats) -> npt.NDArray[np.bool_]:
    """Say which trials alone say something of a coefficient and so fit themselves at any weights, shape (k,)."""
    found = np.zeros(len(x), dtype=bool)
    for trial in np.flatnonzero((x**2).sum(1) > _HIGH):
        size = np.abs(np.diagonal(np.linalg.qr(np.delete(x, trial, axis=0), mode="r")))
        found[trial] = len(size) < x.shape[1] or size.min() <= _NOTHING * size.max()
    return found


def _fit(x: Floats, y: Floats, w: Floats, itself: npt.NDArray[np.bool_]) -> Leasts:
    half = np.sqrt(w)
    q, root = np.linalg.qr(half[..., None] * x)
    coefficients = _solved(root, q, half * y)
    rest = y - coefficients @ x.T
    leverage = (q**2).sum(-1)
    slack = np.where(itself, 0.0, 1 - leverage)
    rest[:, itself] = 0.0
    row, trial = np.nonzero((leverage > _HIGH) & ~itself)
    if len(row):
        slack[row, trial], rest[row, trial] = _without(x, y, half[row], trial)
    return Leasts(w, rest, slack, coefficients, root)


def _solved(root: Floats, q: Floats, target: Floats) -> Floats:
    return np.asarray(np.linalg.solve(root, np.einsum("nkp,nk->np", q, target)[..., None])[..., 0])


def _without(x: Floats, y: Floats, half: Floats, trial: npt.NDArray[np.intp]) -> tuple[Floats, Floats]:
    """One minus leverage, and residual, of one trial a row, from the fit without it, each of shape (m,)."""
    here = np.arange(len(trial))
    own = half[here, trial].copy()
    half[here, trial] = 0.0
    q, root = np.linalg.qr(half[..., None] * x)
    # A trial that alone says something about a coefficient leaves the others without it: leverage is 1.
    size = np.abs(np.diagonal(root, axis1=-2, axis2=-1))
    alone = size.min(-1) <= _NOTHING * size.max(-1)
    root[alone] = np.eye(x.shape[1])
    reach = np.linalg.solve(np.swapaxes(root, -1, -2), (own[:, None] * x[trial])[..., None])[..., 0]
    slack = np.where(alone, 0.0, 1 / (1 + (reach**2).sum(-1)))
    apart = y[trial] - (x[trial] * _solved(root, q, half * y)).sum(-1)
    return slack, np.where(alone, 0.0, slack * apart)

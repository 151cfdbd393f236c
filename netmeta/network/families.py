"""A network with one further parameter, for many parameters at once: each trial left out, each comparison split.

To leave a row out is to give it a parameter of its own; to split a comparison is to give its direct evidence one.
All such fits share the network's own least squares: at any tau2 the further column only takes its residual's
share off the sum of squares. So one grid of tau2 serves all of them, and only the maxima are refined one by one.
The rule is that of `netmeta.pooling.likelihood`: every maximum on the grid is refined, and the highest is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from netmeta.pooling.likelihood import highest
from netmeta.pooling.moderators import ESTIMATORS, ModeratedLikelihood

if TYPE_CHECKING:
    import numpy.typing as npt

    from netmeta.network.contrasts import Contrasts
    from netmeta.pooling.arrays import Floats
    from netmeta.pooling.leastsquares import Leasts, Moderated

__all__ = ["LIKELY", "Extended", "extended", "tau2_of"]

_ROUNDS: Final = 60
_SMALL: Final = 1e-10
LIKELY: Final = ("REML", "ML")
"""Estimators that maximise a likelihood."""


@dataclass(frozen=True, slots=True, eq=False)
class Extended:
    """Networks with one further parameter each.

    Parameters
    ----------
    tau2
        Variance between trials of each, (log HR) squared, shape (c,).
    squares
        Q of each at tau2 = 0, shape (c,).
    further, further_se
        The further parameter and its standard error, shape (c,).
    estimates, covariance
        Of each treatment against the first, shapes (c, n) and (c, n, n).
    with_further
        Covariance of each estimate with the further parameter, shape (c, n).
    """

    tau2: Floats
    squares: Floats
    further: Floats
    further_se: Floats
    estimates: Floats
    covariance: Floats
    with_further: Floats


@dataclass(frozen=True, slots=True, eq=False)
class _Columns:
    """Further columns beside a regression, shape (m, c)."""

    trials: Moderated
    z: Floats

    def beside(self, fit: Leasts, which: npt.NDArray[np.intp]) -> _Beside:
        """Take each of ``which`` columns, shape (c,), out of its own fit, one a row of ``fit``."""
        z = self.z[:, which].T
        slopes = _solved(fit.root, (fit.w * z) @ self.trials.x)
        rest = z - slopes @ self.trials.x.T
        weighted = fit.w * rest
        inside = (weighted * rest).sum(1)
        return _Beside(fit, slopes, weighted, inside, (weighted * fit.rest).sum(1) / inside)

    def over(self, fit: Leasts, row: int) -> tuple[Floats, Floats, Floats]:
        """Return ``z'Pz``, the parameter and ``z'PPz`` of all columns at one row of ``fit``, each (c,)."""
        w, x = fit.w[row], self.trials.x
        projected = x.T @ (w[:, None] * self.z)
        slopes = np.linalg.solve(fit.root[row], np.linalg.solve(fit.root[row].T, projected))
        rest = self.z - x @ slopes
        weighted = w[:, None] * rest
        inside = (weighted * rest).sum(0)
        return inside, weighted.T @ fit.rest[row] / inside, weighted

    def slopes(self, fit: Leasts, *, restricted: bool) -> Floats:
        """Return twice the slope of every column's likelihood at every tau2 of ``fit``, shape (n, c)."""
        found = np.empty((len(fit.w), self.z.shape[1]))
        trace = fit.trace if restricted else fit.w.sum(1)
        for row in range(len(fit.w)):
            inside, further, weighted = self.over(fit, row)
            steep = ((fit.w[row] * fit.rest[row])[:, None] - weighted * further) ** 2
            lost = (weighted**2).sum(0) / inside if restricted else 0.0
            found[row] = steep.sum(0) - (trace[row] - lost)
        return found


@dataclass(frozen=True, slots=True, eq=False)
class _Beside:
    """One column beside each row of a fit: its slopes on the design, ``Pz``, ``z'Pz`` and its parameter."""

    fit: Leasts
    slopes: Floats
    weighted: Floats
    inside: Floats
    further: Floats

    def slope(self, *, restricted: bool) -> Floats:
        """Return twice the slope of the likelihood of tau2, shape (c,)."""
        steep = ((self.fit.w * self.fit.rest - self.weighted * self.further[:, None]) ** 2).sum(1)
        if not restricted:
            return np.asarray(steep - self.fit.w.sum(1))
        return np.asarray(steep - (self.fit.trace - (self.weighted**2).sum(1) / self.inside))

    def value(self, *, restricted: bool) -> Floats:
        """Return twice the log-likelihood of tau2 up to a constant, shape (c,)."""
        squares = self.fit.squares - self.inside * self.further**2
        height = np.log(self.fit.w).sum(1) - squares
        return np.asarray(height - self.fit.log_determinant - np.log(self.inside) if restricted else height)


def _solved(root: Floats, target: Floats) -> Floats:
    """Solve ``R'R b = target`` for each row, shapes (n, p, p) and (n, p)."""
    half = np.linalg.solve(np.swapaxes(root, -1, -2), target[..., None])
    return np.asarray(np.linalg.solve(root, half)[..., 0])


def extended(found: Contrasts, trials: Moderated, z: Floats, method: str | None, *, held: float = 0.0) -> Extended:
    """Fit the network with each further column in turn.

    Parameters
    ----------
    found, trials
        The network and its regression.
    z
        Columns, shape (m, c), none of which the design spans.
    method
        Estimator of tau2; ``None`` to hold it.
    held
        The tau2 that is held, (log HR) squared.
    """
    columns = _Columns(trials, z)
    tau2 = np.full(z.shape[1], held / trials.unit**2) if method is None else _tau2(found, columns, method)
    every = np.arange(z.shape[1])
    beside, start = columns.beside(trials.at(tau2), every), columns.beside(trials.at(0 * tau2), every)
    unit, back = trials.unit, trials.back
    # The design's own coefficients, less what the further column takes over from them.
    inner = beside.fit.coefficients - beside.slopes * beside.further[:, None]
    estimates = trials.shift + unit * inner @ back.T
    half = np.swapaxes(np.linalg.inv(beside.fit.root), -1, -2)
    spread = (
        half.swapaxes(-1, -2) @ half
        + beside.slopes[:, :, None] * beside.slopes[:, None, :] / beside.inside[:, None, None]
    )
    return Extended(
        tau2=tau2 * unit**2,
        squares=start.fit.squares - start.inside * start.further**2,
        further=unit * beside.further,
        further_se=unit / np.sqrt(beside.inside),
        estimates=np.pad(estimates, ((0, 0), (1, 0))),
        covariance=np.pad(unit**2 * back @ spread @ back.T, ((0, 0), (1, 0), (1, 0))),
        with_further=np.pad(-(unit**2) * (beside.slopes / beside.inside[:, None]) @ back.T, ((0, 0), (1, 0))),
    )


def _tau2(found: Contrasts, columns: _Columns, method: str) -> Floats:
    if method in LIKELY:
        return _highest(columns, restricted=method == "REML")
    if method == "DL":
        return _dersimonian_laird(columns)
    return np.array([_single(found, columns, at, method) for at in range(columns.z.shape[1])])


def _single(found: Contrasts, columns: _Columns, at: int, method: str) -> float:
    trials = found.regression(columns.z[:, at : at + 1])
    return tau2_of(trials, method) * (trials.unit / columns.trials.unit) ** 2


def tau2_of(trials: Moderated, method: str) -> float:
    """Return tau2 of one member of a family, on the scale of ``trials``: what the door gives, without its start."""
    if method in LIKELY:
        return highest(ModeratedLikelihood(trials, restricted=method == "REML"), float("nan"))
    return ESTIMATORS[method](trials)


def _dersimonian_laird(columns: _Columns) -> Floats:
    fit = columns.trials.one(0.0)
    inside, further, weighted = columns.over(fit, 0)
    squares = fit.squares - inside * further**2
    trace = fit.trace - (weighted**2).sum(0) / inside
    return np.asarray(np.maximum(0.0, (squares - (columns.trials.df - 1)) / trace))


def _highest(columns: _Columns, *, restricted: bool) -> Floats:
    """Find the tau2 of the highest likelihood for every column (see `netmeta.pooling.likelihood.highest`)."""
    grid = ModeratedLikelihood(columns.trials, restricted).grid(float("nan"))
    # A further parameter leaves one degree of freedom less, so that its likelihood may rise a little longer.
    grid = np.concatenate([grid, grid[-1] * np.array([2.0, 8.0, 64.0])])
    slopes = columns.slopes(columns.trials.at(grid), restricted=restricted)
    rising = slopes > 0
    at, column = np.nonzero(rising[:-1] & ~rising[1:])
    tops = _refined(
        columns, column, (grid[at], grid[at + 1]), (slopes[at, column], slopes[at + 1, column]), restricted
    )
    return _best(columns, column, tops, rising[0], restricted)


def _best(
    columns: _Columns, column: npt.NDArray[np.intp], tops: Floats, rising: npt.NDArray[np.bool_], restricted: bool
) -> Floats:
    """Keep the highest of each column's maxima; 0 is one where the likelihood falls from there."""
    found = np.zeros(len(rising))
    found[column] = tops
    several = np.bincount(column, minlength=len(found)) + ~rising > 1
    for one in np.flatnonzero(several):
        tried = np.concatenate([[0.0], tops[column == one]])
        which = np.full(len(tried), one)
        value = columns.beside(columns.trials.at(tried), which).value(restricted=restricted)
        found[one] = tried[np.argmax(value)]
    return found


def _refined(
    columns: _Columns, column: npt.NDArray[np.intp], ends: tuple[Floats, Floats], slopes: tuple[Floats, Floats],
    restricted: bool,
) -> Floats:  # fmt: skip
    """Bring each maximum to where its slope is zero, by the Illinois rule inside its bracket."""
    low, high = (each.copy() for each in ends)
    up, down = (each.copy() for each in slopes)
    top = low.copy()
    left = np.arange(len(column))
    for _ in range(_ROUNDS):
        if not len(left):
            break
        now = (low[left] * down[left] - high[left] * up[left]) / (down[left] - up[left])
        slope = columns.beside(columns.trials.at(now), column[left]).slope(restricted=restricted)
        moved = np.abs(now - top[left])
        top[left] = now
        _narrow((low, high), (up, down), left, now, slope)
        left = left[(moved > _SMALL * now) & (slope != 0) & (high[left] - low[left] > _SMALL * now)]
    return top


def _narrow(
    ends: tuple[Floats, Floats],
    slopes: tuple[Floats, Floats],
    left: npt.NDArray[np.intp],
    now: Floats,
    slope: Floats,
) -> None:
    """Move one end of each bracket; where the same end moved, halve the other's slope so that it moves soon."""
    for end, (own, other) in enumerate(((0, 1), (1, 0))):
        here = slope > 0 if end == 0 else slope <= 0
        which = left[here]
        before = slopes[own][which]
        ends[own][which], slopes[own][which] = now[here], slope[here]
        # The Pegasus form of the rule: it keeps an order of 1.64.
        slopes[other][which] *= before / (before + slope[here])

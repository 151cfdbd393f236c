"""A straight line through effects, with weights: what Egger's test in both its forms is made of."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from netmeta.pooling.arrays import Floats

__all__ = ["METHODS", "Line", "Points"]

_GRID: Final = 240
_ULP: Final = 4 * float(np.finfo(float).eps)


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """Weighted least squares of y on x, with weights ``1 / (v + tau2)``.

    Parameters
    ----------
    slope, intercept
        The line.
    slope_variance, intercept_variance
        For weights that are the inverse of true variances.
    rss
        Weighted sum of squared residuals.
    score, score_restricted
        Derivative by tau2 of the log-likelihood, and of the restricted one.
    log, log_restricted
        Both likelihoods, up to a constant.
    """

    slope: Floats
    intercept: Floats
    slope_variance: Floats
    intercept_variance: Floats
    rss: Floats
    score: Floats
    score_restricted: Floats
    log: Floats
    log_restricted: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Effects, variances and the predictor, each of shape (k,), k >= 3; the predictor takes two values or more."""

    y: Floats
    v: Floats
    x: Floats

    def line(self, tau2: Floats | float) -> Line:
        """Fit the line for every tau2: arrays of the shape of ``tau2`` come back."""
        w = 1 / (self.v + np.asarray(tau2, dtype=float)[..., None])
        total = w.sum(-1)
        x_mean, y_mean = (w * self.x).sum(-1) / total, (w * self.y).sum(-1) / total
        dx, dy = self.x - x_mean[..., None], self.y - y_mean[..., None]
        sxx = (w * dx**2).sum(-1)
        slope = (w * dx * dy).sum(-1) / sxx
        squares = w * (dy - slope[..., None] * dx) ** 2
        rss, push = squares.sum(-1), (w * squares).sum(-1)
        hat = (w**2 * (1 / total[..., None] + dx**2 / sxx[..., None])).sum(-1)
        log = -(rss - np.log(w).sum(-1)) / 2
        return Line(
            slope=slope, intercept=y_mean - slope * x_mean, slope_variance=1 / sxx,
            intercept_variance=1 / total + x_mean**2 / sxx, rss=rss,
            score=(push - total) / 2, score_restricted=(push - total + hat) / 2,
            log=log, log_restricted=log - (np.log(total) + np.log(sxx)) / 2,
        )  # fmt: skip

    @property
    def df(self) -> int:
        """Trials less the two parameters of the line."""
        return len(self.y) - 2

    def plain(self) -> tuple[float, Floats]:
        """Return the residual sum of squares of the unweighted line, and its leverages of shape (k,)."""
        dx = self.x - self.x.mean()
        dy, sxx = self.y - self.y.mean(), float((dx**2).sum())
        rest = dy - dx * float((dx * dy).sum()) / sxx
        return float((rest**2).sum()), 1 / len(self.y) + dx**2 / sxx


def _highest(points: Points, *, restricted: bool) -> float:
    """Return the tau2 at the highest point of the likelihood; every change of sign of the score is looked at."""
    top = float(((points.y - points.y.mean()) ** 2).sum())
    if top == 0:
        return 0.0
    grid = np.concatenate([[0.0], np.geomspace(min(1e-6 * float(points.v.min()), 1e-9 * top), top, _GRID)])
    score = _score(points, grid, restricted=restricted)
    falls = np.flatnonzero((score[:-1] > 0) & (score[1:] <= 0))
    found = np.array([0.0, *(_root(points, *grid[at : at + 2], restricted=restricted) for at in falls)])
    line = points.line(found)
    return float(found[int(np.argmax(line.log_restricted if restricted else line.log))])


def _score(points: Points, tau2: Floats | float, *, restricted: bool) -> Floats:
    line = points.line(tau2)
    return line.score_restricted if restricted else line.score


def _root(points: Points, low: float, high: float, *, restricted: bool) -> float:
    from scipy.optimize import brentq

    return float(
        brentq(lambda t: float(_score(points, t, restricted=restricted)), low, high, xtol=1e-300, rtol=_ULP)
    )


def _reml(points: Points) -> float:
    return _highest(points, restricted=True)


def _ml(points: Points) -> float:
    return _highest(points, restricted=False)


def _dersimonian_laird(points: Points) -> float:
    line, w = points.line(0.0), 1 / points.v
    x = points.x - float((w * points.x).sum() / w.sum())
    trace = float(w.sum() - (w**2 * (1 / w.sum() + x**2 * line.slope_variance)).sum())
    return max(0.0, (float(line.rss) - points.df) / trace)


def _hedges(points: Points) -> float:
    rss, leverage = points.plain()
    return max(0.0, (rss - float((points.v * (1 - leverage)).sum())) / points.df)


def _hunter_schmidt(points: Points) -> float:
    return max(0.0, (float(points.line(0.0).rss) - len(points.y)) / float((1 / points.v).sum()))


def _sidik_jonkman(points: Points) -> float:
    rough = float(((points.y - points.y.mean()) ** 2).mean())
    return rough * float(points.line(rough).rss) / points.df


def _paule_mandel(points: Points) -> float:
    from scipy.optimize import brentq

    if float(points.line(0.0).rss) <= points.df:
        return 0.0
    high = points.plain()[0] / points.df * (1 + 1e-9)
    return float(brentq(lambda t: float(points.line(t).rss) - points.df, 0.0, high, xtol=1e-300, rtol=_ULP))


METHODS: Final[Mapping[str, Callable[[Points], float]]] = MappingProxyType(
    {
        "REML": _reml,
        "DL": _dersimonian_laird,
        "HE": _hedges,
        "ML": _ml,
        "PM": _paule_mandel,
        "SJ": _sidik_jonkman,
        "EB": _paule_mandel,
        "HS": _hunter_schmidt,
    }
)
"""Estimators of the variance between trials about a line, by the names of `netmeta.pooling.model.TAU2_METHODS`:
each is its pooling namesake with two parameters instead of one (Raudenbush 2009; Viechtbauer 2005)."""

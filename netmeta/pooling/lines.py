"""A straight line through effects, with weights: what Egger's test in both its forms is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from netmeta.pooling.leastsquares import moderated
from netmeta.pooling.model import CommonEffect

if TYPE_CHECKING:
    from netmeta.pooling.arrays import Floats
    from netmeta.pooling.model import Model

__all__ = ["Line", "Points", "tau2_about"]


@dataclass(frozen=True, slots=True)
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
    """

    slope: float
    intercept: float
    slope_variance: float
    intercept_variance: float
    rss: float


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Effects, variances and the predictor, each of shape (k,), k >= 3; the predictor takes two values or more."""

    y: Floats
    v: Floats
    x: Floats

    def line(self, tau2: float) -> Line:
        """Fit the line at a tau2."""
        w = 1 / (self.v + tau2)
        total = float(w.sum())
        x_mean, y_mean = float((w * self.x).sum()) / total, float((w * self.y).sum()) / total
        dx, dy = self.x - x_mean, self.y - y_mean
        sxx = float((w * dx**2).sum())
        slope = float((w * dx * dy).sum()) / sxx
        return Line(
            slope=slope, intercept=y_mean - slope * x_mean, slope_variance=1 / sxx,
            intercept_variance=1 / total + x_mean**2 / sxx, rss=float((w * (dy - slope * dx) ** 2).sum()),
        )  # fmt: skip

    @property
    def df(self) -> int:
        """Trials less the two parameters of the line."""
        return len(self.y) - 2


def tau2_about(points: Points, model: Model) -> float:
    """Return the variance between trials about the line, (log HR) squared: that of a meta-regression on x.

    Parameters
    ----------
    points
        Effects, variances and the predictor.
    model
        Its estimator of tau2 is taken; a common effect has none, and 0 comes back.
    """
    from netmeta.pooling.door import regressed

    if isinstance(model, CommonEffect):
        return 0.0
    design = np.column_stack([np.ones(len(points.x)), points.x])
    trials = moderated(points.y, points.v, design, centred=True)
    return regressed(trials, model.tau2_method)[0] * trials.unit**2

"""Estimators of the variance between trials that covariates leave unexplained.

Each is that of ``moments`` or ``likelihood`` with a design matrix in the place of the mean: P is
``W - W X (X'WX)^-1 X'W`` and k - p the degrees of freedom (Viechtbauer 2005, J Educ Behav Stat 30:261; Raudenbush
2009 in Cooper, Hedges & Valentine; Viechtbauer et al. 2015, Psychol Methods 20:360).
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import numpy as np

from netmeta.pooling.interval import Interval
from netmeta.pooling.likelihood import candidates

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from netmeta.pooling.arrays import Floats
    from netmeta.pooling.leastsquares import Moderated

__all__ = ["ESTIMATORS", "ModeratedLikelihood", "residual_tau2_interval", "typical_residual_variance"]

_ULP = 4 * float(np.finfo(float).eps)


@dataclass(frozen=True, slots=True, eq=False)
class ModeratedLikelihood:
    """Profile log-likelihood of tau2 with a design matrix, for many candidates at once.

    Parameters
    ----------
    trials
        The trials with their design.
    restricted
        ``True`` for REML, ``False`` for ML.
    """

    trials: Moderated
    restricted: bool

    def value(self, tau2: Floats) -> Floats:
        """Return the log-likelihood up to a constant, shape of ``tau2``, shape (n,)."""
        fit = self.trials.at(tau2)
        height = np.log(fit.w).sum(-1) - fit.squares
        return np.asarray((height - fit.log_determinant if self.restricted else height) / 2)

    def slope(self, tau2: Floats) -> Floats:
        """Return the derivative of `value`, shape of ``tau2``, shape (n,)."""
        fit = self.trials.at(tau2)
        return np.asarray(fit.steep - (fit.trace if self.restricted else fit.w.sum(-1))) / 2

    def grid(self, start: float) -> Floats:
        """Return candidates from 0 to where the slope is negative for good, ascending, shape (n,)."""
        return candidates(float(self.trials.v.min()), _reach(self.trials), start)


def _plain_squares(trials: Moderated) -> float:
    """Sum of squared residuals without weights."""
    rest = trials.y - trials.x @ (trials.x.T @ trials.y)
    return float((rest**2).sum())


def _reach(trials: Moderated) -> float:
    """Return a tau2 beyond which both likelihoods fall.

    ``y'PPy`` is at most RSS / (v_min + tau2)^2 and the trace of P at least (k - p) / (v_max + tau2).
    """
    s = _plain_squares(trials) / trials.df
    return float(s + np.sqrt(s * s + 4 * s * float(trials.v.max()))) / 2


def _crossing(trials: Moderated, target: float) -> float:
    """Return the tau2 where ``y'Py`` falls to a target; 0 where it starts there or below."""
    from scipy.optimize import brentq

    if target <= 0 or trials.one(0.0).squares.item() <= target:
        return 0.0
    squares = _plain_squares(trials) / target
    low, high = max(0.0, squares * (1 - 1e-9) - float(trials.v.max())), squares * (1 + 1e-9)
    return float(brentq(lambda t: trials.one(t).squares.item() - target, low, high, xtol=1e-300, rtol=_ULP))


def _dersimonian_laird(trials: Moderated) -> float:
    fit = trials.one(0.0)
    return max(0.0, (fit.squares.item() - trials.df) / fit.trace.item())


def _hedges(trials: Moderated) -> float:
    slack = 1 - (trials.x**2).sum(1)
    return max(0.0, (_plain_squares(trials) - float(slack @ trials.v)) / trials.df)


def _hunter_schmidt(trials: Moderated) -> float:
    excess = trials.one(0.0).squares.item() - len(trials.y)
    return max(0.0, excess / float((1 / trials.v).sum()))


def _sidik_jonkman(trials: Moderated) -> float:
    # The rough estimate is the scatter of the effects about their own mean, as in metafor, not about the line.
    rough = trials.rough
    return rough * trials.one(rough).squares.item() / trials.df if rough else 0.0


def _paule_mandel(trials: Moderated) -> float:
    return _crossing(trials, trials.df)


ESTIMATORS: Final[Mapping[str, Callable[[Moderated], float]]] = MappingProxyType(
    {
        "DL": _dersimonian_laird,
        "HE": _hedges,
        "PM": _paule_mandel,
        "SJ": _sidik_jonkman,
        "EB": _paule_mandel,
        "HS": _hunter_schmidt,
    }
)
"""Estimators of the residual tau2 from sums of squares, by name, on the scale of their argument."""


def typical_residual_variance(trials: Moderated) -> float:
    """Return (k - p) / trace(P), the typical variance within trials beside a design, in (log HR) squared.

    I2 is ``tau2 / (tau2 + it)`` (Higgins & Thompson 2002, Stat Med 21:1539, with the design as metafor has it).
    """
    return trials.df / trials.one(0.0).trace.item() * trials.unit**2


def residual_tau2_interval(trials: Moderated, level: float) -> Interval:
    """Return the Q-profile interval of the residual tau2 (Viechtbauer 2007, Stat Med 26:37), (log HR) squared.

    Parameters
    ----------
    trials
        The trials with their design.
    level
        Coverage, as a fraction.
    """
    from scipy.special import chdtri

    tail = (1 - level) / 2
    low, high = (_crossing(trials, float(chdtri(trials.df, p))) for p in (tail, 1 - tail))
    return Interval(low * trials.unit**2, high * trials.unit**2)

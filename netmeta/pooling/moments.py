"""Estimators of the variance between trials that PyMARE lacks: they need sums of squares, no likelihood.

On the scale of `netmeta.pooling.arrays.Standard`, where no sum overflows or cancels, whatever the units
and however far apart the variances. `netmeta.pooling.door.TAU2` names them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from netmeta.pooling.heterogeneity import generalised_q, q_crossing

if TYPE_CHECKING:
    from netmeta.pooling.arrays import Standard

__all__ = ["hunter_schmidt", "paule_mandel", "sidik_jonkman"]


def paule_mandel(trials: Standard) -> float:
    """Return the tau2 at which the generalised Q is what is expected of it, k - 1.

    Parameters
    ----------
    trials
        The trials, k >= 2.

    Returns
    -------
    float
        On the scale of ``trials``: the only root, as exact as Q can be evaluated (1e-12 relative, unless tau2
        is far below every variance); 0 where Q is k - 1 or less at tau2 = 0 already.

    Notes
    -----
    Paule & Mandel 1982 (J Res Natl Bur Stand 87:377); DerSimonian & Kacker 2007 (Contemp Clin Trials 28:105).
    The empirical Bayes estimator of Morris 1983 (J Am Stat Assoc 78:47) solves the same equation, as metafor
    documents: there ``method="EB"`` differs in the way to the root only.
    """
    return q_crossing(trials, len(trials.y) - 1)


def sidik_jonkman(trials: Standard) -> float:
    """Return the estimate of Sidik & Jonkman 2005 (J R Stat Soc C 54:367), which is positive unless effects agree.

    Parameters
    ----------
    trials
        The trials, k >= 2.

    Returns
    -------
    float
        On the scale of ``trials``: ``s Q(s) / (k - 1)``, where Q is the generalised one and the rough estimate
        ``s = sum((y - mean(y))^2) / k`` is theirs and metafor's. 0 where all effects are the same.
    """
    k = len(trials.y)
    rough = float(((trials.y - trials.y.mean()) ** 2).sum()) / k
    return rough * generalised_q(trials, rough) / (k - 1)


def hunter_schmidt(trials: Standard) -> float:
    """Return the estimate of Hunter & Schmidt: Q less the number of trials, over the sum of weights.

    Parameters
    ----------
    trials
        The trials, k >= 2.

    Returns
    -------
    float
        On the scale of ``trials``: ``(Q - k) / sum(1 / v)``, or 0 where that is negative. It is biased downwards.

    Notes
    -----
    Schmidt & Hunter, Methods of Meta-Analysis (3rd edition 2015), in the form that Viechtbauer 2005 (J Educ
    Behav Stat 30:261) compares and metafor uses (``method="HS"``).
    """
    excess = generalised_q(trials, 0.0) - len(trials.y)
    return max(0.0, excess / float((1 / trials.v).sum()))

"""Who is likely to be better than whom: P-scores, rankograms and SUCRA."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from netmeta.pooling.arrays import Floats

__all__ = ["scores_of"]


def scores_of(estimates: Floats, covariance: Floats, better: str) -> tuple[float, ...]:
    """Return the P-score of each treatment.

    Parameters
    ----------
    estimates, covariance
        Log HRs against any one treatment and their covariance, shapes (n,) and (n, n).
    better
        ``"lower"`` or ``"higher"``.

    Returns
    -------
    tuple of float
        Mean over the others of the normal probability that it is better (Rucker & Schwarzer 2015, BMC Med Res
        Methodol 15:58, equation 4): one minus a one-sided P value each.
    """
    from scipy.special import ndtr

    difference = estimates[None, :] - estimates[:, None]
    own = np.diag(covariance)
    variance = own[:, None] + own[None, :] - 2 * covariance
    np.fill_diagonal(variance, 1.0)
    sure = ndtr(difference / np.sqrt(variance))
    np.fill_diagonal(sure, 0.0)
    lower = sure.sum(1) / (len(estimates) - 1)
    return tuple((lower if better == "lower" else 1 - lower).tolist())

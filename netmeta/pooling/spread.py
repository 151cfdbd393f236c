"""The small-sample factor on the covariance of a regression's coefficients."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from netmeta.errors import PoolingError
from netmeta.pooling.model import CommonEffect

if TYPE_CHECKING:
    from netmeta.pooling.leastsquares import Leasts, Moderated
    from netmeta.pooling.model import Model

__all__ = ["spread"]

_SAME: Final = 1e-13


def spread(trials: Moderated, fit: Leasts, model: Model, fitted: str) -> tuple[float, int | None]:
    """Return the factor on the covariance, and the degrees of freedom (Knapp & Hartung 2003, Stat Med 22:2693).

    Parameters
    ----------
    trials, fit
        The regression and its fit.
    model
        Its ``interval`` decides.
    fitted
        What fits the trials, for the message where they are fitted exactly: ``"The covariates fit"``.

    Raises
    ------
    PoolingError
        For the plain Hartung-Knapp interval of an exact fit, which has no width.
    """
    if isinstance(model, CommonEffect) or model.interval == "wald":
        return 1.0, None
    factor = fit.squares.item() / trials.df
    if model.interval == "modified-hartung-knapp":
        return max(1.0, factor), trials.df
    if float(np.abs(trials.y).max()) <= _SAME * max(1.0, float(np.abs(trials.raw).max())):
        raise PoolingError(
            f"{fitted} all {len(trials.y)} effects exactly, so that the plain Hartung-Knapp interval has "
            "no width. Choose 'modified-hartung-knapp' or 'wald'."
        )
    return factor, trials.df

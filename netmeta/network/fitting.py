"""The estimate of a network: tau2 and coefficients, through the one door to PyMARE."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from netmeta.errors import NetworkError
from netmeta.network.contrasts import contrasts
from netmeta.pooling.door import regressed
from netmeta.pooling.heterogeneity import Cochran, cochran_of
from netmeta.pooling.model import CommonEffect
from netmeta.pooling.spread import spread

if TYPE_CHECKING:
    from netmeta.evidence import Evidence
    from netmeta.network.assumptions import Assumptions
    from netmeta.network.contrasts import Contrasts
    from netmeta.pooling.arrays import Floats
    from netmeta.pooling.leastsquares import Leasts, Moderated
    from netmeta.pooling.model import Model

__all__ = ["NetworkFit", "method_of", "network_fit"]


@dataclass(frozen=True, slots=True, eq=False)
class NetworkFit:
    """A fitted network, as arrays.

    Parameters
    ----------
    contrasts, regression
        What was fitted.
    tau2
        Variance between trials, (log HR) squared.
    leasts
        The fit at ``tau2``.
    estimates, covariance
        Of each treatment against the first one, which has zeros, shapes (n,) and (n, n).
    test
        Q of all the network.
    spread
        Small-sample factor on the covariance, and degrees of freedom, of the model's interval.
    """

    contrasts: Contrasts
    regression: Moderated
    tau2: float
    leasts: Leasts
    estimates: Floats
    covariance: Floats
    test: Cochran
    spread: tuple[float, int | None]


def method_of(model: Model) -> str | None:
    """Return the estimator of tau2, or ``None`` for a common effect."""
    return None if isinstance(model, CommonEffect) else model.tau2_method


@lru_cache(maxsize=512)
def network_fit(evidence: Evidence, assumptions: Assumptions, model: Model) -> NetworkFit:
    """Fit a network of trials (see `netmeta.network.comparing.compare` for errors)."""
    found = contrasts(evidence, assumptions)
    _refuse_saturated(found, model)
    trials = found.regression()
    tau2, leasts = regressed(trials, method_of(model))
    inner = trials.covariance(leasts)
    size = len(found.treatments)
    covariance = np.zeros((size, size))
    covariance[1:, 1:] = inner
    return NetworkFit(
        contrasts=found, regression=trials, tau2=tau2 * trials.unit**2, leasts=leasts,
        estimates=np.concatenate([[0.0], trials.coefficients(leasts)]), covariance=covariance,
        test=cochran_of(trials.one(0.0).squares.item(), found.df),
        spread=spread(trials, leasts, model, "The network fits"),
    )  # fmt: skip


def _refuse_saturated(found: Contrasts, model: Model) -> None:
    if found.df == 0 and not isinstance(model, CommonEffect):
        raise NetworkError(
            f"{len(found.studies)} {'trial' if len(found.studies) == 1 else 'trials'} for {len(found.treatments)} "
            "treatments, no comparison made twice and no loop closed: nothing tells how much trials differ. Add "
            "trials, or assume a common effect: compare(evidence, CommonEffect())."
        )

"""The one door to PyMARE: checked arrays go in, plain floats come out.

PyMARE 0.0.13 estimates tau2 and the weighted mean. It is guarded, because it refuses no input, stops at
a tolerance of 1e-6, and can take the wrong one of two maxima: arrays are checked before the call, and
REML and ML are held against the likelihood itself after it. Estimators of tau2 that it lacks come from
``moments``; the mean is its weighted least squares under all of them.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from netmeta.errors import PoolingError, hint
from netmeta.pooling.arrays import checked, standardise
from netmeta.pooling.heterogeneity import cochran, typical_variance
from netmeta.pooling.likelihood import Likelihood, highest
from netmeta.pooling.moderators import ESTIMATORS, ModeratedLikelihood
from netmeta.pooling.moments import hunter_schmidt, paule_mandel, sidik_jonkman

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from netmeta.pooling.arrays import Floats, Standard
    from netmeta.pooling.leastsquares import Leasts, Moderated

__all__ = ["Estimate", "common_effect", "random_effects", "regressed"]


@dataclass(frozen=True, slots=True)
class Estimate:
    """What PyMARE is asked for.

    Parameters
    ----------
    mean
        Pooled log HR.
    se
        Its ordinary standard error, ``1 / sqrt(sum of weights)``.
    tau2
        Variance between trials, (log HR) squared.
    """

    mean: float
    se: float
    tau2: float


@cache
def _estimators() -> Any:  # noqa: ANN401
    """Import PyMARE on first use: it takes over a second and warns about its own dependencies."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pymare import estimators
    return estimators


def _fitted_tau2(estimator: Any, trials: Standard) -> float:  # noqa: ANN401
    # Two-dimensional copies: PyMARE gets nothing that anybody else holds, and only tau2 is taken out,
    # whose shape is (1, 1), (1,) or () depending on the estimator.
    fitted = estimator.fit(trials.y[:, None].copy(), trials.v[:, None].copy(), np.ones((len(trials.y), 1)))
    return float(np.ravel(fitted.params_["tau2"])[0])


def _dersimonian_laird(trials: Standard) -> float:
    fitted = _fitted_tau2(_estimators().DerSimonianLaird(small_sample_correction="wald"), trials)
    test = cochran(trials)
    # PyMARE takes sum(w^2) / sum(w) from sum(w): with one variance 1e12 times another, five digits are left.
    exact = max(0.0, test.q - test.df) * typical_variance(trials) / trials.unit**2 / test.df
    return fitted if np.isclose(fitted, exact, rtol=1e-9, atol=0.0) else exact


def _hedges(trials: Standard) -> float:
    return _fitted_tau2(_estimators().Hedges(small_sample_correction="wald"), trials)


def _likelihood(trials: Standard, method: str) -> float:
    estimator = _estimators().VarianceBasedLikelihoodEstimator(method=method, small_sample_correction="wald")
    return highest(Likelihood(trials, restricted=method == "REML"), _fitted_tau2(estimator, trials))


def _restricted(trials: Standard) -> float:
    return _likelihood(trials, "REML")


def _maximum(trials: Standard) -> float:
    return _likelihood(trials, "ML")


TAU2: Final[Mapping[str, Callable[[Standard], float]]] = MappingProxyType(
    {
        "REML": _restricted,
        "DL": _dersimonian_laird,
        "HE": _hedges,
        "ML": _maximum,
        "PM": paule_mandel,
        "SJ": sidik_jonkman,
        "EB": paule_mandel,
        "HS": hunter_schmidt,
    }
)
"""Estimators of tau2 by name; a further one is a row here and in `netmeta.pooling.model.TAU2_METHODS`."""


def _pooled(trials: Standard, tau2: float) -> Estimate:
    """Pool at a given tau2 with PyMARE's weighted least squares, and return to the scale of the data."""
    wls = _estimators().WeightedLeastSquares(tau2=tau2, small_sample_correction="wald")
    params = wls.fit(trials.y[:, None].copy(), np.ones((len(trials.y), 1)), v=trials.v[:, None].copy()).params_
    mean, variance = float(np.ravel(params["fe_params"])[0]), float(np.ravel(params["inv_cov"])[0])
    estimate = Estimate(
        mean * trials.unit + trials.shift, float(np.sqrt(variance)) * trials.unit, tau2 * trials.unit**2
    )
    if not np.isfinite([estimate.mean, estimate.se, estimate.tau2]).all():
        raise PoolingError(f"Pooling {len(trials.y)} trials gave {estimate}, which is no finite number.")
    return estimate


def common_effect(y: Sequence[float] | Floats, v: Sequence[float] | Floats) -> Estimate:
    """Pool with inverse-variance weights.

    Parameters
    ----------
    y, v
        Log HRs and their variances, shape (k,), k >= 2.

    Returns
    -------
    Estimate
        With ``tau2`` 0.

    Raises
    ------
    PoolingError
        For arrays that cannot be pooled (see `netmeta.pooling.arrays.checked`).
    """
    return _pooled(standardise(*checked(y, v)), 0.0)


def random_effects(y: Sequence[float] | Floats, v: Sequence[float] | Floats, method: str = "REML") -> Estimate:
    """Estimate the variance between trials, and pool with it.

    Parameters
    ----------
    y, v
        Log HRs and their variances, shape (k,), k >= 2.
    method
        One of `netmeta.pooling.model.TAU2_METHODS`.

    Returns
    -------
    Estimate
        For REML and ML at the global maximum of the likelihood, 1e-8 relative or better; for PM and EB at the
        root of their equation (see `netmeta.pooling.moments.paule_mandel`).

    Raises
    ------
    PoolingError
        For arrays that cannot be pooled, or a method that does not exist.
    """
    if method not in TAU2:
        raise PoolingError(f"There is no estimator of tau2 called {method!r}.{hint(str(method), TAU2)}")
    trials = standardise(*checked(y, v))
    return _pooled(trials, TAU2[method](trials))


def regressed(trials: Moderated, method: str | None) -> tuple[float, Leasts]:
    """Estimate the variance between trials that a design leaves, and fit with it.

    Parameters
    ----------
    trials
        Trials with their design (`netmeta.pooling.leastsquares.moderated`).
    method
        One of `netmeta.pooling.model.TAU2_METHODS`; ``None`` for the common effect, tau2 = 0.

    Returns
    -------
    tuple
        tau2 on the scale of ``trials``, and the fit: PyMARE's coefficients where they are those of the orthogonal
        decomposition, which keeps its digits where PyMARE's normal equations lose theirs.
    """
    tau2 = 0.0 if method is None else _regressed_tau2(trials, method)
    return tau2, _checked_coefficients(trials, tau2)


def _regressed_tau2(trials: Moderated, method: str) -> float:
    if method in ("REML", "ML"):
        estimator = _estimators().VarianceBasedLikelihoodEstimator(method=method, small_sample_correction="wald")
        likelihood = ModeratedLikelihood(trials, restricted=method == "REML")
        return highest(likelihood, _regressed_by_pymare(estimator, trials))
    exact = ESTIMATORS[method](trials)
    if method not in ("DL", "HE"):
        return exact
    names = {"DL": "DerSimonianLaird", "HE": "Hedges"}
    fitted = _regressed_by_pymare(getattr(_estimators(), names[method])(small_sample_correction="wald"), trials)
    return fitted if np.isclose(fitted, exact, rtol=1e-9, atol=0.0) else exact


def _regressed_by_pymare(estimator: Any, trials: Moderated) -> float:  # noqa: ANN401
    try:
        with np.errstate(all="ignore"):
            fitted = estimator.fit(trials.y[:, None].copy(), trials.v[:, None].copy(), trials.x.copy())
    except np.linalg.LinAlgError:
        return float("nan")
    return float(np.ravel(fitted.params_["tau2"])[0])


def _checked_coefficients(trials: Moderated, tau2: float) -> Leasts:
    exact = trials.one(tau2)
    wls = _estimators().WeightedLeastSquares(tau2=tau2, small_sample_correction="wald")
    try:
        params = wls.fit(trials.y[:, None].copy(), trials.x.copy(), v=trials.v[:, None].copy()).params_
    except np.linalg.LinAlgError:
        return exact
    theirs, ours = np.ravel(params["fe_params"])[None, :], exact.coefficients
    if not np.allclose(theirs, ours, rtol=1e-9, atol=1e-12 * float(np.abs(ours).max())):
        return exact
    return replace(exact, coefficients=theirs.astype(float))

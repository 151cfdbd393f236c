"""Meta-regression: how the effect of a trial depends on what is known of it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from netmeta.errors import PoolingError, SelectionError, shown
from netmeta.evidence.evidence import Evidence
from netmeta.evidence.selection import LeftOut
from netmeta.pooling.covariates import covariates, without_value
from netmeta.pooling.design import design
from netmeta.pooling.door import regressed
from netmeta.pooling.families import arrays
from netmeta.pooling.formula import Formula, listed, parse
from netmeta.pooling.heterogeneity import i2_of
from netmeta.pooling.intervals import Distribution
from netmeta.pooling.leastsquares import moderated
from netmeta.pooling.model import CommonEffect, RandomEffects
from netmeta.pooling.moderators import residual_tau2_interval, typical_residual_variance
from netmeta.pooling.pooled import pool
from netmeta.pooling.regressed import Coefficient, JointTest, MetaRegression
from netmeta.pooling.spread import spread

if TYPE_CHECKING:
    from netmeta.pooling.arrays import Floats
    from netmeta.pooling.covariates import Covariate
    from netmeta.pooling.design import Design
    from netmeta.pooling.leastsquares import Moderated
    from netmeta.pooling.model import Model

__all__ = ["meta_regression", "regress"]

_DEFAULT: Final = RandomEffects()
_NAMED: Final = 5


def meta_regression(
    evidence: Evidence, formula: str | Iterable[str], model: Model = _DEFAULT, *, data: object = None
) -> MetaRegression:
    """Regress the log HRs of trials on covariates.

    Parameters
    ----------
    evidence
        The trials.
    formula
        ``"~ year + C(assessor)"`` or names, ``["year", "assessor"]``. Words are categories; numbers are continuous
        unless in ``C()``. ``+``, ``:``, ``*``, ``-``, ``- 1``, ``C(name, "reference")``, ``log()``, ``center()``
        and ``I(name**2)`` are known; nothing in a formula is ever run as code.
    model
        `RandomEffects`: its tau2 is the variance between trials that the covariates leave, its interval serves
        every coefficient, with k - p degrees of freedom (Knapp & Hartung 2003, Stat Med 22:2693).
        `CommonEffect`: tau2 = 0.
    data
        Further covariates by trial: see `netmeta.pooling.covariates.covariates`.

    Returns
    -------
    MetaRegression
        Trials without a value of a covariate are left out and listed in ``left_out`` with the reason.

    Raises
    ------
    SelectionError
        For a formula that cannot be read, and covariates or categories that do not exist.
    PoolingError
        For what `pool` refuses; covariates that do not vary, that say what others say, or that mix numbers and
        words; and too few trials for the number of coefficients.
    """
    pool(evidence, model)
    asked = _formula(formula)
    found = covariates(evidence, asked.names, data)
    used, left_out = _complete(evidence, found)
    kept = Evidence(tuple(trial for trial in evidence if trial.key in used))
    if len(kept) < 3:  # noqa: PLR2004
        raise PoolingError(
            f"Meta-regression needs 3 trials or more with {', '.join(asked.names)}; there are {len(kept)}"
            f"{_said(kept.labels)}. {len(left_out)} lack a value{_said([out.trial.label for out in left_out])}."
        )
    made = design(asked, tuple(_restricted(each, evidence, used) for each in found))
    return regress(kept, made, model, left_out)


def _formula(given: object) -> Formula:
    if isinstance(given, str):
        return parse(given)
    if isinstance(given, Iterable):
        return listed(given)
    raise SelectionError(f'Give a formula such as "~ year", or names of covariates, not {shown(given)}.')


def _said(labels: tuple[str, ...] | list[str]) -> str:
    more = f" and {len(labels) - _NAMED} more" if len(labels) > _NAMED else ""
    return f" ({', '.join(labels[:_NAMED])}{more})" if labels else ""


def _complete(evidence: Evidence, found: tuple[Covariate, ...]) -> tuple[frozenset[str], tuple[LeftOut, ...]]:
    lacking: dict[str, list[str]] = {}
    for each in found:
        for trial in without_value(each, evidence):
            lacking.setdefault(trial.key, []).append(each.name)
    out = tuple(
        LeftOut(trial, f"{' and '.join(lacking[trial.key])} not known")
        for trial in evidence
        if trial.key in lacking
    )
    return frozenset(evidence.keys) - lacking.keys(), out


def _restricted(found: Covariate, evidence: Evidence, used: frozenset[str]) -> Covariate:
    from dataclasses import replace

    kept = tuple(value for value, key in zip(found.values, evidence.keys, strict=True) if key in used)
    return replace(found, values=kept)


@lru_cache(maxsize=256)
def regress(evidence: Evidence, made: Design, model: Model, left_out: tuple[LeftOut, ...]) -> MetaRegression:
    """Fit a design to trials (see `meta_regression`)."""
    y, v = arrays(evidence)
    trials = moderated(y, v, made.array(), centred=made.formula.intercept)
    tau2, fit = regressed(trials, None if isinstance(model, CommonEffect) else model.tau2_method)
    own = tau2 * trials.unit**2
    factor, df = spread(trials, fit, model, "The covariates fit")
    estimates, covariance = trials.coefficients(fit), factor * trials.covariance(fit)
    residual = trials.one(0.0).squares.item()
    return MetaRegression(
        evidence=evidence, model=model, design=made, left_out=left_out,
        coefficients=_coefficients(made, estimates, covariance, df, model.level),
        covariance=tuple(map(tuple, covariance.tolist())),
        test=_joint(made, estimates, covariance, df),
        tau2=own, **_between(trials, own, residual, model), r2=_explained(evidence, made, model, own),
        qe=residual, qe_df=trials.df, qe_p=_upper(residual, trials.df),
        fitted=tuple((made.array() @ estimates).tolist()), weights=_weights(v + own),
        df=df, factor=factor,
    )  # fmt: skip


def _upper(q: float, df: int) -> float:
    from scipy.special import chdtrc

    return float(chdtrc(df, q))


def _coefficients(
    made: Design, estimates: Floats, covariance: Floats, df: int | None, level: float
) -> tuple[Coefficient, ...]:
    spreads = [
        Distribution(float(mean), float(variance) ** 0.5, df)
        for mean, variance in zip(estimates, np.diag(covariance), strict=True)
    ]
    return tuple(
        Coefficient(
            name=name, log_hr=each.mean, se=each.sd, statistic=each.statistic, df=df, p_value=each.p_value,
            ci=each.interval(level),
        )
        for name, each in zip(made.names, spreads, strict=True)
    )  # fmt: skip


def _joint(made: Design, estimates: Floats, covariance: Floats, df: int | None) -> JointTest:
    from scipy.special import fdtrc

    at = list(made.tested)
    inside = covariance[np.ix_(at, at)]
    # Covariates may be in any unit: bring the variances to 1 before they are inverted.
    size = np.sqrt(np.diag(inside))
    scaled = estimates[at] / size
    q, m = float(scaled @ np.linalg.solve(inside / np.outer(size, size), scaled)), len(at)
    if df is None:
        return JointTest(statistic=q, df=m, df_residual=None, p_value=_upper(q, m))
    return JointTest(statistic=q / m, df=m, df_residual=df, p_value=float(fdtrc(m, df, q / m)))


def _between(trials: Moderated, own: float, residual: float, model: Model) -> dict[str, Any]:
    if isinstance(model, CommonEffect):
        excess = max(0.0, residual - trials.df)
        return {"tau2_ci": None, "i2": 100 * excess / residual if residual else 0.0, "h2": residual / trials.df}
    typical = typical_residual_variance(trials)
    return {
        "tau2_ci": residual_tau2_interval(trials, model.level),
        "i2": i2_of(own, typical),
        "h2": 1 + own / typical,
    }


def _explained(evidence: Evidence, made: Design, model: Model, tau2: float) -> float | None:
    """R2 in percent: how much smaller tau2 is than without covariates (Raudenbush 2009)."""
    if isinstance(model, CommonEffect) or not made.formula.intercept:
        return None
    total = pool(evidence, model).tau2
    return 100 * max(0.0, (total - tau2) / total) if total > 0 else None


def _weights(variances: Floats) -> tuple[float, ...]:
    relative = variances.min() / variances
    return tuple((100 * relative / relative.sum()).tolist())

"""Regression tests of funnel-plot asymmetry: Egger's, in both its forms, and Debray's for hazard ratios."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from typing import TYPE_CHECKING, Final

import numpy as np

from netmeta import numerals
from netmeta.errors import PoolingError, hint, shown
from netmeta.pooling.asymmetry_words import regression_in_words
from netmeta.pooling.families import arrays
from netmeta.pooling.gate import permitted
from netmeta.pooling.interval import hazard_ratio
from netmeta.pooling.intervals import Distribution
from netmeta.pooling.lines import Points, tau2_about
from netmeta.pooling.model import CommonEffect, RandomEffects
from netmeta.pooling.pooled import pool
from netmeta.pooling.predictors import PREDICTORS, predictor_values
from netmeta.pooling.words import trials_in_words
from netmeta.showing import Shown

if TYPE_CHECKING:
    from netmeta.evidence import Evidence
    from netmeta.pooling.interval import Interval
    from netmeta.pooling.model import Model

__all__ = ["FORMS", "RegressionTest", "d_fiv", "egger"]

_DEFAULT: Final = RandomEffects()

FORMS: Final = ("multiplicative", "mixed")
"""Egger's test as a weighted regression whose variances are scaled by one factor (Egger 1997), and as a
mixed-effects meta-regression, whose variances have tau2 added (Sterne & Egger 2005)."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class RegressionTest(Shown):
    """A regression of the trials' effects on a measure of their size.

    Parameters
    ----------
    evidence, model
        What went in. The multiplicative form uses the model's level alone.
    test
        ``"Egger"`` or ``"D-FIV"``.
    form, predictor
        One of `FORMS`; one of `netmeta.pooling.predictors.PREDICTORS`, or ``"1/events"`` for D-FIV.
    slope, slope_se
        Change of the log HR for one unit of the predictor, and its standard error.
    statistic, df, p_value
        t, or z where ``df`` is ``None``, of a slope of 0, and its two-sided P value.
    intercept, intercept_se
        Log HR where the predictor is 0.
    limit, limit_ci
        The limit estimate: log HR of an infinitely large trial, which is the intercept, and its interval at the
        model's level. ``None`` where the predictor grows with the trial (``"n"``, ``"sqrt(n)"``).
    dispersion
        Factor on the variances: the residual mean square in the multiplicative form; in the mixed form the
        Hartung-Knapp factor of the model's interval.
    tau2
        Variance between trials about the line, (log HR) squared; 0 in the multiplicative form.
    override
        Why the test was run below ten trials; ``""`` where it needed no reason.
    """

    evidence: Evidence
    model: Model
    test: str
    form: str
    predictor: str
    slope: float
    slope_se: float
    statistic: float
    df: int | None
    p_value: float
    intercept: float
    intercept_se: float
    limit: float | None
    limit_ci: Interval | None
    dispersion: float
    tau2: float
    override: str

    @property
    def k(self) -> int:
        """Number of trials."""
        return len(self.evidence)

    @property
    def limit_hr(self) -> float | None:
        """The limit estimate as a hazard ratio."""
        return None if self.limit is None else hazard_ratio(self.limit)

    def at(self, size: float) -> float:
        """Return the log HR on the line where the predictor is ``size``."""
        return self.intercept + self.slope * size

    def _lines(self) -> tuple[str, ...]:
        return (regression_in_words(self),)

    def _brief(self) -> tuple[str, ...]:
        return self.test, self.form, trials_in_words(self.k), numerals.p_value(self.p_value)


def egger(
    evidence: Evidence,
    model: Model = _DEFAULT,
    *,
    form: str = "multiplicative",
    predictor: str = "se",
    override: str = "",
) -> RegressionTest:
    """Test the funnel plot for asymmetry by regression (Egger 1997, BMJ 315:629).

    Parameters
    ----------
    evidence
        Ten trials or more.
    model
        For the mixed form: `RandomEffects`, whose estimator of tau2 and interval (Wald gives z, Hartung-Knapp t
        with k - 2 degrees of freedom) serve the regression, or `CommonEffect`, for which tau2 is 0. Its level is
        that of the limit estimate in both forms.
    form
        One of `FORMS`. The multiplicative form is R's ``lm(y ~ se, weights = 1 / v)`` and metafor's
        ``regtest(model="lm")``; the mixed form is metafor's ``regtest(model="rma")``.
    predictor
        One of `netmeta.pooling.predictors.PREDICTORS`; ``"1/n"`` is Peters' (2006, JAMA 295:676), ``"n"``
        Macaskill's (2001, Stat Med 20:641).
    override
        Why it is wanted with three to nine trials, in words; kept with the result.

    Returns
    -------
    RegressionTest
        Equal questions give the same object again.

    Raises
    ------
    PoolingError
        For fewer than ten trials without ``override``, fewer than three with it, trials of one size, effects on one
        straight line, a form or predictor that does not exist, a trial without the number asked for (named), and
        what `pool` refuses.
    """
    pool(evidence, model)
    reason = permitted(evidence, "Egger's test", override)
    for what, name, choices in (("form", form, FORMS), ("predictor", predictor, PREDICTORS)):
        if name not in choices:
            raise PoolingError(f"Egger's test has no {what} {shown(name)}.{hint(str(name), choices)}")
    return _remembered(evidence, model, "Egger", form, predictor, reason)


def d_fiv(evidence: Evidence, *, level: float = 0.95, override: str = "") -> RegressionTest:
    """Test the funnel plot of hazard ratios for asymmetry (Debray, Moons & Riley 2018, Res Synth Methods 9:41).

    The standard error of a log HR depends on the HR itself, so that Egger's test finds asymmetry too often where
    the effect is strong; D-FIV regresses the log HR on ``1 / events`` with weights ``1 / v`` and multiplicative
    dispersion.

    Parameters
    ----------
    evidence
        Ten trials or more, each with its events: ``events_total``, or those of both arms.
    level
        Level of the interval of the limit estimate, a fraction.
    override
        As for `egger`.

    Raises
    ------
    PoolingError
        As for `egger`; trials without events are named.
    """
    model = CommonEffect(level)
    pool(evidence, model)
    reason = permitted(evidence, "D-FIV", override)
    return _remembered(evidence, model, "D-FIV", "multiplicative", "1/events", reason)


@lru_cache(maxsize=64)
def _remembered(  # noqa: PLR0917
    evidence: Evidence, model: Model, test: str, form: str, predictor: str, override: str
) -> RegressionTest:
    points = Points(*arrays(evidence), predictor_values(evidence, predictor))
    tau2 = 0.0 if form == "multiplicative" else tau2_about(points, model)
    line = points.line(tau2)
    dispersion, df = _spread(points, tau2, form, model)
    root = sqrt(dispersion)
    slope = Distribution(line.slope, sqrt(line.slope_variance) * root, df)
    end = Distribution(line.intercept, sqrt(line.intercept_variance) * root, df)
    grows = predictor in ("n", "sqrt(n)")
    return RegressionTest(
        evidence=evidence, model=model, test=test, form=form, predictor=predictor, slope=slope.mean,
        slope_se=slope.sd, statistic=slope.statistic, df=df, p_value=slope.p_value, intercept=end.mean,
        intercept_se=end.sd, limit=None if grows else end.mean,
        limit_ci=None if grows else end.interval(model.level), dispersion=dispersion, tau2=tau2, override=override,
    )  # fmt: skip


def _spread(points: Points, tau2: float, form: str, model: Model) -> tuple[float, int | None]:
    """Return the factor on the variances, and the degrees of freedom of t (``None`` for the normal)."""
    if form == "mixed" and (isinstance(model, CommonEffect) or model.interval == "wald"):
        return 1.0, None
    mean_square = points.line(tau2).rss / points.df
    if form == "mixed" and not isinstance(model, CommonEffect) and model.interval == "modified-hartung-knapp":
        return max(1.0, mean_square), points.df
    noise = (1e-12 * float(np.abs(points.y).max())) ** 2 / float(points.v.min())
    if mean_square <= noise:
        raise PoolingError(
            f"The effects of all {len(points.y)} trials lie on one straight line, so that nothing is left to "
            "measure chance by. Check that they were entered from their papers, and not computed."
        )
    return mean_square, points.df

"""What came back from a meta-regression, with what went in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from netmeta import numerals
from netmeta.errors import SelectionError, shown
from netmeta.pooling.columns import COEFFICIENTS
from netmeta.pooling.interval import Interval, hazard_ratio
from netmeta.pooling.intervals import Distribution
from netmeta.pooling.model import CommonEffect, convention
from netmeta.pooling.regression_words import cautions, sentences
from netmeta.pooling.words import trials_in_words
from netmeta.showing import Tabled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from netmeta.evidence import Evidence
    from netmeta.evidence.selection import LeftOut
    from netmeta.pooling.arrays import Floats
    from netmeta.pooling.design import Design
    from netmeta.pooling.model import Model
    from netmeta.showing import Columns

__all__ = ["Coefficient", "JointTest", "MetaRegression", "Prediction"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coefficient:
    """One coefficient of a meta-regression.

    Parameters
    ----------
    name
        Its column: ``"intercept"``, ``"year"``, ``"assessor[investigator]"`` (against the reference category).
    log_hr, se, ci
        Change of the log HR a unit of the column, its standard error by the model's interval, and the interval.
    statistic, df, p_value
        z (``df`` is ``None``) or t, its degrees of freedom k - p, and the two-sided P value of 0.
    """

    name: str
    log_hr: float
    se: float
    statistic: float
    df: int | None
    p_value: float
    ci: Interval

    @property
    def hr(self) -> float:
        """Ratio of hazard ratios a unit of the column; the hazard ratio itself for an intercept."""
        return hazard_ratio(self.log_hr)


@dataclass(frozen=True, slots=True, kw_only=True)
class JointTest:
    """Test that all coefficients but the intercept are 0 (metafor's QM).

    Parameters
    ----------
    statistic
        Wald's chi-squared; F where ``df_residual`` is given (Knapp & Hartung 2003, Stat Med 22:2693).
    df, df_residual
        Number of coefficients tested, and k - p or ``None``.
    p_value
        Upper tail.
    """

    statistic: float
    df: int
    df_residual: int | None
    p_value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """The effect that a regression expects at given values of its covariates.

    Parameters
    ----------
    at
        The values, by name.
    log_hr, se, ci
        Mean log HR of such trials, its standard error and interval.
    pi
        Interval of the log HR in one new trial like that, by the model's convention; ``None`` without one. Where
        that takes k - 1 or k - 2 degrees of freedom for a mean, it takes k - p or k - p - 1 for p coefficients.
    """

    at: tuple[tuple[str, float | str], ...]
    log_hr: float
    se: float
    ci: Interval
    pi: Interval | None

    @property
    def hr(self) -> float:
        """Expected hazard ratio."""
        return hazard_ratio(self.log_hr)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class MetaRegression(Tabled):
    """A meta-regression: its numbers, with the trials, the design and the model they came from.

    Parameters
    ----------
    evidence
        The trials that were used.
    model
        The model that was asked for.
    design
        Formula, covariates and matrix.
    left_out
        Trials without a value of some covariate, with the reason.
    coefficients, covariance
        One a column of the design; their covariance, (log HR) squared by units, as rows.
    test
        Joint test of all coefficients but the intercept.
    tau2, tau2_ci
        Variance between trials that is left, (log HR) squared, and its Q-profile interval; 0 and ``None`` for a
        common effect.
    i2, h2
        Share of it in what is left of the variation, in percent, and H2 (Higgins & Thompson 2002); from QE for a
        common effect.
    r2
        By how much tau2 is smaller than that of the same trials and estimator without covariates, in percent
        (Raudenbush 2009; metafor's); ``None`` for a common effect, without intercept, and where that is 0.
    qe, qe_df, qe_p
        Test of what heterogeneity is left: chi-squared on k - p degrees of freedom.
    fitted
        Fitted log HR of each trial.
    weights
        Percent, summing to 100, in the order of the trials.
    df
        Degrees of freedom of every interval, or ``None`` for the normal.
    factor
        Knapp-Hartung's factor, which ``covariance`` holds already; 1 for the Wald interval.
    """

    evidence: Evidence
    model: Model
    design: Design
    left_out: tuple[LeftOut, ...]
    coefficients: tuple[Coefficient, ...]
    covariance: tuple[tuple[float, ...], ...]
    test: JointTest
    tau2: float
    tau2_ci: Interval | None
    i2: float
    h2: float
    r2: float | None
    qe: float
    qe_df: int
    qe_p: float
    fitted: tuple[float, ...]
    weights: tuple[float, ...]
    df: int | None
    factor: float

    @property
    def k(self) -> int:
        """Number of trials."""
        return len(self.evidence)

    @property
    def formula(self) -> str:
        """The formula, as it was written."""
        return self.design.formula.text

    @property
    def cautions(self) -> tuple[str, ...]:
        """What has to be known before the numbers are believed, in plain words."""
        return cautions(self)

    def __getitem__(self, name: str) -> Coefficient:
        for each in self.coefficients:
            if each.name == name:
                return each
        from netmeta.errors import hint

        raise SelectionError(f"There is no coefficient {shown(name)}.{hint(str(name), self.design.names)}")

    def predict(self, at: Mapping[str, float | str] | None = None, /, **values: float | str) -> Prediction:
        """Return the hazard ratio expected at given values of all covariates.

        Parameters
        ----------
        at
            Values by name, for names that are no Python words.
        **values
            The same: ``result.predict(year=2015, assessor="central")``.

        Raises
        ------
        SelectionError
            For a covariate that is lacking or unknown, and a category that no trial has.
        PoolingError
            For a value that the formula cannot take.
        """
        asked = {**(at or {}), **values}
        return self.predictions({name: [value] for name, value in asked.items()})[0]

    def predictions(self, values: Mapping[str, Sequence[float | str]]) -> tuple[Prediction, ...]:
        """Return one prediction for each place in the columns ``values``, all of one length."""
        if len({len(column) for column in values.values()}) > 1:
            raise SelectionError("Give as many values of each covariate.")
        read = {name: [_value(name, value) for value in column] for name, column in values.items()}
        rows = self.design.rows(read)
        means, variances = rows @ self._estimates(), ((rows @ np.array(self.covariance)) * rows).sum(1)
        names = tuple(read)
        places = zip(*read.values(), strict=True)
        return tuple(
            self._prediction(tuple(zip(names, place, strict=True)), float(mean), float(variance) ** 0.5)
            for place, mean, variance in zip(places, means, variances, strict=True)
        )

    def _estimates(self) -> Floats:
        return np.array([each.log_hr for each in self.coefficients])

    def _prediction(self, at: tuple[tuple[str, float | str], ...], mean: float, se: float) -> Prediction:
        ci = Distribution(mean, se, self.df).interval(self.model.level)
        return Prediction(at=at, log_hr=mean, se=se, ci=ci, pi=self._new_trial(mean, se))

    def _new_trial(self, mean: float, se: float) -> Interval | None:
        rule = None if isinstance(self.model, CommonEffect) else convention(self.model.prediction)
        if rule is None:
            return None
        df = None if rule.lost is None else self.qe_df + 1 - rule.lost
        if df is not None and df < 1:
            return None
        own = se if rule.adjusted else se / self.factor**0.5
        return Distribution(mean, (self.tau2 + own**2) ** 0.5, df).interval(self.model.level)

    def _lines(self) -> tuple[str, ...]:
        return sentences(self)

    def _asides(self) -> tuple[str, ...]:
        return self.cautions

    def _brief(self) -> tuple[str, ...]:
        return self.formula, trials_in_words(self.k), numerals.p_value(self.test.p_value)

    def _frame(self) -> tuple[Columns, tuple[Coefficient, ...]]:
        return COEFFICIENTS, self.coefficients


def _value(name: str, value: object) -> float | str:
    from math import isfinite
    from numbers import Real

    if isinstance(value, str):
        return value
    if isinstance(value, Real) and isfinite(value):
        return float(value)
    raise SelectionError(f"{name} is {shown(value)}: give a finite number or a category.")

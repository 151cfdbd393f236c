"""What came back from pooling, with what went in."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite, log
from typing import TYPE_CHECKING

from netmeta.errors import PoolingError
from netmeta.pooling.interval import hazard_ratio
from netmeta.pooling.words import effect, model_in_words, sentences, trials_in_words
from netmeta.showing import Shown

if TYPE_CHECKING:
    from netmeta.evidence import Evidence
    from netmeta.pooling.interval import Interval
    from netmeta.pooling.intervals import Distribution
    from netmeta.pooling.model import Model

__all__ = ["Fit", "PooledResult"]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Fit(Shown):
    """Numbers of one pooled analysis, without the trials' names.

    Parameters
    ----------
    model
        The model that was asked for.
    k
        Number of trials.
    log_hr, se
        Pooled log HR and the standard error of its interval (log scale), Hartung-Knapp's where asked for.
    ci
        Confidence interval, log HR.
    pi, pi_convention
        Prediction interval, log HR, and the name of its convention; ``None`` and ``"none"`` below three
        trials, where none was asked for, and for a common effect.
    predictive
        Distribution of the log HR in a new trial, from which ``pi`` is read; ``None`` as for ``pi``.
    tau2, tau2_ci
        Variance between trials, (log HR) squared, and its Q-profile interval; 0 and ``None`` for a common
        effect.
    i2, i2_ci
        I2 in percent: from tau2, with the interval of tau2 carried over (metafor's); from Q, and ``None``,
        for a common effect.
    i2_q, i2_q_ci
        I2 in percent, from Q, and its test-based interval (Higgins & Thompson 2002, Stat Med 21:1539); ``None`` for
        two trials with Q of 2 or less.
    h2
        From tau2, ``1 + tau2 / typical variance``; from Q for a common effect.
    q, q_df, q_p
        Cochran's Q, its degrees of freedom and P value.
    statistic, df, p_value
        z (``df`` is ``None``) or t of the pooled log HR, and the two-sided P value.
    weights
        Percent, summing to 100, in the order of the trials.
    """

    model: Model
    k: int
    log_hr: float
    se: float
    ci: Interval
    pi: Interval | None
    pi_convention: str
    predictive: Distribution | None
    tau2: float
    tau2_ci: Interval | None
    i2: float
    i2_ci: Interval | None
    i2_q: float
    i2_q_ci: Interval | None
    h2: float
    q: float
    q_df: int
    q_p: float
    statistic: float
    df: int | None
    p_value: float
    weights: tuple[float, ...]

    @property
    def hr(self) -> float:
        """Pooled hazard ratio."""
        return hazard_ratio(self.log_hr)

    def _lines(self) -> tuple[str, ...]:
        return sentences(self)

    def _brief(self) -> tuple[str, ...]:
        return trials_in_words(self.k), f"HR {effect(self)}", model_in_words(self.model)

    def probability_below(self, hr: float) -> float:
        """Return the probability that the hazard ratio in a new trial is below ``hr``.

        Parameters
        ----------
        hr
            A hazard ratio (HR scale), positive.

        Returns
        -------
        float
            From the predictive distribution of the model's convention, also where tau2 is 0.

        Raises
        ------
        PoolingError
            Where there is no predictive distribution, or ``hr`` is no positive number.
        """
        if not (isfinite(hr) and hr > 0):
            raise PoolingError(f"A hazard ratio is a positive number, not {hr!r}.")
        if self.predictive is None:
            raise PoolingError(
                f"There is no predictive distribution for {self.k} trials under {self.model}: "
                "it takes 3 trials or more, random effects and a prediction convention such as 't(k-2)'."
            )
        return self.predictive.below(log(hr))


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PooledResult(Fit):
    """A pooled analysis: its numbers (see `Fit`), with the evidence and the model they came from.

    Parameters
    ----------
    evidence
        The trials that were pooled; ``weights`` are in their order.
    """

    evidence: Evidence

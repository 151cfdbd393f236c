"""One comparison of two treatments, as the network gives it."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Final

from netmeta import numerals
from netmeta.network.assumptions import assumptions_in_words
from netmeta.pooling.interval import hazard_ratio
from netmeta.pooling.intervals import Distribution
from netmeta.pooling.model import CommonEffect, convention
from netmeta.pooling.words import effect
from netmeta.showing import Shown

if TYPE_CHECKING:
    from netmeta.network.assumptions import Assumptions
    from netmeta.pooling.interval import Interval
    from netmeta.pooling.model import Model

__all__ = ["NetworkEffect", "Spread", "network_effect"]

# Of two trials of two treatments, which is one degree of freedom, a pairwise pool predicts nothing either.
_LEAST: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class NetworkEffect(Shown):
    """The effect of one treatment against another, from all paths between them.

    Parameters
    ----------
    experimental, control
        HR below 1 favours ``experimental``.
    log_hr, se
        Log HR and the standard error of its interval.
    ci, pi
        Confidence and prediction interval, log HR; ``pi`` is ``None`` for a common effect, without a convention,
        and with too few degrees of freedom.
    statistic, df, p_value
        z (``df`` is ``None``) or t, and the two-sided P value of a log HR of 0.
    level
        Coverage of the intervals, as a fraction.
    direct
        How many trials compare the two directly.
    assumptions
        What the network takes as one.
    """

    experimental: str
    control: str
    log_hr: float
    se: float
    ci: Interval
    pi: Interval | None
    statistic: float
    df: int | None
    p_value: float
    level: float
    direct: int
    assumptions: Assumptions = ()

    @property
    def hr(self) -> float:
        """Hazard ratio."""
        return hazard_ratio(self.log_hr)

    @property
    def comparison(self) -> str:
        """``"cabozantinib vs placebo"``."""
        return f"{self.experimental} vs {self.control}"

    @property
    def favoured(self) -> str:
        """The treatment that the point estimate favours where a lower hazard is better; empty at HR 1."""
        return "" if self.log_hr == 0 else self.experimental if self.log_hr < 0 else self.control

    def _lines(self) -> tuple[str, ...]:
        level = f"{100 * self.level:g}%"
        trials = "no trial compares them directly" if not self.direct else f"{_trials(self.direct)} directly"
        said = f"{self.comparison}: HR {effect(self)} ({level} CI), {numerals.p_value(self.p_value)}; {trials}."
        new = "" if self.pi is None else f"In a new trial: HR {_ratios(self.pi)} ({level} prediction interval)."
        return tuple(filter(None, (said, new, assumptions_in_words(self.assumptions))))

    def _brief(self) -> tuple[str, ...]:
        return self.comparison, f"HR {effect(self)}"


def _ratios(found: Interval) -> str:
    ratios = found.exp()
    return numerals.interval(ratios.low, ratios.high)


def _trials(count: int) -> str:
    return "1 trial compares them" if count == 1 else f"{numerals.count(count)} trials compare them"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """What all effects of a network share: model, assumptions, small-sample factor and df, tau2, the df of Q."""

    model: Model
    factor: float
    df: int | None
    tau2: float
    q_df: int
    assumptions: Assumptions = ()


def network_effect(
    pair: tuple[str, str], mean: float, variance: float, spread: Spread, direct: int
) -> NetworkEffect:
    """Make an effect of its mean and its ordinary variance by the model, before any small-sample factor."""
    level, found = spread.model.level, Distribution(mean, sqrt(spread.factor * variance), spread.df)
    new = predictive(mean, variance, spread)
    return NetworkEffect(
        experimental=pair[0], control=pair[1], log_hr=mean, se=found.sd, ci=found.interval(level),
        pi=new.interval(level) if new else None, statistic=found.statistic, df=spread.df, p_value=found.p_value,
        level=level, direct=direct, assumptions=spread.assumptions,
    )  # fmt: skip


def predictive(mean: float, variance: float, spread: Spread) -> Distribution | None:
    """Return the distribution of a comparison's effect in a new trial.

    Where a convention takes k - 1 or k - 2 degrees of freedom for one mean, a network takes those of Q, or one
    less: for two treatments that is the same (Veroniki et al. 2019 and Higgins 2009, as R's netmeta has them).
    """
    model = spread.model
    rule = None if isinstance(model, CommonEffect) else convention(model.prediction)
    if rule is None:
        return None
    df = None if rule.lost is None else spread.q_df + 1 - rule.lost
    if spread.q_df < _LEAST or (df is not None and df < 1):
        return None
    factor = spread.factor if rule.adjusted else 1.0
    return Distribution(mean, sqrt(spread.tau2 + factor * variance), df)

"""Bayesian random effects: the normal-normal model by direct integration over tau."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from netmeta import numerals
from netmeta.errors import PoolingError, shown
from netmeta.pooling.arrays import checked
from netmeta.pooling.belief import Belief
from netmeta.pooling.columns import SHRUNKEN
from netmeta.pooling.interval import hazard_ratio
from netmeta.pooling.model import as_level
from netmeta.pooling.posteriors import effects
from netmeta.pooling.priors import Flat, HalfNormal, Normal
from netmeta.pooling.tau_marginal import Marginal, TauGrid
from netmeta.pooling.tau_posterior import tau_posterior
from netmeta.pooling.words import effect, trials_in_words
from netmeta.showing import Shown, Tabled

if TYPE_CHECKING:
    from netmeta.evidence import Evidence
    from netmeta.pooling.interval import Interval
    from netmeta.pooling.mixtures import EffectPosterior
    from netmeta.pooling.priors import MeanPrior, TauPrior
    from netmeta.pooling.tau_posterior import TauPosterior
    from netmeta.showing import Columns

__all__ = ["BayesianResult", "ShrunkenTrial", "bayesian"]

_DEFAULT: Final = HalfNormal(0.5)
_FLAT: Final = Flat()
_NAMED: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ShrunkenTrial(Shown):
    """What is believed of one trial's own effect once the others are known.

    Parameters
    ----------
    label, key
        The trial.
    log_hr, se
        Its own estimate, log HR.
    effect
        Posterior of its effect, between its own estimate and the pooled one.
    pull
        How far it is drawn towards the pooled effect: the mean of ``se^2 / (se^2 + tau^2)``, a fraction.
    """

    label: str
    key: str
    log_hr: float
    se: float
    effect: EffectPosterior
    pull: float

    def _lines(self) -> tuple[str, ...]:
        own = numerals.ratio(hazard_ratio(self.log_hr))
        return (f"{self.label}: HR {effect(self.effect)}; by itself {own}.",)

    def _brief(self) -> tuple[str, ...]:
        return self.label, f"HR {effect(self.effect)}"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class BayesianResult(Tabled):
    """A Bayesian random-effects analysis, with the evidence and the priors it came from.

    Parameters
    ----------
    evidence, prior, mean_prior, level
        What was asked.
    pooled
        Posterior of the mean effect, log HR.
    new_trial
        Distribution of the effect in a new trial like these, log HR.
    tau
        Posterior of the standard deviation between trials, log HR.
    trials
        Posterior of each trial's own effect, in the order of the evidence.
    log_marginal
        Logarithm of the probability density of the estimates under the priors. Differences between priors of tau
        on the same trials are log Bayes factors. Under a flat mean its level is that of a density of 1 on every
        log HR, and under `Uniform` without an end it has no meaning.
    """

    evidence: Evidence
    prior: TauPrior
    mean_prior: MeanPrior
    level: float
    pooled: EffectPosterior
    new_trial: EffectPosterior
    tau: TauPosterior
    trials: tuple[ShrunkenTrial, ...]
    log_marginal: float

    @property
    def k(self) -> int:
        """Number of trials."""
        return len(self.trials)

    @property
    def log_hr(self) -> float:
        """Posterior median of the mean log HR."""
        return self.pooled.median

    @property
    def hr(self) -> float:
        """Posterior median of the pooled hazard ratio."""
        return hazard_ratio(self.pooled.median)

    @property
    def ci(self) -> Interval:
        """Credible interval of the mean log HR, equal tails."""
        return self.pooled.ci

    @property
    def pi(self) -> Interval:
        """Prediction interval: the log HR in a new trial, equal tails."""
        return self.new_trial.ci

    def _lines(self) -> tuple[str, ...]:
        return _sentences(self)

    def _brief(self) -> tuple[str, ...]:
        return trials_in_words(self.k), f"HR {effect(self)}", str(self.prior)

    def _frame(self) -> tuple[Columns, tuple[ShrunkenTrial, ...]]:
        return SHRUNKEN, self.trials


def _sentences(result: BayesianResult) -> tuple[str, str, str]:
    level = f"{100 * result.level:g}%"
    ci, pi, tau = result.ci.exp(), result.pi.exp(), result.tau
    trials = trials_in_words(result.k)
    low, median, high = (numerals.decimal(x, 2) for x in (tau.ci.low, tau.median, tau.ci.high))
    found = f"HR {numerals.estimate(result.hr, ci.low, ci.high)}, {level} credible interval"
    return (
        f"{found}: {trials}, Bayesian random effects, prior of τ {result.prior}, of the mean {result.mean_prior}.",
        f"Between trials: τ = {median} ({level} credible interval {low} to {high}).",
        f"In a new trial: HR {numerals.interval(pi.low, pi.high)} ({level}).",
    )


def bayesian(
    evidence: Evidence, prior: TauPrior = _DEFAULT, *, mean_prior: MeanPrior = _FLAT, level: float = 0.95
) -> BayesianResult:
    """Pool trials under a prior of how much they differ: exact integrals, no sampling.

    Estimates are normal around the trials' effects, effects are normal around their mean with standard deviation
    tau (Rover 2020, J Stat Softw 93(6)). It works from one trial on, where the prior of tau speaks.

    Parameters
    ----------
    evidence
        One trial or more, each with a log HR and its standard error.
    prior
        Of tau, log HR: `HalfNormal` (0.5 by default), `HalfCauchy`, `Uniform` or `OwnDensity`.
    mean_prior
        Of the mean log HR: `Flat`, the default, or `Normal`.
    level
        Of every interval, as a fraction.

    Returns
    -------
    BayesianResult
        Equal questions give the same object again.

    Raises
    ------
    PoolingError
        For what is no evidence, prior or level, no trial, a trial without log HR or standard error (named), and a
        prior that is improper with so few trials.
    """
    _check_types(evidence, prior, mean_prior)
    _check_trials(evidence)
    return _remembered(evidence, prior, mean_prior, as_level(level))


@lru_cache(maxsize=64)
def _remembered(evidence: Evidence, prior: TauPrior, mean_prior: MeanPrior, level: float) -> BayesianResult:
    pairs = [(trial.log_hr, trial.se) for trial in evidence]
    y, v = checked([y for y, _ in pairs if y is not None], [se**2 for _, se in pairs if se is not None], least=1)
    marginal = Marginal.of(y, v, prior, mean_prior)
    _check_proper(marginal)
    grid = TauGrid.of(marginal)
    found = effects(grid, level)
    names = zip(evidence, pairs, found.trials, found.pulls, strict=True)
    return BayesianResult(
        evidence=evidence, prior=prior, mean_prior=mean_prior, level=level,
        pooled=found.pooled, new_trial=found.new_trial, tau=tau_posterior(grid, level),
        trials=tuple(
            ShrunkenTrial(
                label=trial.label, key=trial.key, log_hr=own or 0.0, se=se or 0.0, effect=effect, pull=pull
            )
            for trial, (own, se), effect, pull in names
        ),
        log_marginal=_log_marginal(grid),
    )  # fmt: skip


def _log_marginal(grid: TauGrid) -> float:
    """Undo the scale: a density for each trial, less one where the mean has a flat prior of its own."""
    marginal = grid.marginal
    powers = len(marginal.y) - (0 if marginal.certainty else 1)
    return grid.grid.peak + math.log(grid.total) - powers * math.log(marginal.unit)


def _check_types(evidence: object, prior: object, mean_prior: object) -> None:
    from netmeta.evidence import Evidence

    if not isinstance(evidence, Evidence):
        raise PoolingError(f"bayesian() takes an Evidence, not a {type(evidence).__name__}.")
    if not isinstance(prior, Belief):
        raise PoolingError(
            "The prior of tau is HalfNormal(0.5), HalfCauchy(0.5), Uniform(4) or OwnDensity(...), "
            f"not {shown(prior)}."
        )
    if not isinstance(mean_prior, Flat | Normal):
        raise PoolingError(f"The prior of the mean log HR is Flat() or Normal(0, 1), not {shown(mean_prior)}.")


def _check_trials(evidence: Evidence) -> None:
    if not len(evidence):
        raise PoolingError("A Bayesian analysis needs at least 1 trial; there are none. Add a trial.")
    without = [trial.label for trial in evidence if trial.log_hr is None or trial.se is None]
    if without:
        more = f" and {len(without) - _NAMED} more" if len(without) > _NAMED else ""
        raise PoolingError(
            f"{len(without)} of {len(evidence)} trials have no log HR with a standard error: "
            f"{', '.join(without[:_NAMED])}{more}. Give a hazard ratio with its interval, or leave them out."
        )


def _check_proper(marginal: Marginal) -> None:
    if marginal.tail > 1:
        return
    least = 2 if marginal.certainty else 3
    raise PoolingError(
        f"A uniform prior of tau without an end needs at least {least} trials; there {_are(len(marginal.y))}. "
        "Give it an end, such as Uniform(4), or choose HalfNormal(0.5)."
    )


def _are(k: int) -> str:
    return f"is {k}" if k == 1 else f"are {k}"

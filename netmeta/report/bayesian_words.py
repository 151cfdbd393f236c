"""A Bayesian analysis in words: what to believe, given these trials and this prior."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from netmeta import numerals
from netmeta.pooling import HalfCauchy, HalfNormal, Uniform, bayesian
from netmeta.pooling.prior_words import credible, prior_matters, prior_table
from netmeta.report.words import endpoint_in_words

if TYPE_CHECKING:
    from netmeta.pooling import BayesianResult, PooledResult, TauPrior

__all__ = ["belief", "beside", "prior_in_words", "prior_matters", "prior_table"]


def prior_in_words(prior: TauPrior) -> str:
    """Name a prior of tau as a methods section would: ``half-normal prior with scale 0.5``."""
    if isinstance(prior, HalfNormal):
        return f"half-normal prior with scale {prior.scale:g}"
    if isinstance(prior, HalfCauchy):
        return f"half-Cauchy prior with scale {prior.scale:g}"
    if isinstance(prior, Uniform):
        return f"uniform prior {'without an end' if prior.high == inf else f'up to {prior.high:g}'}"
    return f"prior {prior.name!r}"


def belief(result: BayesianResult, *, below: float = 1.0) -> str:
    """Say the Bayesian answer in sentences.

    Parameters
    ----------
    result
        What `bayesian` gave.
    below
        The hazard ratio (HR scale) whose chance of being undercut is said.

    Returns
    -------
    str
        The chance for the pooled hazard ratio and for that of a new trial, with both intervals.

    Raises
    ------
    PoolingError
        Where ``below`` is no positive number.
    """
    events = tuple(dict.fromkeys(trial.endpoint for trial in result.evidence))
    of = f" for {endpoint_in_words(events[0])}" if len(events) == 1 else ""
    trials = "this trial" if result.k == 1 else f"these {numerals.count(result.k)} trials"
    level = f"{result.level * 100:g}%"
    pooled, new = (numerals.chance(one.probability_below(below)) for one in (result.pooled, result.new_trial))
    return (
        f"Given {trials} and a {prior_in_words(result.prior)} for how much trials differ, the probability that the "
        f"pooled hazard ratio{of} is below {numerals.ratio(below)} is {pooled}: HR {credible(result.pooled)}, "
        f"{level} credible interval. In a new trial like {'it' if result.k == 1 else 'these'} it is {new}: "
        f"HR {credible(result.new_trial)}."
    )


def beside(result: PooledResult) -> str:
    """Say the Bayesian answer that stands beside a pooled one of two trials."""
    found = bayesian(result.evidence, level=result.model.level)
    return (
        f"With a {prior_in_words(found.prior)} for how much trials differ: HR {credible(found.pooled)}, "
        f"probability {numerals.chance(found.pooled.probability_below(1.0))} that it is below 1."
    )

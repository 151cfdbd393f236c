"""A Bayesian analysis in words: what to believe, given these trials and this prior."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from netmeta import numerals
from netmeta.pooling import HalfCauchy, HalfNormal, Uniform, bayesian
from netmeta.report.words import endpoint_in_words

if TYPE_CHECKING:
    from netmeta.pooling import BayesianResult, EffectPosterior, PooledResult, PriorComparison, TauPrior

__all__ = ["belief", "beside", "prior_in_words", "prior_matters", "prior_table"]

_LEAST, _MOVED = 1e-9, 1.1


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
        f"pooled hazard ratio{of} is below {numerals.ratio(below)} is {pooled}: HR {_effect(result.pooled)}, "
        f"{level} credible interval. In a new trial like {'it' if result.k == 1 else 'these'} it is {new}: "
        f"HR {_effect(result.new_trial)}."
    )


def prior_table(found: PriorComparison, *, below: float = 1.0) -> tuple[tuple[str, ...], ...]:
    """Return the answer under each prior, one line each, the first of them the headings.

    Parameters
    ----------
    found
        What `compare_priors` gave.
    below
        A hazard ratio (HR scale).
    """
    level = f"{found.rows[0].level * 100:g}%"
    head = ("Prior of τ", f"HR ({level})", f"New trial ({level})", f"Chance of HR < {numerals.ratio(below)}", "τ")
    return (head, *(_line(row, below) for row in found.rows))


def _line(row: BayesianResult, below: float) -> tuple[str, ...]:
    new = row.new_trial.ci.exp()
    return (
        str(row.prior),
        _effect(row.pooled),
        numerals.interval(max(new.low, _LEAST), new.high),
        numerals.chance(row.pooled.probability_below(below)),
        numerals.decimal(row.tau.median, 2),
    )


def prior_matters(found: PriorComparison) -> str:
    """Say how far the interval depends on the prior."""
    narrow, wide = (edge(found.rows, key=lambda row: row.ci.width) for edge in (min, max))
    times = wide.ci.width / narrow.ci.width
    if times <= _MOVED:
        return "The prior hardly matters: the interval has the same width within 10% under each of these priors."
    if 0 in wide.ci and 0 not in narrow.ci:
        return (
            f"The prior decides: the interval leaves out 1 under {narrow.prior} and holds it under {wide.prior}. "
            "With so few trials, the prior has to be chosen beforehand."
        )
    return (
        f"The prior matters: on the log scale, the interval is {times:.1f} times as wide under {wide.prior} as "
        f"under {narrow.prior}."
    )


def beside(result: PooledResult) -> str:
    """Say the Bayesian answer that stands beside a pooled one of two trials."""
    found = bayesian(result.evidence, level=result.model.level)
    return (
        f"With a {prior_in_words(found.prior)} for how much trials differ: HR {_effect(found.pooled)}, probability "
        f"{numerals.chance(found.pooled.probability_below(1.0))} that it is below 1."
    )


def _effect(one: EffectPosterior) -> str:
    ci = one.ci.exp()
    return numerals.estimate(one.hr, max(ci.low, _LEAST), ci.high)

"""How far a Bayesian answer depends on the prior of tau: a table, and a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from netmeta import numerals

if TYPE_CHECKING:
    from netmeta.pooling.bayes import BayesianResult
    from netmeta.pooling.mixtures import EffectPosterior
    from netmeta.pooling.prior_comparison import PriorComparison

__all__ = ["credible", "prior_matters", "prior_table"]

_LEAST: Final = 1e-9
_MOVED: Final = 1.1


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
        credible(row.pooled),
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


def credible(one: EffectPosterior) -> str:
    """Write the median and the credible interval of a hazard ratio."""
    ci = one.ci.exp()
    return numerals.estimate(one.hr, max(ci.low, _LEAST), ci.high)

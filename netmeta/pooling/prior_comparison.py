"""How much the prior of tau matters: the same trials under several."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from netmeta.errors import PoolingError
from netmeta.pooling.bayes import BayesianResult, bayesian
from netmeta.pooling.columns import PRIORS
from netmeta.pooling.prior_words import prior_matters, prior_table
from netmeta.pooling.priors import Flat, HalfCauchy, HalfNormal, Uniform
from netmeta.pooling.sensitivity_words import ratios
from netmeta.showing import ROWS, Table, Tabled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netmeta.evidence import Evidence
    from netmeta.pooling.priors import MeanPrior, TauPrior
    from netmeta.showing import Columns

__all__ = ["PriorComparison", "compare_priors"]

_USUAL: Final = (HalfNormal(0.5), HalfNormal(1.0), HalfCauchy(0.5), Uniform(4.0))
_FLAT: Final = Flat()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PriorComparison(Tabled):
    """One analysis of the same trials for each prior of tau.

    Parameters
    ----------
    rows
        In the order of the priors.
    """

    rows: tuple[BayesianResult, ...]

    def _lines(self) -> tuple[str, ...]:
        return (prior_matters(self),)

    def _brief(self) -> tuple[str, ...]:
        low, high = ratios(row.hr for row in self.rows)
        return f"{len(self.rows)} prior{'' if len(self.rows) == 1 else 's'}", f"HR {low} to {high}"

    def _table(self) -> Table:
        head, *rows = prior_table(self)
        return Table(head, tuple(rows[:ROWS]), len(rows))

    def _frame(self) -> tuple[Columns, tuple[BayesianResult, ...]]:
        return PRIORS, self.rows


def compare_priors(
    evidence: Evidence,
    priors: Sequence[TauPrior] = _USUAL,
    *,
    mean_prior: MeanPrior = _FLAT,
    level: float = 0.95,
) -> PriorComparison:
    """Repeat the Bayesian analysis under several priors of tau.

    Parameters
    ----------
    evidence
        One trial or more.
    priors
        By default half-normal with 0.5 and with 1, half-Cauchy with 0.5, and uniform from 0 to 4.
    mean_prior, level
        As in `bayesian`.

    Returns
    -------
    PriorComparison
        One result for each prior.

    Raises
    ------
    PoolingError
        For no prior at all, and for what `bayesian` refuses.
    """
    asked = tuple(priors)
    if not asked:
        raise PoolingError("Priors are compared where there is one or more, such as HalfNormal(0.5).")
    return PriorComparison(rows=tuple(bayesian(evidence, one, mean_prior=mean_prior, level=level) for one in asked))

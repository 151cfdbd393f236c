"""Influence: how far each trial moves the pooled result."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from typing import TYPE_CHECKING, Final

import numpy as np

from netmeta import numerals
from netmeta.pooling.columns import INFLUENCES, influence_columns
from netmeta.pooling.families import arrays, enough, fit_subsets, refuse_identical, spreads
from netmeta.pooling.model import RandomEffects
from netmeta.pooling.pooled import pool
from netmeta.pooling.sensitivity_words import influence_in_words, reasons_in_words, trial_influence_in_words
from netmeta.showing import Shown, Tabled, table_of

if TYPE_CHECKING:
    from netmeta.evidence import Evidence
    from netmeta.pooling.arrays import Floats
    from netmeta.pooling.model import Model
    from netmeta.pooling.result import PooledResult
    from netmeta.showing import Columns, Table

__all__ = ["Influence", "TrialInfluence", "influence"]

_DEFAULT: Final = RandomEffects()
_NOISE: Final = 100 * float(np.finfo(float).eps)
# The median of chi-squared with one degree of freedom.
_COOK: Final = 0.45493642311957283


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class TrialInfluence(Shown):
    """How one trial stands to the others (Viechtbauer & Cheung 2010, Res Synth Methods 1:112).

    Parameters
    ----------
    label, key
        The trial.
    rstudent
        Externally standardised residual: its distance from what the others predict, in standard errors.
    dffits
        How many standard errors the prediction for it moves when it joins.
    cook_d
        Cook's distance: the squared move of the mean over its variance.
    cov_r
        Variance of the mean without the trial over that with it; above 1, the trial adds precision.
    tau2_del, q_del
        tau2, (log HR) squared, and Cochran's Q without it.
    hat
        Its diagonal element of the hat matrix: its share of the weights, a fraction.
    weight
        The same in percent.
    dfbetas
        The move of the mean, in standard errors that use tau2 without the trial.
    reasons
        Names of the criteria that call it influential, as metafor's ``influence`` has them: ``"dffits"``
        (beyond ``3 sqrt(1 / (k - 1))``), ``"cook_d"`` (beyond the median of chi-squared with 1 df), ``"hat"``
        (beyond ``3 / k``), ``"dfbetas"`` (beyond 1).
    """

    label: str
    key: str
    rstudent: float
    dffits: float
    cook_d: float
    cov_r: float
    tau2_del: float
    q_del: float
    hat: float
    weight: float
    dfbetas: float
    reasons: tuple[str, ...]

    @property
    def influential(self) -> bool:
        """Whether any criterion calls the trial influential."""
        return bool(self.reasons)

    def _lines(self) -> tuple[str, ...]:
        return (trial_influence_in_words(self),)

    def _brief(self) -> tuple[str, ...]:
        return self.label, f"influential: {reasons_in_words(self)}" if self.reasons else "not influential"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Influence(Tabled):
    """Influence of every trial on a pooled result.

    Parameters
    ----------
    overall
        The analysis of all trials, with the evidence and the model.
    rows
        One a trial, in the order of the evidence.
    """

    overall: PooledResult
    rows: tuple[TrialInfluence, ...]

    def _lines(self) -> tuple[str, ...]:
        return (influence_in_words(self),)

    def _brief(self) -> tuple[str, ...]:
        flagged = sum(row.influential for row in self.rows)
        return f"{numerals.count(len(self.rows))} trials", f"{numerals.count(flagged)} influential"

    def _table(self) -> Table:
        return table_of(influence_columns(), self.rows)

    def _frame(self) -> tuple[Columns, tuple[TrialInfluence, ...]]:
        return INFLUENCES, self.rows


def influence(evidence: Evidence, model: Model = _DEFAULT) -> Influence:
    """Measure how far each trial moves the pooled result.

    Parameters
    ----------
    evidence
        Three trials or more.
    model
        `RandomEffects` or `CommonEffect`. Definitions are those of metafor's ``influence.rma.uni``, in which
        variances carry the Hartung-Knapp factor of the fit without the trial.

    Returns
    -------
    Influence
        Equal evidence and model give the same object again.

    Raises
    ------
    PoolingError
        For fewer than three trials, and for what `pool` refuses.
    """
    overall = pool(evidence, model)
    enough(evidence, 3, "Influence")
    return _remembered(overall)


@lru_cache(maxsize=64)
def _remembered(overall: PooledResult) -> Influence:
    columns = _diagnostics(overall)
    names = tuple(columns)
    rows = zip(overall.evidence, *(columns[name].tolist() for name in names), strict=True)
    return Influence(
        overall=overall,
        rows=tuple(_row(trial.label, trial.key, dict(zip(names, rest, strict=True)), overall.k)
                   for trial, *rest in rows),
    )  # fmt: skip


def _row(label: str, key: str, values: dict[str, float], k: int) -> TrialInfluence:
    beyond = {
        "dffits": abs(values["dffits"]) > 3 * sqrt(1 / (k - 1)),
        "cook_d": values["cook_d"] > _COOK,
        "hat": values["hat"] > 3 / k,
        "dfbetas": abs(values["dfbetas"]) > 1,
    }
    return TrialInfluence(label=label, key=key, **values, reasons=tuple(name for name in beyond if beyond[name]))


def _diagnostics(overall: PooledResult) -> dict[str, Floats]:
    y, v = arrays(overall.evidence)
    masks = ~np.eye(len(y), dtype=bool)
    refuse_identical(overall.evidence, (y, v), masks, overall.model)
    fits = fit_subsets(y, v, masks, overall.model)
    spread = spreads(fits, overall.model)
    weight = np.array(overall.weights)
    hat = weight / 100
    move = overall.log_hr - fits.mean
    own = spread.factor * (v + fits.tau2)
    # The variance of the mean of all trials, had tau2 been what it is without the trial.
    mixed = spread.factor / (1 / fits.se**2 + 1 / (v + fits.tau2))
    rest = y - fits.mean
    rest[np.abs(rest) < _NOISE] = 0.0
    return {
        "rstudent": rest / np.sqrt(own + spread.se**2),
        "dffits": move / np.sqrt(hat * own),
        "cook_d": (move / overall.se) ** 2,
        "cov_r": (spread.se / overall.se) ** 2,
        "tau2_del": fits.tau2,
        "q_del": fits.q,
        "hat": hat,
        "weight": weight,
        "dfbetas": move / np.sqrt(mixed),
    }

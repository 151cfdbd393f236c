"""Baujat coordinates: what each trial adds to heterogeneity, and to the result."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from netmeta import numerals
from netmeta.pooling.columns import CONTRIBUTIONS, contribution_columns
from netmeta.pooling.families import arrays, enough, fit_subsets, refuse_identical, spreads
from netmeta.pooling.model import CommonEffect
from netmeta.pooling.pooled import pool
from netmeta.pooling.sensitivity_words import contributions_in_words
from netmeta.showing import Shown, Tabled, table_of

if TYPE_CHECKING:
    from netmeta.evidence import Evidence
    from netmeta.pooling.model import Model
    from netmeta.pooling.result import PooledResult
    from netmeta.showing import Columns, Table

__all__ = ["Baujat", "BaujatPoint", "contribution"]

_DEFAULT: Final = CommonEffect()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class BaujatPoint(Shown):
    """One trial in a Baujat plot.

    Parameters
    ----------
    label, key
        The trial.
    heterogeneity
        Its squared Pearson residual ``(y - mean)^2 / (v + tau2)``; for a common effect, its term in Cochran's Q.
    influence
        Squared move of the mean when it is left out, over the variance of the mean without it.
    """

    label: str
    key: str
    heterogeneity: float
    influence: float

    def _lines(self) -> tuple[str, ...]:
        return (f"{self.label}: {', '.join(self._numbers())}.",)

    def _brief(self) -> tuple[str, ...]:
        return self.label, *self._numbers()

    def _numbers(self) -> tuple[str, str]:
        across, up = numerals.decimal(self.heterogeneity), numerals.decimal(self.influence, 3)
        return f"heterogeneity {across}", f"influence {up}"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Baujat(Tabled):
    """Coordinates of a Baujat plot.

    Parameters
    ----------
    overall
        The analysis of all trials, with the evidence and the model.
    rows
        One a trial, in the order of the evidence.
    """

    overall: PooledResult
    rows: tuple[BaujatPoint, ...]

    def _lines(self) -> tuple[str, ...]:
        return (contributions_in_words(self),)

    def _brief(self) -> tuple[str, ...]:
        return f"{numerals.count(len(self.rows))} trials", f"Q = {numerals.decimal(self.overall.q, 1)}"

    def _table(self) -> Table:
        return table_of(contribution_columns(), self.rows)

    def _frame(self) -> tuple[Columns, tuple[BaujatPoint, ...]]:
        return CONTRIBUTIONS, self.rows


def contribution(evidence: Evidence, model: Model = _DEFAULT) -> Baujat:
    """Measure what each trial adds to heterogeneity, and to the result: its place in a Baujat plot.

    The rule is that of Baujat, Mahe, Pignon & Hill 2002 (Stat Med 21:2641).

    Parameters
    ----------
    evidence
        Three trials or more.
    model
        The paper's is the common effect; with `RandomEffects` the coordinates are those of metafor's ``baujat``.

    Returns
    -------
    Baujat
        Equal evidence and model give the same object again.

    Raises
    ------
    PoolingError
        For fewer than three trials, and for what `pool` refuses.
    """
    overall = pool(evidence, model)
    enough(evidence, 3, "A Baujat plot")
    return _remembered(overall)


@lru_cache(maxsize=64)
def _remembered(overall: PooledResult) -> Baujat:
    y, v = arrays(overall.evidence)
    masks = ~np.eye(len(y), dtype=bool)
    refuse_identical(overall.evidence, (y, v), masks, overall.model)
    fits = fit_subsets(y, v, masks, overall.model)
    across = (y - overall.log_hr) ** 2 / (v + overall.tau2)
    up = ((fits.mean - overall.log_hr) / spreads(fits, overall.model).se) ** 2
    points = zip(overall.evidence, across.tolist(), up.tolist(), strict=True)
    return Baujat(
        overall=overall,
        rows=tuple(
            BaujatPoint(label=trial.label, key=trial.key, heterogeneity=x, influence=z) for trial, x, z in points
        ),
    )

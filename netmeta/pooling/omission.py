"""Leave-one-out: what is pooled without each trial in turn."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from netmeta import numerals
from netmeta.pooling.columns import SUBSETS, subset_columns
from netmeta.pooling.families import SubsetFit, enough, subset_fits
from netmeta.pooling.model import RandomEffects
from netmeta.pooling.pooled import pool
from netmeta.pooling.sensitivity_words import omission_in_words, ratios
from netmeta.showing import Tabled, table_of

if TYPE_CHECKING:
    from netmeta.evidence import Evidence
    from netmeta.pooling.model import Model
    from netmeta.pooling.result import PooledResult
    from netmeta.showing import Columns, Table

__all__ = ["LeaveOneOut", "leave_one_out"]

_DEFAULT: Final = RandomEffects()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class LeaveOneOut(Tabled):
    """Pooled analyses without each trial in turn.

    Parameters
    ----------
    overall
        The analysis of all trials, with the evidence and the model.
    rows
        One a trial, in the order of the evidence; ``label`` and ``key`` name the trial that was left out.
    """

    overall: PooledResult
    rows: tuple[SubsetFit, ...]

    def _lines(self) -> tuple[str, ...]:
        return (omission_in_words(self),)

    def _brief(self) -> tuple[str, ...]:
        low, high = ratios(row.hr for row in self.rows)
        return f"{numerals.count(len(self.rows))} fits", f"HR {low} to {high}"

    def _table(self) -> Table:
        return table_of(subset_columns("Without", self.overall.model.level), self.rows)

    def _frame(self) -> tuple[Columns, tuple[SubsetFit, ...]]:
        return SUBSETS, self.rows


def leave_one_out(evidence: Evidence, model: Model = _DEFAULT) -> LeaveOneOut:
    """Pool the trials without each of them in turn.

    Parameters
    ----------
    evidence
        Three trials or more.
    model
        `RandomEffects` or `CommonEffect`; tau2 is estimated anew without each trial, and every interval is by the
        model's method. The numbers are those of metafor's ``leave1out``.

    Returns
    -------
    LeaveOneOut
        Equal evidence and model give the same object again.

    Raises
    ------
    PoolingError
        For fewer than three trials, and for what `pool` refuses.
    """
    overall = pool(evidence, model)
    enough(evidence, 3, "Leave-one-out")
    return _remembered(overall)


@lru_cache(maxsize=64)
def _remembered(overall: PooledResult) -> LeaveOneOut:
    evidence = overall.evidence
    without = ~np.eye(len(evidence), dtype=bool)
    return LeaveOneOut(overall=overall, rows=subset_fits(evidence, overall.model, without, evidence.keys))

"""Cumulative meta-analysis: what is pooled as trials come in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from netmeta import numerals
from netmeta.errors import PoolingError, hint, shown
from netmeta.pooling.columns import SUBSETS, subset_columns
from netmeta.pooling.families import SubsetFit, subset_fits
from netmeta.pooling.model import RandomEffects
from netmeta.pooling.pooled import pool
from netmeta.pooling.sensitivity_words import ORDERED, cumulative_in_words
from netmeta.showing import Tabled, table_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from netmeta.evidence import Evidence, Trial
    from netmeta.pooling.model import Model
    from netmeta.pooling.result import PooledResult
    from netmeta.showing import Columns, Table

__all__ = ["ORDERS", "Cumulative", "cumulative"]

_DEFAULT: Final = RandomEffects()
_NAMED: Final = 5

ORDERS: Final = ("year", "precision", "effect", "given")
"""Orders in which trials are added: oldest first, most precise first, lowest hazard ratio first, as they stand;
trials that tie stay in the order of the evidence."""

_Rank: TypeAlias = "Callable[[Trial], float]"
_RANKS: Final[Mapping[str, _Rank]] = {
    "year": lambda trial: float(trial.year or 0),
    "precision": lambda trial: float(trial.se or 0),
    "effect": lambda trial: float(trial.log_hr or 0),
    "given": lambda _trial: 0.0,
}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Cumulative(Tabled):
    """Pooled analyses of the first trial, the first two, and so on to all of them.

    Parameters
    ----------
    overall
        The analysis of all trials, with the evidence and the model.
    order
        One of `ORDERS`, or ``"chosen"`` where the keys were given.
    rows
        One a trial, in the order in which they are added; ``label`` and ``key`` name the trial that is new. The
        first row is the first trial alone, with its own Wald interval.
    """

    overall: PooledResult
    order: str
    rows: tuple[SubsetFit, ...]

    def _lines(self) -> tuple[str, ...]:
        return f"Trials {ORDERED[self.order]}.", cumulative_in_words(self)

    def _brief(self) -> tuple[str, ...]:
        fits = f"{numerals.count(len(self.rows))} fits, {ORDERED[self.order]}"
        return fits, f"HR {numerals.ratio(self.rows[0].hr)} to {numerals.ratio(self.rows[-1].hr)}"

    def _table(self) -> Table:
        return table_of(subset_columns("Adding", self.overall.model.level), self.rows)

    def _frame(self) -> tuple[Columns, tuple[SubsetFit, ...]]:
        return SUBSETS, self.rows


def cumulative(evidence: Evidence, model: Model = _DEFAULT, order: str | Iterable[str] = "year") -> Cumulative:
    """Pool the trials as they are added one by one.

    Parameters
    ----------
    evidence
        Two trials or more.
    model
        `RandomEffects` or `CommonEffect`; the numbers are those of metafor's ``cumul``. From two trials on, every
        interval is by the model's method.
    order
        One of `ORDERS`, or the labels or keys of all trials in the order wanted.

    Returns
    -------
    Cumulative
        Equal evidence, model and order give the same object again.

    Raises
    ------
    PoolingError
        For an order that does not exist, a trial without a year where the order is ``"year"``, keys that are not
        every trial once, and for what `pool` refuses.
    SelectionError
        For a label or key that no trial has, or that several have.
    """
    overall = pool(evidence, model)
    name = order if isinstance(order, str) else "chosen"
    return _remembered(
        overall, name, _named(evidence, order) if isinstance(order, str) else _chosen(evidence, order)
    )


@lru_cache(maxsize=64)
def _remembered(overall: PooledResult, order: str, keys: tuple[str, ...]) -> Cumulative:
    place = {key: at for at, key in enumerate(keys)}
    added = np.array([place[key] for key in overall.evidence.keys])
    masks = added <= np.arange(len(keys))[:, None]
    return Cumulative(
        overall=overall, order=order, rows=subset_fits(overall.evidence, overall.model, masks, keys)
    )  # fmt: skip


def _named(evidence: Evidence, order: str) -> tuple[str, ...]:
    if order not in _RANKS:
        raise PoolingError(f"There is no order called {shown(order)}.{hint(order, ORDERS)}")
    undated = [trial.label for trial in evidence if trial.year is None]
    if order == "year" and undated:
        listed = ", ".join(undated[:_NAMED]) + (" and more" if len(undated) > _NAMED else "")
        raise PoolingError(
            f"{len(undated)} of {len(evidence)} trials have no year: {listed}. Give one, or choose order "
            "'precision', 'effect' or 'given'."
        )
    return tuple(trial.key for trial in sorted(evidence, key=_RANKS[order]))


def _chosen(evidence: Evidence, names: Iterable[str]) -> tuple[str, ...]:
    keys = tuple(evidence[name].key for name in names)
    twice = next((key for at, key in enumerate(keys) if key in keys[:at]), None)
    if twice is not None:
        raise PoolingError(f"The order names {shown(evidence[twice].label)} twice; name every trial once.")
    missing = [trial.label for trial in evidence if trial.key not in keys]
    if missing:
        listed = ", ".join(missing[:_NAMED]) + (" and more" if len(missing) > _NAMED else "")
        raise PoolingError(f"The order names {len(keys)} of {len(evidence)} trials; it lacks {listed}.")
    return keys

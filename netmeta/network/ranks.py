"""Rankograms and SUCRA: the chance of each treatment to have each rank, drawn jointly."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from netmeta import numerals
from netmeta.errors import NetworkError, shown
from netmeta.network.columns import interval_of
from netmeta.network.judged import Judged
from netmeta.pooling.words import effect
from netmeta.showing import table_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from netmeta.network.effects import NetworkEffect
    from netmeta.network.result import NetworkResult
    from netmeta.pooling.arrays import Floats
    from netmeta.showing import Columns, Table

__all__ = ["RankRow", "Ranking", "rank"]

_DRAWS: Final = 20_000
_MOST: Final = 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class RankRow:
    """The ranks of one treatment; rank 1 is the best.

    Parameters
    ----------
    treatment
        Its name.
    p_score
        Mean certainty that it is better than another (Rucker & Schwarzer 2015), from 0 to 1, without simulation.
    sucra
        Surface under the cumulative ranking curve (Salanti, Ades & Ioannidis 2011, J Clin Epidemiol 64:163): the
        same number but for simulation error.
    mean_rank, low, high
        Mean rank, and the ranks that hold the model's level of the draws (0.95) between them.
    chances
        Chance of each rank, from the first to the last.
    against_reference
        Its effect, to be shown beside any rank; ``None`` for the reference.
    """

    treatment: str
    p_score: float
    sucra: float
    mean_rank: float
    low: int
    high: int
    chances: tuple[float, ...]
    against_reference: NetworkEffect | None

    @property
    def cumulative(self) -> tuple[float, ...]:
        """Chance of each rank or a better one."""
        return tuple(np.cumsum(self.chances).tolist())


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Ranking(Judged):
    """Treatments by rank, with how sure that is.

    Parameters
    ----------
    result
        The network meta-analysis.
    draws, seed
        How many joint draws were ranked, and the seed that gives them again.
    rows
        One a treatment, the highest P-score first.
    """

    result: NetworkResult
    draws: int
    seed: int
    rows: tuple[RankRow, ...]

    def __getitem__(self, treatment: str) -> RankRow:
        """Return the ranks of a treatment."""
        self.result.place(treatment)
        return next(row for row in self.rows if row.treatment == treatment)

    def findings(self) -> tuple[str, ...]:
        """Say what was found, a sentence or two each."""
        first, level = self.rows[0], f"{100 * self.result.model.level:g}%"
        top = numerals.chance(first.chances[0])
        return (
            (
                f"{first.treatment} has the highest P-score ({numerals.decimal(first.p_score)}) and is the best of "
                f"{len(self.rows)} in {top} of draws; its rank is {_span(first)} with {level} probability."
            ),
            (
                "A rank says nothing of the size of a difference, nor whether patients of different trials are "
                "alike: read it beside the intervals."
            ),
        )

    def _brief(self) -> tuple[str, ...]:
        return f"{len(self.rows)} treatments", f"{numerals.count(self.draws)} draws"

    def _table(self) -> Table:
        level = f"{100 * self.result.model.level:g}%"
        columns: Columns = (
            ("Treatment", lambda row: row.treatment),
            ("P-score", lambda row: numerals.decimal(row.p_score)),
            ("SUCRA", lambda row: numerals.decimal(row.sucra)),
            (f"Rank ({level} interval)", lambda row: f"{numerals.decimal(row.mean_rank, 1)} ({_span(row)})"),
            ("Best", lambda row: numerals.chance(row.chances[0])),
            (f"HR against {self.result.reference} ({level} CI)", _effect),
            ("Prediction interval", _prediction),
        )
        return table_of(columns, self.rows)

    def _frame(self) -> tuple[Columns, tuple[RankRow, ...]]:
        return _FRAME + tuple(_chance(at) for at in range(len(self.rows))), self.rows


_FRAME: Final[Columns] = (
    ("treatment", lambda row: row.treatment),
    ("p_score", lambda row: row.p_score),
    ("sucra", lambda row: row.sucra),
    ("mean_rank", lambda row: row.mean_rank),
    ("rank_low", lambda row: row.low),
    ("rank_high", lambda row: row.high),
    ("hr", lambda row: row.against_reference.hr if row.against_reference else 1.0),
    ("hr_low", lambda row: row.against_reference.ci.exp().low if row.against_reference else None),
    ("hr_high", lambda row: row.against_reference.ci.exp().high if row.against_reference else None),
)


def _chance(at: int) -> tuple[str, Callable[[RankRow], float]]:
    return f"rank_{at + 1}", lambda row: row.chances[at]


def _span(row: RankRow) -> str:
    return f"{row.low}" if row.low == row.high else f"{row.low}{numerals.DASH}{row.high}"


def _effect(row: RankRow) -> str:
    return "reference" if row.against_reference is None else effect(row.against_reference)


def _prediction(row: RankRow) -> str:
    return "" if row.against_reference is None else interval_of(row.against_reference.pi)


def rank(result: NetworkResult, *, draws: int = _DRAWS, seed: int = 2011) -> Ranking:
    """Rank the treatments of a network, with the chance of every rank.

    Parameters
    ----------
    result
        What `compare` gave; its ``better`` says which way is up.
    draws
        Joint draws of all effects from their estimated normal distribution, with its covariance: drawn one
        treatment at a time, as some programs do, SUCRA is off by up to 0.05. Half of them mirror the other half.
    seed
        Of the draws.

    Raises
    ------
    NetworkError
        For a number of draws that is no whole number from 100 to 2 000 000.
    """
    if isinstance(draws, bool) or not isinstance(draws, int) or not 100 <= draws <= _MOST:  # noqa: PLR2004
        raise NetworkError(f"draws is a whole number from 100 to {numerals.count(_MOST)}, not {shown(draws)}.")
    return _remembered(result, draws, seed)


@lru_cache(maxsize=32)
def _remembered(result: NetworkResult, draws: int, seed: int) -> Ranking:
    places = _places(_drawn(result, draws, seed), result.better)
    chances = np.stack([np.bincount(row, minlength=len(result.treatments)) for row in places]) / places.shape[1]
    rows = [_row(result, at, own) for at, own in enumerate(chances)]
    return Ranking(
        result=result, draws=places.shape[1], seed=seed, rows=tuple(sorted(rows, key=lambda row: -row.p_score))
    )


def _drawn(result: NetworkResult, draws: int, seed: int) -> Floats:
    """Return joint draws of all log HRs, shape (n, draws); the first treatment's are 0."""
    inner = np.array(result.covariance)[1:, 1:]
    half = np.linalg.cholesky(inner)
    normal = np.random.default_rng(seed).standard_normal((len(inner), (draws + 1) // 2))
    spread = half @ np.hstack([normal, -normal])
    return np.vstack([np.zeros(spread.shape[1]), np.array(result.log_hrs)[1:, None] + spread])


def _places(drawn: Floats, better: str) -> np.ndarray[tuple[int, int], np.dtype[np.intp]]:
    """Return the rank of each treatment in each draw, from 0, shape (n, draws)."""
    order = np.argsort(drawn if better == "lower" else -drawn, axis=0)
    places = np.empty_like(order)
    np.put_along_axis(places, order, np.arange(len(order))[:, None], axis=0)
    return places


def _row(result: NetworkResult, at: int, chances: Floats) -> RankRow:
    name, size = result.treatments[at], len(chances)
    reached = np.cumsum(chances)
    tail = (1 - result.model.level) / 2
    return RankRow(
        treatment=name, p_score=result.scores[at], sucra=float(reached[:-1].sum()) / (size - 1),
        mean_rank=float((np.arange(size) + 1) @ chances), low=int(np.searchsorted(reached, tail + 1e-12)) + 1,
        high=min(size, int(np.searchsorted(reached, 1 - tail - 1e-12)) + 1), chances=tuple(chances.tolist()),
        against_reference=None if name == result.reference else result.effect(name),
    )  # fmt: skip

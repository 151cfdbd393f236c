"""Begg and Mazumdar's test of funnel-plot asymmetry: whether effects and variances rise together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from typing import TYPE_CHECKING, Final

import numpy as np

from netmeta import numerals
from netmeta.errors import PoolingError
from netmeta.pooling.asymmetry_words import rank_in_words
from netmeta.pooling.families import arrays
from netmeta.pooling.gate import permitted
from netmeta.pooling.model import CommonEffect
from netmeta.pooling.pooled import pool
from netmeta.pooling.words import trials_in_words
from netmeta.showing import Shown

if TYPE_CHECKING:
    import numpy.typing as npt

    from netmeta.evidence import Evidence
    from netmeta.pooling.arrays import Floats

__all__ = ["RankTest", "begg"]

_EXACT: Final = 200
_NOISE: Final = 64 * float(np.finfo(float).eps)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class RankTest(Shown):
    """Begg and Mazumdar's rank correlation test (1994, Biometrics 50:1088).

    Parameters
    ----------
    evidence
        What went in.
    tau
        Kendall's tau-b between standardised effects and variances, from -1 to 1.
    p_value
        Two-sided.
    exact
        Whether P is from Kendall's exact distribution: without ties, up to 200 trials. Otherwise it is from the
        normal approximation with the variance of Kendall 1970 for ties, without a continuity correction.
    override
        Why the test was run below ten trials; ``""`` where it needed no reason.
    """

    evidence: Evidence
    tau: float
    p_value: float
    exact: bool
    override: str

    @property
    def k(self) -> int:
        """Number of trials."""
        return len(self.evidence)

    def _lines(self) -> tuple[str, ...]:
        return (rank_in_words(self),)

    def _brief(self) -> tuple[str, ...]:
        return trials_in_words(self.k), f"tau = {numerals.decimal(self.tau)}", numerals.p_value(self.p_value)


def begg(evidence: Evidence, *, override: str = "") -> RankTest:
    """Test the funnel plot for asymmetry by rank correlation, as metafor's ``ranktest`` does.

    Parameters
    ----------
    evidence
        Ten trials or more.
    override
        Why it is wanted with three to nine trials, in words; kept with the result.

    Returns
    -------
    RankTest
        Equal questions give the same object again. Above 200 trials metafor still counts exactly; the normal
        approximation is then the same to three digits.

    Raises
    ------
    PoolingError
        For fewer than ten trials without ``override``, fewer than three with it, effects or variances that are all
        the same, and what `pool` refuses.
    """
    pool(evidence, CommonEffect())
    return _remembered(evidence, permitted(evidence, "Begg's test", override))


@lru_cache(maxsize=64)
def _remembered(evidence: Evidence, override: str) -> RankTest:
    y, v = arrays(evidence)
    centred = _standardised(y, v, pool(evidence, CommonEffect()).log_hr)
    for name, values in (("standard error", v), ("effect", centred)):
        if float(np.ptp(values)) == 0:
            raise PoolingError(
                f"All {len(y)} trials have the same {name}: there are no ranks to compare, and Begg's test has "
                "nothing to go by."
            )
    score = _score(centred, v)
    groups = [np.unique(values, return_counts=True)[1].astype(np.int64) for values in (centred, v)]
    pairs = len(y) * (len(y) - 1) / 2
    untied = [pairs - float((n * (n - 1)).sum()) / 2 for n in groups]
    exact = min(untied) == pairs and len(y) <= _EXACT
    p = _exact_p(score, len(y)) if exact else _normal_p(score, len(y), groups)
    tau = score / sqrt(untied[0]) / sqrt(untied[1])
    return RankTest(evidence=evidence, tau=tau, p_value=p, exact=exact, override=override)


def _standardised(y: Floats, v: Floats, mean: float) -> Floats:
    """Residuals from the common effect over their standard deviations, whose squares are ``v - 1 / sum(1 / v)``."""
    w = 1 / v
    # That difference cancels for a trial that has nearly all of the weight; the sum of the others does not.
    others, heaviest = w.sum() - w, int(np.argmax(w))
    others[heaviest] = np.delete(w, heaviest).sum()
    rest = y - mean
    rest[np.abs(rest) <= _NOISE * np.abs(y).max()] = 0.0
    return np.asarray(rest / np.sqrt(v * (others / w.sum())))


def _score(a: Floats, b: Floats) -> int:
    """Count pairs in the same order, less pairs in the opposite order."""
    rows = (np.sign(a[at + 1 :] - a[at]) * np.sign(b[at + 1 :] - b[at]) for at in range(len(a)))
    return int(sum(float(row.sum()) for row in rows))


def _exact_p(score: int, k: int) -> float:
    """Return twice the tail of the number of inversions in a random order of ``k``, at most 1."""
    chance = np.ones(1)
    for n in range(2, k + 1):
        # Adding the n-th adds 0 to n - 1 inversions, each with the same chance.
        reach = np.cumsum(np.concatenate([chance, np.zeros(n - 1)]))
        reach[n:] -= reach[:-n].copy()
        chance = reach / n
    fewest = (k * (k - 1) // 2 - abs(score)) // 2
    return min(1.0, 2 * float(chance[: fewest + 1].sum()))


def _normal_p(score: int, k: int, groups: list[npt.NDArray[np.int64]]) -> float:
    from scipy.special import ndtr

    a, b = (n.astype(float) for n in groups)
    total = k * (k - 1) * (2 * k + 5) - sum(float((n * (n - 1) * (2 * n + 5)).sum()) for n in (a, b))
    pairs = float((a * (a - 1)).sum()) * float((b * (b - 1)).sum())
    triples = float((a * (a - 1) * (a - 2)).sum()) * float((b * (b - 1) * (b - 2)).sum())
    variance = total / 18 + pairs / (2 * k * (k - 1)) + triples / (9 * k * (k - 1) * (k - 2))
    return 2 * float(ndtr(-abs(score) / sqrt(variance)))

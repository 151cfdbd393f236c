"""Direct evidence: what the trials that compare two treatments say of them, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import fsum, sqrt
from typing import TYPE_CHECKING

from netmeta.errors import NetworkError
from netmeta.network.studies import studies
from netmeta.pooling.interval import hazard_ratio
from netmeta.pooling.intervals import Distribution

if TYPE_CHECKING:
    from netmeta.evidence import Evidence
    from netmeta.network.assumptions import Assumptions
    from netmeta.network.result import NetworkResult
    from netmeta.network.studies import Row
    from netmeta.pooling.interval import Interval

__all__ = ["DirectEffect", "direct_effect", "direct_effects"]


@dataclass(frozen=True, slots=True)
class DirectEffect:
    """The effect of one treatment against another, from the trials that compare the two.

    Parameters
    ----------
    experimental, control
        HR below 1 favours ``experimental``.
    log_hr, se
        Log HR and its standard error.
    ci
        Normal confidence interval at the level of the network's model, log HR.
    k
        How many trials compare the two.
    keys
        Keys of their rows, in the order of the evidence.
    """

    experimental: str
    control: str
    log_hr: float
    se: float
    ci: Interval
    k: int
    keys: tuple[str, ...]

    @property
    def hr(self) -> float:
        """Hazard ratio."""
        return hazard_ratio(self.log_hr)

    @property
    def comparison(self) -> str:
        """``"cabozantinib vs placebo"``."""
        return f"{self.experimental} vs {self.control}"


@lru_cache(maxsize=128)
def _compared(evidence: Evidence, assumptions: Assumptions) -> dict[frozenset[str], tuple[Row, ...]]:
    found: dict[frozenset[str], tuple[Row, ...]] = {}
    for study in studies(evidence, assumptions):
        for row in study.rows:
            pair = frozenset((row.experimental, row.control))
            found[pair] = (*found.get(pair, ()), row)
    return found


def direct_effect(result: NetworkResult, experimental: str, control: str) -> DirectEffect | None:
    """Pool the trials that compare two treatments of a network.

    Parameters
    ----------
    result
        A network meta-analysis.
    experimental, control
        Two of its treatments.

    Returns
    -------
    DirectEffect or None
        Inverse-variance mean with weights ``1 / (variance + tau2)`` at the tau2 of the whole network, as in R's
        netmeta (its ``TE.direct.random``, and ``TE.direct.common`` for a common effect); a comparison of a study of
        several arms counts with its own variance. ``None`` where no trial compares the two.

    Raises
    ------
    NetworkError
        For a treatment that the network does not have, and one against itself.
    """
    one, other = (result.treatments[result.place(name)] for name in (experimental, control))
    if one == other:
        raise NetworkError(f"{one} cannot be compared with itself.")
    rows = _compared(result.evidence, result.assumptions).get(frozenset((one, other)), ())
    return _pooled(one, other, rows, result) if rows else None


def direct_effects(result: NetworkResult) -> tuple[DirectEffect, ...]:
    """Return every direct comparison once, in the order of the graph's edges.

    Treatments stand against the reference, and otherwise as in the first trial that compares them.
    """
    compared = _compared(result.evidence, result.assumptions)
    found = []
    for edge in result.graph.edges:
        rows = compared[frozenset(edge.treatments)]
        one, other = rows[0].experimental, rows[0].control
        found.append(_pooled(*((other, one) if one == result.reference else (one, other)), rows, result))
    return tuple(found)


def _pooled(one: str, other: str, rows: tuple[Row, ...], result: NetworkResult) -> DirectEffect:
    weights = [1 / (row.variance + result.tau2) for row in rows]
    whole = fsum(weights)
    mean = fsum(weight * row.towards(one) for weight, row in zip(weights, rows, strict=True)) / whole
    found = Distribution(mean, sqrt(1 / whole), None)
    keys = tuple(row.trial.key for row in rows)
    return DirectEffect(one, other, mean, found.sd, found.interval(result.model.level), len(rows), keys)

"""What the lessons share: the nine comparisons with placebo, pooled in the ways that are compared."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from netmeta import numerals
from netmeta.evidence import Evidence, load_trials
from netmeta.pooling import CommonEffect, RandomEffects, leave_one_out, pool

if TYPE_CHECKING:
    from netmeta.pooling import Interval, LeaveOneOut, PooledResult

__all__ = [
    "LARGEST",
    "STRONGEST",
    "before_cabinet",
    "cabinet",
    "common",
    "omitted",
    "placebo",
    "pooled",
    "share",
    "span",
    "wald",
]

STRONGEST: Final = "CABINET pNET"
LARGEST: Final = "RADIANT-3"


@lru_cache(maxsize=1)
def placebo() -> Evidence:
    """Return the comparisons with placebo on progression-free survival, as their primary analyses read it."""
    return load_trials().where(endpoint="PFS", use="primary", control="placebo")


@lru_cache(maxsize=1)
def pooled() -> PooledResult:
    """Pool them by random effects (REML, modified Hartung-Knapp)."""
    return pool(placebo())


@lru_cache(maxsize=1)
def common() -> PooledResult:
    """Pool them by a common effect."""
    return pool(placebo(), CommonEffect())


@lru_cache(maxsize=1)
def omitted() -> LeaveOneOut:
    """Pool them without each of them."""
    return leave_one_out(placebo())


@lru_cache(maxsize=1)
def cabinet() -> Evidence:
    """Return CABINET's two cohorts."""
    return placebo().where(study="CABINET")


@lru_cache(maxsize=1)
def before_cabinet() -> PooledResult:
    """Pool all but CABINET's two cohorts."""
    return pool(placebo().without(*cabinet().keys))


@lru_cache(maxsize=1)
def wald() -> PooledResult:
    """Pool CABINET's two cohorts with a Wald interval."""
    return pool(cabinet(), RandomEffects(interval="wald"))


def share(result: PooledResult, label: str) -> float:
    """Return the weight of a trial in percent."""
    weights = dict(zip(result.evidence.labels, result.weights, strict=True))
    return 100 * weights[label] / sum(result.weights)


def span(log_scale: Interval) -> str:
    """Write an interval as hazard ratios."""
    hr = log_scale.exp()
    return numerals.interval(hr.low, hr.high)

"""What stands beside a pooled result: sensitivity, small-study effects, a Bayesian analysis of few trials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netmeta.errors import NetmetaError
from netmeta.pooling import bayesian, cumulative, d_fiv, egger, influence, leave_one_out
from netmeta.report.bayesian_words import belief
from netmeta.report.given import BAYESIAN, OMISSIONS, TESTS
from netmeta.report.section import joined

if TYPE_CHECKING:
    from collections.abc import Callable

    from netmeta.pooling import PooledResult
    from netmeta.showing import Shown

__all__ = ["bayesian_found", "sensitivity_found", "small_found"]


def sensitivity_found(result: PooledResult) -> str:
    """Say how far the result moves without each trial, which trials stand out, and since when it holds."""
    if result.k < OMISSIONS:
        return ""
    evidence, model = result.evidence, result.model
    return joined(
        _said(lambda: leave_one_out(evidence, model)),
        _said(lambda: influence(evidence, model)),
        _said(lambda: cumulative(evidence, model)),
    )


def small_found(result: PooledResult) -> str:
    """Say what tests of small-study effects found; empty below ten trials."""
    if result.k < TESTS:
        return ""
    level = result.model.level
    return joined(
        _said(lambda: egger(result.evidence, result.model)), _said(lambda: d_fiv(result.evidence, level=level))
    )


def bayesian_found(result: PooledResult) -> str:
    """Say the Bayesian result beside two, three or four trials; empty elsewhere."""
    return belief(bayesian(result.evidence, level=result.model.level)) if result.k <= BAYESIAN else ""


def _said(find: Callable[[], Shown]) -> str:
    try:
        return find().said
    except NetmetaError:
        # A family that cannot be fitted for these trials has nothing to add.
        return ""

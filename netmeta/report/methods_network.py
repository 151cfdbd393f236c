"""The network part of a methods section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netmeta.network.asking import NetworkAnswer
from netmeta.network.assumptions import assumptions_in_words
from netmeta.pooling import CommonEffect
from netmeta.report.given import network_of
from netmeta.report.model_words import level_of
from netmeta.report.section import joined

if TYPE_CHECKING:
    from netmeta.network.result import NetworkResult
    from netmeta.report.citations import Citations
    from netmeta.state import State

__all__ = ["network_said"]


def network_said(state: State, cite: Citations) -> str:
    """Say how the network was estimated and judged; empty where there is none to speak of."""
    found = network_of(state)
    if not isinstance(found, NetworkAnswer):
        return ""
    return joined(
        _estimated(found.result, cite),
        _apart(found),
        assumptions_in_words(found.result.assumptions),
        "Consistency was looked at by the design-by-treatment interaction "
        f"{cite('higgins2012')} and by node-splitting {cite('dias2010')}.",
        f"Treatments are ordered by P-scores {cite('rucker2015')}, which are shown with the interval of each rank.",
    )


def _estimated(result: NetworkResult, cite: Citations) -> str:
    where = f"of all treatments joined to {result.reference}"
    if isinstance(result.model, CommonEffect):
        return (
            f"A common-effect network meta-analysis {where} was fitted by generalised least squares "
            f"{cite('rucker2012')}, with {level_of(result.model)} Wald intervals."
        )
    return (
        f"A random-effects network meta-analysis {where} was fitted by generalised least squares "
        f"{cite('rucker2012')}, with one variance between trials for all comparisons, estimated by "
        f"{result.model.tau2_method}, and with {level_of(result.model)} intervals."
    )


def _apart(found: NetworkAnswer) -> str:
    if not found.apart:
        return ""
    n = len(found.apart)
    many = "1 trial is" if n == 1 else f"{n} trials are"
    return f"{many} not part of it, because nothing joins their treatments to {found.result.reference}."

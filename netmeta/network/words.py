"""A network meta-analysis in a few lines of plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netmeta import numerals
from netmeta.network.assumptions import assumptions_in_words
from netmeta.pooling.model import CommonEffect
from netmeta.pooling.words import model_in_words, share, trials_in_words

if TYPE_CHECKING:
    from netmeta.network.result import NetworkResult

__all__ = ["assumptions_in_words", "loops_in_words", "sentences"]


def sentences(result: NetworkResult) -> tuple[str, ...]:
    """Say what was compared, what was assumed, and how much trials differ, one line each."""
    lines = (_compared(result), assumptions_in_words(result.assumptions), _spread(result))
    return tuple(line for line in lines if line)


def _compared(result: NetworkResult) -> str:
    edges = len(result.graph.edges)
    direction = "" if result.better == "lower" else " A higher hazard ratio is taken to be better."
    return (
        f"{len(result.treatments)} treatments in {trials_in_words(result.k)}, {edges} direct "
        f"{'comparison' if edges == 1 else 'comparisons'}, {loops_in_words(result)}: "
        f"{model_in_words(result.model)}.{direction}"
    )


def loops_in_words(result: NetworkResult) -> str:
    """Count the closed loops, in which direct and indirect evidence can be held against each other.

    A loop inside of one study of several arms is none: it cannot contradict itself.
    """
    graph = result.graph
    needed = sum(len(design) - 1 for design in graph.designs) - (len(graph.treatments) - 1)
    loops = graph.cycles if needed else 0
    return "no closed loop" if not loops else "1 closed loop" if loops == 1 else f"{loops} closed loops"


def _spread(result: NetworkResult) -> str:
    test = f"Q = {numerals.decimal(result.q)} on {result.q_df} df, {numerals.p_value(result.q_p)}"
    if not result.q_df:
        return "Nothing tells how much trials differ: no comparison is made twice and no loop closes."
    level = f"{100 * result.model.level:g}%"
    i2 = f"I² = {share(result.i2, 'Q', result.i2_ci, level)}"
    if isinstance(result.model, CommonEffect) or result.tau2_ci is None:
        return f"Between trials: {i2}; {test}."
    bounds = f"{level} CI {result.tau2_ci.low:.3g} to {result.tau2_ci.high:.3g}"
    return f"Between trials: τ² = {result.tau2:.3g} ({bounds}), {i2}; {test}."

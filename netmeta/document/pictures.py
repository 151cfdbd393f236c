"""The figures of an analysis: which there are, what they show, and how each is made."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from netmeta import charts
from netmeta.document.blocks import Figure
from netmeta.errors import NetmetaError
from netmeta.language import language
from netmeta.network import net_heat, network_contributions, node_splits, omit_trials, rank
from netmeta.network.asking import NetworkAnswer
from netmeta.pooling import (
    PooledResult,
    absolute_effects,
    bayesian,
    contribution,
    cumulative,
    gosh,
    influence,
    leave_one_out,
    multiverse,
)
from netmeta.report import given

if TYPE_CHECKING:
    from collections.abc import Callable

    from netmeta.charts.still import StillChart
    from netmeta.network import NetworkResult
    from netmeta.pooling import BayesianResult
    from netmeta.state import State

__all__ = [
    "ALL",
    "MAIN",
    "Picture",
    "figure_of",
    "figures_of",
    "results_pictures",
]


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure that an analysis may have.

    Parameters
    ----------
    name
        The name of its file.
    caption
        What it shows, in sentences.
    make
        Makes the chart of a state, or raises `NetmetaError` where the trials do not allow it.
    """

    name: str
    caption: str
    make: Callable[[State], StillChart]


def figures_of(state: State, pictures: tuple[Picture, ...]) -> tuple[Figure, ...]:
    """Make the figures that the trials allow."""
    made = (figure_of(state, picture) for picture in pictures)
    return tuple(figure for figure in made if figure is not None)


def figure_of(state: State, picture: Picture) -> Figure | None:
    """Make a figure in the language that is shown; ``None`` where the trials do not allow it."""
    return _made(state, picture, language())


@lru_cache(maxsize=64)
def _made(state: State, picture: Picture, _language: str) -> Figure | None:
    from altair.utils.schemapi import debug_mode

    try:
        # The tests hold every chart to Altair's schema; checked again here, it would take half of the time.
        with debug_mode(False):
            spec: dict[str, Any] = picture.make(state).to_dict(validate=False)
    except NetmetaError:
        return None
    alt = " ".join(str(spec.get("description", "")).split("\n"))
    return Figure(name=picture.name, caption=picture.caption, alt=alt, vega=json.dumps(spec, ensure_ascii=False))


def _pooled(state: State) -> PooledResult:
    found = state.outcome
    if not isinstance(found, PooledResult):
        raise NetmetaError(found.message)
    return found


def _forest(state: State) -> StillChart:
    rows, found = state.selected, state.outcome
    if isinstance(found, PooledResult):
        return charts.forest(found, trials=rows)
    raise NetmetaError(found.message)


def _network(state: State) -> NetworkResult:
    found = given.network_of(state)
    if not isinstance(found, NetworkAnswer):
        raise NetmetaError(found.message)
    return found.result


def _omissions(state: State) -> StillChart:
    return charts.leave_one_out_forest(leave_one_out(state.included, state.model))


def _cumulative(state: State) -> StillChart:
    return charts.cumulative_forest(cumulative(state.included, state.model))


def _influence(state: State) -> StillChart:
    return charts.influence_plot(influence(state.included, state.model))


def _baujat(state: State) -> StillChart:
    return charts.baujat(contribution(state.included, state.model))


def _gosh(state: State) -> StillChart:
    return charts.gosh_plot(gosh(state.included, state.model))


def _multiverse(state: State) -> StillChart:
    return charts.specification_curve(multiverse(state.at_hand, state.model, selection=state.selection))


def _absolute(state: State) -> StillChart:
    assumed = state.baseline_in_use
    if assumed is None:
        raise NetmetaError("No control arm suggests a baseline.")
    return charts.absolute_plot(absolute_effects(_pooled(state), assumed))


def _bayesian(state: State) -> BayesianResult:
    return bayesian(_pooled(state).evidence, level=state.model.level)


MAIN: Final = (
    Picture(
        "forest",
        "Forest plot. Squares are trials, their areas the weights; lines are confidence intervals; the diamond is "
        "the pooled hazard ratio, the bar under it the prediction interval.",
        _forest,
    ),
)
SENSITIVITY: Final = (
    Picture("leave-one-out", "Leave-one-out analysis. Each line is the pool without one trial.", _omissions),
    Picture(
        "cumulative", "Cumulative analysis. Each line adds one trial to those above it, oldest first.", _cumulative
    ),
    Picture(
        "influence",
        "Influence of each trial. A thin line is what a trial without influence would have, dashed lines are rules "
        "of thumb.",
        _influence,
    ),
    Picture(
        "baujat", "Baujat plot. To the right who disagrees with the others, upwards who moves the result.", _baujat
    ),
    Picture("gosh", "Pooled results of subsets of the trials. The diamond is the pool of all.", _gosh),
    Picture(
        "multiverse",
        "Specification curve. Above, every way to pool these trials with its interval; below, the choices that "
        "lead there.",
        _multiverse,
    ),
)
SMALL: Final = (
    Picture(
        "funnel",
        "Funnel plot. Shades say what P value a trial at that place has by itself; the dashed lines are where 95% "
        "of trials would lie if sampling error were all.",
        lambda state: charts.funnel(_pooled(state)),
    ),
)
ABSOLUTE: Final = (
    Picture("absolute", "What the pooled hazard ratio means under the assumed baseline.", _absolute),
    Picture(
        "benefit-harm",
        "Benefit beside harm. Hazard ratios and, in the same line, grade 3 or higher adverse events.",
        lambda state: charts.benefit_harm(_pooled(state)),
    ),
)
BAYESIAN: Final = (
    Picture(
        "posterior",
        "Posterior of the pooled hazard ratio and predictive distribution of a new trial.",
        lambda state: charts.posterior(_bayesian(state)),
    ),
    Picture(
        "shrinkage",
        "Trials as printed, and as drawn towards the pool by the Bayesian model.",
        lambda state: charts.shrinkage(_bayesian(state)),
    ),
)
NETWORK: Final = (
    Picture(
        "network-graph",
        "Network of treatments. Circles are treatments, their areas the patients; lines are direct comparisons.",
        lambda state: charts.network_graph(_network(state)),
    ),
    Picture(
        "network-forest",
        "Network estimates against one treatment. Pale bars are prediction intervals.",
        lambda state: charts.network_forest(_network(state)),
    ),
    Picture(
        "network-ranks",
        "Treatments by P-score, with hazard ratios and the interval of each rank.",
        lambda state: charts.rank_plot(rank(_network(state))),
    ),
    Picture(
        "rankogram",
        "Rankogram. Each cell is the probability that a treatment has a rank.",
        lambda state: charts.rankogram(rank(_network(state))),
    ),
    Picture(
        "network-splits",
        "Direct beside indirect evidence, by node-splitting.",
        lambda state: charts.split_forest(node_splits(_network(state))),
    ),
    Picture(
        "net-heat",
        "Net heat plot. Warm cells are inconsistency that goes away when a design is detached.",
        lambda state: charts.net_heat_plot(net_heat(_network(state))),
    ),
    Picture(
        "network-contributions",
        "Contribution of each direct comparison to each network estimate.",
        lambda state: charts.contribution_plot(network_contributions(_network(state))),
    ),
    Picture(
        "network-leave-one-out",
        "Network estimate of the best treatment without each trial in turn.",
        lambda state: charts.network_omission_forest(omit_trials(_network(state))),
    ),
)
ALL: Final = (*MAIN, *SENSITIVITY, *SMALL, *BAYESIAN, *ABSOLUTE, *NETWORK)
"""Every figure that an analysis may have."""


def results_pictures(state: State) -> dict[str, tuple[Picture, ...]]:
    """Return the figures of the results by the part that shows them, in the order of the parts."""
    return {
        "Sensitivity and small studies": (*SENSITIVITY, *SMALL),
        "Bayesian analysis": BAYESIAN if len(state.included) <= given.BAYESIAN else (),
        "Absolute effects": ABSOLUTE,
        "Network meta-analysis": NETWORK,
    }

"""Charts: a result becomes a table of rows, and Altair marks over it. Altair is loaded by the first chart."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from netmeta.charts.absolute_chart import absolute_plot as absolute_plot
    from netmeta.charts.adjusted_funnel_chart import adjusted_funnel as adjusted_funnel
    from netmeta.charts.baujat_chart import baujat as baujat
    from netmeta.charts.benefit_harm_chart import benefit_harm as benefit_harm
    from netmeta.charts.bubble_chart import bubble as bubble
    from netmeta.charts.contribution_chart import contribution_plot as contribution_plot
    from netmeta.charts.coverage_chart import coverage_plot as coverage_plot
    from netmeta.charts.coverage_trials_chart import coverage_intervals as coverage_intervals
    from netmeta.charts.curve_chart import specification_curve as specification_curve
    from netmeta.charts.forest_chart import forest as forest
    from netmeta.charts.funnel_chart import funnel as funnel
    from netmeta.charts.gosh_chart import gosh_plot as gosh_plot
    from netmeta.charts.group_forest import subgroup_forest as subgroup_forest
    from netmeta.charts.heat_chart import net_heat_plot as net_heat_plot
    from netmeta.charts.influence_chart import influence_plot as influence_plot
    from netmeta.charts.kaplan_meier_chart import kaplan_meier as kaplan_meier
    from netmeta.charts.network_forest_chart import network_forest as network_forest
    from netmeta.charts.network_graph_chart import network_graph as network_graph
    from netmeta.charts.network_omission_chart import network_omission_forest as network_omission_forest
    from netmeta.charts.posterior_chart import posterior as posterior
    from netmeta.charts.rank_chart import rank_plot as rank_plot
    from netmeta.charts.rankogram_chart import rankogram as rankogram
    from netmeta.charts.share_chart import gosh_shares as gosh_shares
    from netmeta.charts.shrinkage_chart import shrinkage as shrinkage
    from netmeta.charts.split_chart import split_forest as split_forest
    from netmeta.charts.subset_forests import cumulative_forest as cumulative_forest
    from netmeta.charts.subset_forests import leave_one_out_forest as leave_one_out_forest

_HOMES = {
    "absolute_plot": "absolute_chart",
    "adjusted_funnel": "adjusted_funnel_chart",
    "baujat": "baujat_chart",
    "benefit_harm": "benefit_harm_chart",
    "bubble": "bubble_chart",
    "contribution_plot": "contribution_chart",
    "coverage_intervals": "coverage_trials_chart",
    "coverage_plot": "coverage_chart",
    "cumulative_forest": "subset_forests",
    "forest": "forest_chart",
    "funnel": "funnel_chart",
    "gosh_plot": "gosh_chart",
    "gosh_shares": "share_chart",
    "influence_plot": "influence_chart",
    "leave_one_out_forest": "subset_forests",
    "kaplan_meier": "kaplan_meier_chart",
    "net_heat_plot": "heat_chart",
    "network_forest": "network_forest_chart",
    "network_graph": "network_graph_chart",
    "network_omission_forest": "network_omission_chart",
    "posterior": "posterior_chart",
    "rank_plot": "rank_chart",
    "rankogram": "rankogram_chart",
    "shrinkage": "shrinkage_chart",
    "specification_curve": "curve_chart",
    "split_forest": "split_chart",
    "subgroup_forest": "group_forest",
}

__all__ = sorted(_HOMES)  # noqa: PLE0605


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(import_module(f"netmeta.charts.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'netmeta.charts' has no attribute {name!r}")

"""netmeta: meta-analysis of therapies for neuroendocrine tumours, in a notebook that answers clicks.

Imports run one way::

    errors, numerals, showing <- evidence <- pooling <- network <- report, charts <- widgets <- workbench

Names are loaded when first used: ``import netmeta`` imports nothing heavy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from netmeta.charts import absolute_plot as absolute_plot
    from netmeta.charts import adjusted_funnel as adjusted_funnel
    from netmeta.charts import baujat as baujat
    from netmeta.charts import benefit_harm as benefit_harm
    from netmeta.charts import bubble as bubble
    from netmeta.charts import contribution_plot as contribution_plot
    from netmeta.charts import coverage_intervals as coverage_intervals
    from netmeta.charts import coverage_plot as coverage_plot
    from netmeta.charts import cumulative_forest as cumulative_forest
    from netmeta.charts import forest as forest
    from netmeta.charts import funnel as funnel
    from netmeta.charts import gosh_plot as gosh_plot
    from netmeta.charts import gosh_shares as gosh_shares
    from netmeta.charts import influence_plot as influence_plot
    from netmeta.charts import kaplan_meier as kaplan_meier
    from netmeta.charts import leave_one_out_forest as leave_one_out_forest
    from netmeta.charts import net_heat_plot as net_heat_plot
    from netmeta.charts import network_forest as network_forest
    from netmeta.charts import network_graph as network_graph
    from netmeta.charts import network_omission_forest as network_omission_forest
    from netmeta.charts import posterior as posterior
    from netmeta.charts import rank_plot as rank_plot
    from netmeta.charts import rankogram as rankogram
    from netmeta.charts import shrinkage as shrinkage
    from netmeta.charts import specification_curve as specification_curve
    from netmeta.charts import split_forest as split_forest
    from netmeta.charts import subgroup_forest as subgroup_forest
    from netmeta.document.archive import archive as archive
    from netmeta.document.writing import html_page as html_page
    from netmeta.document.writing import report as report
    from netmeta.errors import DisconnectedError as DisconnectedError
    from netmeta.errors import EntryError as EntryError
    from netmeta.errors import MultiArmError as MultiArmError
    from netmeta.errors import NetmetaError as NetmetaError
    from netmeta.errors import NetworkError as NetworkError
    from netmeta.errors import PoolingError as PoolingError
    from netmeta.errors import ReportError as ReportError
    from netmeta.errors import SelectionError as SelectionError
    from netmeta.errors import StateError as StateError
    from netmeta.errors import TableError as TableError
    from netmeta.evidence import ColumnMapping as ColumnMapping
    from netmeta.evidence import Counts as Counts
    from netmeta.evidence import Evidence as Evidence
    from netmeta.evidence import Reading as Reading
    from netmeta.evidence import Selection as Selection
    from netmeta.evidence import Trial as Trial
    from netmeta.evidence import TwoByTwo as TwoByTwo
    from netmeta.evidence import counts_of as counts_of
    from netmeta.evidence import curves as curves
    from netmeta.evidence import load_outcomes as load_outcomes
    from netmeta.evidence import load_treatments as load_treatments
    from netmeta.evidence import load_trials as load_trials
    from netmeta.evidence import read_table as read_table
    from netmeta.evidence import select as select
    from netmeta.evidence import table_text as table_text
    from netmeta.evidence import write_table as write_table
    from netmeta.evidence.card import trial as trial
    from netmeta.language import use_language as use_language
    from netmeta.network import Merge as Merge
    from netmeta.network import NetworkEffect as NetworkEffect
    from netmeta.network import NetworkResult as NetworkResult
    from netmeta.network import adjusted_funnel_data as adjusted_funnel_data
    from netmeta.network import compare as compare
    from netmeta.network import connected_to as connected_to
    from netmeta.network import direct_effect as direct_effect
    from netmeta.network import inconsistency as inconsistency
    from netmeta.network import net_heat as net_heat
    from netmeta.network import network_contributions as network_contributions
    from netmeta.network import node_splits as node_splits
    from netmeta.network import omit_trials as omit_trials
    from netmeta.network import rank as rank
    from netmeta.network import reconcile as reconcile
    from netmeta.network import transitivity as transitivity
    from netmeta.pooling import AbsoluteEffects as AbsoluteEffects
    from netmeta.pooling import Baseline as Baseline
    from netmeta.pooling import BayesianResult as BayesianResult
    from netmeta.pooling import CommonEffect as CommonEffect
    from netmeta.pooling import CountQuestion as CountQuestion
    from netmeta.pooling import Coverage as Coverage
    from netmeta.pooling import Flat as Flat
    from netmeta.pooling import HalfCauchy as HalfCauchy
    from netmeta.pooling import HalfNormal as HalfNormal
    from netmeta.pooling import Interval as Interval
    from netmeta.pooling import MetaRegression as MetaRegression
    from netmeta.pooling import MultiverseAxes as MultiverseAxes
    from netmeta.pooling import Normal as Normal
    from netmeta.pooling import OwnDensity as OwnDensity
    from netmeta.pooling import PermutationTest as PermutationTest
    from netmeta.pooling import PooledCounts as PooledCounts
    from netmeta.pooling import PooledResult as PooledResult
    from netmeta.pooling import RandomEffects as RandomEffects
    from netmeta.pooling import RelativeEffect as RelativeEffect
    from netmeta.pooling import Scenario as Scenario
    from netmeta.pooling import Subgroups as Subgroups
    from netmeta.pooling import TrialFilter as TrialFilter
    from netmeta.pooling import Uniform as Uniform
    from netmeta.pooling import absolute_effects as absolute_effects
    from netmeta.pooling import baseline_of as baseline_of
    from netmeta.pooling import bayesian as bayesian
    from netmeta.pooling import begg as begg
    from netmeta.pooling import compare_priors as compare_priors
    from netmeta.pooling import contribution as contribution
    from netmeta.pooling import coverage as coverage
    from netmeta.pooling import cumulative as cumulative
    from netmeta.pooling import d_fiv as d_fiv
    from netmeta.pooling import egger as egger
    from netmeta.pooling import gosh as gosh
    from netmeta.pooling import gosh_steps as gosh_steps
    from netmeta.pooling import influence as influence
    from netmeta.pooling import leave_one_out as leave_one_out
    from netmeta.pooling import meta_regression as meta_regression
    from netmeta.pooling import multiverse as multiverse
    from netmeta.pooling import multiverse_steps as multiverse_steps
    from netmeta.pooling import permutation_test as permutation_test
    from netmeta.pooling import pool as pool
    from netmeta.pooling import pool_counts as pool_counts
    from netmeta.pooling import presets as presets
    from netmeta.pooling import selection_model as selection_model
    from netmeta.pooling import simulate as simulate
    from netmeta.pooling import subgroups as subgroups
    from netmeta.pooling import trim_and_fill as trim_and_fill
    from netmeta.report import belief as belief
    from netmeta.report import cautions as cautions
    from netmeta.report import league_table as league_table
    from netmeta.report import sentence as sentence
    from netmeta.report.findings_table import summary_of_findings as summary_of_findings
    from netmeta.report.methods import methods as methods
    from netmeta.report.prisma import prisma as prisma
    from netmeta.report.references import bibliography as bibliography
    from netmeta.report.results import results as results
    from netmeta.state import State as State
    from netmeta.state import differences as differences
    from netmeta.widgets import AbsoluteView as AbsoluteView
    from netmeta.widgets import Analysis as Analysis
    from netmeta.widgets import AnswerView as AnswerView
    from netmeta.widgets import BaujatView as BaujatView
    from netmeta.widgets import BayesianView as BayesianView
    from netmeta.widgets import CumulativeView as CumulativeView
    from netmeta.widgets import Digitiser as Digitiser
    from netmeta.widgets import EvidenceTable as EvidenceTable
    from netmeta.widgets import Exercise as Exercise
    from netmeta.widgets import ForestView as ForestView
    from netmeta.widgets import GoshView as GoshView
    from netmeta.widgets import HarmView as HarmView
    from netmeta.widgets import HistoryBar as HistoryBar
    from netmeta.widgets import InfluenceView as InfluenceView
    from netmeta.widgets import KeepingView as KeepingView
    from netmeta.widgets import LeagueView as LeagueView
    from netmeta.widgets import LoadView as LoadView
    from netmeta.widgets import ModelControls as ModelControls
    from netmeta.widgets import MultiverseView as MultiverseView
    from netmeta.widgets import NetworkView as NetworkView
    from netmeta.widgets import OmissionView as OmissionView
    from netmeta.widgets import PickedBar as PickedBar
    from netmeta.widgets import QuestionView as QuestionView
    from netmeta.widgets import RegressionView as RegressionView
    from netmeta.widgets import RepeatView as RepeatView
    from netmeta.widgets import ReportView as ReportView
    from netmeta.widgets import SensitivityView as SensitivityView
    from netmeta.widgets import Simulator as Simulator
    from netmeta.widgets import SmallStudiesView as SmallStudiesView
    from netmeta.widgets import SubgroupView as SubgroupView
    from netmeta.widgets import TrialForm as TrialForm
    from netmeta.widgets import TrialTable as TrialTable
    from netmeta.widgets import exercise as exercise
    from netmeta.widgets import load_analysis as load_analysis
    from netmeta.workbench import Workbench as Workbench

__version__ = "0.1.0"

_HOMES = {
    "charts": (
        "absolute_plot", "adjusted_funnel", "baujat", "benefit_harm", "bubble", "contribution_plot",
        "coverage_intervals", "coverage_plot", "cumulative_forest", "forest", "funnel", "gosh_plot",
        "gosh_shares", "influence_plot", "kaplan_meier", "leave_one_out_forest", "net_heat_plot",
        "network_forest", "network_graph", "network_omission_forest", "posterior", "rank_plot", "rankogram",
        "shrinkage", "specification_curve", "split_forest", "subgroup_forest",
    ),
    "errors": (
        "DisconnectedError", "EntryError", "MultiArmError", "NetmetaError", "NetworkError", "PoolingError",
        "ReportError", "SelectionError", "StateError", "TableError",
    ),
    "evidence": (
        "ColumnMapping", "Counts", "Evidence", "Reading", "Selection", "Trial", "TwoByTwo", "counts_of", "curves",
        "load_outcomes", "load_treatments", "load_trials", "read_table", "select", "table_text", "write_table",
    ),
    # Not in the package above it: there the name is that of the module with the class.
    "evidence.card": ("trial",),
    "language": ("use_language",),
    "network": (
        "Merge", "NetworkEffect", "NetworkResult", "adjusted_funnel_data", "compare", "connected_to",
        "direct_effect", "inconsistency", "net_heat", "network_contributions", "node_splits", "omit_trials", "rank",
        "reconcile", "transitivity",
    ),
    "pooling": (
        "AbsoluteEffects", "Baseline", "BayesianResult", "CommonEffect", "CountQuestion", "Coverage", "Flat",
        "HalfCauchy", "HalfNormal", "Interval", "MetaRegression", "MultiverseAxes", "Normal", "OwnDensity",
        "PermutationTest", "PooledCounts", "PooledResult", "RandomEffects", "RelativeEffect", "Scenario",
        "Subgroups", "TrialFilter", "Uniform", "absolute_effects", "baseline_of", "bayesian", "begg",
        "compare_priors", "contribution", "coverage", "cumulative", "d_fiv", "egger", "gosh", "gosh_steps",
        "influence", "leave_one_out", "meta_regression", "multiverse", "multiverse_steps", "permutation_test",
        "pool", "pool_counts", "presets", "selection_model", "simulate", "subgroups", "trim_and_fill",
    ),
    # The names of these modules are those of their verbs.
    "document.archive": ("archive",),
    "document.writing": ("html_page", "report"),
    "report": ("belief", "cautions", "league_table", "sentence"),
    "report.findings_table": ("summary_of_findings",),
    "report.methods": ("methods",),
    "report.prisma": ("prisma",),
    "report.references": ("bibliography",),
    "report.results": ("results",),
    "state": ("State", "differences"),
    "widgets": (
        "AbsoluteView", "Analysis", "AnswerView", "BaujatView", "BayesianView", "CumulativeView",
        "Digitiser", "EvidenceTable", "Exercise", "ForestView", "GoshView", "HarmView", "HistoryBar",
        "InfluenceView", "KeepingView", "LeagueView", "LoadView", "ModelControls", "MultiverseView",
        "NetworkView", "OmissionView", "PickedBar", "QuestionView", "RegressionView", "RepeatView",
        "ReportView", "SensitivityView", "Simulator", "SmallStudiesView", "SubgroupView", "TrialForm",
        "TrialTable", "exercise", "load_analysis",
    ),
    "workbench": ("Workbench",),
}  # fmt: skip
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = sorted(_HOME)  # noqa: PLE0605


def __getattr__(name: str) -> object:
    if name in _HOME:
        return getattr(import_module(f"netmeta.{_HOME[name]}"), name)
    from netmeta.errors import hint

    raise AttributeError(f"module 'netmeta' has no attribute {name!r}.{hint(name, _HOME)}")


def __dir__() -> list[str]:
    return [*globals(), *_HOME]

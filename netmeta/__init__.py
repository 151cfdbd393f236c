"""netmeta: meta-analysis of therapies for neuroendocrine tumours, in a notebook that answers clicks.

Imports run one way::

    errors, numerals <- evidence <- pooling <- report, charts <- widgets <- workbench

Names are loaded when first used: ``import netmeta`` imports nothing heavy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from netmeta.charts import forest as forest
    from netmeta.charts import posterior as posterior
    from netmeta.charts import shrinkage as shrinkage
    from netmeta.errors import EntryError as EntryError
    from netmeta.errors import NetmetaError as NetmetaError
    from netmeta.errors import PoolingError as PoolingError
    from netmeta.errors import SelectionError as SelectionError
    from netmeta.errors import TableError as TableError
    from netmeta.evidence import ColumnMapping as ColumnMapping
    from netmeta.evidence import Evidence as Evidence
    from netmeta.evidence import Reading as Reading
    from netmeta.evidence import Selection as Selection
    from netmeta.evidence import Trial as Trial
    from netmeta.evidence import load_outcomes as load_outcomes
    from netmeta.evidence import load_treatments as load_treatments
    from netmeta.evidence import load_trials as load_trials
    from netmeta.evidence import read_table as read_table
    from netmeta.evidence import select as select
    from netmeta.evidence import table_text as table_text
    from netmeta.evidence import write_table as write_table
    from netmeta.evidence.card import trial as trial
    from netmeta.pooling import BayesianResult as BayesianResult
    from netmeta.pooling import CommonEffect as CommonEffect
    from netmeta.pooling import Flat as Flat
    from netmeta.pooling import HalfCauchy as HalfCauchy
    from netmeta.pooling import HalfNormal as HalfNormal
    from netmeta.pooling import Interval as Interval
    from netmeta.pooling import Normal as Normal
    from netmeta.pooling import OwnDensity as OwnDensity
    from netmeta.pooling import PooledResult as PooledResult
    from netmeta.pooling import RandomEffects as RandomEffects
    from netmeta.pooling import Uniform as Uniform
    from netmeta.pooling import bayesian as bayesian
    from netmeta.pooling import compare_priors as compare_priors
    from netmeta.pooling import cumulative as cumulative
    from netmeta.pooling import gosh as gosh
    from netmeta.pooling import influence as influence
    from netmeta.pooling import leave_one_out as leave_one_out
    from netmeta.pooling import pool as pool
    from netmeta.pooling import presets as presets
    from netmeta.report import belief as belief
    from netmeta.report import cautions as cautions
    from netmeta.report import sentence as sentence
    from netmeta.widgets import Analysis as Analysis
    from netmeta.widgets import AnswerView as AnswerView
    from netmeta.widgets import BayesianView as BayesianView
    from netmeta.widgets import EvidenceTable as EvidenceTable
    from netmeta.widgets import ForestView as ForestView
    from netmeta.widgets import HistoryBar as HistoryBar
    from netmeta.widgets import ModelControls as ModelControls
    from netmeta.widgets import OmissionView as OmissionView
    from netmeta.widgets import PickedBar as PickedBar
    from netmeta.widgets import QuestionView as QuestionView
    from netmeta.widgets import TrialForm as TrialForm
    from netmeta.widgets import TrialTable as TrialTable
    from netmeta.workbench import Workbench as Workbench

__version__ = "0.1.0"

_HOMES = {
    "charts": ("forest", "posterior", "shrinkage"),
    "errors": ("EntryError", "NetmetaError", "PoolingError", "SelectionError", "TableError"),
    "evidence": (
        "ColumnMapping",
        "Evidence",
        "Reading",
        "Selection",
        "Trial",
        "load_outcomes",
        "load_treatments",
        "load_trials",
        "read_table",
        "select",
        "table_text",
        "write_table",
    ),
    # Not in the package above it: there the name is that of the module with the class.
    "evidence.card": ("trial",),
    "pooling": (
        "BayesianResult",
        "CommonEffect",
        "Flat",
        "HalfCauchy",
        "HalfNormal",
        "Interval",
        "Normal",
        "OwnDensity",
        "PooledResult",
        "RandomEffects",
        "Uniform",
        "bayesian",
        "compare_priors",
        "cumulative",
        "gosh",
        "influence",
        "leave_one_out",
        "pool",
        "presets",
    ),
    "report": ("belief", "cautions", "sentence"),
    "widgets": (
        "Analysis",
        "AnswerView",
        "BayesianView",
        "EvidenceTable",
        "ForestView",
        "HistoryBar",
        "ModelControls",
        "OmissionView",
        "PickedBar",
        "QuestionView",
        "TrialForm",
        "TrialTable",
    ),
    "workbench": ("Workbench",),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = sorted(_HOME)  # noqa: PLE0605


def __getattr__(name: str) -> object:
    if name in _HOME:
        return getattr(import_module(f"netmeta.{_HOME[name]}"), name)
    from netmeta.errors import hint

    raise AttributeError(f"module 'netmeta' has no attribute {name!r}.{hint(name, _HOME)}")


def __dir__() -> list[str]:
    return [*globals(), *_HOME]

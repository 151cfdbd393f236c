"""Views of one `Analysis`: each takes it, writes to it, watches it, and knows no other view."""

from netmeta.state import Problem, State
from netmeta.widgets.absolute import AbsoluteView
from netmeta.widgets.analysis import Analysis
from netmeta.widgets.answer import AnswerView
from netmeta.widgets.baujat import BaujatView
from netmeta.widgets.bayesian import BayesianView
from netmeta.widgets.codeblock import CodeBlock
from netmeta.widgets.cumulative import CumulativeView
from netmeta.widgets.digitiser import Digitiser
from netmeta.widgets.download import Download, FileMade
from netmeta.widgets.evidence_table import EvidenceTable
from netmeta.widgets.exercises import Exercise, exercise
from netmeta.widgets.forest import ForestView
from netmeta.widgets.form import TrialForm
from netmeta.widgets.gosh import GoshView
from netmeta.widgets.harm import HarmView
from netmeta.widgets.history import HistoryBar
from netmeta.widgets.influence import InfluenceView
from netmeta.widgets.keeping import KeepingView
from netmeta.widgets.keeping_states import load_analysis
from netmeta.widgets.language_choice import LanguageChoice
from netmeta.widgets.league import LeagueView
from netmeta.widgets.livechart import LINKED_KEYS, LiveChart
from netmeta.widgets.loading import LoadView
from netmeta.widgets.model import ModelControls
from netmeta.widgets.multiverse import MultiverseView
from netmeta.widgets.network import NetworkView
from netmeta.widgets.omission import OmissionView
from netmeta.widgets.panel import Panel
from netmeta.widgets.picked import PickedBar
from netmeta.widgets.question import QuestionView
from netmeta.widgets.regression import RegressionView
from netmeta.widgets.repeat import RepeatView
from netmeta.widgets.reporting import ReportView
from netmeta.widgets.sensitivity import SensitivityView
from netmeta.widgets.simulator import Simulator
from netmeta.widgets.small_studies import SmallStudiesView
from netmeta.widgets.subgroups import SubgroupView
from netmeta.widgets.table import TrialTable
from netmeta.widgets.textblock import TextBlock
from netmeta.widgets.view import View
from netmeta.widgets.work import Work

__all__ = [
    "LINKED_KEYS",
    "AbsoluteView",
    "Analysis",
    "AnswerView",
    "BaujatView",
    "BayesianView",
    "CodeBlock",
    "CumulativeView",
    "Digitiser",
    "Download",
    "EvidenceTable",
    "Exercise",
    "FileMade",
    "ForestView",
    "GoshView",
    "HarmView",
    "HistoryBar",
    "InfluenceView",
    "KeepingView",
    "LanguageChoice",
    "LeagueView",
    "LiveChart",
    "LoadView",
    "ModelControls",
    "MultiverseView",
    "NetworkView",
    "OmissionView",
    "Panel",
    "PickedBar",
    "Problem",
    "QuestionView",
    "RegressionView",
    "RepeatView",
    "ReportView",
    "SensitivityView",
    "Simulator",
    "SmallStudiesView",
    "State",
    "SubgroupView",
    "TextBlock",
    "TrialForm",
    "TrialTable",
    "View",
    "Work",
    "exercise",
    "load_analysis",
]

"""Views of one `Analysis`: each takes it, writes to it, watches it, and knows no other view."""

from netmeta.state import Problem, State
from netmeta.widgets.analysis import Analysis
from netmeta.widgets.answer import AnswerView
from netmeta.widgets.baujat import BaujatView
from netmeta.widgets.bayesian import BayesianView
from netmeta.widgets.cumulative import CumulativeView
from netmeta.widgets.digitiser import Digitiser
from netmeta.widgets.evidence_table import EvidenceTable
from netmeta.widgets.forest import ForestView
from netmeta.widgets.form import TrialForm
from netmeta.widgets.gosh import GoshView
from netmeta.widgets.history import HistoryBar
from netmeta.widgets.influence import InfluenceView
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
from netmeta.widgets.sensitivity import SensitivityView
from netmeta.widgets.small_studies import SmallStudiesView
from netmeta.widgets.subgroups import SubgroupView
from netmeta.widgets.table import TrialTable
from netmeta.widgets.textblock import TextBlock
from netmeta.widgets.view import View
from netmeta.widgets.work import Work

__all__ = [
    "LINKED_KEYS",
    "Analysis",
    "AnswerView",
    "BaujatView",
    "BayesianView",
    "CumulativeView",
    "Digitiser",
    "EvidenceTable",
    "ForestView",
    "GoshView",
    "HistoryBar",
    "InfluenceView",
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
    "SensitivityView",
    "SmallStudiesView",
    "State",
    "SubgroupView",
    "TextBlock",
    "TrialForm",
    "TrialTable",
    "View",
    "Work",
]

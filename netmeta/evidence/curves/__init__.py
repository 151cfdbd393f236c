"""Published survival curves to approximate patient data, and what can be read off patient data.

``reconstruct(DigitisedCurve(...))`` gives one arm; two arms give a Cox hazard ratio, a log-rank test, a test of
proportional hazards, a difference of restricted means and, by `trial`, a row for the analysis.
"""

from netmeta.evidence.curves.arms import ArmComparison, compare_arms
from netmeta.evidence.curves.as_trial import trial
from netmeta.evidence.curves.curve import DigitisedCurve
from netmeta.evidence.curves.diagnostics import Diagnostics
from netmeta.evidence.curves.patients import PatientData
from netmeta.evidence.curves.proportional import CoxFit, ProportionalityTest, cox, proportionality
from netmeta.evidence.curves.rank_test import LogRank, log_rank
from netmeta.evidence.curves.reconstruction import reconstruct
from netmeta.evidence.curves.restricted_mean import RestrictedMeans, restricted_means
from netmeta.evidence.curves.survival import Survival, survival

__all__ = [
    "ArmComparison",
    "CoxFit",
    "Diagnostics",
    "DigitisedCurve",
    "LogRank",
    "PatientData",
    "ProportionalityTest",
    "RestrictedMeans",
    "Survival",
    "compare_arms",
    "cox",
    "log_rank",
    "proportionality",
    "reconstruct",
    "restricted_means",
    "survival",
    "trial",
]

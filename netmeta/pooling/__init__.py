"""Pairwise pooling of log hazard ratios: a model goes in as a value, a result comes out as one.

PyMARE estimates (``door``), the likelihood is checked after it, and what PyMARE lacks stands beside it.
Importing this package loads neither PyMARE nor SciPy; the first pooling does.
"""

from __future__ import annotations

from netmeta.pooling import presets
from netmeta.pooling.accumulation import ORDERS, Cumulative, cumulative
from netmeta.pooling.bayes import BayesianResult, ShrunkenTrial, bayesian
from netmeta.pooling.contributions import Baujat, BaujatPoint, baujat
from netmeta.pooling.families import SubsetFit
from netmeta.pooling.fitting import fit
from netmeta.pooling.influences import Influence, TrialInfluence, influence
from netmeta.pooling.interval import Interval
from netmeta.pooling.mixtures import EffectPosterior
from netmeta.pooling.model import (
    INTERVALS,
    PREDICTIONS,
    TAU2_METHODS,
    CommonEffect,
    Model,
    RandomEffects,
)
from netmeta.pooling.omission import LeaveOneOut, leave_one_out
from netmeta.pooling.pooled import pool
from netmeta.pooling.prior_comparison import PriorComparison, compare_priors
from netmeta.pooling.priors import Flat, HalfCauchy, HalfNormal, MeanPrior, Normal, OwnDensity, TauPrior, Uniform
from netmeta.pooling.result import Fit, PooledResult
from netmeta.pooling.steps import Steps, finish
from netmeta.pooling.subsets import Gosh, gosh
from netmeta.pooling.tau_posterior import TauPosterior

__all__ = [
    "INTERVALS",
    "ORDERS",
    "PREDICTIONS",
    "TAU2_METHODS",
    "Baujat",
    "BaujatPoint",
    "BayesianResult",
    "CommonEffect",
    "Cumulative",
    "EffectPosterior",
    "Fit",
    "Flat",
    "Gosh",
    "HalfCauchy",
    "HalfNormal",
    "Influence",
    "Interval",
    "LeaveOneOut",
    "MeanPrior",
    "Model",
    "Normal",
    "OwnDensity",
    "PooledResult",
    "PriorComparison",
    "RandomEffects",
    "ShrunkenTrial",
    "Steps",
    "SubsetFit",
    "TauPosterior",
    "TauPrior",
    "TrialInfluence",
    "Uniform",
    "baujat",
    "bayesian",
    "compare_priors",
    "cumulative",
    "finish",
    "fit",
    "gosh",
    "influence",
    "leave_one_out",
    "pool",
    "presets",
]

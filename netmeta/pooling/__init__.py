"""Pairwise pooling of log hazard ratios: a model goes in as a value, a result comes out as one.

PyMARE estimates (``door``), the likelihood is checked after it, and what PyMARE lacks stands beside it.
Importing this package loads neither PyMARE nor SciPy; the first pooling does.
"""

from __future__ import annotations

from netmeta.pooling import presets
from netmeta.pooling.absolute import AbsoluteEffect, AbsoluteEffects, absolute_effects
from netmeta.pooling.accumulation import ORDERS, Cumulative, cumulative
from netmeta.pooling.asymmetry import FORMS, RegressionTest, d_fiv, egger
from netmeta.pooling.axes import MultiverseAxes
from netmeta.pooling.baseline import Baseline
from netmeta.pooling.baseline_trials import baseline_of
from netmeta.pooling.bayes import BayesianResult, ShrunkenTrial, bayesian
from netmeta.pooling.beside import CountQuestion
from netmeta.pooling.branches import multiverse, multiverse_steps
from netmeta.pooling.contributions import Baujat, BaujatPoint, contribution
from netmeta.pooling.count_pooling import pool_counts
from netmeta.pooling.coverages import Coverage, MethodCoverage, SimulatedIntervals, coverage, coverage_steps
from netmeta.pooling.families import SubsetFit
from netmeta.pooling.fitting import fit
from netmeta.pooling.inclusions import INCLUSIONS, TrialFilter
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
from netmeta.pooling.permutations import PermutationTest, permutation_steps, permutation_test
from netmeta.pooling.pooled import pool
from netmeta.pooling.pooled_counts import PooledCounts
from netmeta.pooling.predictors import PREDICTORS
from netmeta.pooling.prior_comparison import PriorComparison, compare_priors
from netmeta.pooling.priors import Flat, HalfCauchy, HalfNormal, MeanPrior, Normal, OwnDensity, TauPrior, Uniform
from netmeta.pooling.ranks import RankTest, begg
from netmeta.pooling.regressed import Coefficient, JointTest, MetaRegression, Prediction
from netmeta.pooling.regression import meta_regression
from netmeta.pooling.relative import RelativeEffect
from netmeta.pooling.result import Fit, PooledResult
from netmeta.pooling.selecting import ALTERNATIVES, SelectionModel, StepWeight, selection_model
from netmeta.pooling.simulation import SIZES, Scenario, simulate
from netmeta.pooling.specifications import Multiverse, Specification
from netmeta.pooling.steps import Steps, finish
from netmeta.pooling.subgrouped import Subgroup, Subgroups
from netmeta.pooling.subgrouping import subgroups
from netmeta.pooling.subsets import Gosh, gosh, gosh_steps
from netmeta.pooling.tau_posterior import TauPosterior
from netmeta.pooling.trimming import ESTIMATORS, SIDES, FilledTrial, TrimAndFill, trim_and_fill

__all__ = [
    "ALTERNATIVES",
    "ESTIMATORS",
    "FORMS",
    "INCLUSIONS",
    "INTERVALS",
    "ORDERS",
    "PREDICTIONS",
    "PREDICTORS",
    "SIDES",
    "SIZES",
    "TAU2_METHODS",
    "AbsoluteEffect",
    "AbsoluteEffects",
    "Baseline",
    "Baujat",
    "BaujatPoint",
    "BayesianResult",
    "Coefficient",
    "CommonEffect",
    "CountQuestion",
    "Coverage",
    "Cumulative",
    "EffectPosterior",
    "FilledTrial",
    "Fit",
    "Flat",
    "Gosh",
    "HalfCauchy",
    "HalfNormal",
    "Influence",
    "Interval",
    "JointTest",
    "LeaveOneOut",
    "MeanPrior",
    "MetaRegression",
    "MethodCoverage",
    "Model",
    "Multiverse",
    "MultiverseAxes",
    "Normal",
    "OwnDensity",
    "PermutationTest",
    "PooledCounts",
    "PooledResult",
    "Prediction",
    "PriorComparison",
    "RandomEffects",
    "RankTest",
    "RegressionTest",
    "RelativeEffect",
    "Scenario",
    "SelectionModel",
    "ShrunkenTrial",
    "SimulatedIntervals",
    "Specification",
    "StepWeight",
    "Steps",
    "Subgroup",
    "Subgroups",
    "SubsetFit",
    "TauPosterior",
    "TauPrior",
    "TrialFilter",
    "TrialInfluence",
    "TrimAndFill",
    "Uniform",
    "absolute_effects",
    "baseline_of",
    "bayesian",
    "begg",
    "compare_priors",
    "contribution",
    "coverage",
    "coverage_steps",
    "cumulative",
    "d_fiv",
    "egger",
    "finish",
    "fit",
    "gosh",
    "gosh_steps",
    "influence",
    "leave_one_out",
    "meta_regression",
    "multiverse",
    "multiverse_steps",
    "permutation_steps",
    "permutation_test",
    "pool",
    "pool_counts",
    "presets",
    "selection_model",
    "simulate",
    "subgroups",
    "trim_and_fill",
]

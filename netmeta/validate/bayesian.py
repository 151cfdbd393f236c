"""Bayesian analysis, against integrals by base R's ``integrate``, and a grid of mean and tau together."""

from __future__ import annotations

from functools import lru_cache, partial
from math import exp, inf, log
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import numpy as np

from netmeta.pooling import Flat, HalfCauchy, HalfNormal, Normal, OwnDensity, Uniform, bayesian
from netmeta.validate.family import number
from netmeta.validate.quantity import Quantity
from netmeta.validate.reading import evidence as read
from netmeta.validate.reading import lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from netmeta.evidence import Evidence
    from netmeta.pooling import EffectPosterior, MeanPrior, TauPosterior, TauPrior
    from netmeta.validate.quantity import Line

__all__ = ["MEANS", "PRIORS", "QUANTITIES", "evidence", "numbers"]

PRIORS: Final[Mapping[str, TauPrior]] = MappingProxyType(
    {
        "half-normal 0.5": HalfNormal(0.5),
        "half-normal 1": HalfNormal(1),
        "half-normal 1e6": HalfNormal(1e6),
        "half-Cauchy 0.5": HalfCauchy(0.5),
        "uniform 4": Uniform(4),
        "uniform Inf": Uniform(inf),
        "gamma 2 3": OwnDensity(lambda tau: tau * np.exp(-3 * tau), name="gamma"),
        # One number at a time, as a reader may write it.
        "lognormal -2 1": OwnDensity(lambda tau: exp(-((log(tau) + 2) ** 2) / 2) / tau, name="lognormal"),
    }
)
"""Priors of tau by the names of the reference tables."""

MEANS: Final[Mapping[str, MeanPrior]] = MappingProxyType(
    {"flat": Flat(), "normal 0 1": Normal(0, 1), "normal -0.2 0.1": Normal(-0.2, 0.1)}
)
"""Priors of the mean log HR by the names of the reference tables."""

_CASE: Final = ("prior", "mean", "quantity", "at")
_SHAPES: Final = (("mean", "mean"), ("standard deviation", "sd"), ("median", "median"), ("interval", "low", "high"))
_OF: Final = (("pooled", "pooled"), ("tau", "tau"), ("new trial", "new"), ("shrunken trial", "trial"))
_QUANTITIES: Final = (
    *((f"{name}: {shape}", *(f"{of}_{end}" for end in ends)) for name, of in _OF for shape, *ends in _SHAPES),
    ("pooled: probability of HR below 0.8", "pooled_below_0.8"),
    ("new trial: probability of HR below 0.8", "new_below_0.8"),
    ("tau: mode", "tau_mode"),
    ("shrunken trial: pull to the mean", "trial_pull"),
    ("log marginal likelihood", "log_marginal"),
)
# integrate() is asked for each piece to within 1e-18; one trial alone has a likelihood of 1, whose logarithm is 0.
_ZERO: Final = MappingProxyType({"pooled_below_0.8": 1e-18, "new_below_0.8": 1e-18, "log_marginal": 1e-15})
_ON_GRID: Final = ("pooled_mean", "pooled_sd", "tau_mean", "log_marginal")


@lru_cache(maxsize=64)
def evidence(data: str) -> Evidence:
    """Return a data set as evidence."""
    return read("bayesian", data)


@lru_cache(maxsize=128)
def numbers(data: str, prior: str, mean: str) -> Mapping[tuple[str, int], float]:
    """Return our numbers by the names of R's and by trial, from 1; 0 for no trial."""
    result = bayesian(evidence(data), PRIORS[prior], mean_prior=MEANS[mean])
    effects = [("pooled", 0, result.pooled), ("new", 0, result.new_trial)]
    effects += [("trial", at, trial.effect) for at, trial in enumerate(result.trials, 1)]
    found = _shape("tau", 0, result.tau) | {("tau_mode", 0): result.tau.mode}
    found |= {("log_marginal", 0): result.log_marginal}
    for name, at, one in effects:
        found |= _shape(name, at, one) | {(f"{name}_below_0.8", at): one.probability_below(0.8)}
    found |= {("trial_pull", at): trial.pull for at, trial in enumerate(result.trials, 1)}
    return {key: number(value) for key, value in found.items()}


def _shape(name: str, at: int, one: EffectPosterior | TauPosterior) -> dict[tuple[str, int], float | None]:
    ends = {"mean": one.mean, "sd": one.sd, "low": one.ci.low, "median": one.median, "high": one.ci.high}
    return {(f"{name}_{what}", at): value for what, value in ends.items()}


def _ours(line: Line) -> float:
    return numbers(line["data"], line["prior"], line.get("mean", "flat"))[line["quantity"], int(line.get("at", 0))]


def _rows(table: str, names: tuple[str, ...]) -> list[Line]:
    return [line for line in lines("bayesian", table) if line["quantity"] in names]


def _quantity(name: str, *names: str, table: str = "posteriors", source: str = "integrate") -> Quantity:
    return Quantity(
        name=f"Bayesian, {name}",
        source=source,
        rows=partial(_rows, table, names),
        parts=(("value", _ours),),
        zero=_ZERO.get(names[0], 0.0),
        case=_CASE,
    )


QUANTITIES: Final = (
    *(_quantity(name, *names) for name, *names in _QUANTITIES),
    _quantity("mean, tau and likelihood", *_ON_GRID, table="grids", source="grid of mean and tau together"),
)
"""Every number of a Bayesian analysis."""

"""Our numbers of a network meta-analysis for the rows of the tables of netmeta and of metafor."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial
from math import nan, sqrt
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from netmeta.evidence import Evidence, Trial
from netmeta.network import compare, inconsistency, node_splits, omit_trials
from netmeta.pooling import CommonEffect, RandomEffects
from netmeta.validate.reading import lines

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from netmeta.network import (
        DesignTest,
        Inconsistency,
        NetworkEffect,
        NetworkResult,
        OmittedEffect,
        Source,
        Split,
    )
    from netmeta.pooling import Model
    from netmeta.validate.quantity import Line

__all__ = [
    "OF_FIT",
    "Number",
    "Omitted",
    "Turned",
    "back_calculated",
    "coefficient",
    "compared",
    "covariance",
    "decomposed",
    "designs",
    "difference_z",
    "effect",
    "evidence",
    "model",
    "node_split",
    "of_fit",
    "omitted",
    "result",
    "score",
    "several_arms",
    "two_arm",
    "two_arm_effect",
    "two_arm_result",
    "within",
]

_COMMON: Final = ("common", "FE")


# ---- data and results --------------------------------------------------------------------------


def model(method: str) -> Model:
    """Return the model that netmeta or metafor calls by a method, with the prediction interval of netmeta."""
    return CommonEffect() if method in _COMMON else RandomEffects(method, "wald", "t(k-1)")


@lru_cache(maxsize=32)
def evidence(data: str) -> Evidence:
    """Return a network: every pair of arms of every study."""
    found = lines("network", "netmeta_contrasts") + lines("network", "contrasts")
    return Evidence(tuple(_trial(line) for line in found if line["data"] == data))


def _trial(line: Line) -> Trial:
    return Trial(
        study=line["study"],
        experimental=line["treat1"],
        control=line["treat2"],
        log_hr=float(line["effect"]),
        se=float(line["se"]),
    )


@lru_cache(maxsize=8)
def two_arm(data: str) -> Evidence:
    """Return the studies of two arms of a network."""
    trials = evidence(data)
    studies = [trial.study for trial in trials]
    return Evidence(tuple(trial for trial in trials if studies.count(trial.study) == 1))


@lru_cache(maxsize=1)
def _references() -> Mapping[str, str]:
    return MappingProxyType({line["data"]: line["reference"] for line in lines("network", "rma_mv_fits")})


def compared(data: str, method: str) -> NetworkResult:
    """Compare the treatments of a network by a method, against the reference that R was given."""
    return compare(evidence(data), model(method), _references()[data])


def result(line: Line) -> NetworkResult:
    """Return the result that a row is of; by REML where it names no method."""
    return compared(line["data"], line.get("method", "REML"))


@dataclass(frozen=True, slots=True)
class Number:
    """A number that is no attribute of a result."""

    value: float


def effect(line: Line) -> NetworkEffect:
    """Return the effect of treat1 against treat2."""
    return result(line).effect(line["treat1"], line["treat2"])


def coefficient(line: Line) -> NetworkEffect:
    """Return the effect of a treatment against the reference."""
    return result(line).effect(line["treatment"], line["reference"])


def score(line: Line) -> Number:
    """Return the P-score of a treatment."""
    return Number(result(line).p_scores[line["treatment"]])


def covariance(line: Line) -> Number:
    """Return the covariance of the effects of treat1 and treat2, each against the reference."""
    found = result(line)
    one, other, base = (found.place(name) for name in (line["treat1"], line["treat2"], found.reference))
    cov = found.covariance
    return Number(cov[one][other] - cov[one][base] - cov[base][other] + cov[base][base])


# ---- heterogeneity and designs -----------------------------------------------------------------

OF_FIT: Final[Mapping[str, Callable[[NetworkResult], float]]] = MappingProxyType(
    {
        "k": lambda found: found.k,
        "m": lambda found: len(found.evidence),
        "n": lambda found: len(found.treatments),
        "d": lambda found: found.designs,
        "Q": lambda found: found.q,
        "df.Q": lambda found: found.q_df,
        "pval.Q": lambda found: found.q_p,
        "I2": lambda found: found.i2 / 100,
        "lower.I2": lambda found: found.i2_ci.low / 100 if found.i2_ci else nan,
        "upper.I2": lambda found: found.i2_ci.high / 100 if found.i2_ci else nan,
        "Q.heterogeneity": lambda found: inconsistency(found).within.q,
        "df.Q.heterogeneity": lambda found: inconsistency(found).within.df,
        "pval.Q.heterogeneity": lambda found: inconsistency(found).within.p_value,
        "Q.inconsistency": lambda found: inconsistency(found).between.q,
        "df.Q.inconsistency": lambda found: inconsistency(found).between.df,
        "pval.Q.inconsistency": lambda found: inconsistency(found).between.p_value,
        "tau": lambda found: sqrt(found.tau2),
        "tau2": lambda found: found.tau2,
    }
)
"""Ours by netmeta's name of a number."""


def of_fit(line: Line) -> Number:
    """Return the number that a row of netmeta_fits names."""
    return Number(OF_FIT[line["quantity"]](result(line)))


def several_arms(found: NetworkResult) -> int:
    """Count the studies of more than two arms."""
    studies = [trial.study for trial in found.evidence]
    return sum(studies.count(name) > 1 for name in set(studies))


def designs(line: Line) -> Inconsistency:
    """Return Q by design, and the interaction."""
    return inconsistency(result(line))


def _by_dersimonian_laird(line: Line) -> Inconsistency:
    return inconsistency(compared(line["data"], "DL"))


def decomposed(line: Line) -> DesignTest:
    """Return a test of ``decomp.design``, whose rows are of the DL fit."""
    found = _by_dersimonian_laird(line)
    if line["quantity"] == "Q.inc.random" and found.interaction:
        return found.interaction
    if line["quantity"] == "Q.decomp":
        return {"Total": found.total, "Within designs": found.within, "Between designs": found.between}[line["at"]]
    row = next(row for row in found.rows if set(row.treatments) == set(line["at"].split(":")))
    return row.within if line["quantity"] == "Q.het.design" else row.without


def within(line: Line) -> Number:
    """Return tau within designs."""
    return Number(sqrt(_by_dersimonian_laird(line).tau2))


# ---- direct and indirect evidence --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Turned:
    """A split, and 1 where treat1 is its experimental treatment, or -1."""

    split: Split
    sign: int

    def of(self, source: Source | None) -> float:
        """Return the effect of treat1 against treat2 in a source."""
        return self.sign * source.log_hr if source else nan


def _turned(line: Line, method: str) -> Turned:
    found = node_splits(result(line), method)[line["treat1"], line["treat2"]]
    return Turned(found, 1 if found.experimental == line["treat1"] else -1)


back_calculated: Final = partial(_turned, method="back-calculation")
node_split: Final = partial(_turned, method="node-splitting")


def difference_z(found: Turned) -> float:
    """Return the difference over its standard error."""
    difference = found.split.difference
    return found.of(difference) / difference.se if difference else nan


# ---- one study less, and studies of two arms ---------------------------------------------------


@dataclass(frozen=True, slots=True)
class Omitted:
    """A treatment's effect without some study, and what else is left."""

    effect: OmittedEffect | None
    tau2: float
    q: float
    q_df: int


def omitted(line: Line) -> Omitted:
    """Return what is left of a network, by REML, without a study."""
    rows = omit_trials(compared(line["data"], "REML")).rows
    row = next(row for row in rows if row.label == line["omitted"])
    return Omitted(row.effect(line["treatment"]), row.tau2, row.q, row.q_df)


def two_arm_result(line: Line) -> NetworkResult:
    """Compare the treatments of the studies of two arms."""
    return compare(two_arm(line["data"]), model(line["method"]), line["reference"])


def two_arm_effect(line: Line) -> NetworkEffect:
    """Return the effect of a treatment against the reference in the studies of two arms."""
    return two_arm_result(line).effect(line["treatment"], line["reference"])

"""Meta-regression with its predictions and permutation tests, and subgroups, against metafor's ``rma(mods=)``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache, partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from netmeta.pooling import RandomEffects, meta_regression, permutation_test, subgroups
from netmeta.validate import pooled
from netmeta.validate.family import family
from netmeta.validate.reading import evidence as read
from netmeta.validate.reading import lines

if TYPE_CHECKING:
    from collections.abc import Callable

    from netmeta.evidence import Evidence
    from netmeta.pooling import Interval, MetaRegression, Model, PermutationTest, Prediction
    from netmeta.validate.quantity import Line, Quantity

__all__ = ["QUANTITIES", "covariates", "evidence", "fitted", "grouped", "model", "permuted"]

# metafor's predict() has normal or t quantiles with k - p degrees of freedom, and the standard error of the test.
_PREDICTIONS: Final = MappingProxyType(
    {"z": "normal", "knha": "t(k-1) hartung-knapp", "adhoc": "t(k-1) hartung-knapp"}
)
_COVARIATES: Final = MappingProxyType(
    {
        "bcg": ("ablat", "year", "alloc"),
        "bangert": ("length", "wic", "feedback", "grade"),
        "konst": ("year", "district"),
        "raudenbush": ("weeks", "setting"),
    }
)
_WORDS: Final = ("alloc", "grade", "district", "setting")
_CASE: Final = ("first", "formula", "by", "method", "test", "group", "at", "ablat", "year")
_MOST: Final = 100_000


def model(method: str, test: str) -> Model:
    """Return the model that metafor calls by a method and a test, with the prediction interval of its predict()."""
    asked = pooled.model(method, test)
    return replace(asked, prediction=_PREDICTIONS[test]) if isinstance(asked, RandomEffects) else asked


@lru_cache(maxsize=64)
def evidence(data: str, first: int | None = None) -> Evidence:
    """Return a data set as evidence, or its first trials."""
    return read("regression", data, first)


@lru_cache(maxsize=64)
def covariates(data: str, first: int | None = None) -> dict[str, list[float | str]]:
    """Return the covariates of a data set by name, one value a trial."""
    found = [line for line in lines("regression", "data") if line["data"] == data][:first]
    return {
        name: [line[name] if name in _WORDS else float(line[name]) for line in found] for name in _COVARIATES[data]
    }


@lru_cache(maxsize=1024)
def fitted(data: str, formula: str, method: str, test: str, first: int | None = None) -> MetaRegression:
    """Fit a meta-regression of the table, or of the first trials of its data set."""
    return meta_regression(evidence(data, first), formula, model(method, test), data=covariates(data, first))


@lru_cache(maxsize=256)
def permuted(data: str, formula: str, method: str, test: str, first: int) -> PermutationTest:
    """Test a meta-regression of the first trials by all orders of them."""
    return permutation_test(fitted(data, formula, method, test, first), most=_MOST)


@lru_cache(maxsize=512)
def grouped(data: str, by: str, method: str, test: str, tau2: str) -> Any:  # noqa: ANN401
    """Return the subgroups of a data set by one of its covariates of words."""
    trials = evidence(data)
    groups = dict(zip(trials.keys, covariates(data)[by], strict=True))
    return subgroups(trials, groups, model(method, test), tau2=tau2)


def _which(line: Line) -> tuple[str, str, str, str]:
    return line["data"], line["formula"], line["method"], line["test"]


def _regression(line: Line) -> MetaRegression:
    return fitted(*_which(line))


def _coefficient(line: Line) -> Any:  # noqa: ANN401
    return _regression(line).coefficients[int(line["at"]) - 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A prediction at the covariates of a trial, and the trial's weight in percent."""

    log_hr: float
    se: float
    ci: Interval
    pi: Interval | None
    weight: float


@lru_cache(maxsize=1024)
def _places(*which: str) -> tuple[_Place, ...]:
    found = fitted(*which)
    known = {each.name: [x for x in each.values if x is not None] for each in found.design.covariates}
    at = found.predictions(known)
    return tuple(
        _Place(log_hr=one.log_hr, se=one.se, ci=one.ci, pi=one.pi, weight=weight)
        for one, weight in zip(at, found.weights, strict=True)
    )


def _place(line: Line) -> _Place:
    return _places(*_which(line))[int(line["at"]) - 1]


def _prediction(line: Line) -> Prediction:
    return _regression(line).predict(ablat=float(line["ablat"]), year=float(line["year"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Permuted:
    p_value: float
    test_p: float
    n: int


def _permutation(line: Line) -> _Permuted:
    found = permuted(*_which(line), int(line["first"]))
    return _Permuted(p_value=found.p_values[int(line["at"]) - 1], test_p=found.test_p, n=found.n)


def _groups(line: Line) -> Any:  # noqa: ANN401
    return grouped(line["data"], line["by"], line["method"], line["test"], line["tau2s"])


def _group(line: Line) -> Any:  # noqa: ANN401
    return _groups(line)[line["group"]]


def _of_subgroups(tau2: str) -> tuple[Line, ...]:
    return tuple(line for line in lines("regression", "subgroups") if line["tau2s"] == tau2)


def _of_heterogeneity() -> tuple[Line, ...]:
    """Return the fits with tau2: for a common effect metafor's R2 is another thing, and we give none."""
    return tuple(line for line in lines("regression", "fits") if line["method"] != "EE")


def _of_table(
    title: str, source: str, file: str, result: Callable[[Line], Any], *parts: tuple[Any, ...]
) -> list[Quantity]:
    return family(title, source, partial(lines, "regression", file), result, parts, _CASE)


_INTERVAL: Final = ("interval", ("ci.lb", "ci.low"), ("ci.ub", "ci.high"))
_PREDICTED: Final = (
    ("log HR", ("pred", "log_hr")),
    ("standard error", ("se", "se")),
    _INTERVAL,
    ("prediction interval", ("pi.lb", "pi.low"), ("pi.ub", "pi.high")),
)
_GROUP: Final = (
    ("number of trials", ("k", "k")),
    ("pooled effect", ("estimate", "log_hr")),
    ("standard error", ("se", "se")),
    _INTERVAL,
    ("P value", ("pval", "p_value")),
    ("tau2", ("tau2", "tau2")),
    ("I2", ("I2", "i2")),
    ("Q", ("QE", "q")),
)
_BETWEEN: Final = (
    ("test between groups", ("QM", "between.statistic")),
    ("P between groups", ("QMp", "between.p_value")),
)


def _subgroups(title: str, source: str, between: str, tau2: str) -> list[Quantity]:
    rows = partial(_of_subgroups, tau2)
    return [
        *family(title, source, rows, _group, _GROUP, _CASE),
        *family(title, between, rows, _groups, _BETWEEN, _CASE),
    ]


QUANTITIES: Final = (
    *_of_table(
        "Meta-regression", "rma, mods", "coefficients", _coefficient,
        ("coefficient", ("estimate", "log_hr")),
        ("standard error", ("se", "se")),
        ("z or t", ("statistic", "statistic")),
        ("P value", ("pval", "p_value")),
        _INTERVAL,
    ),
    *_of_table(
        "Meta-regression", "rma, mods", "fits", _regression,
        ("tau2", ("tau2", "tau2")),
        ("I2", ("I2", "i2")),
        ("H2", ("H2", "h2")),
        ("QE", ("QE", "qe")),
        ("P of QE", ("QEp", "qe_p")),
        ("QM or F", ("QM", "test.statistic")),
        ("P of QM or F", ("QMp", "test.p_value")),
    ),
    *family(
        "Meta-regression", "rma, mods", _of_heterogeneity, _regression, [("R2", ("R2", "r2"))], _CASE,
    ),
    *_of_table(
        "Meta-regression", "confint", "fits", _regression,
        ("tau2, Q-profile interval", ("tau2.lb", "tau2_ci.low"), ("tau2.ub", "tau2_ci.high")),
    ),
    *_of_table("Fitted value", "predict", "fitted", _place, *_PREDICTED),
    *_of_table("Fitted value", "weights", "fitted", _place, ("weight", ("weight", "weight"))),
    *_of_table("Prediction at new values", "predict, newmods", "predictions", _prediction, *_PREDICTED),
    *_of_table(
        "Permutation test, all orders", "permutest", "permutations", _permutation,
        ("P value", ("pval", "p_value")),
        ("P of QM or F", ("QMp", "test_p")),
        ("number of orders", ("iterations", "n")),
    ),
    *_subgroups("Subgroups, separate tau2", "rma of each", "rma of their means", "separate"),
    *_subgroups("Subgroups, common tau2", "rma, mods", "rma, mods", "common"),
)  # fmt: skip
"""Every number of a meta-regression and of subgroups."""

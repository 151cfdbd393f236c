"""Egger, Begg, D-FIV, trim and fill, selection models, and I2 from Q, against metafor and base R."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache, partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from netmeta.pooling import CommonEffect, begg, d_fiv, egger, pool, selection_model, trim_and_fill
from netmeta.validate.family import family
from netmeta.validate.pooled import model
from netmeta.validate.reading import evidence as read
from netmeta.validate.reading import lines

if TYPE_CHECKING:
    from collections.abc import Callable

    from netmeta.evidence import Evidence
    from netmeta.pooling import PooledResult, RankTest, RegressionTest, SelectionModel, TrimAndFill
    from netmeta.validate.quantity import Line, Quantity

__all__ = ["QUANTITIES", "deltas", "evidence", "filled", "ranked", "regressed", "selected", "trimmed"]

# Below ten trials every test here asks for a reason.
_WHY: Final = "to compare with R"
_PREDICTORS: Final = MappingProxyType(
    {"sei": "se", "vi": "variance", "ni": "n", "ninv": "1/n", "sqrtni": "sqrt(n)", "sqrtninv": "1/sqrt(n)"}
)
_CASE: Final = (
    "predictor", "k", "tied", "steps", "alternative", "method", "test", "estimator", "asked", "level", "at",
)  # fmt: skip
_FILL: Final = ("data", "method", "estimator", "asked")


@lru_cache(maxsize=128)
def evidence(data: str, first: int | None = None, *, tied: bool = False) -> Evidence:
    """Return a data set as evidence, or its first trials; variances of one digit make ties."""
    return read("small_study", data, first, "tied" if tied else "vi")


def regressed(line: Line) -> RegressionTest:
    """Egger's test, or D-FIV where the row has no form."""
    if "form" not in line:
        return d_fiv(evidence(line["data"]), override=_WHY)
    return egger(
        evidence(line["data"]),
        model(line["method"] or "REML", line["test"] or "z"),
        form={"lm": "multiplicative", "rma": "mixed"}[line["form"]],
        predictor=_PREDICTORS[line["predictor"]],
        override=_WHY,
    )


def ranked(line: Line) -> RankTest:
    """Begg's test of the first trials of a data set."""
    return begg(evidence(line["data"], int(line["k"]), tied=line["tied"] == "1"), override=_WHY)


def trimmed(line: Line) -> TrimAndFill:
    """Trim and fill."""
    return trim_and_fill(
        evidence(line["data"]),
        model(line["method"], "adhoc" if line["method"] == "REML" else "z"),
        estimator=line["estimator"],
        side=line["asked"] or None,
        override=_WHY,
    )


def selected(line: Line) -> SelectionModel:
    """Fit the selection model."""
    return selection_model(
        evidence(line["data"]),
        model(line["method"], "z"),
        steps=tuple(float(step) for step in line["steps"].split()),
        alternative=line["alternative"],
        override=_WHY,
    )


def filled() -> list[Line]:
    """Return the filled trials, each with its place in its analysis."""
    seen: Counter[tuple[str, ...]] = Counter()
    found: list[Line] = []
    for line in lines("small_study", "filled"):
        which = tuple(line[name] for name in _FILL)
        seen[which] += 1
        found.append({**line, "at": str(seen[which])})
    return found


def deltas() -> list[Line]:
    """Return a row for each weight of a selection model but the first, which is 1."""
    return [
        {**line, "at": str(at), "weight": weight, "weight_se": se}
        for line in lines("small_study", "selection")
        for at, (weight, se) in enumerate(_weights(line), start=2)
    ]


def _weights(line: Line) -> zip[tuple[str, str]]:
    return zip(line["delta"].split(), line["delta_se"].split(), strict=True)


def _of_form(form: str) -> list[Line]:
    return [line for line in lines("small_study", "regression") if line["form"] == form]


def _filled(line: Line) -> Any:  # noqa: ANN401
    return trimmed(line).filled[int(line["at"]) - 1]


def _weight(line: Line) -> Any:  # noqa: ANN401
    return selected(line).weights[int(line["at"]) - 1]


def _pooled(line: Line) -> PooledResult:
    return pool(evidence(line["data"]), CommonEffect(float(line["level"])))


def _of_rows(
    title: str, source: str, rows: Callable[[], Any], result: Callable[[Line], Any], *parts: tuple[Any, ...]
) -> list[Quantity]:
    return family(title, source, rows, result, parts, _CASE)


def _table(name: str) -> Callable[[], Any]:
    return partial(lines, "small_study", name)


_TEST: Final = (
    ("slope", ("slope", "slope")),
    ("standard error of the slope", ("slope_se", "slope_se")),
    ("z or t", ("stat", "statistic")),
    ("degrees of freedom", ("df", "df")),
    ("P value", ("p", "p_value")),
    ("limit estimate", ("limit", "limit")),
    ("interval of the limit", ("low", "limit_ci.low"), ("high", "limit_ci.high")),
)
_DISPERSION: Final = ("dispersion", ("spread", "dispersion"))

QUANTITIES: Final = (
    *_of_rows(
        "Egger, multiplicative", "regtest, model lm", partial(_of_form, "lm"), regressed, *_TEST, _DISPERSION
    ),
    *_of_rows(
        "Egger, mixed", "regtest, model rma", partial(_of_form, "rma"), regressed, *_TEST,
        ("tau2", ("spread", "tau2")),
    ),
    *_of_rows("D-FIV", "lm", _table("dfiv"), regressed, *_TEST, _DISPERSION),
    *_of_rows("Begg", "ranktest", _table("rank"), ranked, ("tau", ("tau", "tau")), ("P value", ("p", "p_value"))),
    *_of_rows(
        "Trim and fill", "trimfill", _table("trimfill"), trimmed,
        ("number missing", ("k0", "missing")),
        ("standard error of the number", ("k0_se", "missing_se")),
        ("P value", ("p", "p_value")),
        ("pooled effect", ("estimate", "adjusted.log_hr")),
        ("standard error", ("se", "adjusted.se")),
        ("interval", ("ci.lb", "adjusted.ci.low"), ("ci.ub", "adjusted.ci.high")),
        ("tau2", ("tau2", "adjusted.tau2")),
    ),
    *_of_rows(
        "Trim and fill", "trimfill", filled, _filled,
        ("filled trials", ("yi", "log_hr"), ("vi", lambda trial: trial.se**2)),
    ),
    *_of_rows(
        "Selection model", "likelihood of selmodel, at its top", _table("selection"), selected,
        ("pooled effect", ("estimate", "log_hr")),
        ("standard error", ("se", "se")),
        ("tau2", ("tau2", "tau2")),
        ("standard error of tau2", ("tau2_se", "tau2_se")),
        ("log-likelihood", ("ll", "log_likelihood")),
        ("likelihood-ratio test", ("lrt", "lrt")),
        ("P value", ("lrt_p", "lrt_p")),
    ),
    *_of_rows(
        "Selection model", "likelihood of selmodel, at its top", deltas, _weight,
        ("weight", ("weight", "weight")),
        ("standard error of the weight", ("weight_se", "se")),
    ),
    *_of_rows(
        "I2 from Q", "equations written out", _table("i2"), _pooled,
        ("Q", ("q", "q")),
        ("interval", ("low", "i2_q_ci.low"), ("high", "i2_q_ci.high")),
    ),
)  # fmt: skip
"""Every number of the tests and models of small-study effects."""

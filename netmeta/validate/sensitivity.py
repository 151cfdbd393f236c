"""Leave-one-out, cumulative analysis, influence, Baujat and GOSH, against metafor's functions of these names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from netmeta.evidence import Evidence, Trial
from netmeta.pooling import contribution, cumulative, gosh, influence, leave_one_out
from netmeta.validate.family import family
from netmeta.validate.pooled import model
from netmeta.validate.reading import lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from netmeta.validate.quantity import Line, Quantity

__all__ = ["QUANTITIES"]

_POOLED: Final = (
    ("pooled effect", ("estimate", "log_hr")),
    ("standard error", ("se", "se")),
    ("interval", ("ci.lb", "ci.low"), ("ci.ub", "ci.high")),
    ("P value", ("pval", "p_value")),
    ("tau2", ("tau2", "tau2")),
    ("I2", ("I2", "i2")),
    ("Q", ("Q", "q")),
    ("P of Q", ("Qp", "q_p")),
)
_INFLUENCE: Final = (
    ("externally standardised residual", ("rstudent", "rstudent")),
    ("DFFITS", ("dffits", "dffits")),
    ("Cook's distance", ("cook.d", "cook_d")),
    ("covariance ratio", ("cov.r", "cov_r")),
    ("tau2 without the trial", ("tau2.del", "tau2_del")),
    ("Q without the trial", ("QE.del", "q_del")),
    ("hat value and weight", ("hat", "hat"), ("weight", "weight")),
    ("DFBETAS", ("dfbetas", "dfbetas")),
    ("whether influential", ("influential", "influential")),
)
_BAUJAT: Final = (("heterogeneity", ("x", "heterogeneity")), ("influence", ("y", "influence")))
_GOSH: Final = (
    ("pooled effect", ("estimate", "log_hr")),
    ("tau2", ("tau2", "tau2")),
    ("I2", ("I2", "i2")),
    ("number of trials", ("k", "k")),
)


@lru_cache(maxsize=64)
def evidence(data: str, first: int | None = None) -> Evidence:
    """Return a data set as evidence, or its first trials, with years where the reference has them."""
    years = {line["at"]: int(line["year"]) for line in lines("sensitivity", "years") if line["data"] == data}
    found = [line for line in lines("sensitivity", "data") if line["data"] == data]
    return Evidence(
        tuple(
            Trial(
                study=f"{at} {line['label']}", experimental="a", control="b",
                log_hr=float(line["yi"]), se=float(line["vi"]) ** 0.5, year=years.get(str(at)),
            )
            for at, line in enumerate(found[:first], start=1)
        )
    )  # fmt: skip


def _omitted(line: Line) -> Any:  # noqa: ANN401
    return leave_one_out(evidence(line["data"]), model(line["method"], line["test"])).rows[int(line["at"]) - 1]


def _influenced(line: Line) -> Any:  # noqa: ANN401
    return influence(evidence(line["data"]), model(line["method"], line["test"])).rows[int(line["at"]) - 1]


def _placed(line: Line) -> Any:  # noqa: ANN401
    return contribution(evidence(line["data"]), model(line["method"], line["test"])).rows[int(line["at"]) - 1]


def _added(line: Line, order: str) -> Any:  # noqa: ANN401
    trials = evidence(line["data"])
    key = trials.keys[int(line["at"]) - 1]
    rows = cumulative(trials, model(line["method"], line["test"]), order).rows
    return next(row for row in rows if row.key == key)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Subset:
    log_hr: float
    tau2: float
    i2: float
    k: int


@lru_cache(maxsize=16)
def _subsets(data: str, method: str) -> dict[int, _Subset]:
    """Results of every subset of the first trials, by its bits: bit i is trial i of the data set."""
    largest = max(int(line["at"]) for line in lines("sensitivity", "gosh") if line["data"] == data)
    trials = evidence(data, largest.bit_length())
    found = gosh(trials, model(method, "z"))
    bits = np.sum([found.including(key) * 2**at for at, key in enumerate(trials.keys)], axis=0)
    rows = zip(bits, found.log_hr, found.tau2, found.i2, found.k, strict=True)
    return {int(at): _Subset(log_hr=mean, tau2=tau2, i2=i2, k=k) for at, mean, tau2, i2, k in rows}


def _subset(line: Line) -> _Subset:
    return _subsets(line["data"], line["method"])[int(line["at"])]


def _several() -> list[Line]:
    """Return subsets of two trials or more: metafor counts single ones, which have no heterogeneity."""
    return [line for line in lines("sensitivity", "gosh") if int(line["k"]) > 1]


def _family(
    title: str, source: str, row: Callable[[Line], Any], names: Iterable[Any], file: str = ""
) -> list[Quantity]:
    rows = _several if source == "gosh" else partial(lines, "sensitivity", file or source)
    return family(title, source, rows, row, names)


QUANTITIES: Final = (
    *_family("Leave-one-out", "leave1out", _omitted, _POOLED),
    *_family("Cumulative, by precision", "cumul", partial(_added, order="precision"), _POOLED),
    *_family("Cumulative, by year", "cumul", partial(_added, order="year"), _POOLED, "years"),
    *_family("Influence", "influence", _influenced, _INFLUENCE),
    *_family("Baujat", "baujat", _placed, _BAUJAT),
    *_family("GOSH", "gosh", _subset, _GOSH),
)
"""Every number of the sensitivity analyses."""

"""One pooled analysis: every estimator, test and level, against metafor's ``rma``, ``confint`` and ``predict``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache, partial
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from netmeta.pooling import TAU2_METHODS, CommonEffect, Fit, RandomEffects, fit
from netmeta.validate.quantity import Quantity
from netmeta.validate.reading import arrays, lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from netmeta.pooling import Model
    from netmeta.validate.quantity import Line, Ours

__all__ = ["QUANTITIES", "TRAPS", "model"]

_INTERVALS: Final = MappingProxyType(
    {"z": "wald", "knha": "hartung-knapp", "adhoc": "modified-hartung-knapp"}
)  # fmt: skip

TRAPS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "two_optima": "two maxima, the lower at 0",
        "two_inside": "two maxima above 0",
        "huge_variance": "one variance 1e8 times another",
        "tiny_variance": "one trial all but exact",
        "all_sizes": "variances from 1e-8 to 1e8",
        "small_scale": "effects of 1e-6",
        "large_scale": "effects of 1e6",
        "too_alike": "Q below the range of chi-squared",
        "two_trials": "two trials",
    }
)
"""Data sets that were made to set a trap and are not published, and what it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A quantity, its columns with the attributes of a `Fit` that they are, and the rows that have it."""

    name: str
    source: str = "rma"
    parts: tuple[tuple[str, str], ...]
    file: str = "fits"
    methods: tuple[str, ...] = (*TAU2_METHODS, "EE")
    tests: tuple[str, ...] = tuple(_INTERVALS)
    least: int = 2
    prediction: str = "normal"


def _prediction(columns: tuple[str, str], prediction: str, tests: str = "z knha adhoc") -> _Asked:
    by_predict = columns[0] == "predict_lb"
    return _Asked(
        name=f"Prediction interval, {'as predict() has it' if by_predict else prediction}",
        source="predict" if by_predict else "formula on numbers of rma",
        parts=((columns[0], "pi.low"), (columns[1], "pi.high")),
        methods=TAU2_METHODS,
        tests=tuple(tests.split()),
        least=3,
        prediction=prediction,
    )


_TAU2: Final = (("tau2", "tau2"),)
_ASKED: Final = (
    _Asked(name="Pooled effect", parts=(("b", "log_hr"),)),
    _Asked(name="Standard error", parts=(("se", "se"),)),
    _Asked(name="Interval of the mean", parts=(("ci_lb", "ci.low"), ("ci_ub", "ci.high"))),
    _Asked(name="z or t", parts=(("stat", "statistic"),)),
    _Asked(name="P value", parts=(("pval", "p_value"),)),
    *(_Asked(name=f"tau2, {method}", parts=_TAU2, methods=(method,)) for method in TAU2_METHODS),
    _Asked(name="tau2, common effect", parts=_TAU2, methods=("EE",)),
    _Asked(name="tau2, REML and ML", source="highest point of a dense grid", parts=_TAU2, file="optima"),
    _Asked(name="tau2, PM, SJ and HS", source="equations written out", parts=_TAU2, file="moments"),
    _Asked(
        name="tau2, Q-profile interval",
        source="confint",
        parts=(("tau2_lb", "tau2_ci.low"), ("tau2_ub", "tau2_ci.high")),
    ),
    _Asked(name="I2", parts=(("I2", "i2"),)),
    _Asked(name="I2, interval", source="confint", parts=(("I2_lb", "i2_ci.low"), ("I2_ub", "i2_ci.high"))),
    _Asked(name="H2", parts=(("H2", "h2"),)),
    _Asked(name="Q", parts=(("QE", "q"),)),
    _Asked(name="P of Q", parts=(("QEp", "q_p"),)),
    _prediction(("pi_normal1", "pi_normal2"), "normal"),
    _prediction(("pi_t11", "pi_t12"), "t(k-1)"),
    _prediction(("pi_t21", "pi_t22"), "t(k-2)"),
    _prediction(("pi_t2_hk1", "pi_t2_hk2"), "t(k-2) hartung-knapp", "knha adhoc"),
    _prediction(("predict_lb", "predict_ub"), "normal", "z"),
    _prediction(("predict_lb", "predict_ub"), "t(k-1) hartung-knapp", "knha adhoc"),
)


def model(method: str, test: str, level: float = 0.95) -> Model:
    """Return the model that metafor calls by a method and a test, without a prediction interval."""
    return CommonEffect(level) if method == "EE" else RandomEffects(method, _INTERVALS[test], "none", level)


@lru_cache(maxsize=4096)
def _fit(data: str, method: str, test: str, level: float, prediction: str) -> Fit:
    asked = model(method, test, level)
    if isinstance(asked, RandomEffects):
        asked = replace(asked, prediction=prediction)
    return fit(*arrays("metafor", data), asked)


def _ours(path: str, prediction: str) -> Ours:
    number = attrgetter(path)

    def ours(line: Line) -> float:
        level = float(line.get("level", "95")) / 100
        return float(number(_fit(line["data"], line["method"], line.get("test", "z"), level, prediction)))

    return ours


def _rows(asked: _Asked, trap: str | None) -> list[Line]:
    """Rows that have the quantity: of the published data sets, or of a trap."""
    return [
        line
        for line in lines("metafor", asked.file)
        if (line["data"] not in TRAPS if trap is None else line["data"] == trap)
        and line["method"] in asked.methods
        and line.get("test", "z") in asked.tests
        and int(line.get("k", "2")) >= asked.least
    ]


def _quantity(asked: _Asked, trap: str | None) -> Quantity:
    """Make a quantity of the published data sets, or one that a trap has under its own name."""
    return Quantity(
        name=asked.name if trap is None else f"Trap: {TRAPS[trap]}",
        source=asked.source if trap is None else "all of the above",
        rows=partial(_rows, asked, trap),
        parts=tuple((column, _ours(path, asked.prediction)) for column, path in asked.parts),
    )


QUANTITIES: Final = tuple(_quantity(asked, trap) for trap in (None, *TRAPS) for asked in _ASKED)
"""Every number of a pooled analysis: first of the published data sets, then of each trap."""

"""Counts and absolute effects: Mantel-Haenszel, Peto, inverse variance with zero cells, numbers needed to treat."""

from __future__ import annotations

from functools import lru_cache, partial
from math import log
from typing import TYPE_CHECKING, Any, Final

from netmeta.evidence.counted import Counts
from netmeta.evidence.normal import z_two_sided
from netmeta.evidence.twobytwo import TwoByTwo
from netmeta.pooling import Baseline, CommonEffect, Interval, RelativeEffect, absolute_effects, pool_counts
from netmeta.pooling.count_effects import corrected_cells, effect_and_variance
from netmeta.validate.family import family
from netmeta.validate.pooled import model
from netmeta.validate.reading import lines

if TYPE_CHECKING:
    from collections.abc import Callable

    from netmeta.pooling import AbsoluteEffects, PooledCounts
    from netmeta.validate.quantity import Line, Quantity

__all__ = ["CURVE", "QUANTITIES", "absolute", "counts", "curved", "inverse", "mantel", "petos", "single", "weighed"]

CURVE: Final = ((0.0, 1.0), (3.0, 0.8), (6.0, 0.8), (12.0, 0.35), (18.0, 0.0))
"""The curve of ``tests/fixtures/counts/make.R``, whose last patient's share falls to nothing."""

_CASE: Final = ("measure", "correction", "method", "test", "level", "at", "hr", "time")


@lru_cache(maxsize=32)
def counts(data: str) -> Counts:
    """Return a data set as counts."""
    found = [line for line in lines("counts", "data") if line["data"] == data]
    tables = (TwoByTwo.of(line["label"], *(_count(line[name]) for name in _CELLS)) for line in found)
    return Counts(outcome="event", tables=tuple(tables))


_CELLS: Final = ("ai", "n1i", "ci", "n2i")


def _count(text: str) -> int:
    return int(float(text))


def single(line: Line) -> tuple[float, float]:
    """Return the effect and variance of one trial."""
    table = counts(line["data"]).tables[_count(line["at"]) - 1]
    return effect_and_variance(corrected_cells(table, line["correction"]), line["measure"])


def inverse(line: Line) -> PooledCounts:
    """Pool by inverse variance."""
    asked = model(line["method"], line["test"])
    return pool_counts(
        counts(line["data"]), line["measure"], "inverse-variance", asked, correction=line["correction"]
    )


def mantel(line: Line) -> PooledCounts:
    """Pool by Mantel and Haenszel's method."""
    return pool_counts(counts(line["data"]), line["measure"], "mantel-haenszel", CommonEffect(float(line["level"])))


def petos(line: Line) -> PooledCounts:
    """Pool by Peto's method."""
    return pool_counts(counts(line["data"]), "OR", "peto")


def weighed(line: Line) -> float:
    """Return the weight of a trial, in percent."""
    method = "peto" if line["measure"] == "peto" else "mantel-haenszel"
    found = pool_counts(counts(line["data"]), line["measure"].replace("peto", "OR"), method)
    return found.effects[_count(line["at"]) - 1].weight


def absolute(line: Line) -> AbsoluteEffects:
    """Return the absolute effect of a hazard ratio with its standard error, under an exponential baseline."""
    log_hr, half = log(float(line["hr"])), z_two_sided(0.95) * float(line["se"])
    effect = RelativeEffect(log_hr=log_hr, ci=Interval(log_hr - half, log_hr + half))
    return absolute_effects(effect, Baseline(event_free=float(line["s0"]), time=float(line["time"])))


def curved(line: Line) -> AbsoluteEffects:
    """Return the absolute effect of a hazard ratio under a given curve."""
    log_hr = log(float(line["hr"]))
    effect = RelativeEffect(log_hr=log_hr, ci=Interval(log_hr, log_hr))
    return absolute_effects(effect, Baseline(curve=CURVE, time=float(line["time"])))


def _of_rows(
    title: str, source: str, name: str, result: Callable[[Line], Any], *parts: tuple[Any, ...]
) -> list[Quantity]:
    return family(title, source, partial(lines, "counts", name), result, parts, _CASE)


def _mean(arm: int) -> Callable[[AbsoluteEffects], float]:
    return lambda found: found.restricted_mean(found.rows[0].time)[arm]


_POOLED: Final = (
    ("pooled effect", ("estimate", "effect")),
    ("standard error", ("se", "se")),
    ("interval", ("ci.lb", "ci.low"), ("ci.ub", "ci.high")),
    ("z or t", ("stat", "statistic")),
    ("P value", ("p", "p_value")),
    ("Q", ("Q", "q")),
    ("P value of Q", ("Qp", "q_p")),
    ("I2", ("I2", "i2")),
)

QUANTITIES: Final = (
    *_of_rows(
        "Counts, one trial", "escalc", "trials", single,
        ("effect", ("yi", lambda found: found[0])), ("variance", ("vi", lambda found: found[1])),
    ),
    *_of_rows("Counts, inverse variance", "rma on escalc", "iv", inverse, *_POOLED, ("tau2", ("tau2", "tau2"))),
    *_of_rows("Mantel-Haenszel", "rma.mh", "mh", mantel, *_POOLED),
    *_of_rows("Peto", "rma.peto", "peto", petos, *_POOLED),
    *_of_rows(
        "Mantel-Haenszel and Peto", "weights", "weights", weighed, ("weight", ("weight", lambda found: found))
    ),
    *_of_rows(
        "Absolute effect", "equations written out", "absolute", absolute,
        ("risk", ("risk", lambda found: found.rows[0].risk_treated)),
        ("interval of the risk", ("risk_low", lambda found: found.rows[0].risk_treated_ci.low),
         ("risk_high", lambda found: found.rows[0].risk_treated_ci.high)),
        ("number needed to treat", ("nnt", lambda found: found.rows[0].needed.value)),
        ("interval of the number", ("nnt_low", lambda found: 1 / found.rows[0].needed.ci.high),
         ("nnt_high", lambda found: 1 / found.rows[0].needed.ci.low)),
        ("median", ("median_control", "median_control"), ("median_treated", "median_treated")),
        ("restricted mean", ("mean_control", _mean(0)), ("mean_treated", _mean(1))),
    ),
    *_of_rows(
        "Absolute effect, given curve", "integrate and uniroot", "curves", curved,
        ("share", ("control", lambda found: found.rows[0].control),
         ("treated", lambda found: found.rows[0].treated)),
        ("median", ("median", "median_treated")),
        ("restricted mean", ("mean", _mean(1))),
    ),
)  # fmt: skip
"""Every number of counts and of absolute effects."""

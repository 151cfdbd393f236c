"""Common effects from all two-by-two tables at once, Mantel-Haenszel and Peto: no zero cell is corrected."""

from __future__ import annotations

from math import log, sqrt
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from netmeta.errors import PoolingError
from netmeta.pooling.count_effects import MEASURES, natural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netmeta.evidence.twobytwo import TwoByTwo
    from netmeta.pooling.arrays import Floats

__all__ = ["Common", "mantel_haenszel", "peto", "peto_q"]

_ROUNDING: Final = 1e-12


class Common(NamedTuple):
    """A common effect: log RR, log OR or RD, its standard error, and the weights in percent."""

    effect: float
    se: float
    weights: tuple[float, ...]


def mantel_haenszel(tables: Sequence[TwoByTwo], measure: str) -> Common:
    """Pool by Mantel and Haenszel's method (1959, J Natl Cancer Inst 22:719).

    Parameters
    ----------
    tables
        One trial or more; zero cells stay as they are.
    measure
        ``"RR"`` with the variance of Greenland & Robins 1985 (Biometrics 41:55), ``"OR"`` with that of Robins,
        Breslow & Greenland 1986 (Biometrics 42:311), ``"RD"`` with that of Sato, Greenland & Robins 1989
        (Biometrics 45:1323), as metafor's ``rma.mh`` has them.

    Returns
    -------
    Common
        Weights are those of the method: ``c n1 / N``, ``b c / N`` and ``n1 n2 / N``.

    Raises
    ------
    PoolingError
        Where a ratio has no value: no event, or nobody without one, in all trials of one arm. And where the
        standard error is 0: in each arm of each trial nobody, or everybody, had the event.
    """
    cells = _cells(tables)
    found = {"RR": _risk_ratio, "OR": _odds_ratio, "RD": _risk_difference}[measure](cells)
    if found.se == 0:
        raise PoolingError(
            f"The Mantel-Haenszel {MEASURES[measure]} is {natural(measure, found.effect):g} with a standard error "
            "of 0, and so has no interval: in each arm of each trial nobody, or everybody, had the event. Ask for "
            "the risk difference by inverse variance, with its correction of zero cells.",
            brief="no standard error",
        )
    return found


def _cells(tables: Sequence[TwoByTwo]) -> Floats:
    return np.array([table.cells for table in tables], dtype=float).T


def _percent(weights: Floats) -> tuple[float, ...]:
    return tuple((100 * weights / weights.sum()).tolist())


def _refuse(r: float, s: float, measure: str) -> None:
    if r == 0 or s == 0:
        raise PoolingError(
            f"The Mantel-Haenszel {MEASURES[measure]} has no value: in all trials together one arm has no events, "
            "or nobody without. Ask for the risk difference, or for inverse variance with its correction of zero "
            "cells.",
            brief="the ratio has no value",
        )


def _risk_ratio(cells: Floats) -> Common:
    a, b, c, d = cells
    n1, n2 = a + b, c + d
    n = n1 + n2
    r, s = float((a * n2 / n).sum()), float((c * n1 / n).sum())
    _refuse(r, s, "RR")
    # n1 n2 (a + c) / n^2 - a c / n, without a difference that would leave rounding where it is 0.
    p = float(((a * n1 * d + c * n2 * b) / n**2).sum())
    return Common(log(r / s), sqrt(p / (r * s)), _percent(c * n1 / n))


def _odds_ratio(cells: Floats) -> Common:
    a, b, c, d = cells
    n = cells.sum(axis=0)
    p, q, ri, si = (a + d) / n, (b + c) / n, a * d / n, b * c / n
    r, s = float(ri.sum()), float(si.sum())
    _refuse(r, s, "OR")
    parts = (p * ri).sum() / r**2 + (p * si + q * ri).sum() / (r * s) + (q * si).sum() / s**2
    return Common(log(r / s), sqrt(float(parts) / 2), _percent(si))


def _risk_difference(cells: Floats) -> Common:
    a, b, c, d = cells
    n1, n2 = a + b, c + d
    n = n1 + n2
    weights = n1 * n2 / n
    effect = float((a * n2 / n - c * n1 / n).sum() / weights.sum())
    p = float((c * (n1 / n) ** 2 - a * (n2 / n) ** 2 + n1 / n * n2 / n * (n2 - n1) / 2).sum())
    q = float((a * d / n + c * b / n).sum()) / 2
    variance = effect * p + q
    # The two cancel where nobody or everybody had the event in each arm; what is left of them is rounding.
    se = sqrt(variance) / float(weights.sum()) if variance > _ROUNDING * q else 0.0
    return Common(effect, se, _percent(weights))


def _hypergeometric(tables: Sequence[TwoByTwo]) -> tuple[Floats, Floats]:
    """Return observed less expected events of the experimental arm, and the variance, trial by trial."""
    a, b, c, d = _cells(tables)
    n1, n2, events, others = a + b, c + d, a + c, b + d
    n = n1 + n2
    return a - events * n1 / n, events * others * (n1 / n) * (n2 / n) / (n - 1)


def peto(tables: Sequence[TwoByTwo]) -> Common:
    """Pool log odds ratios by Peto's one-step method (Yusuf et al. 1985, Prog Cardiovasc Dis 27:335).

    Parameters
    ----------
    tables
        One trial or more; those without events, or with nothing else, count for nothing.

    Raises
    ------
    PoolingError
        Where no trial has both patients with and without the event.
    """
    observed, variance = _hypergeometric(tables)
    total = float(variance.sum())
    if total == 0:
        raise PoolingError(
            "Peto's odds ratio has no value: in no trial are there patients with and without the event. "
            "Ask for the risk difference.",
            brief="the ratio has no value",
        )
    return Common(float(observed.sum()) / total, sqrt(1 / total), _percent(variance))


def peto_q(tables: Sequence[TwoByTwo]) -> tuple[float, int]:
    """Return Peto's test of heterogeneity: Q, and its degrees of freedom (trials that count, less 1)."""
    observed, variance = _hypergeometric(tables)
    counts = variance > 0
    observed, variance = observed[counts], variance[counts]
    q = float((observed**2 / variance).sum() - observed.sum() ** 2 / variance.sum())
    return max(0.0, q), int(counts.sum()) - 1

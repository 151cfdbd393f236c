"""What is believed of the pooled HR and of a new trial's, as curves and lines of text. Tests read this."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from netmeta import numerals
from netmeta.charts.axis import RatioAxis, ratio_axis
from netmeta.charts.columns import column_measures
from netmeta.charts.forest_rows import Row, favours, place
from netmeta.charts.theme import text_width

if TYPE_CHECKING:
    from netmeta.pooling import BayesianResult, EffectPosterior

__all__ = ["PosteriorRows", "interval_of", "posterior_measures", "posterior_rows", "posterior_signals"]

_POINTS = 160
_MOST = {"label": 250, "effect": 190, "chance": 170}
_LEAST = 1e-9


@dataclass(frozen=True, slots=True)
class PosteriorRows:
    """Two curves, their lines of text, the axis, and the HR below which they are shaded.

    Parameters
    ----------
    curves
        Points of both curves: ``kind`` (``"pooled"`` or ``"new"``), ``hr``, and ``height`` from 0 to 1. Densities
        are per unit of log HR, so that on a log axis areas are probabilities; each curve has its own top.
    rows
        A heading and one line for each curve.
    axis, favours
        As in a forest plot.
    threshold
        The hazard ratio of the question.
    """

    curves: tuple[Row, ...]
    rows: tuple[Row, ...]
    axis: RatioAxis
    favours: tuple[str, str]
    threshold: float


def posterior_rows(result: BayesianResult, *, below: float = 1.0) -> PosteriorRows:
    """Lay out the posteriors of the pooled hazard ratio and of a new trial's.

    Parameters
    ----------
    result
        What `bayesian` gave.
    below
        The hazard ratio (HR scale) whose chance of being undercut is asked.

    Raises
    ------
    PoolingError
        Where ``below`` is no positive number.
    """
    both = {"pooled": ("Pooled effect", result.pooled), "new": ("A new trial", result.new_trial)}
    chances = {kind: one.probability_below(below) for kind, (_, one) in both.items()}
    bounds = [bound for _, one in both.values() for bound in (one.ci.exp().low, one.ci.exp().high)]
    axis = ratio_axis([below, *(one.hr for _, one in both.values())], bounds)
    head = {
        "kind": "head",
        "label": "Given these trials",
        "effect": f"HR ({result.level * 100:g}% interval)",
        "chance": f"Chance of HR < {numerals.ratio(below)}",
    }
    lines = [
        {"kind": kind, "label": label, "effect": interval_of(one), "chance": numerals.chance(chances[kind])}
        | place(one.hr, one.ci.exp().low, one.ci.exp().high, axis)
        for kind, (label, one) in both.items()
    ]
    rows = tuple({"row": at, **line} for at, line in enumerate([head, *lines]))
    curves = [row for kind, (_, one) in both.items() for row in _curve(kind, one, axis, below)]
    return PosteriorRows(tuple(curves), rows, axis, favours(tuple(result.evidence)), below)


def interval_of(one: EffectPosterior) -> str:
    """Write the median hazard ratio with its interval."""
    ci = one.ci.exp()
    return numerals.estimate(one.hr, max(ci.low, _LEAST), ci.high)


def _curve(kind: str, one: EffectPosterior, axis: RatioAxis, below: float) -> list[Row]:
    # A point at the threshold itself, so that the shade ends there.
    span = np.linspace(math.log(axis.low), math.log(axis.high), _POINTS)
    x = np.unique(np.append(span, [math.log(below), one.median]))
    heights = one.density(x)
    top = float(heights.max()) or 1.0
    return [
        {"kind": kind, "hr": math.exp(at), "height": round(height / top, 5)}
        for at, height in zip(x.tolist(), heights.tolist(), strict=True)
    ]


def posterior_signals(found: PosteriorRows, *, space: int = 900) -> dict[str, Any]:
    """Return the parameters of the chart: column widths from their texts, the axis, the threshold."""
    widths = {f"w_{name}": _width(name, found.rows) for name in _MOST}
    return {
        "space": space,
        **widths,
        "axis_low": found.axis.low,
        "axis_high": found.axis.high,
        "axis_ticks": list(found.axis.ticks),
        "favours_left": found.favours[0],
        "favours_right": found.favours[1],
        # A hair above, so that the point at the threshold is inside.
        "threshold": found.threshold * (1 + 1e-9),
        "focused": "",
        "picked": "",
    }


def _width(name: str, rows: tuple[Row, ...]) -> int:
    widest = max((text_width(row[name]) * 1.1 for row in rows), default=0.0)
    return int(min(widest, _MOST[name]) + 1)


def posterior_measures() -> dict[str, dict[str, Any]]:
    """Say which parameter is the width of which column, for a page that can measure text itself."""
    return column_measures(_MOST)

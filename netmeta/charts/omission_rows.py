"""Leave-one-out as a forest plot: one line for what is pooled without each trial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netmeta import numerals
from netmeta.charts.axis import RatioAxis, ratio_axis
from netmeta.charts.forest_rows import MOST, ForestRows, Row, favours, line, place

if TYPE_CHECKING:
    from netmeta.pooling import LeaveOneOut, PooledResult, SubsetFit

__all__ = ["bounds", "omission_rows", "overall_line", "subset_line"]

_SIZE = 70.0


def omission_rows(found: LeaveOneOut) -> ForestRows:
    """Lay out a leave-one-out analysis: a line for each trial left out, and the pool of all.

    Parameters
    ----------
    found
        What `leave_one_out` gave; the first lines of it where there are very many.
    """
    shown = found.rows[:MOST]
    axis = ratio_axis([fit.hr for fit in shown], [bound for fit in shown for bound in bounds(fit)])
    level = f"{found.overall.model.level * 100:g}%"
    head = {**line("head", "Without", f"HR ({level} CI)", "I²"), "n": "k"}
    rest = (subset_line(fit, axis, f"Without {fit.label}") for fit in shown)
    lines = [head, *rest, overall_line(found.overall, axis)]
    for at, row in enumerate(lines):
        row["row"] = at
    return ForestRows(tuple(lines), axis, favours(tuple(found.overall.evidence)), len(found.rows) - len(shown))


def bounds(fit: SubsetFit) -> tuple[float, float]:
    """Return the interval of a subset's pooled hazard ratio."""
    ci = fit.ci.exp()
    return ci.low, ci.high


def subset_line(fit: SubsetFit, axis: RatioAxis, said: str) -> Row:
    """Make the line of one subset; ``said`` opens its tooltip."""
    low, high = bounds(fit)
    texts = line("trial", fit.label, numerals.estimate(fit.hr, low, high), numerals.percent(fit.i2))
    tau2 = f"τ² = {numerals.decimal(fit.tau2, 3)}, {numerals.p_value(fit.p_value)} for the pooled HR"
    tip = f"{said}\n{tau2}"
    return {**texts, **place(fit.hr, low, high, axis), "n": str(fit.k), "id": fit.key, "size": _SIZE, "tip": tip}


def overall_line(result: PooledResult, axis: RatioAxis) -> Row:
    """Make the line of the pool of all trials."""
    ci = result.ci.exp()
    effect, i2 = numerals.estimate(result.hr, ci.low, ci.high), numerals.percent(result.i2)
    row = {**line("pooled", "All of them", effect, i2), "n": str(result.k)}
    return {**row, **place(result.hr, ci.low, ci.high, axis)}

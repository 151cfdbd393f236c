"""A cumulative analysis as a forest plot: one line for each trial that comes in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netmeta import numerals
from netmeta.charts.axis import ratio_axis
from netmeta.charts.forest_rows import MOST, ForestRows, favours, line
from netmeta.charts.omission_rows import bounds, overall_line, subset_line
from netmeta.pooling.interval import hazard_ratio

if TYPE_CHECKING:
    from collections.abc import Callable

    from netmeta.evidence import Trial
    from netmeta.pooling import Cumulative

__all__ = ["cumulative_rows"]

_BY: dict[str, tuple[str, Callable[[Trial], str]]] = {
    "year": ("Year", lambda trial: str(trial.year or "")),
    "precision": ("SE of log HR", lambda trial: numerals.decimal(trial.se or 0.0, 3)),
    "effect": ("Its own HR", lambda trial: numerals.ratio(hazard_ratio(trial.log_hr or 0.0))),
}


def cumulative_rows(found: Cumulative) -> ForestRows:
    """Lay out a cumulative analysis: a line for each trial added, and the pool of all.

    Parameters
    ----------
    found
        What `cumulative` gave; the last lines of it where there are very many.
    """
    shown = found.rows[-MOST:]
    axis = ratio_axis([fit.hr for fit in shown], [bound for fit in shown for bound in bounds(fit)])
    level = f"{found.overall.model.level * 100:g}%"
    title, say = _BY.get(found.order, ("", lambda _trial: ""))
    head = {**line("head", "Adding", f"HR ({level} CI)", "I²"), "n": "k", "treatment": title}
    lines = [head]
    for fit in shown:
        row = subset_line(fit, axis, f"With {fit.label}: {numerals.count(fit.k)} pooled")
        alone = {"weight": ""} if fit.k == 1 else {}
        lines.append({**row, **alone, "treatment": say(found.overall.evidence[fit.key])})
    lines.append(overall_line(found.overall, axis))
    for at, row in enumerate(lines):
        row["row"] = at
    return ForestRows(tuple(lines), axis, favours(tuple(found.overall.evidence)), len(found.rows) - len(shown))

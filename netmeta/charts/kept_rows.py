"""Kept states of an analysis as a forest plot: the pooled result of each, and of the analysis as it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netmeta import numerals
from netmeta.charts.axis import ratio_axis
from netmeta.charts.forest_rows import ForestRows, diamond, favours, line, place
from netmeta.pooling import PooledResult
from netmeta.pooling.words import effect

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netmeta.charts.axis import RatioAxis
    from netmeta.charts.forest_rows import Row
    from netmeta.state import Problem

__all__ = ["kept_rows"]

_LONGEST = 30


def kept_rows(
    kept: Sequence[tuple[str, PooledResult | Problem]], now: tuple[str, PooledResult | Problem]
) -> ForestRows:
    """Lay out a line for each kept state, its prediction interval through the diamond, and one for the present.

    Parameters
    ----------
    kept
        Names and outcomes, in the order in which they were kept.
    now
        The same of the analysis as it stands; a dashed line goes up from it.
    """
    found = [outcome for _name, outcome in (*kept, now) if isinstance(outcome, PooledResult)]
    spans = [span.exp() for result in found for span in (result.ci, result.pi) if span is not None]
    axis = ratio_axis([result.hr for result in found], [bound for span in spans for bound in (span.low, span.high)])
    head = {**line("head", "Kept", "HR (CI)", "I²"), "n": "k", "treatment": "Prediction"}
    lines = [{**head, "row": 0}]
    for at, (name, outcome) in enumerate((*kept, now), start=1):
        kind = "pooled" if at == len(kept) + 1 else "subtotal"
        lines += [{**row, "row": at} for row in _lines(kind, name, outcome, axis)]
    trials = tuple(trial for result in found for trial in result.evidence)
    return ForestRows(tuple(lines), axis, favours(trials), 0)


def _lines(kind: str, name: str, outcome: PooledResult | Problem, axis: RatioAxis) -> list[Row]:
    """Make what stands on the line of one state: the diamond, and the bar of its prediction interval."""
    if not isinstance(outcome, PooledResult):
        return [line("out", _short(name), "no pooled result", "")]
    ci = outcome.ci.exp()
    texts = line(kind, _short(name), effect(outcome), numerals.percent(outcome.i2))
    row = {**texts, **diamond(outcome.hr, ci.low, ci.high, axis), "n": numerals.count(outcome.k)}
    if outcome.pi is None:
        return [row]
    pi = outcome.pi.exp()
    row["treatment"] = numerals.interval(pi.low, pi.high)
    return [{**line("prediction", "", "", ""), **place(outcome.hr, pi.low, pi.high, axis)}, row]


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"

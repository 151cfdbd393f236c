"""The cells of a league table: numbers first, then what they say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from netmeta import numerals
from netmeta.network.direct import direct_effect
from netmeta.pooling.interval import hazard_ratio

if TYPE_CHECKING:
    from netmeta.network.result import NetworkResult
    from netmeta.pooling.interval import Interval

__all__ = ["COLUMN", "KINDS", "NOBODY", "ROW", "LeagueCell", "league_cell"]

KINDS: Final = ("direct", "network", "prediction")
ROW, COLUMN, NOBODY = "row", "column", ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeagueCell:
    """The treatment of a row against that of a column.

    Parameters
    ----------
    row, column
        The two treatments; HR below 1 is a lower hazard with that of the row.
    kind
        ``"network"`` and ``"direct"`` with a confidence interval, ``"prediction"`` with that of a new trial.
    log_hr, se, interval
        Log HR, its standard error and an interval of log HRs; all ``None`` where there is nothing of this kind,
        ``se`` for a prediction too.
    trials
        How many trials compare the two directly.
    level
        Coverage of the interval, as a fraction.
    better
        ``"lower"`` where a low hazard ratio is good, ``"higher"`` where a high one is.
    """

    row: str
    column: str
    kind: str
    log_hr: float | None
    se: float | None
    interval: Interval | None
    trials: int
    level: float
    better: str

    @property
    def estimate(self) -> str:
        """The hazard ratio as text: ``0.31``; a dash where there is none."""
        return numerals.DASH if self.log_hr is None else numerals.ratio(hazard_ratio(self.log_hr))

    @property
    def span(self) -> str:
        """The interval as text, on the HR scale: ``0.20–0.48``; empty where there is none."""
        if self.interval is None:
            return ""
        found = self.interval.exp()
        return numerals.interval(found.low, found.high)

    @property
    def text(self) -> str:
        """``0.31 (0.20–0.48)``, or a dash."""
        return f"{self.estimate} ({self.span})" if self.span else self.estimate

    @property
    def favours(self) -> str:
        """Whom an interval that excludes 1 favours: ``"row"``, ``"column"``, or empty where nothing is settled."""
        if self.interval is None or self.interval.low <= 0 <= self.interval.high:
            return NOBODY
        return ROW if (self.interval.high < 0) == (self.better == "lower") else COLUMN


def league_cell(result: NetworkResult, row: str, column: str, kind: str) -> LeagueCell:
    """Return one cell; see `LeagueCell`."""
    log_hr, se, interval = (_direct if kind == "direct" else _of_network)(result, row, column, kind)
    edge = result.graph.edge(row, column)
    return LeagueCell(
        row=row, column=column, kind=kind, log_hr=log_hr, se=se, interval=interval,
        trials=len(edge.keys) if edge else 0, level=result.model.level, better=result.better,
    )  # fmt: skip


_Numbers = tuple[float | None, float | None, "Interval | None"]


def _direct(result: NetworkResult, row: str, column: str, _kind: str) -> _Numbers:
    found = direct_effect(result, row, column)
    return (None, None, None) if found is None else (found.log_hr, found.se, found.ci)


def _of_network(result: NetworkResult, row: str, column: str, kind: str) -> _Numbers:
    found = result.effect(row, column)
    if kind == "network":
        return found.log_hr, found.se, found.ci
    return (None, None, None) if found.pi is None else (found.log_hr, None, found.pi)

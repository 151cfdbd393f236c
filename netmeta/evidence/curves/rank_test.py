"""The log-rank test of two arms, with observed and expected events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from netmeta.errors import EntryError
from netmeta.evidence.curves.proportional import chi2_p
from netmeta.evidence.curves.risk_table import pair_table

if TYPE_CHECKING:
    from netmeta.evidence.curves.patients import PatientData

__all__ = ["LogRank", "log_rank"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRank:
    """Observed and expected events of each arm, the variance V of O-E, chi-squared on 1 degree of freedom and P."""

    observed_experimental: int
    observed_control: int
    expected_experimental: float
    expected_control: float
    variance: float
    chi2: float
    p_value: float


def log_rank(experimental: PatientData, control: PatientData) -> LogRank:
    """Compare two arms by the log-rank test (Mantel 1966; variance of the hypergeometric distribution).

    Raises
    ------
    EntryError
        If no event happens while both arms have patients at risk.
    """
    table = pair_table(experimental, control)
    n, d = table.at_risk.sum(axis=1), table.deaths.sum(axis=1)
    expected = d * table.at_risk[:, 0] / n
    ways = n > 1
    share = table.at_risk[ways, 0] / n[ways]
    variance = float((d[ways] * share * (1 - share) * (n[ways] - d[ways]) / (n[ways] - 1)).sum())
    if variance <= 0:
        raise EntryError("No event happens while both arms have patients at risk: there is nothing to compare.")
    observed = table.deaths.sum(axis=0)
    excess = float(observed[0] - expected.sum())
    return LogRank(
        observed_experimental=int(observed[0]),
        observed_control=int(observed[1]),
        expected_experimental=float(expected.sum()),
        expected_control=float(d.sum() - expected.sum()),
        variance=variance,
        chi2=excess**2 / variance,
        p_value=chi2_p(excess**2 / variance),
    )

"""All checks of one row."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from netmeta.evidence.checks.counts import check_counts, check_ways
from netmeta.evidence.checks.direction import check_direction
from netmeta.evidence.checks.finding import SEVERITIES, Findings
from netmeta.evidence.checks.interval import check_interval
from netmeta.evidence.checks.p_value import check_p

if TYPE_CHECKING:
    from netmeta.evidence.trial import Trial

__all__ = ["check_trial"]

_CHECKS = (check_interval, check_p, check_direction, check_counts, check_ways)


@lru_cache(maxsize=4096)
def check_trial(trial: Trial) -> Findings:
    """Look at one row's own numbers; worst first."""
    made = [finding for check in _CHECKS for finding in check(trial)]
    return Findings(sorted(made, key=lambda finding: SEVERITIES.index(finding.severity)))

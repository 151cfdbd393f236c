"""Entry checks: what a careful reader would hold against a row, a table, or what is being typed."""

from netmeta.evidence.checks.finding import Finding, Findings, Mend, worst
from netmeta.evidence.checks.row import check_trial
from netmeta.evidence.checks.table import findings
from netmeta.evidence.checks.typed import check_entry, refusal

__all__ = ["Finding", "Findings", "Mend", "check_entry", "check_trial", "findings", "refusal", "worst"]

"""What papers print: trials, their validation, the bundled library, and the question asked of them."""

from netmeta.evidence import curves
from netmeta.evidence.card import TrialCard
from netmeta.evidence.checks import Finding, Mend, check_entry, findings
from netmeta.evidence.counted import Counts, Uncounted
from netmeta.evidence.evidence import Evidence
from netmeta.evidence.library import Treatment, load_treatments, load_trials
from netmeta.evidence.outcome_counts import counts_of
from netmeta.evidence.outcomes import Outcome, load_outcomes
from netmeta.evidence.reading import ColumnMapping, Reading, Refusal, read_table, table_text, write_table
from netmeta.evidence.selection import LeftOut, Selected, Selection, select
from netmeta.evidence.trial import Trial
from netmeta.evidence.twobytwo import ArmCount, TwoByTwo
from netmeta.evidence.ways import ClosedWay, Way

__all__ = [
    "ArmCount",
    "ClosedWay",
    "ColumnMapping",
    "Counts",
    "Evidence",
    "Finding",
    "LeftOut",
    "Mend",
    "Outcome",
    "Reading",
    "Refusal",
    "Selected",
    "Selection",
    "Treatment",
    "Trial",
    "TrialCard",
    "TwoByTwo",
    "Uncounted",
    "Way",
    "check_entry",
    "counts_of",
    "curves",
    "findings",
    "load_outcomes",
    "load_treatments",
    "load_trials",
    "read_table",
    "select",
    "table_text",
    "write_table",
]

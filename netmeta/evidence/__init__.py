"""What papers print: trials, their validation, the bundled library, and the question asked of them."""

from netmeta.evidence.card import TrialCard
from netmeta.evidence.evidence import Evidence
from netmeta.evidence.findings import Finding, findings
from netmeta.evidence.library import Treatment, load_treatments, load_trials
from netmeta.evidence.outcomes import Outcome, load_outcomes
from netmeta.evidence.reading import ColumnMapping, Reading, Refusal, read_table, table_text, write_table
from netmeta.evidence.selection import LeftOut, Selected, Selection, select
from netmeta.evidence.trial import Trial

__all__ = [
    "ColumnMapping",
    "Evidence",
    "Finding",
    "LeftOut",
    "Outcome",
    "Reading",
    "Refusal",
    "Selected",
    "Selection",
    "Treatment",
    "Trial",
    "TrialCard",
    "findings",
    "load_outcomes",
    "load_treatments",
    "load_trials",
    "read_table",
    "select",
    "table_text",
    "write_table",
]

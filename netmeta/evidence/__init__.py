"""What papers print: trials, their validation, the bundled library, and the question asked of them."""

from netmeta.evidence import curves
from netmeta.evidence.checks import Finding, Mend, check_entry, findings
from netmeta.evidence.evidence import Evidence
from netmeta.evidence.library import Treatment, load_treatments, load_trials
from netmeta.evidence.selection import LeftOut, Selected, Selection, select
from netmeta.evidence.trial import Trial
from netmeta.evidence.ways import ClosedWay, Way

__all__ = [
    "ClosedWay",
    "Evidence",
    "Finding",
    "LeftOut",
    "Mend",
    "Selected",
    "Selection",
    "Treatment",
    "Trial",
    "Way",
    "check_entry",
    "curves",
    "findings",
    "load_treatments",
    "load_trials",
    "select",
]

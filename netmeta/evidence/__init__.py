"""What papers print: trials, their validation, the bundled library, and the question asked of them."""

from netmeta.evidence import curves
from netmeta.evidence.evidence import Evidence
from netmeta.evidence.findings import Finding, findings
from netmeta.evidence.library import Treatment, load_treatments, load_trials
from netmeta.evidence.selection import LeftOut, Selected, Selection, select
from netmeta.evidence.trial import Trial

__all__ = [
    "Evidence",
    "Finding",
    "LeftOut",
    "Selected",
    "Selection",
    "Treatment",
    "Trial",
    "curves",
    "findings",
    "load_treatments",
    "load_trials",
    "select",
]

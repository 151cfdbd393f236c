"""One outcome of a summary of findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from netmeta.report.certainty import Certainty

__all__ = ["NONE", "Finding"]

NONE: Final = "–"
"""What stands where nothing can be said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One outcome.

    Parameters
    ----------
    outcome, name
        ``"PFS"``, and in full.
    relative
        The relative effect with its interval.
    control, treated
        Of 1 000 patients, how many have the event without and with therapy, under the assumed risk; a dash where
        nothing is assumed.
    patients, trials
        Participants as text, and comparisons.
    baseline
        Whose risk was assumed, as a sentence; empty where none.
    signals
        What may be weighed, a sentence each.
    certainty
        The reader's judgement.
    """

    outcome: str
    name: str
    relative: str
    control: str = NONE
    treated: str = NONE
    patients: str
    trials: int
    baseline: str = ""
    signals: tuple[str, ...]
    certainty: Certainty

"""Two-by-two tables of one outcome together, and the trials that have none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from netmeta.evidence.listing import listed
from netmeta.showing import Columns, Table, Tabled, table_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netmeta.evidence.twobytwo import TwoByTwo

__all__ = ["SAME", "TITLES", "Counts", "Uncounted", "titled"]

TITLES: Final = MappingProxyType(
    {"response": "Response", "grade 3 or higher adverse events": "Grade 3 or higher adverse events"}
)
"""Outcomes as the start of a sentence."""

SAME: Final = "the same in both arms"
"""Why a trial has no ratio, briefly: nobody, or everybody, had the event."""


def titled(outcome: str) -> str:
    """Write an outcome as the start of a sentence."""
    return TITLES.get(outcome, f"{outcome[:1].upper()}{outcome[1:]}")


@dataclass(frozen=True, slots=True)
class Uncounted:
    """A trial that has no counts to pool, and why: as part of a sentence, and briefly for a place in a plot."""

    study: str
    reason: str
    key: str = ""
    brief: str = "not usable"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Counts(Tabled):
    """Two-by-two tables of one outcome, and the trials that are left out.

    Parameters
    ----------
    outcome
        What is counted.
    tables
        One for each trial and cohort.
    left_out
        Trials without counts that may be used, each with the reason.
    """

    outcome: str
    tables: tuple[TwoByTwo, ...]
    left_out: tuple[Uncounted, ...] = ()

    def __len__(self) -> int:
        return len(self.tables)

    def __iter__(self) -> Iterator[TwoByTwo]:
        return iter(self.tables)

    @property
    def reconstructed(self) -> tuple[str, ...]:
        """Trials of which a count was found from a percentage that a whole number of the arm's patients gives."""
        return tuple(table.study for table in self.tables if table.reconstructed and not table.approximate)

    @property
    def approximate(self) -> tuple[str, ...]:
        """Trials of which a count is the one nearest to a percentage of other patients."""
        return tuple(table.study for table in self.tables if table.approximate)

    @property
    def provenance(self) -> tuple[str, ...]:
        """Which counts the sources do not print, a sentence for each way in which they were found."""
        said = (_reconstructed(self.reconstructed), _approximate(self.approximate))
        return tuple(filter(None, said))

    def of(self, key: str) -> TwoByTwo | None:
        """Return the table of the trial of this key or label; ``None`` where it has none."""
        return next((table for table in self.tables if key in (table.key, table.study)), None)

    def without(self, keys: frozenset[str]) -> Counts:
        """Return the counts without the trials of these keys."""
        kept = tuple(table for table in self.tables if table.key not in keys)
        return replace(self, tables=kept)

    @property
    def swapped(self) -> Counts:
        """The same counts with the arms of every trial changed over."""
        return replace(self, tables=tuple(table.swapped for table in self.tables))

    def _lines(self) -> tuple[str, ...]:
        trials = "1 trial" if len(self) == 1 else f"{len(self)} trials"
        left_out = (f"Left out: {one.study} ({one.reason})." for one in self.left_out)
        return (f"Counts of {self.outcome}: {trials}.", *self.provenance, *left_out)

    def _brief(self) -> tuple[str, ...]:
        return self.outcome, f"{len(self)} trials"

    def _table(self) -> Table:
        return table_of(_SHOWN, self.tables)

    def _frame(self) -> tuple[Columns, tuple[TwoByTwo, ...]]:
        return _COLUMNS, self.tables


_SHOWN: Final[Columns] = (
    ("Trial", lambda row: row.study),
    ("Experimental", lambda row: row.treated.in_words),
    ("Control", lambda row: row.untreated.in_words),
)
_COLUMNS: Final[Columns] = (
    ("study", lambda row: row.study),
    ("experimental", lambda row: row.experimental),
    ("control", lambda row: row.control),
    ("events_experimental", lambda row: row.treated.events),
    ("n_experimental", lambda row: row.treated.n),
    ("events_control", lambda row: row.untreated.events),
    ("n_control", lambda row: row.untreated.n),
    ("reconstructed_experimental", lambda row: row.treated.reconstructed),
    ("reconstructed_control", lambda row: row.untreated.reconstructed),
    ("definition", lambda row: row.definition),
    ("verification", lambda row: row.verification),
    ("source", lambda row: row.source),
)


def _reconstructed(studies: tuple[str, ...]) -> str:
    if not studies:
        return ""
    return f"Counts reconstructed from a printed percentage and the size of the arm: {listed(studies)}."


def _approximate(studies: tuple[str, ...]) -> str:
    if not studies:
        return ""
    return (
        f"Approximate counts, because the printed percentage is of other patients than the arm's (such as those "
        f"treated), and the nearest count was taken: {listed(studies)}."
    )

"""A reporting checklist, filled in from an analysis as far as software can know it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from netmeta.network.asking import NetworkAnswer
from netmeta.report.given import network_of, state_of
from netmeta.report.prisma_answers import ANSWERS
from netmeta.report.prisma_items import ITEMS, NETWORK_ITEMS
from netmeta.showing import Tabled, table_of

if TYPE_CHECKING:
    from netmeta.report.prisma_items import Item
    from netmeta.showing import Columns, Table
    from netmeta.state import State

__all__ = ["Checklist", "ChecklistRow", "prisma"]

_COLUMNS: Final[Columns] = (
    ("number", lambda row: row.item.number),
    ("section", lambda row: row.item.section),
    ("topic", lambda row: row.item.topic),
    ("item", lambda row: row.item.asks),
    ("here", lambda row: row.here),
    ("authors", lambda row: row.item.authors),
)
_SHOWN: Final[Columns] = (
    ("Item", lambda row: row.item.number),
    ("Topic", lambda row: row.item.topic),
    ("What to report", lambda row: row.item.asks),
    ("Here", lambda row: row.said),
)


@dataclass(frozen=True, slots=True)
class ChecklistRow:
    """An item, and what this analysis says to it.

    Parameters
    ----------
    item
        The item.
    here
        What the analysis says; empty where software cannot know.
    """

    item: Item
    here: str

    @property
    def status(self) -> str:
        """``"said"``, ``"partly"`` (the authors have more to say) or ``"authors"``."""
        return "authors" if not self.here else "partly" if self.item.authors else "said"

    @property
    def said(self) -> str:
        """What stands in the table: what the analysis says, and plainly what is left to the authors."""
        left = f"To be written by the authors: {self.item.authors}." if self.item.authors else ""
        return " ".join(filter(None, (self.here, left)))


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Checklist(Tabled):
    """A reporting checklist over an analysis.

    Parameters
    ----------
    name
        ``"PRISMA 2020"``, with its extension for networks where that is filled in too.
    rows
        One for each item.
    """

    name: str
    rows: tuple[ChecklistRow, ...]

    def count(self, status: str) -> int:
        """Count the rows of a status: ``"said"``, ``"partly"`` or ``"authors"``."""
        return sum(row.status == status for row in self.rows)

    @property
    def texts(self) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
        """Headings and rows of the table in words."""
        made = self._table()
        return made.head, made.rows

    @property
    def counted(self) -> tuple[str, ...]:
        """How many items are said, and whose words the items are in."""
        counted = (
            f"{self.name}: of {len(self.rows)} items, this analysis says {self.count('said')} and a part of "
            f"{self.count('partly')}; {self.count('authors')} are for the authors alone."
        )
        return counted, "The items are in words of our own; the checklist itself is published with the statement."

    def _lines(self) -> tuple[str, ...]:
        return self.counted

    def _brief(self) -> tuple[str, ...]:
        return self.name, f"{len(self.rows)} items"

    def _table(self) -> Table:
        return table_of(_SHOWN, self.rows)

    def _frame(self) -> tuple[Columns, tuple[ChecklistRow, ...]]:
        return _COLUMNS, self.rows


def prisma(analysis: object, *, network: bool | None = None) -> Checklist:
    """Fill in PRISMA 2020 from an analysis, item by item, as far as software can know it.

    Parameters
    ----------
    analysis
        An `Analysis` or its state.
    network
        Whether the items of the extension for networks are filled in; by default where the network answers and has
        3 treatments or more.

    Returns
    -------
    Checklist
        42 rows, 47 with networks (Page 2021, BMJ 372:n71; Hutton 2015, Ann Intern Med 162:777). What only the
        authors can write, a search or a protocol, is said to be theirs and never made up.

    Raises
    ------
    EntryError
        For anything else than an analysis.
    """
    state = state_of(analysis)
    wide = isinstance(network_of(state), NetworkAnswer) if network is None else network
    items = (*ITEMS, *(NETWORK_ITEMS if wide else ()))
    rows = tuple(ChecklistRow(item, _here(item, state)) for item in items)
    return Checklist(name="PRISMA 2020 with PRISMA-NMA" if wide else "PRISMA 2020", rows=rows)


def _here(item: Item, state: State) -> str:
    answer = ANSWERS.get(item.number)
    return answer(state) if answer else ""

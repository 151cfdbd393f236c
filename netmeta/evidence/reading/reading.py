"""What came of reading a table: the evidence, how its columns were understood, and what was refused."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from netmeta import numerals
from netmeta.errors import clipped
from netmeta.evidence.evidence import Evidence, size_in_words
from netmeta.evidence.reading.mapping import ColumnMapping

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Reading", "Refusal"]

_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A row (or a cell of it) that was not read.

    Parameters
    ----------
    place
        Where it stands: ``"line 4"``, ``"row 3"``, ``"record 2"``.
    study
        The trial's name, where the row has one.
    column, value
        The column and what stands in it, as text; empty where the whole row is meant.
    reason
        What is wrong with it, and what to do.
    """

    place: str
    reason: str
    study: str = ""
    column: str = ""
    value: str = ""

    def __str__(self) -> str:
        who = f" ({clipped(self.study)})" if self.study else ""
        what = f", column {clipped(self.column)!r}" if self.column else ""
        return f"{self.place}{who}{what}: {self.reason}"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Reading:
    """A table that was read.

    Parameters
    ----------
    evidence
        Every row that could be read.
    mapping
        Which column was taken for which field; change it and read again where the guess is wrong.
    refused
        Every row that could not be read, with its place, value and reason.
    notes
        What else was decided on the way: the encoding, the decimal sign, the sheet.
    """

    evidence: Evidence
    mapping: ColumnMapping = ColumnMapping()  # noqa: RUF009
    refused: tuple[Refusal, ...] = ()
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Reading({self.summary})"

    @property
    def summary(self) -> str:
        """How much was read and how much was refused: ``9 rows from 8 studies, 2 refused``."""
        refused = f", {numerals.count(len(self.refused))} refused" if self.refused else ""
        return f"{size_in_words(self.evidence.trials)}{refused}"

    def __str__(self) -> str:
        refused = ["", "Not read:", *_some(self.refused)] if self.refused else []
        columns = ["", str(self.mapping)] if self.mapping.columns else []
        return "\n".join([self.summary, *self.notes, *columns, *refused])

    def _repr_html_(self) -> str:
        notes = "".join(f"<p>{escape(note)}</p>" for note in self.notes)
        lines = "".join(f"<li>{escape(line)}</li>" for line in _some(self.refused))
        refused = f"<p>Not read:</p><ul>{lines}</ul>" if lines else ""
        columns = f"<details><summary>How the columns were read</summary>{self.mapping._repr_html_()}</details>"
        return f"<p>{escape(self.summary)}</p>{notes}{refused}{columns}{self.evidence._repr_html_()}"


def _some(refused: Sequence[Refusal]) -> list[str]:
    more = len(refused) - _SHOWN
    last = [f"and {numerals.count(more)} more, in .refused"] if more > 0 else []
    return [*map(str, refused[:_SHOWN]), *last]

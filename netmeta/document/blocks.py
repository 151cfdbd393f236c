"""What a document is made of: frozen values, the same for every kind of file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, TypeAlias

__all__ = ["Block", "Bullets", "Code", "Document", "Figure", "Heading", "Paragraph", "References", "Table"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 (a section) or 2."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences; ``kind`` is ``"plain"`` or ``"answer"``."""

    text: str
    kind: str = "plain"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of sentences."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of texts with a row of headings.

    Parameters
    ----------
    name
        The name of its file in an archive.
    title
        What stands above it, a sentence.
    head, rows
        Texts, as many in each row as there are headings; the first text heads its row.
    numbers
        Which columns stand on the right.
    notes
        Sentences under it.
    wide
        Whether it wants a page turned on its side.
    shares
        How wide the columns are to each other; empty to leave it to the page.
    """

    name: str
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[bool, ...] = ()
    notes: tuple[str, ...] = ()
    wide: bool = False
    shares: tuple[float, ...] = ()

    def on_the_right(self, column: int) -> bool:
        """Say whether a column holds numbers."""
        return bool(self.numbers) and self.numbers[column]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A picture that is drawn when it is written.

    Parameters
    ----------
    name
        The name of its file in an archive.
    caption
        What it shows, in sentences.
    alt
        The same with its numbers, for those who do not see it.
    vega
        Its Vega-Lite specification as JSON text.
    """

    name: str
    caption: str
    alt: str
    vega: str

    @property
    def spec(self) -> dict[str, Any]:
        """The specification."""
        found: dict[str, Any] = json.loads(self.vega)
        return found


@dataclass(frozen=True, slots=True)
class Code:
    """A program to be copied, in ``"python"`` or ``"r"``."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class References:
    """What numbers in brackets cite; the first one has the number 1."""

    items: tuple[str, ...]


Block: TypeAlias = Heading | Paragraph | Bullets | Table | Figure | Code | References


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document: its title, what stands under it, and its blocks in order.

    Parameters
    ----------
    title, subtitle
        Without and with a full stop.
    blocks
        What it says.
    bib
        What it cites, as a .bib file.
    """

    title: str
    subtitle: str
    blocks: tuple[Block, ...]
    bib: str = ""

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Its figures: the first one is Figure 1."""
        return tuple(block for block in self.blocks if isinstance(block, Figure))

    @property
    def tables(self) -> tuple[Table, ...]:
        """Its tables: the first one is Table 1."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    def label(self, block: Figure | Table) -> str:
        """Name a figure or a table by its number: ``Figure 2.``."""
        if isinstance(block, Figure):
            return f"Figure {self.figures.index(block) + 1}."
        return f"Table {self.tables.index(block) + 1}."

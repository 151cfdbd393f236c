"""A part of a report: paragraphs under headings, and what they cite."""

from __future__ import annotations

from dataclasses import dataclass

from netmeta.showing import Shown

__all__ = ["Part", "Section", "filled", "joined"]


@dataclass(frozen=True, slots=True)
class Part:
    """Paragraphs under one heading.

    Parameters
    ----------
    title
        The heading.
    paragraphs
        Each of whole sentences.
    """

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Section(Shown):
    """A section of a paper in words.

    Parameters
    ----------
    title
        ``"Methods"`` or ``"Results"``.
    parts
        What it says, part by part.
    references
        What the numbers in brackets cite, the first one first.
    """

    title: str
    parts: tuple[Part, ...]
    references: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The section as plain text to be copied: headings, paragraphs, references."""
        said = [self.title, *(f"{part.title}\n" + "\n".join(part.paragraphs) for part in self.parts)]
        cited = "\n".join(f"{at}. {source}" for at, source in enumerate(self.references, 1))
        return "\n\n".join([*said, *([f"References\n{cited}"] if cited else [])])

    def _lines(self) -> tuple[str, ...]:
        cited = tuple(f"{at}. {source}" for at, source in enumerate(self.references, 1))
        return *(line for part in self.parts for line in (f"{part.title}.", *part.paragraphs)), *cited

    def _brief(self) -> tuple[str, ...]:
        return self.title, f"{len(self.parts)} parts", f"{len(self.references)} references"


def filled(*parts: Part) -> tuple[Part, ...]:
    """Leave out empty paragraphs, and parts that have no other."""
    kept = (Part(part.title, tuple(filter(None, part.paragraphs))) for part in parts)
    return tuple(part for part in kept if part.paragraphs)


def joined(*sentences: str) -> str:
    """Make a paragraph of sentences; empty ones are left out."""
    return " ".join(filter(None, sentences))

"""A tuple that shows as a table: in a notebook as HTML, printed as columns of text."""

from __future__ import annotations

from html import escape
from typing import ClassVar, TypeVar

__all__ = ["Listing", "listed"]

_CELL = "style='text-align:left;vertical-align:top'"
T = TypeVar("T")


class Listing(tuple[T, ...]):
    """A tuple of values of one kind, a line of a table each; in everything else it is a plain tuple.

    Attributes
    ----------
    head
        Names of the columns.
    nothing
        What is said where there are none.
    """

    __slots__ = ()
    head: ClassVar[tuple[str, ...]] = ()
    nothing: ClassVar[str] = ""

    @classmethod
    def cells(cls, one: T) -> tuple[str, ...]:
        """Return the texts of one line, as many as ``head`` has names."""
        raise NotImplementedError

    def __str__(self) -> str:
        if not self:
            return self.nothing
        rows = [self.head, *map(self.cells, self)]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
        return "\n".join(line.rstrip() for line in lines)

    def _repr_html_(self) -> str:
        if not self:
            return f"<p>{escape(self.nothing)}</p>"
        body = "".join(f"<tr>{_row('td', self.cells(one))}</tr>" for one in self)
        return f"<table><thead><tr>{_row('th', self.head)}</tr></thead><tbody>{body}</tbody></table>"


def listed(names: tuple[str, ...]) -> str:
    """Write names as a sentence has them: ``a``, ``a and b``, ``a, b and c``."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _row(tag: str, cells: tuple[str, ...]) -> str:
    return "".join(f"<{tag} {_CELL}>{escape(cell)}</{tag}>" for cell in cells)

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
        columns = [[cell.ljust(max(map(len, column))) for cell in column] for column in self._columns()]
        return "\n".join("  ".join(row).rstrip() for row in zip(*columns, strict=True))

    def _repr_html_(self) -> str:
        if not self:
            return f"<p>{escape(self.nothing)}</p>"
        head, *rows = zip(*self._columns(), strict=True)
        body = "".join(f"<tr>{_row('td', row)}</tr>" for row in rows)
        return f"<table><thead><tr>{_row('th', head)}</tr></thead><tbody>{body}</tbody></table>"

    def _columns(self) -> list[tuple[str, ...]]:
        """Return the columns, head first, without those in which no line has anything."""
        columns = zip(self.head, *map(self.cells, self), strict=True)
        return [column for column in columns if any(column[1:])]


def listed(names: tuple[str, ...]) -> str:
    """Write names as a sentence has them: ``a``, ``a and b``, ``a, b and c``."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _row(tag: str, cells: tuple[str, ...]) -> str:
    return "".join(f"<{tag} {_CELL}>{escape(cell)}</{tag}>" for cell in cells)

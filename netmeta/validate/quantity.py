"""One quantity that somebody else computes too: where their numbers stand, and how ours are made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

__all__ = ["CASE", "Line", "Ours", "Quantity"]

CASE: Final = ("method", "test", "level", "order", "at")
"""Columns that say which analysis of a data set a row is, in the tables of most topics."""

Line: TypeAlias = Mapping[str, str]
"""One row of a reference table, as text, by column; ``data`` names its data set."""

Ours: TypeAlias = Callable[[Line], float]
"""Our number for a row of a reference table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A quantity of which others give numbers.

    Parameters
    ----------
    name
        As it is printed; quantities of one name are summed up together.
    source
        What made their numbers: a function of R's, or an equation written out.
    rows
        Reads the rows of the reference table.
    parts
        A column of that table, and our number for it; two for the bounds of an interval. A row with ``NA`` or
        nothing there has no reference number and is left out.
    zero
        Numbers up to this are 0, in their table as in ours: a search for a maximum at 0 stops beside it.
    case
        Columns that say which analysis of the data set a row is.
    """

    name: str
    source: str
    rows: Callable[[], Iterable[Line]]
    parts: tuple[tuple[str, Ours], ...]
    zero: float = 0.0
    case: tuple[str, ...] = CASE

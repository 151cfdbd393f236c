"""Every reference number beside ours, and the largest difference of each quantity."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isnan
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from netmeta.validate.quantity import Line, Quantity

__all__ = ["TOLERANCE", "Comparison", "Summary", "compare", "summarise"]

TOLERANCE: Final = 1e-6
"""Relative difference up to which two numbers agree."""

# R writes a number that is not there as NA; where a fixture has mixed columns, as nothing.
_MISSING: Final = ("NA", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One number of theirs and ours.

    Parameters
    ----------
    quantity, source
        As in `netmeta.validate.Quantity`.
    data, case
        Data set, and which analysis of it.
    column
        Column of the reference table.
    theirs, ours
        The two numbers.
    zero
        What counts as 0, as in `netmeta.validate.Quantity`.
    """

    quantity: str
    source: str
    data: str
    case: str
    column: str
    theirs: float
    ours: float
    zero: float

    @property
    def absolute(self) -> float:
        """Absolute difference; infinite where either is not a number."""
        difference = abs(self.ours - self.theirs) if self.ours != self.theirs else 0.0
        return inf if isnan(difference) else difference

    @property
    def relative(self) -> float:
        """Difference over their number; 0 where both numbers are 0, or no further from it than ``zero``."""
        if self.ours == self.theirs or max(abs(self.ours), abs(self.theirs)) <= self.zero:
            return 0.0
        return self.absolute / abs(self.theirs) if self.theirs and self.absolute < inf else inf

    @property
    def agrees(self) -> bool:
        """Whether the relative difference is within `TOLERANCE`."""
        return self.relative <= TOLERANCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The largest differences of a quantity.

    Parameters
    ----------
    quantity, source
        As in `netmeta.validate.Quantity`.
    count, beyond
        How many numbers were compared, and how many differ by more than `TOLERANCE`.
    absolute, relative
        Largest absolute and largest relative difference; they may be of different numbers.
    """

    quantity: str
    source: str
    count: int
    beyond: int
    absolute: float
    relative: float


def compare(quantities: Iterable[Quantity], data: str | None = None) -> Iterator[Comparison]:
    """Compute our number for each reference number, one after the other.

    Parameters
    ----------
    quantities
        What to compare.
    data
        One data set by name; every one where ``None``.
    """
    for quantity in quantities:
        for line in quantity.rows():
            if data in (None, line["data"]):
                yield from _of_line(quantity, line)


def summarise(comparisons: Iterable[Comparison]) -> tuple[Summary, ...]:
    """Sum up by quantity, in the order in which quantities come first."""
    found: dict[tuple[str, str], list[Comparison]] = {}
    for one in comparisons:
        found.setdefault((one.quantity, one.source), []).append(one)
    return tuple(
        Summary(
            quantity=quantity,
            source=source,
            count=len(group),
            beyond=sum(not one.agrees for one in group),
            absolute=max(one.absolute for one in group),
            relative=max(one.relative for one in group),
        )
        for (quantity, source), group in found.items()
    )


def _of_line(quantity: Quantity, line: Line) -> Iterator[Comparison]:
    case = " ".join(f"#{line[name]}" if name == "at" else line[name] for name in quantity.case if line.get(name))
    for column, ours in quantity.parts:
        if line[column] not in _MISSING:
            yield Comparison(
                quantity=quantity.name,
                source=quantity.source,
                data=line["data"],
                case=case,
                column=column,
                theirs=float(line[column]),
                ours=ours(line),
                zero=quantity.zero,
            )

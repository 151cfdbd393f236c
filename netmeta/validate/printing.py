"""Comparisons and summaries as text, and the summary as a table of the documentation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from netmeta.errors import TableError
from netmeta.validate.comparing import TOLERANCE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from netmeta.validate.comparing import Comparison, Summary

__all__ = ["difference", "in_text", "listed", "markdown", "replace_table", "verdict"]

_HEAD: Final = ("quantity", "compared with", "numbers", "largest difference", "largest relative difference")
_START, _END = "<!-- table -->", "<!-- end of table -->"


def difference(value: float) -> str:
    """Write a difference by its order of magnitude: 2.8e-12."""
    return "0" if value == 0 else f"{value:.1e}"


def listed(comparisons: Sequence[Comparison]) -> str:
    """Write the comparisons of a quantity, a line each, under a heading."""
    first = comparisons[0]
    head = f"\n{first.quantity} ({first.source}): theirs, ours, difference, relative difference"
    return "\n".join([head, *map(_line, comparisons)])


def in_text(summaries: Sequence[Summary]) -> str:
    """Lay the summary out in columns."""
    rows = [_HEAD, *map(_cells, summaries)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(_HEAD))]
    text = [row[0].ljust(widths[0]) + "  " + row[1].ljust(widths[1]) for row in rows]
    numbers = [
        "  ".join(cell.rjust(width) for cell, width in zip(row[2:], widths[2:], strict=True)) for row in rows
    ]
    return "\n".join(f"{left}  {right}" for left, right in zip(text, numbers, strict=True))


def markdown(summaries: Sequence[Summary]) -> str:
    """Write the summary as a Markdown table."""
    lines = [_HEAD, ("---", "---", "---:", "---:", "---:"), *map(_cells, summaries)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def verdict(summaries: Sequence[Summary], versions: str) -> str:
    """Say how many numbers agree, and with what."""
    count, beyond = sum(one.count for one in summaries), sum(one.beyond for one in summaries)
    largest = max(one.relative for one in summaries)
    agree = "all agree" if beyond == 0 else f"{beyond} do not agree"
    return (
        f"{count} numbers compared with {versions}: {agree} within {TOLERANCE:g}, relative; "
        f"the largest difference is {difference(largest)}."
    )


def replace_table(file: Path, table: str) -> None:
    """Put ``table`` between the two comments that mark its place in a file.

    Raises
    ------
    TableError
        Where the file has no such place.
    """
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    if _START not in text or _END not in text:
        raise TableError(f"{file} has no lines {_START} and {_END}: put them where the table is to stand.")
    before, after = text.split(_START)[0], text.split(_END)[1]
    file.write_text(f"{before}{_START}\n\n{table}\n\n{_END}{after}", encoding="utf-8")


def _line(one: Comparison) -> str:
    mark = "" if one.agrees else f"  BEYOND {TOLERANCE:g}"
    numbers = f"{one.theirs!r:>24} {one.ours!r:>24}"
    figures = f"{difference(one.absolute):>8} {difference(one.relative):>8}"
    return f"  {one.data:<17} {one.case:<16} {one.column:<12} {numbers} {figures}{mark}"


def _cells(one: Summary) -> tuple[str, ...]:
    return one.quantity, one.source, str(one.count), difference(one.absolute), difference(one.relative)

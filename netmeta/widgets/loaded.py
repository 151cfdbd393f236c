"""What came of a table that is being loaded, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netmeta import numerals
from netmeta.errors import clipped
from netmeta.evidence.show import hazard_ratio

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netmeta.evidence import Reading, Refusal, Trial

__all__ = ["answering", "outcome", "refusal", "rows_in_words", "skipped"]

_PREVIEW, _NAMED = 5, 5


def rows_in_words(number: int) -> str:
    """Count rows."""
    return "1 row" if number == 1 else f"{numerals.count(number)} rows"


def answering(number: int) -> str:
    """Say how many of the rows that were added answer the question."""
    if number == 0:
        return "none answers the question asked, so none is pooled"
    return f"{numerals.count(number)} {'answers' if number == 1 else 'answer'} the question asked"


def outcome(reading: Reading, *, revman: bool) -> list[tuple[str, str]]:
    """Say how much of a table can be read, and write its first rows."""
    read, total = len(reading.evidence), len(reading.evidence) + len(reading.refused)
    others = "the other is" if total - read == 1 else "the others are"
    rest = f", and {others} listed below" if reading.refused else ""
    lines = [("answer", f"{numerals.count(read)} of {rows_in_words(total)} can be read{rest}.")]
    if revman:
        lines.append(("aside", "A RevMan file says itself what its numbers are: there are no columns to choose."))
    lines += [("aside", clipped(note)) for note in reading.notes]
    bare = sum(not row.poolable for row in reading.evidence)
    if bare:
        lines.append(
            (
                "caution",
                f"{rows_in_words(bare)} without a hazard ratio and its interval or standard error: not pooled.",
            )
        )
    rows = reading.evidence.trials[:_PREVIEW]
    lines += [("aside", "The first rows:" if read > len(rows) else "The rows:")] if rows else []
    lines += [("figures", _line(row)) for row in rows]
    return [*lines, ("aside", f"and {numerals.count(read - len(rows))} more")] if read > len(rows) else lines


def _line(row: Trial) -> str:
    effect = hazard_ratio(row)
    parts = (row.label, row.comparison, row.endpoint, f"HR {effect}" if effect else "no hazard ratio")
    return ", ".join(clipped(part) for part in parts if part)


def refusal(one: Refusal) -> str:
    """Write a row that was not read: its place, the reason and the value."""
    return f"{one} It says: {one.value}" if one.value and one.value not in one.reason else str(one)


def skipped(double: Sequence[Trial], *, all_of_them: bool = False) -> list[tuple[str, str]]:
    """Name the rows that were there already."""
    if not double:
        return []
    if all_of_them:
        return [("aside", "Every row that can be read is in the data now.")]
    names = ", ".join(clipped(row.label) for row in double[:_NAMED])
    more = f" and {numerals.count(len(double) - _NAMED)} more" if len(double) > _NAMED else ""
    return [("warning", f"Skipped, for the same row is there already: {names}{more}.")]

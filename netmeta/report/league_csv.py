"""A league table as CSV that is safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from netmeta.evidence.reading.delimited import guarded
from netmeta.report.league_words import notes, reading, title
from netmeta.signs import cleaned

if TYPE_CHECKING:
    from netmeta.report.league import LeagueTable

__all__ = ["written"]


def written(table: LeagueTable) -> str:
    """Return a line of headings, a line for each treatment, and what the table rests on, a line each."""
    buffer = io.StringIO(newline="")
    lines = csv.writer(buffer, lineterminator="\r\n")
    lines.writerow(["row against column", *map(_guarded, table.treatments)])
    for name, row in zip(table.treatments, table.rows, strict=True):
        lines.writerow([_guarded(name), *(cell.text if cell else "" for cell in row)])
    lines.writerows([[], *([_guarded(said)] for said in (f"{title(table)}.", reading(table), *notes(table)))])
    return buffer.getvalue()


def _guarded(text: str) -> str:
    return str(guarded(cleaned(text)))

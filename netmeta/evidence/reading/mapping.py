"""Which column holds which field: guessed, shown with the reason, and correctable."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING

from netmeta.errors import TableError, clipped, hint, shown
from netmeta.evidence.reading.aliases import VIRTUAL
from netmeta.evidence.trial import FIELDS

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["TARGETS", "ColumnMapping", "MappedColumn"]

TARGETS = (*FIELDS, *(name for name in VIRTUAL if name not in FIELDS))
"""What a column can hold: a field of a trial, or one of the few forms from which fields are made."""


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """One column: its name in the table, the field it holds (empty: left out), and why."""

    column: str
    field: str
    why: str


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Which column of a table holds which field of a trial.

    Print it to see the guess; give ``mapping.change({"Arm A": "experimental"})`` back to `netmeta.read_table`.

    Parameters
    ----------
    columns
        One `MappedColumn` for each column of the table, in order.
    """

    columns: tuple[MappedColumn, ...] = ()

    def change(self, changes: Mapping[str, str | None]) -> ColumnMapping:
        """Return the mapping with other fields for some columns; ``None`` or ``""`` leaves a column out.

        Raises
        ------
        TableError
            For a column that the table does not have, a field that trials do not have, and a field for two columns.
        """
        known = [one.column for one in self.columns]
        for column, field in changes.items():
            if column not in known:
                raise TableError(f"The table has no column {shown(column)}.{hint(str(column), known)}")
            if field and field not in TARGETS:
                raise TableError(f"Trials have no field {shown(field)}.{hint(str(field), TARGETS)}")
        asked = {column: field or "" for column, field in changes.items()}
        taken = [field for field in asked.values() if field]
        twice = next((field for field in taken if taken.count(field) > 1), None)
        if twice:
            raise TableError(f"Two columns are to hold {twice}; name one.")
        return ColumnMapping(tuple(_changed(one, asked) for one in self.columns))

    def field_of(self, column: str) -> str:
        """Return the field that a column holds; empty where it is left out or not there."""
        return next((one.field for one in self.columns if one.column == column), "")

    def __str__(self) -> str:
        rows = [(clipped(one.column), one.field or "(left out)", one.why) for one in self.columns]
        widths = [max([len(row[at]) for row in rows] + [6]) for at in (0, 1)]
        lines = [f"{column:<{widths[0]}}  {field:<{widths[1]}}  {why}" for column, field, why in rows]
        return "\n".join([f"{'column':<{widths[0]}}  {'field':<{widths[1]}}  why", *lines])

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td>{escape(clipped(one.column))}</td><td>{escape(one.field or '(left out)')}</td>"
            f"<td>{escape(one.why)}</td></tr>"
            for one in self.columns
        )
        return (
            f"<table><thead><tr><th>Column</th><th>Field</th><th>Why</th></tr></thead><tbody>{rows}</tbody></table>"
        )


def _changed(one: MappedColumn, asked: Mapping[str, str]) -> MappedColumn:
    if one.column in asked:
        return replace(one, field=asked[one.column], why="as you said")
    if one.field and one.field in asked.values():
        return replace(one, field="", why="another column was given for it")
    return one

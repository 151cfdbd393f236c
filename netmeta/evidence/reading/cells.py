"""A cell becomes values of fields: by the kind of its field, and by how its column writes decimals."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from numbers import Real
from typing import TYPE_CHECKING, Any

from netmeta.errors import EntryError, shown
from netmeta.evidence.entry import number
from netmeta.evidence.reading.grid import Uncomputed
from netmeta.evidence.reading.numeral import is_missing, plain, read_numeral
from netmeta.evidence.reading.onecell import numerals_of, read_estimate, read_interval, read_level, read_p
from netmeta.evidence.trial import Trial

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ColumnReader", "decimal_sign", "kind_of"]

_KINDS = {field.name: str(field.type).partition(" ")[0] for field in fields(Trial)}
_DATED = ("data_cut", "notes", "source", "seen_at")
_R_MISSING = frozenset({"NA", "#N/A", "NaN", "NULL", "null", "None", "nan"})
_PERCENT = ("grade3_experimental", "grade3_control")


def kind_of(field: str) -> str:
    """Return what a field holds: ``"str"``, ``"float"`` or ``"int"``."""
    return _KINDS.get(field, "float")


def decimal_sign(cells: Iterable[Any]) -> str:
    """Return the decimal sign that the numbers prove: ``"."``, ``","``, ``"?"`` for both, ``""`` for none."""
    signs = {
        numeral.proves for cell in cells if isinstance(cell, str) for numeral in numerals_of(cell) if numeral.proves
    }
    return "?" if len(signs) > 1 else next(iter(signs), "")


@dataclass(frozen=True, slots=True)
class ColumnReader:
    """Reads the cells of one column.

    Parameters
    ----------
    column, field
        The column's name and what it holds.
    decimal
        The decimal sign of its numbers, as `decimal_sign` or the reader says.
    native
        Whether the table is netmeta's own, whose texts are to come back as they are.
    """

    column: str
    field: str
    decimal: str = ""
    native: bool = False

    def read(self, cell: Any) -> dict[str, Any]:  # noqa: ANN401
        """Return the fields that a cell gives; nothing where it is empty.

        Raises
        ------
        EntryError
            If the cell cannot be read as its field.
        """
        if cell is None or (isinstance(cell, str) and not cell) or (isinstance(cell, float) and math.isnan(cell)):
            return {}
        if not isinstance(cell, str | Real | Decimal | date | Uncomputed):
            raise EntryError(f"the cell holds {shown(cell)}; a text or a number is needed.")
        if isinstance(cell, Uncomputed):
            raise EntryError(
                "the cell holds a formula without a stored value: open the workbook, let it compute, save it."
            )
        if isinstance(cell, date) and self.field not in _DATED:
            raise EntryError(
                f"the cell holds the date {cell}: the spreadsheet has made a date of it. Enter it as text."
            )
        if kind_of(self.field) == "str" and self.field != "interval":
            return self._text(cell)
        if not isinstance(cell, str):
            return self._number(cell)
        found: dict[str, Any] = getattr(self, _BY_FIELD.get(self.field, "_numeral"))(cell)
        return found

    def _text(self, cell: Any) -> dict[str, Any]:  # noqa: ANN401
        if isinstance(cell, str):
            return {} if not self.native and cell.strip() in _R_MISSING else {self.field: cell}
        # A spreadsheet has no whole numbers: the name of trial 9710 comes as 9710.0.
        return {self.field: f"{cell:.0f}" if isinstance(cell, float) and cell.is_integer() else cell}

    def _number(self, cell: Any) -> dict[str, Any]:  # noqa: ANN401
        if self.field == "interval":
            raise EntryError(
                f"{shown(cell)} is one number; give an interval with its two limits, such as 0.25-0.59."
            )
        if self.field == "level":
            found = number("level", cell)
            return {} if found is None else {"level": read_level(repr(found))}
        return {self.field: cell}

    def _numeral(self, cell: str) -> dict[str, Any]:
        if is_missing(cell):
            return {}
        whole = kind_of(self.field) == "int"
        text = cell.rstrip().removesuffix("%") if self.field in _PERCENT else cell
        return {self.field: read_numeral(text).settle(self.decimal, whole=whole, text=cell)}

    def _hr(self, cell: str) -> dict[str, Any]:
        return read_estimate(cell, self.decimal)

    def _interval(self, cell: str) -> dict[str, Any]:
        return read_interval(cell, self.decimal)

    def _p(self, cell: str) -> dict[str, Any]:
        return read_p(cell, self.decimal)

    def _level(self, cell: str) -> dict[str, Any]:
        return {} if is_missing(cell) else {"level": read_level(cell)}

    def _sides(self, cell: str) -> dict[str, Any]:
        word = plain(cell).casefold().removesuffix("sided").removesuffix("tailed").strip(" -")
        known = {"1": 1, "one": 1, "2": 2, "two": 2, "1.0": 1, "2.0": 2}
        if not is_missing(cell) and word not in known:
            raise EntryError(f"{self.field} is {shown(cell)}; give 1 or 2.")
        return {self.field: known[word]} if word in known else {}


_BY_FIELD: dict[str, str] = {
    "hr": "_hr",
    "interval": "_interval",
    "p_value": "_p",
    "level": "_level",
    "sides": "_sides",
    "p_sides": "_sides",
}

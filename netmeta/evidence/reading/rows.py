"""From a grid and a mapping to trials: each row is read or refused with its reason."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from netmeta.errors import EntryError, TableError, clipped, hint
from netmeta.evidence.entry import number
from netmeta.evidence.evidence import Evidence
from netmeta.evidence.reading.aliases import stated_level
from netmeta.evidence.reading.cells import ColumnReader, decimal_sign, kind_of
from netmeta.evidence.reading.guessing import is_native
from netmeta.evidence.reading.onecell import read_level
from netmeta.evidence.reading.reading import Reading, Refusal
from netmeta.evidence.tables import TELL_APART
from netmeta.evidence.trial import FIELDS, Trial

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from netmeta.evidence.reading.grid import Grid
    from netmeta.evidence.reading.mapping import ColumnMapping

__all__ = ["read_grid", "read_values"]

_NEEDED = ("study", "experimental", "control")
Row = tuple[str, dict[str, Any]]


def read_grid(grid: Grid, mapping: ColumnMapping, decimal: str, same: Mapping[str, Any]) -> Reading:
    """Read every row of a grid.

    Parameters
    ----------
    grid, mapping
        The table, and which column holds which field.
    decimal
        ``"."`` or ``","`` where the reader says it; otherwise each column's own numbers tell.
    same
        Fields that are the same in every row and that no column holds.
    """
    if not grid.columns:
        return Reading(evidence=Evidence(), notes=grid.notes)
    _check_complete(mapping, same)
    readers, signs = _readers(grid, mapping, decimal)
    refused = [_uneven(place, cells, grid, readers) for place, cells in grid.uneven]
    read: list[Row] = []
    for place, row in zip(grid.places, grid.rows, strict=True):
        values = _row(place, row, readers, same, refused)
        if values is not None:
            read.append((place, values))
    done = read_values(read)
    return Reading(
        evidence=done.evidence,
        mapping=mapping,
        refused=_in_order((*refused, *done.refused)),
        notes=(*grid.notes, *signs),
    )


def read_values(rows: Iterable[Row], refused: tuple[Refusal, ...] = ()) -> Reading:
    """Make trials of named values; a row that cannot be right or that stands twice is refused."""
    found: dict[str, tuple[str, Trial]] = {}
    bad = list(refused)
    for place, values in rows:
        study = clipped(values.get("study", ""))
        try:
            trial = Trial(**{**dict.fromkeys(_NEEDED, ""), **values})
        except EntryError as error:
            bad.append(Refusal(place=place, study=study, reason=str(error)))
            continue
        first, _ = found.setdefault(trial.key, (place, trial))
        if first != place:
            bad.append(Refusal(place=place, study=study, reason=f"the same row as {first}. {TELL_APART}"))
    return Reading(evidence=Evidence(tuple(trial for _, trial in found.values())), refused=tuple(bad))


def _check_complete(mapping: ColumnMapping, same: Mapping[str, Any]) -> None:
    for name in same:
        if name not in FIELDS:
            raise TableError(f"Trials have no field {name!r}.{hint(name, FIELDS)}")
    mapped = {one.field: one.column for one in mapping.columns if one.field}
    both = next((name for name in same if name in mapped), None)
    if both:
        raise TableError(f"{both} is given, and column {mapped[both]!r} holds it too; leave one out.")
    lacking = [name for name in _NEEDED if name not in mapped and name not in same]
    if lacking:
        columns = ", ".join(repr(one.column) for one in mapping.columns[:20])
        raise TableError(
            f"No column was found for {', '.join(lacking)}; the columns are {clipped(columns)}. Say which it is, "
            f"mapping={{'its column': '{lacking[0]}'}}, or give what is the same in every row, {lacking[0]}='...'."
        )


def _readers(grid: Grid, mapping: ColumnMapping, decimal: str) -> tuple[list[ColumnReader | None], tuple[str, ...]]:
    native = is_native(grid)
    numeric = [bool(one.field) and (kind_of(one.field) != "str") for one in mapping.columns]
    own = [
        decimal or ("." if native else decimal_sign(grid.column(at))) if numeric[at] else ""
        for at in range(len(numeric))
    ]
    proved = {sign for sign in own if sign}
    elsewhere = proved.pop() if len(proved) == 1 else ""
    readers = [
        ColumnReader(one.column, one.field, own[at] or elsewhere, native) if one.field else None
        for at, one in enumerate(mapping.columns)
    ]
    commas = [clipped(one.column) for at, one in enumerate(mapping.columns) if own[at] == ","]
    return readers, (f"Decimal commas in {', '.join(commas)}.",) if commas and not decimal else ()


def _row(
    place: str,
    row: tuple[Any, ...],
    readers: list[ColumnReader | None],
    same: Mapping[str, Any],
    refused: list[Refusal],
) -> dict[str, Any] | None:
    values, level = dict(same), ""
    for cell, reader in zip(row, readers, strict=True):
        if reader is None or cell is None or (isinstance(cell, str) and not cell):
            continue
        try:
            given = reader.read(cell)
            _agree(values, given)
        except EntryError as error:
            study = clipped(
                next((one for one, by in zip(row, readers, strict=True) if by and by.field == "study"), "")
            )
            refused.append(
                Refusal(place=place, study=study, column=reader.column, value=clipped(cell), reason=str(error))
            )
            return None
        values.update(given)
        if "ci_low" in given or "ci_high" in given:
            level = stated_level(reader.column) or level
    if level:
        # What a cell says of its level goes before what its column's name says.
        values.setdefault("level", read_level(level))
    return _made(place, values, refused) if values else None


def _agree(values: dict[str, Any], given: dict[str, Any]) -> None:
    for name, value in given.items():
        before = values.get(name, value)
        if before != value:
            raise EntryError(
                f"it gives {name} as {value}, and another cell of the row gives {before}; leave one out."
            )


def _made(place: str, values: dict[str, Any], refused: list[Refusal]) -> dict[str, Any] | None:
    try:
        return _derived(values)
    except EntryError as error:
        refused.append(Refusal(place=place, study=clipped(values.get("study", "")), reason=str(error)))
        return None


def _derived(values: dict[str, Any]) -> dict[str, Any]:
    """Make fields of forms that are none: a variance, and O-E with V where a trial does not store them."""
    variance = number("the variance", values.pop("variance", None))
    if variance is not None:
        values.setdefault("se", math.sqrt(_positive("the variance", variance)))
    if "o_minus_e" not in FIELDS:
        observed, v = number("O-E", values.pop("o_minus_e", None)), number("V", values.pop("logrank_v", None))
        if (observed is None) != (v is None):
            raise EntryError("O-E and its variance V belong together; one of them is missing.")
        if observed is not None and v is not None:
            values.setdefault("log_hr", observed / _positive("V", v))
            values.setdefault("se", 1 / math.sqrt(v))
    return values


def _positive(name: str, value: float) -> float:
    if value <= 0:
        raise EntryError(f"{name} is {value:g}; it has to be above 0.")
    return value


def _uneven(place: str, cells: tuple[Any, ...], grid: Grid, readers: list[ColumnReader | None]) -> Refusal:
    at = next((at for at, reader in enumerate(readers) if reader and reader.field == "study"), 0)
    return Refusal(
        place=place,
        study=clipped(cells[at]),
        value=clipped(" | ".join(map(str, cells))),
        reason=f"the row has {len(cells)} cells and the table {len(grid.columns)} columns: it is not clear which "
        "cell belongs to which. Put texts with separators in them in quotation marks.",
    )


def _in_order(refused: tuple[Refusal, ...]) -> tuple[Refusal, ...]:
    return tuple(sorted(refused, key=lambda one: int(one.place.split()[-1])))

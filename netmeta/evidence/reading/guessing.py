"""Guess which column holds which field, from its name first and its cells second."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from netmeta.errors import EntryError
from netmeta.evidence.reading.aliases import ALIASES, folded
from netmeta.evidence.reading.mapping import TARGETS, ColumnMapping, MappedColumn
from netmeta.evidence.reading.numeral import is_missing
from netmeta.evidence.reading.onecell import read_estimate
from netmeta.evidence.trial import FIELDS

if TYPE_CHECKING:
    from netmeta.evidence.reading.grid import Grid

__all__ = ["guess_mapping", "is_native"]

_LEFT_OUT = "left out: its name is not known"
_LOOKED_AT = 50
_MOST = 0.8


def is_native(grid: Grid) -> bool:
    """Say whether a table is netmeta's own: every column is named as a field is."""
    return {"study", "experimental", "control"} <= set(grid.columns) <= set(FIELDS)


def guess_mapping(grid: Grid) -> ColumnMapping:
    """Guess what each column holds; the first column of a field has it, and an exact name before any other."""
    taken: dict[str, str] = {}
    found: dict[str, MappedColumn] = {}
    # An alias further left must not take the place of a column that has the name itself.
    for exact in (True, False):
        for at, column in enumerate(grid.columns):
            if column in found or (exact and column not in TARGETS):
                continue
            one = MappedColumn(column, column, "its name") if exact else _by_name(column, grid.column(at))
            if one.field and one.field in taken:
                one = MappedColumn(column, "", f"left out: {one.field} is taken from {taken[one.field]!r}")
            if one.field:
                taken[one.field] = column
            found[column] = one
    return ColumnMapping(tuple(_on_one_scale(found[column], taken) for column in grid.columns))


def _by_name(column: str, cells: tuple[Any, ...]) -> MappedColumn:
    name = folded(column)
    field = ALIASES.get(name) or _by_pattern(name)
    if field in TARGETS:
        return MappedColumn(column, field, "its name" if folded(field) == name else f"{column!r} is used for it")
    if _looks_like_estimates(cells):
        return MappedColumn(column, "hr", "its cells look like 0.38 (0.25-0.59)")
    near = get_close_matches(name, ALIASES, n=1, cutoff=0.75)
    maybe = f"; did you mean {ALIASES[near[0]]!r}?" if near else ""
    return MappedColumn(column, "", f"{_LEFT_OUT}{maybe}")


def _by_pattern(name: str) -> str:
    """Know names with a level or a unit in them: ``HR (90% CI)``, ``95% CI lower``."""
    core = re.sub(r"[0-9]+(?=ci|$)|confidenceinterval(?=$)", "", name)
    core = f"{core}ci" if "confidenceinterval" in name and not core.endswith("ci") else core
    return ALIASES.get(core, "") if core != name else ""


def _looks_like_estimates(cells: tuple[Any, ...]) -> bool:
    texts = [cell for cell in cells if isinstance(cell, str) and not is_missing(cell)][:_LOOKED_AT]
    return bool(texts) and sum(map(_has_interval, texts)) >= _MOST * len(texts)


def _has_interval(text: str) -> bool:
    try:
        return "ci_low" in read_estimate(text, ".")
    except EntryError:
        return False


def _on_one_scale(one: MappedColumn, taken: dict[str, str]) -> MappedColumn:
    """Leave out limits beside a log hazard ratio alone: R's ``ci.lb`` and ``lower`` are then on the log scale."""
    if one.field in ("ci_low", "ci_high") and "hr" not in taken and "log_hr" in taken:
        return MappedColumn(one.column, "", "left out: beside a log hazard ratio it is on the log scale")
    if one.field == "variance" and "o_minus_e" in taken:
        return MappedColumn(one.column, "logrank_v", f"the variance that belongs to {taken['o_minus_e']!r}")
    if one.field == "variance" and "se" in taken:
        return MappedColumn(one.column, "", f"left out: se is taken from {taken['se']!r}")
    return one

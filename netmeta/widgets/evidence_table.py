"""Edit the data: a small accessible grid in which trials are typed, pasted, corrected and deleted."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, Any

from netmeta import numerals
from netmeta.errors import NetmetaError, clipped
from netmeta.evidence import Evidence, read_table
from netmeta.evidence.reading.aliases import ALIASES, folded
from netmeta.widgets import controls as w
from netmeta.widgets.entry_rows import COLUMNS, Line, decimals_of, typed
from netmeta.widgets.grid_body import GridBody
from netmeta.widgets.textblock import TextBlock
from netmeta.widgets.view import View

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from netmeta.evidence import Reading, Trial

__all__ = ["EvidenceTable"]

_PAGE, _REPORTED, _MOST_PASTED = 25, 12, 10_000
_PREFILLED = ("control", "endpoint", "population")
_scopes = count(1)


class EvidenceTable(View):
    """Every row of the evidence, to edit: type, paste a block, add, delete, undo.

    A cell that cannot be taken keeps its text, is marked, and says why; the analysis holds only what is right.
    """

    def build(self) -> Sequence[w.Widget]:
        """Make the grid and its buttons."""
        self._open: dict[str, Line] = {}
        self._new: dict[str, None] = {}
        self._page, self._names = 0, count(1)
        self.grid = GridBody(scope=f"netmeta-entry-{next(_scopes)}")
        self.grid.on_msg(self._heard)
        self.report = TextBlock(urgent=True)
        self.buttons = {
            name: w.Button(description=text, tooltip=tip)
            for name, text, tip in (
                ("add", "Add row", "An empty row at the end"),
                ("undo", "Undo", "Undo the last change of the analysis"),
                ("redo", "Redo", "Do again what was undone"),
                ("back", "Previous rows", "The page before"),
                ("next", "Next rows", "The page after"),
            )
        }
        acts = (self.add_row, self.undo, self.redo, lambda: self.turn(-1), lambda: self.turn(1))
        for button, act in zip(self.buttons.values(), acts, strict=True):
            button.on_click(lambda _button, act=act: act())
        bar = w.HBox(list(self.buttons.values()))
        bar.add_class("netmeta-bar")
        return (self.grid, bar, self.report)

    def show(self) -> None:
        """Write the page of the moment."""
        lines = self.lines
        pages = max(1, -(-len(lines) // _PAGE))
        self._page = min(self._page, pages - 1)
        start = self._page * _PAGE
        shown = lines[start : start + _PAGE]
        self.grid.caption = _caption(len(lines), start, len(shown), sum(bool(line.wrong) for line in lines))
        self.grid.rows = json.dumps([_row(line, start + at) for at, line in enumerate(shown, start=1)])
        self.buttons["undo"].disabled = not self.analysis.can_undo
        self.buttons["redo"].disabled = not self.analysis.can_redo
        for name, there in (("back", self._page > 0), ("next", self._page < pages - 1)):
            self.buttons[name].disabled = not there
            self.buttons[name].layout.display = "" if pages > 1 else "none"

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line: the trials in their order, with what is typed over them, then the new ones."""
        kept = {line.id: line for line in self._open.values()}
        known = [self._line(trial, kept.get(trial.key)) for trial in self.analysis.evidence]
        return (*known, *(kept[name] for name in self._new if name in kept))

    @staticmethod
    def _line(trial: Trial, typed_over: Line | None) -> Line:
        return Line(trial.key, trial) if typed_over is None else replace(typed_over, trial=trial)

    def edit(self, line: str, field: str, text: str) -> None:
        """Type a text into one cell of the line of this id, as the reader does."""
        self._type({line: {field: text}}, {})

    def add_row(self) -> None:
        """Put an empty line at the end; what the question asks for is filled in."""
        asked = {name: str(getattr(self.analysis.selection, name) or "") for name in _PREFILLED}
        self._start({name: text for name, text in asked.items() if text})
        self._page = (len(self.lines) - 1) // _PAGE
        self.refresh()
        self.grid.focus = [(len(self.lines) - 1) % _PAGE, 0, next(self._names)]

    def delete(self, line: str) -> None:
        """Delete the line of this id; a trial comes back by undo."""
        gone = next((one for one in self.lines if one.id == line), None)
        if gone is None:
            return
        self._open.pop(line, None)
        if gone.trial is None:
            self._new.pop(line, None)
            self.refresh()
        else:
            self.analysis.evidence = self.analysis.evidence.without(line)
        self.report.write(
            [("fine", f"Deleted: {clipped(gone.name)}.{' Undo brings it back.' if gone.trial else ''}")]
        )

    def undo(self) -> None:
        """Undo the last change of the analysis, wherever it was made."""
        self.analysis.undo()
        self._tell([], self._refusals())

    def redo(self) -> None:
        """Do again what was undone."""
        self.analysis.redo()
        self._tell([], self._refusals())

    def turn(self, by: int) -> None:
        """Show the page that stands ``by`` pages further."""
        self._page = max(0, self._page + by)
        self.refresh()

    def paste(self, line: str, field: str, text: str) -> None:
        """Paste a block of a spreadsheet at a cell.

        A block whose first line names columns is read as a table of its own and added; any other block is typed
        cell by cell, from this cell to the right and downwards.
        """
        try:
            if _has_header(text):
                self._add(self._read(text))
            else:
                self._fill(line, field, text)
        except NetmetaError as error:
            self.report.write([("error", f"Nothing was pasted. {error}")])

    def _read(self, text: str) -> Reading:
        header = {ALIASES.get(folded(name), "") for name in text.split("\n", 1)[0].split("\t")}
        asked = {name: getattr(self.analysis.selection, name) for name in _PREFILLED}
        return read_table(text, **{name: value for name, value in asked.items() if value and name not in header})

    def _add(self, read: Reading) -> None:
        there = {trial.key for trial in self.analysis.evidence}
        fresh = [trial for trial in read.evidence if trial.key not in there]
        double = [
            f"{clipped(trial.label)}: the row is there already." for trial in read.evidence if trial.key in there
        ]
        if fresh:
            self.analysis.evidence = self.analysis.evidence.add(*fresh)
        taken = ", ".join(f"{one.column} → {one.field}" for one in read.mapping.columns if one.field)
        left = ", ".join(one.column for one in read.mapping.columns if not one.field)
        said = [("fine", f"Added {_rows(len(fresh))}. Columns: {taken}.{f' Left out: {left}.' if left else ''}")]
        self._tell(said, [*map(str, read.refused), *double])

    def _fill(self, line: str, field: str, text: str) -> None:
        block = [row.split("\t") for row in text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")]
        if len(block) > _MOST_PASTED:
            self.report.write(
                [("error", f"Nothing was pasted: {len(block)} lines; at most {_MOST_PASTED} at once.")]
            )
            return
        names, start = list(COLUMNS), list(COLUMNS).index(field)
        ids = [one.id for one in self.lines]
        at = ids.index(line) if line in ids else len(ids)
        while at + len(block) > len(ids):
            ids.append(self._start({}))
        wide = names[start:]
        cells = {
            ids[at + step]: dict(zip(wide, map(str.strip, row), strict=False)) for step, row in enumerate(block)
        }
        beyond = max(map(len, block)) - len(wide)
        signs = dict(zip(wide, decimals_of(block), strict=False))
        self._type(cells, signs)
        used = ", ".join(COLUMNS[name] for name in wide[: max(map(len, block))])
        more = f" {beyond} columns stood beyond the last one and were left out." if beyond > 0 else ""
        self._tell([("fine", f"Pasted {_rows(len(block))} into {used}.{more}")], self._refusals())

    def _start(self, texts: Mapping[str, str]) -> str:
        name = f"new {next(self._names)}"
        self._new[name] = None
        self._open[name] = Line(name, None, dict(texts))
        return name

    def _type(self, cells: Mapping[str, Mapping[str, str]], signs: Mapping[str, str]) -> None:
        """Type into several lines: one change of the analysis, and one step of undo."""
        rows: dict[str, Trial] = {trial.key: trial for trial in self.analysis.evidence}
        keys, lines = set(rows), {line.id: line for line in self.lines}
        for name, texts in cells.items():
            if name in lines:
                self._take(name, typed(lines[name], texts, signs), rows, keys)
        self._settle(Evidence(tuple(rows.values())), {name: trial.key for name, trial in rows.items()})

    def _take(self, name: str, line: Line, rows: dict[str, Trial], keys: set[str]) -> None:
        """Put a line that is right into its place among the rows, and keep any other open."""
        old, trial = rows.get(name), line.trial
        if trial is None or line.texts:
            self._open[name] = line
        elif trial.key in keys and (old is None or trial.key != old.key):
            texts = {field: text for field, text in zip(COLUMNS, line.cells(), strict=True) if text}
            self._open[name] = Line(
                name, old, texts, {"study": f"The same row is there already: {clipped(trial.key)}."}
            )
        else:
            keys.symmetric_difference_update({trial.key} if old is None else {trial.key} ^ {old.key})
            rows[name] = trial
            self._open.pop(name, None)
            self._new.pop(name, None)

    def _settle(self, evidence: Evidence, renamed: Mapping[str, str]) -> None:
        if evidence != self.analysis.evidence:
            # A trial that was taken out stays out under its new name.
            excluded = frozenset(renamed.get(key, key) for key in self.analysis.excluded)
            self.analysis.change(evidence=evidence, excluded=excluded)
        else:
            self.refresh()
        self._tell([], self._refusals())

    def _refusals(self) -> list[str]:
        return [
            f"Row {at} ({clipped(line.name)}), {COLUMNS[field]}: {why}"
            for at, line in enumerate(self.lines, start=1)
            for field, why in list(line.wrong.items())[:1]
        ]

    def _tell(self, said: list[tuple[str, str]], refused: Sequence[str]) -> None:
        more = len(refused) - _REPORTED
        last = [("warning", f"and {numerals.count(more)} more.")] if more > 0 else []
        self.report.write([*said, *(("warning", f"Not taken: {one}") for one in refused[:_REPORTED]), *last])

    def _heard(self, _widget: object, message: object, _buffers: object) -> None:
        """Hear the page; a message that it cannot have sent means nothing."""
        if not isinstance(message, dict):
            return
        line, field, text = (str(message.get(name, "")) for name in ("id", "field", "text"))
        kind = message.get("kind")
        if kind in ("edit", "paste") and field in COLUMNS:
            (self.edit if kind == "edit" else self.paste)(line, field, text)
        elif kind == "delete":
            self.delete(line)
        elif kind in ("add", "undo", "redo"):
            {"add": self.add_row, "undo": self.undo, "redo": self.redo}[kind]()


def _has_header(text: str) -> bool:
    """Say whether the first line of a block names columns: two names that are known, and no number."""
    first = [cell.strip() for cell in text.split("\n", 1)[0].split("\t")]
    known = sum(folded(cell) in ALIASES for cell in first)
    return "\n" in text.strip() and known >= 2 and not any(cell[:1].isdigit() for cell in first)  # noqa: PLR2004


def _row(line: Line, at: int) -> dict[str, Any]:
    return {
        "id": line.id,
        "at": at,
        "name": line.name,
        "cells": line.cells(),
        "wrong": dict(line.wrong),
        "hint": line.hint,
    }


def _caption(rows: int, start: int, shown: int, wrong: int) -> str:
    there = f"{_rows(rows)} of data."
    part = (
        f" Rows {numerals.count(start + 1)} to {numerals.count(start + shown)} are shown." if shown < rows else ""
    )
    bad = f" {_rows(wrong)} with a cell that could not be taken." if wrong else ""
    return f"{there}{part}{bad} Arrow keys, Tab and Enter move; Escape, then Tab leaves the table."


def _rows(number: int) -> str:
    return f"{numerals.count(number)} {'row' if number == 1 else 'rows'}"

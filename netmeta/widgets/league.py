"""The league table, live: every treatment against every other, in words, in another order, and to take away."""

from __future__ import annotations

import json
import re
from itertools import count
from typing import TYPE_CHECKING, Any, ClassVar, Final

import anywidget
import traitlets as t

from netmeta.errors import NetmetaError, clipped
from netmeta.network.contributing import network_contributions
from netmeta.network.direct import direct_effect
from netmeta.pooling.words import effect
from netmeta.report.league import LeagueTable, league_table
from netmeta.report.league_words import notes, reading, shading, tip, title
from netmeta.signs import cleaned
from netmeta.state import Problem
from netmeta.widgets import controls as w
from netmeta.widgets.assets import script
from netmeta.widgets.spoken import Worded, in_json
from netmeta.widgets.textblock import TextBlock
from netmeta.widgets.view import View

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from netmeta.network import NetworkContributions, NetworkResult
    from netmeta.report.league_cells import LeagueCell

__all__ = ["LeagueBody", "LeagueView"]

_scopes = count(1)
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FILES: Final[dict[str, tuple[str, str, Callable[[LeagueTable], bytes]]]] = {
    "CSV": ("csv", "text/csv", lambda table: table.to_csv().encode("utf-8-sig")),
    "HTML": ("html", "text/html", lambda table: table.to_html().encode()),
    "LaTeX": ("tex", "application/x-tex", lambda table: table.to_latex().encode()),
    "Word": ("docx", _WORD, lambda table: table.docx()),
}
_LOWER: Final = (("direct evidence", "direct"), ("network", "network"), ("prediction interval", "prediction"))
_ORDER: Final = (("P-score", "score"), ("name", "name"))


class LeagueBody(Worded, anywidget.AnyWidget):
    """The table on screen: all of it comes as JSON text; what the reader does goes back as messages.

    Messages are ``{kind: "cell", row, column}`` for a click or Enter on a cell and ``{kind: "order", first}`` for
    one on the name of a column.
    """

    _esm = t.Unicode(script("leaguetable.js")).tag(sync=True)
    data = t.Unicode('{"names": []}').tag(sync=True)
    chosen = t.Unicode("[]").tag(sync=True)
    scope = t.Unicode().tag(sync=True)
    spoken: ClassVar = {
        **Worded.spoken,
        "data": in_json("names", "first", "favours"),
        "chosen": in_json(),
    }

    def __init__(self) -> None:
        super().__init__(scope=f"netmeta-league-{next(_scopes)}")

    def write(self, table: LeagueTable | None, first: str = "") -> None:
        """Show a table, ``first`` being the treatment that the reader put first; nothing for ``None``."""
        self.data = json.dumps({"names": []} if table is None else _data(table, first))

    def tell(self, lines: Sequence[str]) -> None:
        """Say something of the cell that was chosen, under the table."""
        self.chosen = json.dumps(lines)

    def download(self, name: str, mime: str, raw: bytes) -> None:
        """Have the page save bytes as a file."""
        self.send({"kind": "download", "name": name, "mime": mime}, buffers=[raw])


class LeagueView(View):
    """The league table of an analysis' network.

    A click on a cell sets ``pair`` (row, column) and says under the table which trials compare the two; a click on
    the name of a column puts it first and the others by their effect against it.
    """

    pair = t.Tuple(help="The two treatments of the cell that was clicked last; empty for none.")

    def build(self) -> Sequence[w.Widget]:
        """Make the controls, the table and what is said of a pair."""
        self._table: LeagueTable | None = None
        self._result: NetworkResult | None = None
        self._first = ""
        wide = {"description_width": "initial"}
        self.lower = w.Dropdown(options=_LOWER, description="Lower triangle", style=wide)
        self.order = w.Dropdown(options=_ORDER, description="Order", style=wide)
        self.lower.observe(self.answer(lambda _change: self._write()), "value")
        self.order.observe(self.answer(lambda _change: self.put_first("")), "value")
        self.files = {name: self._button(name) for name in _FILES}
        self.told, self.body = TextBlock(urgent=True), LeagueBody()
        self.body.on_msg(self._heard)
        saving = w.HBox([w.Label("Download"), *self.files.values()])
        saving.add_class("netmeta-bar")
        bar = w.HBox([self.lower, self.order, saving])
        bar.add_class("netmeta-leaguebar")
        return bar, self.told, self.body

    def _button(self, name: str) -> w.Button:
        made = w.Button(description=name, tooltip=f"Download the league table: {name}")
        made.on_click(lambda _button: self.download(name))
        return made

    def _outcome(self) -> NetworkResult | Problem:
        return self.analysis.network_outcome

    def show(self) -> None:
        """Show the network of the moment, or why there is none."""
        found = self._outcome()
        if isinstance(found, Problem):
            self._result = None
            self._write(("problem", found.message))
        else:
            self.show_result(found)

    def show_result(self, result: NetworkResult) -> None:
        """Show a network meta-analysis, as it is ordered now."""
        self._result = result
        if self._first not in result.treatments:
            self._first = ""
        self._write()

    def put_first(self, name: str) -> None:
        """Put a treatment first and the others by their effect against it; empty for the order that is chosen."""
        self._first = name
        self._write()

    def choose(self, row: str, column: str) -> None:
        """Do what a click on a cell does."""
        self.pair = (row, column)
        self._tell_pair()

    def download(self, name: str) -> None:
        """Send the table to the page as a file: ``"CSV"``, ``"HTML"``, ``"LaTeX"`` or ``"Word"``."""
        if self._table is None:
            return
        end, mime, write = _FILES[name]
        try:
            raw = write(self._table)
        except NetmetaError as error:
            self.told.write([("error", str(error))])
            return
        self.told.write([])
        endpoint = next(iter(self._table.result.evidence)).endpoint
        words = re.sub(r"[^a-z0-9]+", "-", f"league table {endpoint}".casefold()).strip("-")
        self.body.download(f"{words}.{end}", mime, raw)

    def _heard(self, _body: object, message: dict[str, Any], _buffers: object) -> None:
        known = () if self._result is None else self._result.treatments
        names = [message.get(part) for part in ("row", "column", "first")]
        if message.get("kind") == "cell" and names[0] in known and names[1] in known and names[0] != names[1]:
            self.choose(str(names[0]), str(names[1]))
        if message.get("kind") == "order" and names[2] in known:
            self.put_first("" if names[2] == self._first else str(names[2]))

    def _write(self, *problem: tuple[str, str]) -> None:
        self.told.write(problem)
        self._table = None if self._result is None else self._made(self._result)
        for button in self.files.values():
            button.disabled = self._table is None
        self.body.write(self._table, self._first)
        self._tell_pair()

    def _made(self, result: NetworkResult) -> LeagueTable:
        if not self._first:
            return league_table(result, lower=self.lower.value, order=self.order.value)
        others = [name for name in result.treatments if name != self._first]
        turn = 1 if result.better == "lower" else -1
        others.sort(key=lambda name: turn * result.effect(name, self._first).log_hr)
        return league_table(result, lower=self.lower.value, order=(self._first, *others))

    def _tell_pair(self) -> None:
        if self._table is None or not set(self.pair) <= set(self._table.treatments):
            self.pair = ()
        self.body.tell(_of_pair(self._result, *self.pair) if self._result and self.pair else [])


def _data(table: LeagueTable, first: str) -> dict[str, Any]:
    shares = network_contributions(table.result)
    order = f"{cleaned(first)} stands first, then the others by their effect against it." if first else ""
    return {
        "title": title(table),
        "words": reading(table, order),
        "first": first,
        "names": table.treatments,
        "labels": [cleaned(name) for name in table.treatments],
        "cells": [[cell and _cell(cell, shares) for cell in row] for row in table.rows],
        "notes": [shading(), *notes(table)],
    }


def _cell(cell: LeagueCell, shares: NetworkContributions) -> dict[str, str]:
    fed = "" if cell.kind == "direct" else f" {cleaned(shares.in_words(cell.row, cell.column))}"
    return {"estimate": cell.estimate, "span": cell.span, "favours": cell.favours, "tip": f"{tip(cell)}{fed}"}


def _of_pair(result: NetworkResult, row: str, column: str) -> list[str]:
    found = result.effect(row, column)
    level = f"{100 * found.level:g}%"
    network = f"{cleaned(row)} against {cleaned(column)}. Network: HR {effect(found)} ({level} CI)."
    direct = direct_effect(result, row, column)
    if direct is None:
        return [network, "No trial compares them directly: this comes through other treatments alone."]
    labels = [clipped(trial.label) for trial in result.evidence if trial.key in direct.keys]
    return [network, f"Direct evidence: HR {effect(direct)}, from {', '.join(labels)}."]

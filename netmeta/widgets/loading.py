"""Load a table: a file or pasted text, its columns as they are understood, and what can be read of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from netmeta import numerals
from netmeta.errors import NetmetaError, clipped
from netmeta.evidence import ColumnMapping, Reading, select
from netmeta.evidence.reading.guessing import guess_mapping
from netmeta.evidence.reading.rows import read_grid
from netmeta.evidence.reading.sources import open_table
from netmeta.evidence.selection import choices
from netmeta.widgets import controls as w
from netmeta.widgets.columns import ColumnTable, field_words
from netmeta.widgets.loaded import answering, outcome, refusal, rows_in_words, skipped
from netmeta.widgets.sendbutton import SendButton
from netmeta.widgets.table_source import TableSource
from netmeta.widgets.textblock import TextBlock
from netmeta.widgets.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netmeta.evidence import Trial
    from netmeta.evidence.reading.grid import Grid

__all__ = ["LoadView"]

_LARGE = 300_000
_PAGE = 12
_ASKED = ("experimental", "control", "endpoint", "population")
_NEEDED = ("study", "experimental", "control")
_DECIMALS = [("as the numbers tell", ""), ("a point: 0.38", "."), ("a comma: 0,38", ",")]


class LoadView(View):
    """Load a table: see how its columns are understood, correct that, and add the rows that can be read.

    `reading` is what is read of the table as understood now; ``None`` where there is none, or a field is lacking.
    """

    def build(self) -> Sequence[w.Widget]:
        """Make the upload, the text area, the columns, the fields for what they lack, and the buttons."""
        self.reading: Reading | None = None
        self._opened: Grid | Reading | None = None
        self._mapping, self._corrected, self._page = ColumnMapping(), dict[str, str](), 0
        self._filled = False
        self.source = TableSource(self.answer(lambda _change: self._open()))
        self.upload, self.text, self.sheet = self.source.upload, self.source.text, self.source.sheet
        self.columns = ColumnTable()
        self.fields = {
            name: w.Combobox(description=f"{field_words(name)}, in every row", continuous_update=False)
            for name in _ASKED
        }
        self.decimal = w.Dropdown(options=_DECIMALS, description="Decimal sign")
        self.said, self.refused, self.there = TextBlock(), TextBlock(), TextBlock()
        self.told = TextBlock(urgent=True)
        self.back, self.more = (
            w.Button(description="Previous refused rows"),
            w.Button(description="More refused rows"),
        )
        self.add = SendButton([self.text], description="Add rows", disabled=True)
        self.clear = w.Button(description="Clear")
        self._listen()
        return self._laid_out()

    def _laid_out(self) -> Sequence[w.Widget]:
        self._asked = w.HBox([*self.fields.values(), self.decimal, self.sheet])
        self._turns, buttons = w.HBox([self.back, self.more]), w.HBox([self.add, self.clear])
        parts = (self.source, self.columns, self._asked, self.said, self.refused, self._turns, self.there, buttons)
        box = w.VBox([*parts, self.told])
        for name in ("netmeta-form", "netmeta-everyrow"):
            box.add_class(name)
        self._lay_open()
        self._turns.layout.display = "none"
        return (box,)

    def _listen(self) -> None:
        fields: tuple[w.Widget, ...] = (*self.fields.values(), self.decimal)
        for field in fields:
            field.observe(self.answer(lambda _change: self._read()), "value")
        self.columns.on_msg(self._heard)
        self.back.on_click(lambda _button: self._turn(-1))
        self.more.on_click(lambda _button: self._turn(1))
        self.add.on_click(lambda _button: self._add())
        self.clear.on_click(lambda _button: self.forget())

    def show(self) -> None:
        """Offer the names that the analysis knows, and count what it does not hold yet."""
        for name, field in self.fields.items():
            field.options = tuple(sorted(choices(self.analysis.evidence, name), key=str.casefold))
        self._count()

    def choose(self, column: str, field: str) -> None:
        """Take a column for another field, as the reader does; an empty field leaves it out.

        Raises
        ------
        TableError
            For a column that the table does not have, and a field that trials do not have.
        """
        ColumnMapping(self._mapping.columns).change({column: field})
        # A field has one column: the one that was chosen last.
        kept = {name: said for name, said in self._corrected.items() if not field or said != field}
        self._corrected = {**kept, column: field}
        self._understand()

    def forget(self) -> None:
        """Empty everything that was entered here; the analysis stays as it is."""
        self._quietly({self.upload: (), self.text: "", self.sheet: "", self.decimal: ""})
        self._quietly(dict.fromkeys(self.fields.values(), ""))
        self._corrected, self._filled = {}, False
        self._open()

    def _quietly(self, values: dict[w.Widget, Any]) -> None:
        kept, self._quiet = self._quiet, True
        try:
            for control, value in values.items():
                control.value = value
        finally:
            self._quiet = kept

    def _open(self) -> None:
        self.told.write(())
        self._opened, self.reading, self._mapping = None, None, ColumnMapping()
        try:
            raw = self.source.raw()
            if raw is not None:
                self._wait(len(raw))
                self._opened = open_table(raw, str(self.sheet.value).strip())
        except NetmetaError as error:
            self.columns.forget()
            self._tell([("error", str(error))])
            return
        if raw is not None and not self._filled:
            self._fill()
        self._understand()

    def _wait(self, size: int) -> None:
        if size > _LARGE:
            self.said.write([("aside", "Reading the table …")])

    def _fill(self) -> None:
        """Take what no column may hold from the question that is asked; once, for the reader may empty it."""
        self._filled = True
        asked = self.analysis.selection
        only = asked.treatments[0] if len(asked.treatments) == 1 else ""
        values = {"experimental": only, "control": asked.control, "endpoint": asked.endpoint}
        values |= {"population": asked.population}
        self._quietly(
            {self.fields[name]: value or "" for name, value in values.items() if not self.fields[name].value}
        )

    def _understand(self) -> None:
        """Map the columns: guessed, then as the reader corrected them."""
        grid = self._grid
        if grid is None:
            self.columns.forget()
        else:
            guess = guess_mapping(grid)
            known = {one.column for one in guess.columns}
            self._mapping = guess.change({name: to for name, to in self._corrected.items() if name in known})
            self.columns.write(grid, self._mapping)
        self._read()

    @property
    def _grid(self) -> Grid | None:
        """The table, where it has columns to choose for; a RevMan file has none."""
        return None if isinstance(self._opened, Reading) else self._opened

    def _read(self) -> None:
        self.told.write(())
        self.reading, self._page = None, 0
        try:
            self.reading = self._found()
        except NetmetaError as error:
            self._tell([("error", str(error))])
            return
        self._tell(self._lacking() if self.reading is None else [])

    def _found(self) -> Reading | None:
        if isinstance(self._opened, Reading):
            return self._opened
        if self._opened is None or self._lacking():
            return None
        self._wait(20 * len(self._opened.rows))
        return read_grid(self._opened, self._mapping, self.decimal.value, self._same())

    def _open_fields(self) -> list[str]:
        """Name the fields that no column holds and that may be the same in every row."""
        if self._grid is None:
            return []
        held = {one.field for one in self._mapping.columns}
        return [name for name in _ASKED if name not in held]

    def _same(self) -> dict[str, str]:
        typed = {name: str(self.fields[name].value).strip() for name in self._open_fields()}
        return {name: text for name, text in typed.items() if text}

    def _lacking(self) -> list[tuple[str, str]]:
        if self._grid is None or not self._grid.columns:
            return []
        there = {one.field for one in self._mapping.columns} | set(self._same())
        lines = []
        for name in (name for name in _NEEDED if name not in there):
            typed = " or type it for every row" if name in _ASKED else ""
            lines.append(("warning", f"Which column is “{field_words(name)}”? Choose it above{typed}."))
        return lines

    def _tell(self, lines: list[tuple[str, str]]) -> None:
        """Show what came of it: how much can be read, the first rows, and what is refused."""
        self.said.write(
            [*lines, *(outcome(self.reading, revman=self._opened is self.reading) if self.reading else [])]
        )
        self._lay_open()
        self._list_refused()
        self._count()

    def _lay_open(self) -> None:
        asked = self._open_fields()
        for name, field in self.fields.items():
            field.layout.display = "" if name in asked else "none"
        self.source.describe()
        self.decimal.layout.display = "none" if self._grid is None else ""

    def _list_refused(self) -> None:
        refused = self.reading.refused if self.reading else ()
        start, pages = self._page * _PAGE, -(-len(refused) // _PAGE)
        shown = refused[start : start + _PAGE]
        span = f", {numerals.count(start + 1)} to {numerals.count(start + len(shown))}" if pages > 1 else ""
        head = [("aside", f"Rows that cannot be read ({numerals.count(len(refused))}{span}):")] if refused else []
        self.refused.write([*head, *(("warning", refusal(one)) for one in shown)])
        self._turns.layout.display = "" if pages > 1 else "none"
        self.back.disabled, self.more.disabled = self._page == 0, self._page >= pages - 1

    def _turn(self, by: int) -> None:
        self._page = max(0, self._page + by)
        self._list_refused()

    def _fresh(self) -> tuple[list[Trial], list[Trial]]:
        """Part the rows that were read into new ones and those that the analysis holds already."""
        there = set(self.analysis.evidence.keys)
        rows = self.reading.evidence.trials if self.reading else ()
        return [row for row in rows if row.key not in there], [row for row in rows if row.key in there]

    def _count(self) -> None:
        fresh, double = self._fresh()
        self.add.description = f"Add {rows_in_words(len(fresh))}" if fresh or double else "Add rows"
        self.add.disabled = not fresh
        self.there.write(skipped(double, all_of_them=not fresh))

    def _add(self) -> None:
        fresh, double = self._fresh()
        if not fresh:
            return
        try:
            evidence = self.analysis.evidence.add(*fresh)
            self.analysis.evidence = evidence
            chosen = set(select(evidence, self.analysis.selection).evidence.keys)
        except NetmetaError as error:
            self.told.write([("error", str(error))])
            return
        answers = sum(row.key in chosen for row in fresh)
        said = [("fine", f"Added {rows_in_words(len(fresh))}; {answering(answers)}. Undo takes them out again.")]
        self.told.write([*said, *skipped(double)])

    def _heard(self, _widget: object, message: object, _buffers: object) -> None:
        """Hear the page; a choice for a table that is gone means nothing."""
        if not isinstance(message, dict) or message.get("kind") != "choose":
            return
        at, columns = message.get("at"), self._mapping.columns
        if (
            not isinstance(at, int)
            or not 0 <= at < len(columns)
            or clipped(columns[at].column) != message.get("column")
        ):
            return
        try:
            self.choose(columns[at].column, str(message.get("field", "")))
        except NetmetaError as error:
            self.told.write([("error", str(error))])

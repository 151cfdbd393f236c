"""Keep states of the analysis under names, compare them, go back to one; save and open files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from netmeta.charts.forest_layout import forest_measures, forest_signals
from netmeta.charts.frozen import frozen
from netmeta.charts.kept_rows import kept_rows
from netmeta.errors import StateError
from netmeta.state.changes import changes
from netmeta.state.difference import NOTHING
from netmeta.state.moves import HEADS, figures_of
from netmeta.widgets import controls as w
from netmeta.widgets.keeping_compared import NOW_WORDS, ComparedView
from netmeta.widgets.keeping_files import FilesView
from netmeta.widgets.livechart import LiveChart
from netmeta.widgets.textblock import TextBlock
from netmeta.widgets.texttable import TextTable
from netmeta.widgets.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netmeta.charts.forest_rows import ForestRows
    from netmeta.state import Snapshot, State

__all__ = ["KeepingView"]

_EMPTY: Final = (
    "Nothing is kept yet. Keep the analysis as it stands under a name, change it, and see here what that did to "
    "the answer."
)
_HEAD: Final = ("State", *HEADS, "Changed from the line above")
_NUMBERS: Final = (False, *(True for _head in HEADS), False)


class KeepingView(View):
    """Kept states in a plot and a table, one of them to go back to or forget, two side by side, and files."""

    watched = ("state", "snapshots")

    def build(self) -> Sequence[w.Widget]:
        """Make the name, the plot, the table, the choices and the files."""
        self.name = w.Text(description="Name", placeholder="such as: without CABINET", continuous_update=False)
        self.keep = w.Button(
            description="Keep this state", button_style="primary", tooltip="Keep it under this name"
        )
        self.keep.on_click(lambda _button: self._keep())
        self.told, self.empty = TextBlock(urgent=True), TextBlock()
        self.chart = LiveChart(frozen("forest"), *_drawn(kept_rows((), (NOW_WORDS, self.analysis.outcome))),
                               measures=forest_measures(), keys="")  # fmt: skip
        self.table = TextTable()
        self.which = w.Dropdown(description="State", tooltip="The kept state to go back to or to forget")
        self.go = w.Button(description="Go back to it", tooltip="One step for undo")
        self.go.on_click(lambda _button: self.analysis.go_to(self.which.value))
        self.drop = w.Button(description="Forget it", tooltip="The analysis stays as it is")
        self.drop.on_click(lambda _button: self.analysis.forget(self.which.value))
        self.compared, self.files = ComparedView(self.analysis), FilesView(self.analysis)
        first, second = self._bar(self.name, self.keep), self._bar(self.which, self.go, self.drop)
        self._kept = w.VBox([self.chart, self.table, second, self.compared])
        self._kept.add_class("netmeta-kept")
        return first, self.told, self.empty, self._kept, self.files

    @staticmethod
    def _bar(*controls: w.Widget) -> w.HBox:
        bar = w.HBox(controls)
        bar.add_class("netmeta-keepbar")
        return bar

    def _keep(self) -> None:
        try:
            made = self.analysis.keep(self.name.value)
        except StateError as error:
            self.told.write([("error", str(error))])
            return
        self.name.value = ""
        self.told.write([("fine", f"Kept: {made.name}.")])

    def attend(self, *, seen: bool) -> None:
        """Wake or sleep with the panel, the parts too."""
        super().attend(seen=seen)
        for part in (self.compared, self.files):
            part.attend(seen=seen)

    def show(self) -> None:
        """Draw and list what is kept, and the analysis as it stands."""
        kept: tuple[Snapshot, ...] = self.analysis.snapshots
        self.empty.write([] if kept else [("aside", _EMPTY)])
        self._kept.layout.display = "" if kept else "none"
        if not kept:
            return
        names = [one.name for one in kept]
        if list(self.which.options) != names:
            self.which.options, self.which.value = names, names[-1]
        self._draw(kept)
        states = [*((one.name, one.state) for one in kept), (NOW_WORDS, self.analysis.state)]
        self.table.write(_HEAD, _rows(states), "Kept states, in the order in which they were kept", _NUMBERS)

    def _draw(self, kept: tuple[Snapshot, ...]) -> None:
        now = self.analysis.outcome
        table = kept_rows([(one.name, one.state.outcome) for one in kept], (NOW_WORDS, now))
        said = "; ".join(f"{one.name}: HR {figures_of(one.state.outcome)[1]}" for one in kept)
        self.chart.push(*_drawn(table), label=f"Kept states. {said}. {NOW_WORDS}: HR {figures_of(now)[1]}.")


def _drawn(table: ForestRows) -> tuple[dict[str, Any], dict[str, Any]]:
    return {"rows": list(table.rows)}, forest_signals(table)


def _rows(states: list[tuple[str, State]]) -> list[list[str]]:
    """Write a line for each state: what was changed from the one above, and its main numbers."""
    rows, before = [], None
    for name, state in states:
        changed = "" if before is None else " ".join(changes(before, state)) or NOTHING
        rows.append([name, *figures_of(state.outcome), changed])
        before = state
    return rows

"""An analysis as a file of the reader's: saved from the page, and opened again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from netmeta import numerals
from netmeta.errors import StateError
from netmeta.state import read_saved
from netmeta.state.saving import UNCHECKED
from netmeta.widgets import controls as w
from netmeta.widgets.download import Download, FileMade
from netmeta.widgets.textblock import TextBlock
from netmeta.widgets.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["FilesView"]

# Jupyter servers cut the connection at a message of 10 MB.
_MOST_BYTES: Final = 8_000_000
_MEANT: Final = "Take an unchanged copy. If the change was yours, open it all the same."
_UNTOUCHED: Final = "The analysis here is as it was."


class FilesView(View):
    """Save the analysis with all that is kept; open such a file. A file that cannot be read changes nothing."""

    def build(self) -> Sequence[w.Widget]:
        """Make the two buttons, what is said of them, and the one for a file that was changed."""
        self._refused = b""
        self.save = Download(
            self._file,
            description="Save to a file",
            tooltip="Save the analysis and every kept state as a JSON file",
        )
        self.upload = w.FileUpload(accept=".json", multiple=False, description="Open a saved file")
        self.upload.observe(self.answer(lambda _change: self._chosen()), "value")
        self.anyway = w.Button(description="Open it all the same", tooltip="The change was mine")
        self.anyway.on_click(lambda _button: self.open_file(self._refused, checked=False))
        self.anyway.layout.display = "none"
        self.told = TextBlock(urgent=True)
        bar = w.HBox([self.save, self.upload, self.anyway])
        bar.add_class("netmeta-bar")
        self.add_class("netmeta-files")
        return bar, self.told

    def _file(self) -> FileMade:
        return FileMade("analysis.json", "application/json", self.analysis.to_json())

    def _chosen(self) -> None:
        if not self.upload.value:
            return
        raw = bytes(self.upload.value[0]["content"])
        # So that the same file can be chosen again.
        self.upload.value = ()
        self.open_file(raw)

    def open_file(self, raw: bytes, *, checked: bool = True) -> None:
        """Go to the state in a file, one step for undo, and keep the states in it; say why if it cannot be read."""
        self.anyway.layout.display = "none"
        try:
            _refuse_large(len(raw))
            saved = read_saved(raw, checked=checked)
        except StateError as error:
            self._refuse(error, raw)
            return
        self.analysis.open(saved)
        kept = len(saved.snapshots)
        more = (
            ""
            if not kept
            else " One kept state came with it."
            if kept == 1
            else f" {kept} kept states came with it."
        )
        self.told.write([("fine", f"The saved analysis is open; undo goes back.{more}")])

    def _refuse(self, error: StateError, raw: bytes) -> None:
        said = str(error).replace(UNCHECKED, _MEANT)
        self.told.write([("error", said), ("aside", _UNTOUCHED)])
        if error.changed:
            self._refused, self.anyway.layout.display = raw, ""


def _refuse_large(size: int) -> None:
    if size > _MOST_BYTES:
        raise StateError(
            f"The file has {numerals.count(size)} bytes; at most {numerals.count(_MOST_BYTES)} come through the "
            "page. Put it beside the notebook and open it there: nm.load_analysis('its name')."
        )

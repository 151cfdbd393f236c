"""Where a table comes from: a file that is chosen, or text that is pasted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netmeta import numerals
from netmeta.errors import TableError, clipped
from netmeta.widgets import controls as w
from netmeta.widgets.textblock import TextBlock

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["TableSource"]

# Jupyter servers cut the connection at a message of 10 MB.
_MOST_BYTES = 8_000_000
_ACCEPTED = ".csv,.tsv,.tab,.txt,.xlsx,.json,.zip,.rm5"
_WHERE = (
    "CSV, TSV, Excel (.xlsx), JSON, a RevMan data package (.zip) or .rm5, up to 8 MB. A file goes to the kernel "
    "of this notebook and nowhere else."
)


class TableSource(w.VBox):  # type: ignore[misc]
    """A file upload and a text area; ``changed`` is called when either has something else in it."""

    def __init__(self, changed: Callable[[object], None]) -> None:
        self.upload = w.FileUpload(accept=_ACCEPTED, multiple=False, description="Choose a file")
        self.text = w.Textarea(description="Or paste a table, with its header")
        self.text.placeholder = "trial\tarm\tcomparator\tHR (95% CI)"
        self.sheet = w.Text(description="Sheet", placeholder="the first", continuous_update=False)
        self.about = TextBlock()
        for control in (self.upload, self.text, self.sheet):
            control.observe(changed, "value")
        super().__init__(children=(w.HBox([self.upload, self.about]), self.text))
        self.add_class("netmeta-load")
        self.describe()

    @property
    def file(self) -> str:
        """Name of the file that is read; empty where the text is."""
        return str(self.upload.value[0]["name"]) if self.upload.value and not self.text.value.strip() else ""

    def describe(self) -> None:
        """Say what is read, or what can be."""
        said = f"Read: {clipped(self.file)}." if self.file else _WHERE
        if self.upload.value and not self.file:
            said = "The text is read. Empty it, and the file is read again."
        self.about.write([("aside", said)])
        self.sheet.layout.display = "" if self.file.lower().endswith(".xlsx") else "none"

    def raw(self) -> bytes | None:
        """Return what is to be read: the text where there is one, else the file.

        Raises
        ------
        TableError
            If the file is too large to come through the page.
        """
        if self.text.value.strip():
            return str(self.text.value).encode("utf-8", "replace")
        if not self.upload.value:
            return None
        raw = self.upload.value[0]["content"]
        if len(raw) > _MOST_BYTES:
            raise TableError(
                f"{clipped(self.file)} has {numerals.count(len(raw))} bytes; at most {numerals.count(_MOST_BYTES)} "
                "come through the page. Put it beside the notebook and read it there: nm.read_table('its name')."
            )
        return bytes(raw)

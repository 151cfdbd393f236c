"""A table of texts on screen: set as text, never as HTML."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, ClassVar

import anywidget
import traitlets as t

from netmeta.widgets.assets import script
from netmeta.widgets.spoken import Worded, in_json

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["TextTable"]


class TextTable(Worded, anywidget.AnyWidget):
    """Headings and rows of text; the first column heads its row and stays in sight while the rest scrolls."""

    _esm = t.Unicode(script("texttable.js")).tag(sync=True)
    data = t.Unicode('{"head": [], "rows": []}').tag(sync=True)
    spoken: ClassVar = {**Worded.spoken, "data": in_json()}

    def write(
        self, head: Sequence[str], rows: Sequence[Sequence[str]], caption: str = "", numbers: Sequence[bool] = ()
    ) -> None:
        """Show a table in place of what stands there; nothing without rows.

        Parameters
        ----------
        head, rows
            Texts, as many in each row as there are headings.
        caption
            What the table shows, for those who hear it too.
        numbers
            Which columns hold numbers.
        """
        self.data = json.dumps({"head": head, "rows": rows, "caption": caption, "numbers": list(numbers)})

    @property
    def rows(self) -> list[list[str]]:
        """The rows that stand there."""
        return list(json.loads(self.data)["rows"])

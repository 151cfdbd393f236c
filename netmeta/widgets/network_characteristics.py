"""Whether the trials of a network are alike, live: what is known of each comparison's trials, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netmeta.errors import NetmetaError
from netmeta.network import transitivity
from netmeta.widgets.network_figure import network_of
from netmeta.widgets.textblock import TextBlock
from netmeta.widgets.texttable import TextTable
from netmeta.widgets.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netmeta.widgets import controls as w

__all__ = ["NetworkCharacteristicsView"]


class NetworkCharacteristicsView(View):
    """The transitivity table: comparisons as rows, characteristics of their trials as columns."""

    def build(self) -> Sequence[w.Widget]:
        """Make the sentence and the table."""
        self.said, self.table = TextBlock(), TextTable()
        return (self.said, self.table)

    def show(self) -> None:
        """Lay the characteristics side by side."""
        try:
            found = transitivity(network_of(self.analysis))
        except NetmetaError as error:
            self.said.write([("aside", str(error))])
            self.table.write((), ())
            return
        self.said.write([("caution", " ".join(found.findings()))])
        head = ("Comparison", "Trials", *found.characteristics)
        rows = [(row.comparison, ", ".join(row.trials), *row.values) for row in found.rows]
        self.table.write(head, rows, "Characteristics of the trials of each comparison")

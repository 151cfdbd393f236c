"""Ranks, live: never without the intervals, with the chance of every rank, and with what the reader changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from netmeta.charts.frozen import frozen
from netmeta.charts.matrix_rows import matrix_signals
from netmeta.charts.rank_rows import rank_lines, rank_signals
from netmeta.charts.rankogram_rows import rankogram_rows
from netmeta.network import Ranking, rank
from netmeta.widgets.livechart import LiveChart
from netmeta.widgets.network_figure import NetworkFigure
from netmeta.widgets.network_forest import set_reference
from netmeta.widgets.network_readings import reading_table, readings, readings_in_words
from netmeta.widgets.textblock import TextBlock
from netmeta.widgets.texttable import TextTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netmeta.network import NetworkResult
    from netmeta.widgets import controls as w
    from netmeta.widgets.figure import Drawn

__all__ = ["NetworkRanksView"]


class NetworkRanksView(NetworkFigure[Ranking]):
    """The rank plot, the rankogram, and how the ranking moves with the reader."""

    figure = "rank"
    guide = "Arrow keys move between treatments, Enter compares the others with one."

    def build(self) -> Sequence[w.Widget]:
        """Make the charts, the sentence and the table under them."""
        above = super().build()
        empty = rankogram_rows(None)
        self.rankogram = LiveChart(frozen("matrix"), {"rows": list(empty.rows)}, matrix_signals(empty))
        self.reader, self.table = TextBlock(), TextTable()
        return (*above, self.rankogram, self.reader, self.table)

    def judge(self, result: NetworkResult) -> Ranking:
        """Rank the treatments."""
        return rank(result)

    def drawn(self, found: Ranking | None) -> Drawn:
        """Place the lines."""
        table = rank_lines(found)
        return {"rows": list(table.rows)}, rank_signals(table)

    def draw(self, found: Ranking) -> None:
        """Draw the ranks, and the same network by each reader."""
        super().draw(found)
        table = rankogram_rows(found)
        said = f"Chance of each rank. {self.words(found)}"
        self.rankogram.push({"rows": list(table.rows)}, matrix_signals(table), label=said)
        read = readings(self.analysis.state)
        self.reader.write([("caution", line) for line in filter(None, [readings_in_words(read)])])
        self.table.write(*reading_table(read), "The same network by each reader: place, P-score and HR")

    def tell(self, reason: str) -> None:
        """Put the reason why there is none on the page."""
        super().tell(reason)
        empty = rankogram_rows(None)
        self.rankogram.push({"rows": list(empty.rows)}, matrix_signals(empty), label=reason)
        self.reader.write(())
        self.table.write((), ())

    def pick(self, name: str) -> None:
        """Compare the others with the treatment that is clicked."""
        set_reference(self.analysis, name)

    def choices(self, rows: list[dict[str, Any]]) -> tuple[dict[str, str], ...]:
        """Name the lines, each once."""
        named = {row["id"]: row["tip"] for row in rows if row.get("id") and row.get("tip")}
        return tuple({"id": one, "label": tip} for one, tip in named.items())

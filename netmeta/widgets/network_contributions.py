"""Which trials feed a number, live: the matrix of all estimates against the reference, and the bars of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from netmeta.charts.contribution_bars import bar_signals, contribution_bars
from netmeta.charts.contribution_rows import contribution_rows
from netmeta.charts.frozen import frozen
from netmeta.charts.matrix_rows import matrix_signals
from netmeta.network import NetworkContributions, network_contributions
from netmeta.widgets import controls as w
from netmeta.widgets.livechart import LiveChart
from netmeta.widgets.network_figure import NetworkFigure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netmeta.network import NetworkResult
    from netmeta.widgets.figure import Drawn

__all__ = ["NetworkContributionView"]


class NetworkContributionView(NetworkFigure[NetworkContributions]):
    """Bars of the trials that feed one estimate, over the shares of direct comparisons in all of them."""

    figure = "contribution_bars"

    def build(self) -> Sequence[w.Widget]:
        """Make the charts."""
        above = super().build()
        empty = contribution_rows(None)
        self.matrix = LiveChart(frozen("matrix"), {"rows": list(empty.rows)}, matrix_signals(empty))
        return (*above, self.matrix)

    def controls(self) -> Sequence[w.Widget]:
        """Make the choice of the estimate."""
        self.one, self.other = (
            w.Dropdown(options=[], description=name, layout={"width": "auto"})
            for name in ("Estimate of", "against")
        )
        for control in (self.one, self.other):
            control.style.description_width = "initial"
            control.observe(self.answer(lambda _change: self.refresh()), "value")
        bar = w.HBox([self.one, self.other])
        bar.add_class("netmeta-switches")
        return (bar,)

    def judge(self, result: NetworkResult) -> NetworkContributions:
        """Share every estimate among its trials."""
        best = next(name for name in result.ranking if name != result.reference)
        for control, usual in ((self.one, best), (self.other, result.reference)):
            before = control.value
            if tuple(control.options) != result.treatments:
                control.options = result.treatments
                control.value = before if before in result.treatments else usual
        if self.one.value == self.other.value:
            self.one.value = next(name for name in result.ranking if name != self.other.value)
        return network_contributions(result)

    def drawn(self, found: NetworkContributions | None) -> Drawn:
        """Place the bars."""
        table = contribution_bars(found, (self.one.value, self.other.value) if found else ("", ""))
        return {"rows": list(table.rows)}, bar_signals(table)

    def draw(self, found: NetworkContributions) -> None:
        """Draw the bars, and the matrix under them."""
        super().draw(found)
        table = contribution_rows(found)
        self.matrix.push({"rows": list(table.rows)}, matrix_signals(table), label=str(found).partition("\n")[0])

    def tell(self, reason: str) -> None:
        """Put the reason why there is none on the page."""
        super().tell(reason)
        empty = contribution_rows(None)
        self.matrix.push({"rows": list(empty.rows)}, matrix_signals(empty), label=reason)

    def words(self, found: NetworkContributions) -> str:
        """Say which trials feed the estimate."""
        return f"{self.one.value} against {self.other.value}. {found.in_words(self.one.value, self.other.value)}"

    def choices(self, rows: list[dict[str, Any]]) -> tuple[dict[str, str], ...]:
        """Name the bars."""
        named = (row for row in rows if row.get("id"))
        return tuple({"id": row["id"], "label": row.get("tip", row["label"])} for row in named)

"""The trials behind one simulated interval, as a forest plot."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from netmeta import numerals
from netmeta.charts.forest_layout import forest_measures, forest_signals
from netmeta.charts.forest_rows import forest_rows
from netmeta.charts.frozen import frozen
from netmeta.pooling import pool, simulate
from netmeta.pooling.coverage_words import LABELS
from netmeta.pooling.coverages import METHODS
from netmeta.widgets import controls as w
from netmeta.widgets.livechart import LiveChart
from netmeta.widgets.textblock import TextBlock

if TYPE_CHECKING:
    from netmeta.pooling import Coverage

__all__ = ["SimulatedForest"]


class SimulatedForest(w.VBox):  # type: ignore[misc]
    """Nothing until `show`: a sentence, and the forest plot of one simulated meta-analysis."""

    def __init__(self) -> None:
        self.said = TextBlock()
        self.chart: LiveChart | None = None
        super().__init__(children=(self.said,))

    def show(self, found: Coverage, number: int, method: str) -> None:
        """Draw meta-analysis number ``number`` as a method pools it."""
        trials = simulate(found.scenario, seed=found.seed, number=number)
        result = pool(trials, replace(METHODS[method], level=found.scenario.level))
        table = forest_rows(tuple(trials), result, level=found.scenario.level)
        count, label = numerals.count(number), LABELS[method]
        said = f"The trials of simulated meta-analysis {count}, pooled by: {label}."
        self.said.write([("aside", said)])
        drawn: tuple[dict[str, Any], dict[str, Any]] = {"rows": list(table.rows)}, forest_signals(table)
        if self.chart is None:
            self.chart = LiveChart(frozen("forest"), *drawn, measures=forest_measures(), label=said)
            self.children = (self.said, self.chart)
        else:
            self.chart.push(*drawn, label=said)
            self.chart.layout.display = ""

    def hide(self) -> None:
        """Show nothing again."""
        self.said.write(())
        if self.chart is not None:
            self.chart.layout.display = "none"

    def close(self) -> None:
        """Close what was drawn."""
        for child in self.children:
            child.close()
        super().close()

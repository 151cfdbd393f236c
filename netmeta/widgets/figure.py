"""A sentence over a chart: what the small views of one analysis have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from netmeta.charts.frozen import frozen
from netmeta.errors import NetmetaError
from netmeta.widgets.livechart import LINKED_KEYS, LiveChart
from netmeta.widgets.textblock import TextBlock
from netmeta.widgets.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netmeta.widgets import controls as w

__all__ = ["Drawn", "FigureView"]

T = TypeVar("T")
Drawn = tuple[dict[str, Any], dict[str, Any]]


class FigureView(View, Generic[T]):
    """A finding in words over its chart; where it cannot be had, the reason stands in its place.

    A subclass names the specification (``figure``) and what keys do (``guide``), computes (`find`), draws (`drawn`)
    and says (`words`).
    """

    figure = ""
    guide = LINKED_KEYS
    measures: dict[str, Any] | None = None

    def build(self) -> Sequence[w.Widget]:
        """Make the sentence and the chart."""
        self.said = TextBlock()
        chart = LiveChart(frozen(self.figure), *self.drawn(None), measures=self.measures, keys=self.guide)
        self.chart = self.linked(chart)
        return (*self.controls(), self.said, self.chart)

    def controls(self) -> Sequence[w.Widget]:
        """Make what stands above the sentence."""
        return ()

    def find(self) -> T:
        """Compute what is shown, or raise `NetmetaError`."""
        raise NotImplementedError

    def drawn(self, found: T | None) -> Drawn:
        """Return rows and signals; those of an empty chart for ``None``."""
        raise NotImplementedError

    def words(self, found: T) -> str:
        """Say the main finding."""
        raise NotImplementedError

    def choices(self, rows: list[dict[str, Any]]) -> tuple[dict[str, str], ...]:
        """Name the marks that can be picked by keyboard, from the rows that are drawn."""
        raise NotImplementedError

    def show(self) -> None:
        """Compute and draw."""
        try:
            found = self.find()
        except NetmetaError as error:
            self.tell(str(error))
        else:
            self.draw(found)

    def draw(self, found: T) -> None:
        """Put a finding on the page."""
        said, (tables, signals) = self.words(found), self.drawn(found)
        self.said.write([("aside", said)])
        self.chart.push(tables, signals, label=said, choices=self.choices(tables["rows"]))

    def tell(self, reason: str) -> None:
        """Put the reason why there is none on the page, and no numbers."""
        self.said.write([("aside", reason)])
        self.chart.push(*self.drawn(None), label=reason)

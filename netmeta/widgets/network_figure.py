"""What the views of a network share: the network of the moment, or the reason why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from netmeta.errors import NetworkError
from netmeta.network.judged import Judged
from netmeta.state import Problem
from netmeta.widgets.figure import FigureView

if TYPE_CHECKING:
    from netmeta.network import NetworkResult
    from netmeta.widgets.analysis import Analysis

__all__ = ["NetworkFigure", "network_of", "tip_choices"]

T = TypeVar("T", bound="Judged | NetworkResult")


def network_of(analysis: Analysis) -> NetworkResult:
    """Return the network of an analysis, or raise what is the matter."""
    found = analysis.network_outcome
    if isinstance(found, Problem):
        raise NetworkError(found.message)
    return found


def tip_choices(rows: list[dict[str, Any]]) -> tuple[dict[str, str], ...]:
    """Name the marks that can be picked by keyboard: the rows with an id, by their tooltip."""
    named = (row for row in rows if row.get("id") and row.get("tip"))
    return tuple({"id": row["id"], "label": row["tip"]} for row in named)


class NetworkFigure(FigureView[T]):
    """A finding about the network in words over its chart; a subclass computes it (`judge`)."""

    def find(self) -> T:
        """Judge the network of the moment."""
        return self.judge(network_of(self.analysis))

    def judge(self, result: NetworkResult) -> T:
        """Compute what is shown, or raise `NetmetaError`."""
        raise NotImplementedError

    def words(self, found: T) -> str:
        """Say the main findings; the assumptions stand above all views."""
        return " ".join(found.findings() if isinstance(found, Judged) else found._lines())  # noqa: SLF001

    def choices(self, rows: list[dict[str, Any]]) -> tuple[dict[str, str], ...]:
        """Name the marks by their tooltips."""
        return tip_choices(rows)

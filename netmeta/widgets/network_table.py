"""The trials of the network as an accessible table: a tick puts a trial in, a button unfolds its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netmeta.network.asking import NetworkAnswer, rows_of
from netmeta.widgets.table import TrialTable

if TYPE_CHECKING:
    from netmeta.evidence import Evidence, LeftOut

__all__ = ["NetworkTrialTable"]


class NetworkTrialTable(TrialTable):
    """Trials of any treatment against any control, then those that stand outside of the network with the reason."""

    verb = "in the network"

    def _rows(self) -> Evidence:
        return self.analysis.network_selected

    def _included(self) -> set[str]:
        found = self.analysis.network_answer
        apart = {out.trial.key for out in found.apart} if isinstance(found, NetworkAnswer) else set()
        return set(self._rows().keys) - self.analysis.excluded - apart

    def _left_out(self) -> tuple[LeftOut, ...]:
        found = self.analysis.network_answer
        apart = found.apart if isinstance(found, NetworkAnswer) else ()
        return (*apart, *rows_of(self.analysis.evidence, self.analysis.selection).left_out)

"""What all judgements of a network print: what was found, and then what was assumed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netmeta.network.assumptions import assumptions_in_words
from netmeta.showing import Tabled

if TYPE_CHECKING:
    from netmeta.network.result import NetworkResult

__all__ = ["Judged"]


class Judged(Tabled):
    """A judgement of a network. A subclass says `findings`, and `_network` where its field is not ``result``."""

    __slots__ = ()

    def findings(self) -> tuple[str, ...]:
        """Say what was found, a sentence or two each."""
        raise NotImplementedError

    def _network(self) -> NetworkResult:
        found: NetworkResult = getattr(self, "result")  # noqa: B009
        return found

    def _lines(self) -> tuple[str, ...]:
        assumed = assumptions_in_words(self._network().assumptions)
        return (*self.findings(), *filter(None, [assumed]))

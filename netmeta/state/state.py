"""Everything that a reader can change as one value, and what follows from it: nothing here knows a widget."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from netmeta.errors import NetmetaError
from netmeta.evidence import Evidence, select
from netmeta.network.asking import NetworkAnswer, NetworkQuestion, answer, rows_of
from netmeta.pooling import Model, PooledResult, RandomEffects, pool
from netmeta.pooling.baseline_trials import default_baseline

if TYPE_CHECKING:
    from netmeta.evidence import LeftOut, Selection, Trial
    from netmeta.network.result import NetworkResult
    from netmeta.pooling.baseline import Baseline

__all__ = ["Problem", "State"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Why there is no result, as a sentence that says what to do."""

    message: str


@dataclass(frozen=True, slots=True)
class State:
    """Everything that a reader can change, as one value: undo is a list of these.

    Parameters
    ----------
    evidence
        All trials at hand.
    selection
        The question asked of them.
    excluded
        Keys of the trials that the reader took out.
    model
        How to pool.
    network
        What is asked of the network of all treatments.
    baseline
        The control arm's risk that the reader assumes; ``None`` for the one that the trials suggest.
    """

    evidence: Evidence
    selection: Selection
    excluded: frozenset[str] = frozenset()
    model: Model = RandomEffects()  # noqa: RUF009
    network: NetworkQuestion = NetworkQuestion()  # noqa: RUF009
    baseline: Baseline | None = None

    @property
    def selected(self) -> Evidence:
        """The row of each trial that answers the question, taken out or not."""
        return select(self.evidence, self.selection).evidence

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """Trials that bear on the question and cannot answer it, with the reason."""
        return select(self.evidence, self.selection).left_out

    @property
    def at_hand(self) -> Evidence:
        """All rows but those of trials taken out: another reader's row of such a trial is out as well."""
        out = {_who(trial) for trial in self.selected if trial.key in self.excluded}
        return Evidence(tuple(trial for trial in self.evidence if _who(trial) not in out))

    @property
    def included(self) -> Evidence:
        """The rows that are pooled."""
        return self._kept(self.selected)

    @property
    def outcome(self) -> PooledResult | Problem:
        """The pooled result, or why there is none."""
        try:
            return pool(self.included, self.model)
        except NetmetaError as error:
            return Problem(str(error))

    @property
    def network_selected(self) -> Evidence:
        """The row of each trial for the network: the question's, of any treatment against any control."""
        return rows_of(self.evidence, self.selection).evidence

    @property
    def network_included(self) -> Evidence:
        """Those of them that the reader did not take out."""
        return self._kept(self.network_selected)

    @property
    def network_answer(self) -> NetworkAnswer | Problem:
        """The network with what stands beside it, or why there is none; computed when asked for."""
        try:
            return answer(self.network_included, self.network)
        except NetmetaError as error:
            return Problem(str(error))

    @property
    def network_outcome(self) -> NetworkResult | Problem:
        """The network meta-analysis, or why there is none."""
        found = self.network_answer
        return found if isinstance(found, Problem) else found.result

    @property
    def baseline_in_use(self) -> Baseline | None:
        """The reader's baseline, or the one that the pooled trials suggest; ``None`` where they print none."""
        return self.baseline or default_baseline(self.included)

    def _kept(self, rows: Evidence) -> Evidence:
        return Evidence(tuple(trial for trial in rows if trial.key not in self.excluded))


def _who(trial: Trial) -> tuple[str, ...]:
    return trial.study, trial.cohort, trial.subgroup, trial.experimental, trial.control

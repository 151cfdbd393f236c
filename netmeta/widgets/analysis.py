"""The one observable state that every view shows and changes."""

from __future__ import annotations

from dataclasses import replace
from types import NoneType
from typing import TYPE_CHECKING, Any

import traitlets as t

from netmeta.errors import EntryError, SelectionError, hint
from netmeta.evidence import Evidence, Selection, Trial, load_trials
from netmeta.evidence.selection import opening
from netmeta.network.asking import NetworkAnswer, NetworkQuestion
from netmeta.pooling import CommonEffect, Model, PooledResult, RandomEffects
from netmeta.pooling.baseline import Baseline
from netmeta.state import Problem, State
from netmeta.widgets.keeping_states import KeepsStates
from netmeta.widgets.turns import in_turn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from netmeta.evidence import LeftOut
    from netmeta.network.result import NetworkResult

__all__ = ["Analysis"]


_KINDS: dict[str, tuple[type, ...]] = {
    "evidence": (Evidence,),
    "selection": (Selection,),
    "excluded": (frozenset,),
    "model": (RandomEffects, CommonEffect),
    "network": (NetworkQuestion,),
    "baseline": (Baseline, NoneType),
}


class Analysis(KeepsStates):
    """Evidence, the question, what is taken out and the model; and the outcome that follows from them.

    Parameters
    ----------
    evidence
        Trials; the bundled ones by default.
    selection
        The question; by default the one that most trials answer.
    model
        `RandomEffects` by default.

    Notes
    -----
    Set ``evidence``, ``selection``, ``excluded``, ``model``, ``network`` or ``baseline`` (a new value each time),
    or several with `change`. Observe ``state``; ``outcome`` is computed before its observers run, and is a
    `PooledResult` or a `Problem`, never a stale number. The network is computed when somebody asks for it.
    `keep` and `go_to` keep states under names, `save` writes everything to a file, and `to_python` and `to_r` write
    scripts that repeat the analysis.
    """

    picked = t.Unicode(help="Key of the trial that is marked in every view; empty for none. No step for undo.")
    outcome = t.Union([t.Instance(PooledResult), t.Instance(Problem)], read_only=True)
    can_undo = t.Bool(False, read_only=True)
    can_redo = t.Bool(False, read_only=True)

    def __init__(
        self, evidence: Evidence | None = None, selection: Selection | None = None, model: Model | None = None
    ) -> None:
        found = load_trials() if evidence is None else evidence
        _check("evidence", found)
        start = State(found, selection or opening(found), frozenset(), model or RandomEffects())
        self._start, self._past, self._future = start, [], []  # type: ignore[var-annotated]
        super().__init__(state=start)

    @t.observe("state")
    def _recompute(self, _change: object) -> None:
        self.set_trait("outcome", self.state.outcome)
        if self.picked and self.picked_trial is None:
            self.let_go()
        self.set_trait("can_undo", bool(self._past))
        self.set_trait("can_redo", bool(self._future))

    @property
    def evidence(self) -> Evidence:
        """All trials at hand."""
        return self.state.evidence

    @evidence.setter
    def evidence(self, value: Evidence) -> None:
        self.change(evidence=value)

    @property
    def selection(self) -> Selection:
        """The question."""
        return self.state.selection

    @selection.setter
    def selection(self, value: Selection) -> None:
        self.change(selection=value)

    @property
    def excluded(self) -> frozenset[str]:
        """Keys of the trials taken out."""
        return self.state.excluded

    @excluded.setter
    def excluded(self, value: frozenset[str]) -> None:
        self.change(excluded=value)

    @property
    def model(self) -> Model:
        """How to pool."""
        return self.state.model

    @model.setter
    def model(self, value: Model) -> None:
        self.change(model=value)

    @property
    def network(self) -> NetworkQuestion:
        """What is asked of the network."""
        return self.state.network

    @network.setter
    def network(self, value: NetworkQuestion) -> None:
        self.change(network=value)

    @property
    def baseline(self) -> Baseline | None:
        """The control arm's risk that the reader assumes; ``None`` for the one that the trials suggest."""
        return self.state.baseline

    @baseline.setter
    def baseline(self, value: Baseline | None) -> None:
        self.change(baseline=value)

    @property
    def baseline_in_use(self) -> Baseline | None:
        """The reader's baseline, or the one that the pooled trials suggest; ``None`` where they print none."""
        return self.state.baseline_in_use

    @property
    def network_selected(self) -> Evidence:
        """The row of each trial for the network: the question's, of any treatment against any control."""
        return self.state.network_selected

    @property
    def network_included(self) -> Evidence:
        """Those of them that the reader did not take out."""
        return self.state.network_included

    @property
    def network_answer(self) -> NetworkAnswer | Problem:
        """The network of the moment with what stands beside it, or why there is none; computed when asked for."""
        return self.state.network_answer

    @property
    def network_outcome(self) -> NetworkResult | Problem:
        """The network meta-analysis of the moment, or why there is none."""
        return self.state.network_outcome

    @property
    def selected(self) -> Evidence:
        """The row of each trial that answers the question, taken out or not."""
        return self.state.selected

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """Trials that bear on the question and cannot answer it, with the reason."""
        return self.state.left_out

    @property
    def included(self) -> Evidence:
        """The rows that are pooled."""
        return self.state.included

    @in_turn
    def change(self, **changes: Any) -> None:  # noqa: ANN401
        """Change several parts of the state at once: one step for undo, one recomputation."""
        for name, value in changes.items():
            _check(name, value)
        self._go(replace(self.state, **changes))

    @property
    def picked_trial(self) -> Trial | None:
        """The trial that is picked, or ``None``."""
        return next((trial for trial in self._at_hand() if trial.key == self.picked), None)

    @in_turn
    def toggle(self, name: str) -> None:
        """Take the trial of this key or label, of the question or of its network, out or back in."""
        self.excluded = self.excluded ^ {self._row(name).key}

    @in_turn
    def pick(self, name: str) -> None:
        """Pick the trial of this key or label in every view; the picked one is let go."""
        key = self._row(name).key
        self.picked = "" if key == self.picked else key

    def let_go(self) -> None:
        """Pick no trial."""
        self.picked = ""

    def _at_hand(self) -> Iterator[Trial]:
        """Give the trials of the question, then those that only its network has."""
        yield from self.selected
        yield from self.network_selected

    def _row(self, name: str) -> Trial:
        row = next((trial for trial in self._at_hand() if name in (trial.key, trial.label)), None)
        if row is None:
            labels = (trial.label for trial in self._at_hand())
            raise SelectionError(f"{name!r} does not answer the question now.{hint(name, labels)}")
        return row

    @in_turn
    def add(self, trial: Trial) -> None:
        """Add a trial; a question that it cannot answer stays as it is."""
        self.evidence = self.evidence.add(trial)

    def to_html(self, path: str | Path | None = None) -> str:
        """Return the analysis as one self-contained page, and write it to a file, if one is named.

        See Also
        --------
        netmeta.html_page : the same of a state.
        """
        from netmeta.document.writing import html_page

        return html_page(self.state, path)

    def report(self, path: str | Path, *, language: str | None = None) -> Path:
        """Write everything about the analysis to a ``.html``, ``.docx`` or ``.pdf`` file: see `netmeta.report`."""
        from netmeta.document.writing import report

        return report(self.state, path, language=language)

    @in_turn
    def undo(self) -> None:
        """Go back to the state before the last change."""
        if self._past:
            self._future.append(self.state)
            self._show(self._past.pop())

    @in_turn
    def redo(self) -> None:
        """Do again what was undone."""
        if self._future:
            self._past.append(self.state)
            self._show(self._future.pop())

    def reset(self) -> None:
        """Go back to the state of the beginning; undo brings this one back."""
        self._go(self._start)

    @in_turn
    def _go(self, state: State) -> None:
        if state == self.state:
            return
        self._past.append(self.state)
        self._future.clear()
        self._show(state)

    def _show(self, state: State) -> None:
        self.state = state


def _check(name: str, value: object) -> None:
    if name not in _KINDS:
        raise SelectionError(f"An analysis has no {name!r}.{hint(name, _KINDS)}")
    if not isinstance(value, _KINDS[name]):
        wanted = " or ".join(kind.__name__.replace("NoneType", "None") for kind in _KINDS[name])
        raise EntryError(f"{name} is {type(value).__name__}; give {wanted}.")

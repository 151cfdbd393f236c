"""What an analysis keeps: states under names, a file of itself, and code that repeats it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import traitlets as t

from netmeta.errors import StateError, hint, shown
from netmeta.report.saving import save
from netmeta.state import Snapshot, State, read_saved, state_to_json
from netmeta.state.saving import LARGEST
from netmeta.widgets.turns import in_turn

if TYPE_CHECKING:
    from os import PathLike
    from typing import Self

    from netmeta.state import Saved

__all__ = ["KeepsStates", "load_analysis"]


class KeepsStates(t.HasTraits):
    """The part of an `Analysis` that keeps states: ``snapshots`` has them, in the order in which they were kept."""

    state = t.Instance(State)
    snapshots: Any = t.Tuple(help="The states that were kept, each a Snapshot. Keeping one is no step for undo.")

    if TYPE_CHECKING:
        _start: State

        def _go(self, state: State) -> None: ...

    @in_turn
    def keep(self, name: str = "") -> Snapshot:
        """Keep the state as it stands under a name, and return it.

        Parameters
        ----------
        name
            What to call it, one that no kept state has; ``State 1``, ``State 2``, ... where nothing is given.

        Raises
        ------
        StateError
            For a name that is taken or too long.
        """
        made = Snapshot(name or self.next_name, self.state)
        if made.name in self._names():
            raise StateError(
                f"A state is kept under the name {shown(made.name)} already: forget it, or choose another."
            )
        self.snapshots = (*self.snapshots, made)
        return made

    @property
    def next_name(self) -> str:
        """The name that `keep` gives where none is given."""
        return next(
            name for at in range(1, len(self.snapshots) + 2) if (name := f"State {at}") not in self._names()
        )

    def snapshot(self, name: str) -> Snapshot:
        """Return the state that is kept under a name, or raise `StateError`."""
        kept: tuple[Snapshot, ...] = self.snapshots
        found = next((one for one in kept if one.name == name), None)
        if found is None:
            raise StateError(f"No state is kept under the name {shown(name)}.{hint(str(name), self._names())}")
        return found

    def go_to(self, name: str) -> None:
        """Go back to the state that is kept under a name: one step for undo."""
        self._go(self.snapshot(name).state)

    @in_turn
    def forget(self, name: str) -> None:
        """Keep the state of this name no longer; the analysis stays as it is."""
        gone = self.snapshot(name)
        self.snapshots = tuple(one for one in self.snapshots if one is not gone)

    def _names(self) -> tuple[str, ...]:
        return tuple(one.name for one in self.snapshots)

    @in_turn
    def open(self, saved: Saved) -> None:
        """Go to the state of a file, one step for undo, and keep the states that it holds beside one's own.

        A kept state whose name is taken by another one gets ``(file)`` after its name.
        """
        self._go(saved.state)
        for one in saved.snapshots:
            if not self._holds(one):
                self.snapshots = (*self.snapshots, Snapshot(self._free(one.name), one.state))

    def _holds(self, other: Snapshot) -> bool:
        kept = (one.name for one in self.snapshots if one.state == other.state)
        return any(name == other.name or name.startswith(f"{other.name} (file") for name in kept)

    def _free(self, name: str) -> str:
        taken = self._names()
        endings = ("", " (file)", *(f" (file {at})" for at in range(2, len(taken) + 3)))
        return next(made for end in endings if (made := f"{name[: 80 - len(end)]}{end}") not in taken)

    def to_json(self) -> str:
        """Return the analysis, with all evidence and every kept state, as one JSON text.

        See `netmeta.state.state_to_json`; what undo goes back to is not in it.
        """
        return state_to_json(self.state, self.snapshots)

    def save(self, path: str | PathLike[str]) -> None:
        """Write the analysis to a file, which `netmeta.load_analysis` reads.

        Raises
        ------
        StateError
            If the file cannot be written.
        """
        save(self.to_json(), path, error=StateError)

    @classmethod
    def from_json(cls, text: str | bytes, *, checked: bool = True) -> Self:
        """Return the analysis that a JSON text of `to_json` holds; see `netmeta.state.read_saved` for errors."""
        saved = read_saved(text, checked=checked)
        found = cls(saved.state.evidence, saved.state.selection, saved.state.model)
        found._start = found.state = saved.state
        found.snapshots = saved.snapshots
        return found

    def to_python(self, path: str | PathLike[str] | None = None) -> str:
        """Return a Python script, data included, that repeats the analysis; write it to ``path``, if given.

        The script needs netmeta alone. It ends with ``result`` and ``network``, ``None`` where there is none.

        Raises
        ------
        StateError
            If the file cannot be written.
        """
        from netmeta.report.code import to_python

        return save(to_python(self.state), path, error=StateError)

    def to_r(self, path: str | PathLike[str] | None = None) -> str:
        """Return an R script, data included, that repeats it with metafor; write it to ``path``, if given.

        The script prints its numbers as lines ``name<TAB>value`` at the end.

        Raises
        ------
        StateError
            If the file cannot be written.
        """
        from netmeta.report.code import to_r

        return save(to_r(self.state), path, error=StateError)


def load_analysis(source: str | bytes | PathLike[str], *, checked: bool = True) -> Any:  # noqa: ANN401
    """Return an analysis that was saved.

    Parameters
    ----------
    source
        A file's path, or what such a file holds: text that begins with ``{``.
    checked
        Whether a file that was changed after it was saved is refused; see `netmeta.state.read_saved`.

    Returns
    -------
    Analysis
        As it stood, with the states that were kept; nothing to undo.

    Raises
    ------
    StateError
        For a file that cannot be read, and for anything that is no saved analysis.

    Examples
    --------
    >>> import netmeta as nm
    >>> analysis = nm.load_analysis(nm.Analysis().to_json())
    >>> analysis.outcome.k
    9
    """
    from netmeta.widgets.analysis import Analysis

    text = isinstance(source, str) and source.lstrip("\ufeff \t\r\n").startswith("{")
    if isinstance(source, bytes) or (isinstance(source, str) and text):
        return Analysis.from_json(source, checked=checked)
    return Analysis.from_json(_content(Path(source)), checked=checked)


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise StateError(
                f"{shown(str(path))} has {path.stat().st_size / 1e6:.0f} MB; no saved analysis is so large."
            )
        return path.read_bytes()
    except (OSError, ValueError) as error:
        if isinstance(error, StateError):
            raise
        why = getattr(error, "strerror", None) or error
        raise StateError(f"{shown(str(path))} cannot be read: {why}.") from None

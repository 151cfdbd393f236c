"""A state that was kept under a name, and all that a file of an analysis holds."""

from __future__ import annotations

from dataclasses import dataclass

from netmeta.errors import StateError, shown
from netmeta.state.state import State

__all__ = ["LONGEST_NAME", "Saved", "Snapshot", "checked_name"]

LONGEST_NAME = 80
"""Characters that the name of a kept state may have: it heads rows of tables and plots."""


def checked_name(given: object) -> str:
    """Return the name of a kept state without blanks around it, or raise saying what a name is."""
    if not isinstance(given, str):
        raise StateError(f"The name of a kept state is a text, not {shown(given)}.")
    name = " ".join(given.split())
    if not name:
        raise StateError("The name is empty: give the state a name, such as 'without CABINET'.")
    if len(name) > LONGEST_NAME:
        raise StateError(f"The name has {len(name)} characters; give one of at most {LONGEST_NAME}.")
    return name


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A state of an analysis under a name.

    Parameters
    ----------
    name
        What the reader calls it; blanks around it are taken off.
    state
        The state, whole: evidence, question, trials taken out, model.

    Raises
    ------
    StateError
        For an empty name, and for one that is longer than `LONGEST_NAME`.
    """

    name: str
    state: State

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", checked_name(self.name))
        if not isinstance(self.state, State):
            raise StateError(f"A snapshot keeps a State, not a {type(self.state).__name__}: take analysis.state.")


@dataclass(frozen=True, slots=True)
class Saved:
    """What a file of an analysis holds.

    Parameters
    ----------
    state
        The analysis as it stood.
    snapshots
        The states that were kept, in the order in which they were.

    Raises
    ------
    StateError
        For two snapshots of one name.
    """

    state: State
    snapshots: tuple[Snapshot, ...] = ()

    def __post_init__(self) -> None:
        names = [one.name for one in self.snapshots]
        twice = next((name for at, name in enumerate(names) if name in names[:at]), None)
        if twice is not None:
            raise StateError(f"Two states are kept under the name {shown(twice)}: give each a name of its own.")

"""What a report is made from: a state, or anything that has one."""

from __future__ import annotations

from netmeta.errors import EntryError, shown
from netmeta.state import State

__all__ = ["state_of"]


def state_of(given: object) -> State:
    """Return the state of an analysis, or the state itself.

    Parameters
    ----------
    given
        A `netmeta.state.State`, or what has one as ``state``: an `Analysis` or a `Workbench`'s.

    Raises
    ------
    EntryError
        For anything else.
    """
    found = given if isinstance(given, State) else getattr(given, "state", None)
    if not isinstance(found, State):
        raise EntryError(f"A report is made from an Analysis or its state; got {shown(given)}. Try nm.Analysis().")
    return found

"""What a report is made from: a state, or anything that has one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from netmeta.errors import EntryError, shown
from netmeta.state import Problem, State

if TYPE_CHECKING:
    from netmeta.network.asking import NetworkAnswer

__all__ = ["BAYESIAN", "OMISSIONS", "TESTS", "network_of", "state_of"]

OMISSIONS: Final = 3
"""From so many trials on, each is left out in turn."""

BAYESIAN: Final = 4
"""Up to so many trials, a Bayesian analysis stands beside the pooled result."""

TESTS: Final = 10
"""From so many trials on, small-study effects are tested (Sterne 2011)."""

_LEAST: Final = 3


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


def network_of(state: State) -> NetworkAnswer | Problem:
    """Return the network where a report has something to say of it: it answers, and has 3 treatments or more."""
    found = state.network_answer
    if isinstance(found, Problem) or len(found.result.treatments) >= _LEAST:
        return found
    return Problem("A network of two treatments is a pool: see the forest plot.")

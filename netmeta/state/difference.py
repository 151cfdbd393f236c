"""Two states held against each other: what was changed, and how the result moved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from netmeta.errors import StateError
from netmeta.pooling import PooledResult
from netmeta.showing import Shown, Table
from netmeta.state.changes import changes
from netmeta.state.moves import moved, side_by_side
from netmeta.state.state import State

if TYPE_CHECKING:
    from netmeta.state.state import Problem

__all__ = ["NOTHING", "Differences", "differences"]

NOTHING = "Nothing was changed."
_BRIEF = 2


@dataclass(frozen=True, slots=True, repr=False)
class Differences(Shown):
    """What tells two states of an analysis from each other; ``str`` says it.

    Parameters
    ----------
    changes
        What has to be changed in the first to get the second, a sentence each.
    first, second
        The pooled result of each, or why there is none.
    """

    changes: tuple[str, ...]
    first: PooledResult | Problem
    second: PooledResult | Problem

    @property
    def ratio(self) -> float | None:
        """Pooled HR of the second over that of the first (HR scale); ``None`` where one of them has none."""
        if not isinstance(self.first, PooledResult) or not isinstance(self.second, PooledResult):
            return None
        return self.second.hr / self.first.hr

    @property
    def moved(self) -> str:
        """How the pooled hazard ratio moves, as a sentence."""
        return moved(self.first, self.second)

    @property
    def rows(self) -> tuple[tuple[str, str, str, str], ...]:
        """Texts side by side: what is compared, its value in the first, in the second, and the change."""
        return side_by_side(self.first, self.second)

    def _lines(self) -> tuple[str, ...]:
        return (*(self.changes or (NOTHING,)), self.moved)

    def _brief(self) -> tuple[str, ...]:
        return self.changes[:_BRIEF] or (NOTHING,)

    def _table(self) -> Table:
        return Table(("", "First", "Second", "Change"), self.rows, len(self.rows))


def differences(first: object, second: object) -> Differences:
    """Say what was changed between two states of an analysis, and how the pooled result moved.

    Parameters
    ----------
    first, second
        Each a `State`, or what has one: an `Analysis`, a `Snapshot`.

    Returns
    -------
    Differences
        ``print`` says it; ``changes`` has the sentences, ``ratio`` the ratio of the pooled hazard ratios.

    Raises
    ------
    StateError
        For anything else.

    Examples
    --------
    >>> import netmeta as nm
    >>> analysis = nm.Analysis()
    >>> all_of_them = analysis.keep("all")
    >>> analysis.toggle("CABINET pNET")
    >>> nm.differences(all_of_them, analysis).changes
    ('Taken out: CABINET pNET.',)
    """
    one, other = _state_of(first), _state_of(second)
    return Differences(changes(one, other), one.outcome, other.outcome)


def _state_of(given: object) -> State:
    found = given if isinstance(given, State) else getattr(given, "state", None)
    if not isinstance(found, State):
        raise StateError(
            f"differences() compares states of an analysis; got {type(given).__name__}. Give an Analysis."
        )
    return found

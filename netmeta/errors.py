"""What can go wrong, as types: every message names the value and says what to do."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = [
    "DisconnectedError",
    "EntryError",
    "MultiArmError",
    "NetmetaError",
    "NetworkError",
    "PoolingError",
    "ReportError",
    "SelectionError",
    "StateError",
    "TableError",
    "clipped",
    "hint",
    "shown",
]


class NetmetaError(ValueError):
    """Anything that netmeta refuses; the message is written for the reader.

    Parameters
    ----------
    message
        What is wrong, with the number, and what to do.
    brief
        What is wrong in a few words, for a place in a plot; empty where no plot has one.
    """

    def __init__(self, message: str = "", *, brief: str = "") -> None:
        super().__init__(message)
        self.brief = brief


class EntryError(NetmetaError):
    """A number or a name, as entered, that cannot be right.

    Parameters
    ----------
    message, brief
        As in `NetmetaError`.
    mend
        The fields that were probably meant otherwise, with their values; empty where nothing is suggested.
    """

    def __init__(self, message: str = "", *, brief: str = "", mend: Mapping[str, object] | None = None) -> None:
        super().__init__(message, brief=brief)
        self.mend: dict[str, object] = dict(mend or {})


class SelectionError(NetmetaError):
    """A field, a value or a trial that the evidence does not have."""


class StateError(NetmetaError):
    """A saved analysis that cannot be read, or a kept state that is not there.

    Parameters
    ----------
    message
        What is wrong, and what to do.
    changed
        Whether nothing else is wrong than that the file was changed after it was saved.
    """

    def __init__(self, message: str = "", *, changed: bool = False) -> None:
        super().__init__(message)
        self.changed = changed


class TableError(NetmetaError):
    """A table that cannot be read as evidence."""


class ReportError(NetmetaError):
    """A report that cannot be made or written: another kind of file, a missing program, a path that is closed."""


class PoolingError(NetmetaError):
    """Evidence that cannot be pooled, or a model that does not exist."""


class NetworkError(PoolingError):
    """Trials that make no network of treatments, or a question that the network cannot answer."""


class DisconnectedError(NetworkError):
    """A network that falls into parts: nothing compares a treatment of one with a treatment of another.

    Parameters
    ----------
    message
        The parts, and what would join them.
    parts
        The treatments of each part, the largest part first.
    merges
        Assumptions that would join two parts, as values for ``compare(assumptions=...)``.
    """

    def __init__(
        self, message: str = "", *, parts: tuple[tuple[str, ...], ...] = (), merges: tuple[object, ...] = ()
    ) -> None:
        super().__init__(message)
        self.parts, self.merges = parts, merges


class MultiArmError(NetworkError):
    """A study of three arms or more whose rows lack one, or cannot all be right.

    Parameters
    ----------
    message
        What is wrong, with the numbers.
    proposal
        Log HRs that agree with each other, by the key of the row, nearest to those given; empty without any.
    """

    def __init__(self, message: str = "", *, proposal: Mapping[str, float] | None = None) -> None:
        super().__init__(message)
        self.proposal: dict[str, float] = dict(proposal or {})


_LONGEST, _MANY = 80, 20


def shown(value: object) -> str:
    """Write a value for a message: its repr, cut where it is longer than a line holds."""
    return clipped(repr(value))


def clipped(value: object) -> str:
    """Put the text of a value on one line, and cut it where it is longer than a message holds."""
    said = " ".join(str(value).split())
    return said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1]}…"


def hint(name: str, choices: Iterable[str]) -> str:
    """Say which of ``choices`` was probably meant by ``name``, as the end of an error message.

    Parameters
    ----------
    name
        What was asked for.
    choices
        What there is.

    Returns
    -------
    str
        ``" Did you mean 'PFS'?"`` or, with nothing close, ``" Choose from: 'OS', 'PFS'."``.
    """
    known = list(dict.fromkeys(choices))
    folded = {choice.casefold(): choice for choice in reversed(known)}
    close = get_close_matches(name.casefold(), list(folded), n=1, cutoff=0.6)
    if close:
        return f" Did you mean {shown(folded[close[0]])}?"
    first = ", ".join(shown(choice) for choice in sorted(known)[:_MANY])
    more = f" and {len(known) - _MANY} more" if len(known) > _MANY else ""
    return f" Choose from: {first}{more}." if known else ""

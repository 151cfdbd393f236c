"""What can go wrong, as types: every message names the value and says what to do."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["EntryError", "NetmetaError", "PoolingError", "SelectionError", "TableError", "hint"]


class NetmetaError(ValueError):
    """Anything that netmeta refuses; the message is written for the reader."""


class EntryError(NetmetaError):
    """A number or a name, as entered, that cannot be right."""


class SelectionError(NetmetaError):
    """A field, a value or a trial that the evidence does not have."""


class TableError(NetmetaError):
    """A table that cannot be read as evidence."""


class PoolingError(NetmetaError):
    """Evidence that cannot be pooled, or a model that does not exist."""


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
        return f" Did you mean {folded[close[0]]!r}?"
    shown = ", ".join(repr(choice) for choice in sorted(known)[:20])
    more = f" and {len(known) - 20} more" if len(known) > 20 else ""  # noqa: PLR2004
    return f" Choose from: {shown}{more}." if known else ""

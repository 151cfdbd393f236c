"""Writing what was made to a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from netmeta.errors import TableError, shown

if TYPE_CHECKING:
    from os import PathLike

    from netmeta.errors import NetmetaError

__all__ = ["save"]

Made = TypeVar("Made", str, bytes)


def save(
    made: Made,
    path: str | PathLike[str] | None,
    encoding: str = "utf-8",
    error: type[NetmetaError] = TableError,
) -> Made:
    """Write a text or bytes to a file, if one is named, and return them; raise ``error`` if that cannot be."""
    if path is None:
        return made
    try:
        Path(path).write_bytes(made.encode(encoding) if isinstance(made, str) else made)
    except (OSError, ValueError) as problem:
        why = getattr(problem, "strerror", None) or problem
        raise error(f"{shown(str(path))} cannot be written: {why}.") from None
    return made

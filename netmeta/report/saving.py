"""Writing what was made to a file."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from netmeta.errors import TableError, shown

__all__ = ["save"]

Made = TypeVar("Made", str, bytes)


def save(made: Made, path: str | Path | None, encoding: str = "utf-8") -> Made:
    """Write a text or bytes to a file, if one is named, and return them.

    Raises
    ------
    TableError
        If the file cannot be written.
    """
    if path is None:
        return made
    try:
        Path(path).write_bytes(made.encode(encoding) if isinstance(made, str) else made)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise TableError(f"{shown(str(path))} cannot be written: {why}.") from None
    return made

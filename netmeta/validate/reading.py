"""Reference values: CSV files that R wrote, in the installed package or in a checkout."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from netmeta.errors import TableError

if TYPE_CHECKING:
    from netmeta.validate.quantity import Line

__all__ = ["arrays", "lines", "versions"]


@lru_cache(maxsize=64)
def lines(topic: str, name: str) -> tuple[Line, ...]:
    """Return the rows of a reference table.

    Parameters
    ----------
    topic
        Its folder, as ``"metafor"``.
    name
        Its file without the ending, as ``"fits"``.

    Raises
    ------
    TableError
        Where the reference values are missing.
    """
    with (_folder() / topic / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@lru_cache(maxsize=64)
def arrays(topic: str, data: str) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return effects and variances, each of length k, of a data set of a topic."""
    found = [line for line in lines(topic, "data") if line["data"] == data]
    return tuple(float(line["yi"]) for line in found), tuple(float(line["vi"]) for line in found)


def versions() -> str:
    """Say what wrote the reference values: ``R 4.2.2, metafor 3.8.1, metadat 1.2.0``."""
    return ", ".join(f"{line['program']} {line['version']}" for line in lines("metafor", "versions"))


def _folder() -> Path:
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "reference", package.parent / "tests" / "fixtures"):
        if (folder / "metafor" / "fits.csv").is_file():
            return folder
    raise TableError(
        "The reference values are missing; install netmeta again: pip install --force-reinstall netmeta"
    )

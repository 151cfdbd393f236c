"""Reference values: CSV files that R wrote, in the installed package or in a checkout."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from netmeta.errors import TableError
from netmeta.evidence import Evidence, Trial

if TYPE_CHECKING:
    from netmeta.validate.quantity import Line

__all__ = ["arrays", "evidence", "lines", "versions"]


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


def evidence(topic: str, data: str, first: int | None = None, variance: str = "vi") -> Evidence:
    """Return a data set of a topic as evidence, or its first trials, with sizes and events where they are known.

    Parameters
    ----------
    topic, data
        Folder, and name of the data set.
    first
        How many trials; all where ``None``.
    variance
        The column that has the variances.
    """
    found = [line for line in lines(topic, "data") if line["data"] == data]
    return Evidence(tuple(_trial(at, line, variance) for at, line in enumerate(found[:first], start=1)))


def versions() -> str:
    """Say what wrote the reference values: ``R 4.2.2, metafor 3.8.1, metadat 1.2.0, R's netmeta 3.4.0``."""
    own = [f"{line['program']} {line['version']}" for line in lines("metafor", "versions")]
    others = lines("network", "netmeta_versions")
    return ", ".join(own + [f"R's netmeta {line['version']}" for line in others if line["program"] == "netmeta"])


def _trial(at: int, line: Line, variance: str) -> Trial:
    n, events = (int(float(line[name])) if line.get(name) else None for name in ("ni", "events"))
    return Trial(
        study=f"{at} {line['label']}",
        experimental="a",
        control="b",
        log_hr=float(line["yi"]),
        se=float(line[variance]) ** 0.5,
        n_experimental=None if n is None else n // 2,
        n_control=None if n is None else n - n // 2,
        events_total=events,
    )


def _folder() -> Path:
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "reference", package.parent / "tests" / "fixtures"):
        if (folder / "metafor" / "fits.csv").is_file():
            return folder
    raise TableError(
        "The reference values are missing; install netmeta again: pip install --force-reinstall netmeta"
    )

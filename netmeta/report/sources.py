"""The papers behind the methods and the programs, by key: only what is well known and was looked up."""

from __future__ import annotations

from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from netmeta.report.source import Source

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["SOURCES"]

_OTHERS: Final = (
    Source(
        key="hedges1985",
        title="Statistical methods for meta-analysis",
        authors=("Hedges LV", "Olkin I"),
        journal="Academic Press",
        year=1985,
        kind="book",
    ),
    Source(
        key="hunter1990",
        title="Methods of meta-analysis: correcting error and bias in research findings",
        authors=("Hunter JE", "Schmidt FL"),
        journal="Sage",
        year=1990,
        kind="book",
    ),
    Source(
        key="pymare",
        title="PyMARE: Python Meta-Analysis and Regression Engine",
        url="https://github.com/neurostuff/PyMARE",
        kind="misc",
    ),
)


def _paper(line: str) -> Source:
    key, authors, title, journal, year, volume, number, pages, doi = line.split("|")
    return Source(
        key=key, title=title, authors=tuple(authors.split(", ")), journal=journal, year=int(year),
        volume=volume, number=number, pages=pages, doi=doi,
    )  # fmt: skip


def _lines() -> list[str]:
    text = files("netmeta.report").joinpath("sources.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


SOURCES: Final[Mapping[str, Source]] = MappingProxyType(
    {source.key: source for source in (*map(_paper, _lines()), *_OTHERS)}
)
"""Every method's source by key."""

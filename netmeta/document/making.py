"""Reports and archives in slices, so that a notebook stays awake while they are made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netmeta.document.archive import archived
from netmeta.document.drawing import pdf, png, svg
from netmeta.document.pictures import ALL, figure_of
from netmeta.document.writing import made
from netmeta.language import language, speaking

if TYPE_CHECKING:
    from collections.abc import Callable

    from netmeta.document.blocks import Figure
    from netmeta.pooling import Steps
    from netmeta.state import State

__all__ = ["archive_steps", "report_steps"]

_DRAWN: dict[str, Callable[[Figure], object]] = {".html": svg, ".docx": png, ".pdf": pdf, ".zip": png}


def report_steps(state: State, kind: str) -> Steps[bytes]:
    """Make a report (``".html"``, ``".docx"``, ``".pdf"``) as bytes, saying now and then which fraction is done."""
    yield from _draw(state, kind)
    return made(state, kind)


def archive_steps(state: State) -> Steps[bytes]:
    """Make an archive as bytes, saying now and then which fraction is done."""
    yield from _draw(state, ".zip")
    return archived(state)


def _draw(state: State, kind: str) -> Steps[None]:
    """Draw every figure one by one: what makes the file finds them drawn."""
    spoken = language()
    for at, picture in enumerate(ALL):
        with speaking(spoken):
            figure = figure_of(state, picture)
            if figure is not None:
                _DRAWN[kind](figure)
        yield 0.9 * (at + 1) / len(ALL)

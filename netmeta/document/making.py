"""Reports and archives in slices, so that a notebook stays awake while they are made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netmeta.document.archive import archived
from netmeta.document.drawing import pdf, png, svg
from netmeta.document.pictures import ALL, MAIN, figure_of, results_pictures
from netmeta.document.writing import made
from netmeta.language import language, speaking

if TYPE_CHECKING:
    from collections.abc import Callable

    from netmeta.document.blocks import Figure
    from netmeta.document.pictures import Picture
    from netmeta.pooling import Steps
    from netmeta.state import State

__all__ = ["archive_steps", "report_steps"]

_DRAWN: dict[str, Callable[[Figure], object]] = {".html": svg, ".docx": png, ".pdf": pdf}


def report_steps(state: State, kind: str) -> Steps[bytes]:
    """Make a report (``".html"``, ``".docx"``, ``".pdf"``) as bytes, saying now and then which fraction is done."""
    shown = (picture for pictures in results_pictures(state).values() for picture in pictures)
    yield from _draw(state, (*MAIN, *shown), (_DRAWN[kind],))
    return made(state, kind)


def archive_steps(state: State) -> Steps[bytes]:
    """Make an archive as bytes, saying now and then which fraction is done."""
    yield from _draw(state, ALL, (png, pdf))
    return archived(state)


def _draw(state: State, pictures: tuple[Picture, ...], ways: tuple[Callable[[Figure], object], ...]) -> Steps[None]:
    """Draw figures one by one: what makes the file finds them drawn."""
    spoken = language()
    for at, picture in enumerate(pictures):
        with speaking(spoken):
            figure = figure_of(state, picture)
            if figure is not None:
                for draw in ways:
                    draw(figure)
        yield 0.9 * (at + 1) / len(pictures)

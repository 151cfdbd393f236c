"""Texts broken into lines that fit a width: names of treatments are often longer than their room."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Final

from netmeta.charts.theme import SIZE, text_width
from netmeta.language import translate

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["block_width", "blocks", "lettered", "notes_of", "pair_name", "wrapped"]

_ELLIPSIS: Final = "…"
_WIDE: Final = 0x2E80
_NOTE: Final = 860
_NARROW: Final = 640


def wrapped(text: str, width: float, size: float = SIZE, most: int = 2) -> tuple[str, ...]:
    """Break a text into lines.

    Parameters
    ----------
    text
        Any text; white space of every kind separates words.
    width
        Room for a line, in pixels, as `text_width` estimates it.
    size
        Size of the type.
    most
        How many lines there may be; what is left after them ends in an ellipsis.

    Returns
    -------
    tuple of str
        At least one line. A word that is too long for a line is broken.
    """
    lines: list[str] = []
    rest = " ".join(translate(text).split())
    while rest and len(lines) < most:
        line, rest = _first(rest, width, size)
        lines.append(line)
    if rest:
        lines[-1] = _cut(f"{lines[-1]}{_ELLIPSIS}", width, size)
    return tuple(lines) or ("",)


def lettered(text: str, most: int, lines: int | None = None) -> list[str]:
    """Break a text, in the reader's language, into lines of at most so many letters; a Chinese sign counts as two.

    Parameters
    ----------
    text
        Any text.
    most
        Letters to a line; a word is given up to 30% more room than be broken.
    lines
        How many lines there may be; what is left after them ends in an ellipsis. By default as many as it takes.
    """
    said = translate(text)
    wide = sum(ord(char) > _WIDE for char in said)
    room = max(2, round(most * len(said) / (len(said) + wide))) if said else most
    longest = max(map(len, said.split()), default=0)
    if room < longest <= 1.3 * room:
        room = longest
    return wrap(said, room, max_lines=lines, placeholder=f" {_ELLIPSIS}", break_on_hyphens=False)


def blocks(texts: Sequence[str], width: float, size: float = SIZE, most: int = 3) -> list[tuple[str, ...]]:
    """Break texts into as few lines as all of them fit in; a word is given up to 30% more room than be broken."""
    longest = max((text_width(word, size) for text in texts for word in text.split()), default=0.0)
    room = max(width, min(longest + 1, 1.3 * width))
    return [wrapped(text, room, size, _fewest(texts, room, size, most)) for text in texts]


def _fewest(texts: Sequence[str], width: float, size: float, most: int) -> int:
    needed = (len(wrapped(text, width, size, most + 1)) for text in texts)
    return min(most, max(needed, default=1))


def _first(text: str, width: float, size: float) -> tuple[str, str]:
    """Take off the line that fits: whole words, or a part of a word that is longer than a line."""
    words = text.split(" ")
    taken = next((at for at in range(len(words), 0, -1) if text_width(" ".join(words[:at]), size) <= width), 0)
    if taken:
        return " ".join(words[:taken]), " ".join(words[taken:])
    length = next((at for at in range(len(words[0]), 1, -1) if text_width(text[:at], size) <= width), 1)
    return text[:length], text[length:].lstrip()


def _cut(line: str, width: float, size: float) -> str:
    """Shorten a line that ends in an ellipsis until it fits."""
    while len(line) > 1 and text_width(line, size) > width:
        line = f"{line[:-2].rstrip()}{_ELLIPSIS}"
    return line


def block_width(lines: tuple[str, ...], size: float = SIZE) -> float:
    """Estimate the width of some lines, in pixels."""
    return max((text_width(line, size) for line in lines), default=0.0)


def notes_of(notes: tuple[str, ...], width: float) -> tuple[str, ...]:
    """Break the notes under a plot into lines; an empty note is none."""
    room = min(width, _NOTE)
    return tuple(line for note in notes if note for line in wrapped(note, room, SIZE - 1, 9))


def pair_name(names: Sequence[str], between: str, space: int) -> str:
    """Join names of treatments; one that would hide the others is cut, the more on a narrow page."""
    most = 26 if space < _NARROW else 40
    return between.join(name if len(name) <= most else f"{name[: most - 1].rstrip()}{_ELLIPSIS}" for name in names)

"""One text of the catalogue that has values in it: what it looks like filled, and the same in another language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["END", "Template", "places", "template", "unescaped"]

END: Final = re.compile(r"(?<=[.!?])\s+")
"""Where a sentence ends and another begins."""

_PLACE: Final = re.compile(r"\{\{|\}\}|\{(\w+)\}")
_LETTERS: Final = re.compile(r"[A-Za-z]")
_WHOLE: Final = re.compile(r"(?<![A-Za-z\0])[A-Za-z]{2,}(?![A-Za-z\0])")
_CODE: Final = re.compile(r"['\"`]$|\w\.$")
_LAST: Final = re.compile(r"[A-Za-z]: \{(\w+)\}\.?$")
_FEW: Final = 4
_VALUE, _MEMBER = ".", "(?:(?![,:;.] ).)"
"""What a place takes in: where a text has few letters of its own, no more than one member of a list."""


@dataclass(frozen=True)
class Template:
    """A text with places for values, and its translation with the same places.

    Parameters
    ----------
    text, translation
        Values stand in braces, by name.
    source
        Regular expression of the filled text; a group for each place, by name. Compiled when first tried.
    words
        Words outside of values: a filled text has them all.
    letters, signs
        Letters, and characters, outside of values: the more there are, the surer is a match.
    ends
        How many sentences end within it.
    verbatim
        Places whose values stay as they are: those in quotation marks, and names after a dot.
    last
        The place after a colon that ends the text: what is not understood there stays as it is. Empty for none.
    """

    text: str
    translation: str
    source: str
    words: frozenset[str]
    letters: int
    signs: int
    ends: int
    verbatim: frozenset[str]
    last: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The regular expression, compiled."""
        return re.compile(self.source, re.DOTALL)

    def filled(self, values: Mapping[str, str]) -> str:
        """Put values into the translation."""
        return _PLACE.sub(lambda place: values.get(place[1], "") if place[1] else place[0][0], self.translation)


def template(text: str, translation: str) -> Template:
    """Make a template of an entry of the catalogue."""
    parts, literals, verbatim, at = [], [], set(), 0
    sure = len(_LETTERS.findall(_PLACE.sub("", text))) >= _FEW
    for place in _PLACE.finditer(text):
        literals.append(text[at : place.start()] + ("" if place[1] else place[0][0]))
        parts.append(re.escape(literals[-1]))
        if place[1]:
            parts.append(f"(?P<{place[1]}>{_VALUE if sure else _MEMBER}*?)")
            verbatim |= (
                {place[1]} if literals[-1].endswith(("'", '"', "`")) or re.search(r"\w\.$", literals[-1]) else set()
            )
        at = place.end()
    literals.append(text[at:])
    parts.append(re.escape(literals[-1]))
    bare = "\0".join(literals)
    return Template(
        text=text,
        translation=translation,
        source="".join(parts),
        words=frozenset(_WHOLE.findall(bare)),
        letters=len(_LETTERS.findall(bare)),
        signs=sum(map(len, literals)),
        ends=len(END.findall(text.replace("{", "X"))),
        verbatim=frozenset(verbatim),
        last=last[1] if (last := _LAST.search(text)) else "",
    )


def unescaped(text: str) -> str:
    """Return a text without places as it looks to a reader."""
    return _PLACE.sub(lambda place: place[0] if place[1] else place[0][0], text)


def places(text: str) -> tuple[str, ...]:
    """Return the names of the places of a text."""
    return tuple(place[1] for place in _PLACE.finditer(text) if place[1])

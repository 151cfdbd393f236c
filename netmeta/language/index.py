"""Templates by their words: only those that a text may be a filling of are tried on it."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from netmeta.language.template import places

if TYPE_CHECKING:
    from collections.abc import Iterable

    from netmeta.language.template import Template

__all__ = ["Index"]

_WORD: Final = re.compile(r"[A-Za-z]{2,}")


class Index:
    """Templates, each kept under its rarest word.

    Parameters
    ----------
    templates
        In any order; those with more letters of their own are tried first.
    """

    def __init__(self, templates: Iterable[Template]) -> None:
        made = sorted(templates, key=lambda one: (-one.letters, -one.signs, len(places(one.text))))
        common = Counter(word for one in made for word in one.words)
        self._rank = {id(one): at for at, one in enumerate(made)}
        self._by_word: dict[str, list[Template]] = {}
        self._wordless: list[Template] = []
        self.ends = max((one.ends for one in made), default=0)
        for one in made:
            rarest = min(one.words, key=lambda word: (common[word], word), default=None)
            kept = self._wordless if rarest is None else self._by_word.setdefault(rarest, [])
            kept.append(one)

    def candidates(self, text: str, ends: int) -> list[Template]:
        """Return the templates that a text of so many sentences may be a filling of, the surest first."""
        words = set(_WORD.findall(text))
        found = [one for word in words for one in self._by_word.get(word, ()) if one.words <= words]
        return sorted(
            (one for one in (*found, *self._wordless) if one.ends == ends), key=lambda one: self._rank[id(one)]
        )

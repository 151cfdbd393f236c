"""Looks for ideas in a learner's own words: tolerant of spelling, blind to grammar, and never a verdict."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from importlib.resources import files
from typing import Final

from netmeta.errors import EntryError, hint

__all__ = ["Concept", "names"]

_CLOSE: Final = 0.84
_STEM, _LONG = 4, 5


@dataclass(frozen=True, slots=True)
class Concept:
    """An idea that a good explanation may name.

    Parameters
    ----------
    key
        Its name in ``concepts.json``, where the words for it stand, in English and in Chinese.
    said
        The idea in a few words, as feedback names it.

    Raises
    ------
    EntryError
        For a key that is not there.
    """

    key: str
    said: str

    def __post_init__(self) -> None:
        if self.key not in _words():
            raise EntryError(f"There is no concept {self.key!r}.{hint(self.key, _words())}")


def names(text: str, concept: Concept) -> bool:
    """Say whether a text has some word for a concept: the word itself, its stem, or a spelling near to it."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    tokens = re.findall(r"[^\W_]+", plain)
    return any(_has(plain, tokens, phrase) for phrase in _words()[concept.key])


def _has(plain: str, tokens: list[str], phrase: str) -> bool:
    if not phrase.isascii():
        return phrase in plain
    wanted = phrase.split()
    starts = range(len(tokens) - len(wanted) + 1)
    return any(all(map(_alike, tokens[at : at + len(wanted)], wanted)) for at in starts)


def _alike(token: str, wanted: str) -> bool:
    if token == wanted or (len(wanted) >= _STEM and token.startswith(wanted)):
        return True
    if min(len(token), len(wanted)) < _LONG or token[0] != wanted[0]:
        return False
    # Two letters that changed places are no other word; one letter that did, as in change and chance, may be.
    return sorted(token[: len(wanted)]) == sorted(wanted) or SequenceMatcher(None, token, wanted).ratio() >= _CLOSE


@lru_cache(maxsize=1)
def _words() -> dict[str, list[str]]:
    text = files("netmeta.teaching").joinpath("concepts.json").read_text(encoding="utf-8")
    found: dict[str, list[str]] = json.loads(text)
    return found

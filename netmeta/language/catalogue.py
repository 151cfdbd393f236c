"""Texts of the code in another language: found by their wording, with the values in them found again.

The code speaks English, and what it says has names and numbers in it. A text on its way to the page is looked for
as it is; else among the templates of the catalogue, whose places may hold texts that are translated in turn; else
it is taken apart into sentences and members of a list. What is still unknown stays as it is: a name, or data.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from netmeta.language.index import Index
from netmeta.language.po import Entry, read
from netmeta.language.template import END, places, template, unescaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from netmeta.language.template import Template

__all__ = ["CJK", "NOTHING", "Catalogue", "catalogue", "page"]

NOTHING: Final = "∅"
"""The translation of a piece of grammar that the other language does without."""

CJK: Final = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
_WORD: Final = re.compile(r"[A-Za-z]{2,}")
_LOWER: Final = re.compile(r"(?<![-\w])(?:[a-z]{2,}|[A-Z][a-z]+)\b")
_LEAD: Final = re.compile(r"[\s▸▾•✓·–]*")
_MEMBERS: Final = re.compile(r"; |, | and | or |: | \(|\)")
_LEVELS: Final = tuple(map(re.compile, (r"(; )", r"(: )", r"(, )", r"( · | : | – | vs )", r"( and | or )", r"(/)")))
_BRACKETS: Final = re.compile(r"(.*?)( \(|\()(.*)(\))(.*)")
_JOINTS: Final = {"; ": "；", ", ": "、", " and ": "和", " or ": "或", ": ": "：", " (": "（", ")": "）"}
_FIGURE: Final = re.compile(r"[=%]|\d\.\d")
_GRAMMAR: Final = re.compile(
    r"\b(?:is|are|was|were|the|of|a|an|in|to|from|and|or|not|with|by|as|for|it|at|on|that)\b|[.;] "
)
_QUOTED: Final = re.compile(r"""'[^']*'|"[^"]*"|“[^”]*”""")
_TIGHT: Final = re.compile(r"(?<=[。，；：、（）“”])[ \t]+|[ \t]+(?=[。，；：、（）”])")
_STOP: Final = re.compile(r"(?<=[。！？])\s*(?=.)")
_LED: Final = re.compile(r"((?:\{\w+\})+ )(?=[A-Z])")
_DEPTH: Final = 7
_SURE: Final = 12
_NAME: Final = 4
_BARE, _LIST = 4, 5
"""Letters of a text that is hardly one ("to", "of"), and what members of a list count as."""
_MOST: Final = 20_000


@dataclass(frozen=True, slots=True)
class _Said:
    """A text in the other language, and how many words of it were not understood."""

    text: str
    cost: int


class Catalogue:
    """All texts of one language.

    Parameters
    ----------
    entries
        Texts and translations; those without a translation are left out.

    Attributes
    ----------
    missed
        Texts of which a part was not understood, with what was made of them: names, data, or a gap.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        told = [line for entry in entries if entry.translation for line in _lines(entry)]
        plain = (one for one in told if not _open(one.text))
        self._plain = {
            unescaped(one.text).strip(): unescaped(one.translation).replace(NOTHING, "") for one in plain
        }
        self._index = Index(template(one.text.strip(), one.translation.strip()) for one in told if _open(one.text))
        self._ends = max(self._index.ends, max((len(END.findall(text)) for text in self._plain), default=0))
        self.missed: dict[str, str] = {}
        self._said = lru_cache(maxsize=16_384)(self._find)

    def translate(self, text: str) -> str:
        """Return a text in this language; white space at its ends stays."""
        if not _WORD.search(text) or _is_turned(text):
            return text
        if "\n" in text:
            return "\n".join(map(self.translate, text.split("\n")))
        bare = text[_LEAD.match(text).end() :].strip()  # type: ignore[union-attr]
        said = self._said(bare, 0)
        if said.cost and len(self.missed) < _MOST:
            self.missed[bare] = said.text
        return said.text if bare == text else text.replace(bare, said.text, 1)

    def _find(self, text: str, depth: int) -> _Said:
        """Go from sentence to sentence, and take as many at once as the catalogue has in one text."""
        sentences = END.split(text)
        at, said = 0, []
        while at < len(sentences):
            many = min(self._ends + 1, len(sentences) - at)
            step, found = next(
                (size, one)
                for size in range(many, 0, -1)
                if (one := self._run(" ".join(sentences[at : at + size]), size - 1, depth)) is not None
            )
            said.append(found)
            at += step
        whole = "".join(map(_spaced, (one.text for one in said))).strip()
        return _tight(_Said(whole, sum(one.cost for one in said)))

    def _run(self, text: str, ends: int, depth: int) -> _Said | None:
        """Translate sentences that are one text of the catalogue; a single sentence comes back in any case."""
        if ends == 0:
            return self._sentence(text, depth)
        whole = self._whole(text)
        found = self._by_template(text, ends, depth) if whole is None else _Said(whole, 0)
        return found if found is not None and not found.cost else None

    def _sentence(self, text: str, depth: int) -> _Said:
        if not _WORD.search(text) or (text[0] in "'\"" and text[-1] == text[0]):
            return _Said(text, 0)
        if (plain := self._whole(text)) is not None:
            return _Said(plain, 0)
        best = self._by_template(text, 0, depth)
        if (best is None or best.cost) and depth <= _DEPTH:
            others = (best, self._by_members(text, depth), self._stopped(text, depth))
            best = min(filter(None, others), key=lambda one: one.cost, default=None)
        if best is not None and (best.cost < _words(text) or not best.cost):
            return best
        return _Said(text, _words(text))

    def _stopped(self, text: str, depth: int) -> _Said | None:
        """Translate a text that was made a sentence by a full stop alone."""
        bare = text[:-1].strip()
        said = self._sentence(bare, depth + 1) if text.endswith(".") and bare else None
        return _Said(f"{said.text}。", said.cost) if said and said.text != text[:-1] else None

    def _whole(self, text: str) -> str | None:
        """Return the translation of a text without values; a colon after it may be the sentence's around it."""
        if text in self._plain:
            return self._plain[text]
        return f"{self._plain[text[:-1]]}：" if text.endswith(":") and text[:-1] in self._plain else None

    def _by_template(self, text: str, ends: int, depth: int) -> _Said | None:
        if depth > _DEPTH:
            return None
        best: _Said | None = None
        for one in self._index.candidates(text, ends):
            if (said := self._filled(one, text, depth)) is None:
                continue
            if best is None or said.cost < best.cost:
                best = said
            if not said.cost:
                break
        return best

    def _filled(self, one: Template, text: str, depth: int) -> _Said | None:
        if (match := one.pattern.fullmatch(text)) is None:
            return None
        values, found = match.groupdict(), {}
        if one.text.endswith("}") and values[next(reversed(values))].endswith("."):
            return None
        for name, value in values.items():
            found[name] = _Said(value, 0) if name in one.verbatim else self._inner(value, depth)
            if found[name].cost and not _like_name(value, one.letters):
                if name != one.last:
                    return None
                found[name] = _Said(value, _words(value))
        cost = sum(said.cost for said in found.values())
        return _Said(one.filled({name: said.text for name, said in found.items()}), cost)

    def _inner(self, value: str, depth: int) -> _Said:
        bare = value.strip()
        said = self._said(bare, depth + 1) if bare else _Said("", 0)
        return said if bare == value else _Said(value.replace(bare, said.text, 1) if bare else value, said.cost)

    def _by_members(self, text: str, depth: int) -> _Said | None:
        parts = _parts(text)
        if len(parts) == 1:
            return None
        said = [self._inner(part, depth) if at % 2 == 0 else _Said(part, 0) for at, part in enumerate(parts)]
        strange = any(one.cost and not _like_name(part, _LIST) for one, part in zip(said, parts, strict=True))
        if strange and parts[1] != "; ":
            return None
        turned = any(one.text != part for one, part in zip(said, parts, strict=True))
        joints = _JOINTS if turned or _is_list(parts) else {}
        if joints and _FIGURE.search(text):
            joints = {**joints, ", ": "，"}
        return _Said("".join(joints.get(one.text, one.text) for one in said), sum(one.cost for one in said))


def _tight(said: _Said) -> _Said:
    """Leave out the spaces beside full-width signs."""
    if not CJK.search(said.text):
        return said
    return _Said(_TIGHT.sub("", said.text).replace("：：", "："), said.cost)


def _parts(text: str) -> list[str]:
    """Take a text apart at its strongest joints outside of brackets, else at the brackets; joints at odd places."""
    inside = [0]
    for char in text:
        inside.append(inside[-1] + (char == "(") - (char == ")"))
    for level in _LEVELS:
        parts, at = [], 0
        for joint in level.finditer(text):
            if inside[joint.start()] == 0:
                parts += [text[at : joint.start()], joint[0]]
                at = joint.end()
        if parts:
            return [*parts, text[at:]]
    found = _BRACKETS.fullmatch(text)
    return [text] if found is None else list(found.groups())


def _is_turned(text: str) -> bool:
    """Say whether a text is Chinese already; a reader's own Chinese words in an English sentence are not enough."""
    own = _QUOTED.sub("", text)
    return len(CJK.findall(own)) > len(_WORD.findall(own))


def _is_list(parts: list[str]) -> bool:
    """Say whether members are a list of names: ``A, B and C``."""
    return (
        parts[-2] == " and "
        and set(parts[1::2]) <= {", ", " and "}
        and all(_like_name(one, _LIST) for one in parts[::2])
    )


def _like_name(text: str, letters: int) -> bool:
    """Say whether what is not understood may stand in a text with so many letters as it is: a name, a source."""
    if text.count("(") != text.count(")") or letters <= _BARE:
        return False
    members = _MEMBERS.split(text)
    return letters >= _SURE or all(len(one.split()) <= _NAME and not _GRAMMAR.search(one) for one in members)


def _lines(entry: Entry) -> Iterator[Entry]:
    """Give a text line by line: what a place holds never goes on in the next line."""
    texts, told = entry.text.split("\n"), entry.translation.split("\n")
    pairs = zip(texts, told, strict=True) if len(texts) == len(told) else ((entry.text, entry.translation),)
    for text, translation in pairs:
        yield Entry(text, translation)
        yield from _sentences(text, translation)


def _sentences(text: str, translation: str) -> Iterator[Entry]:
    """Give the sentences of a text one by one, where the translation has as many with the same places."""
    led = _LED.match(text)
    if led and translation.startswith(led[1].strip()):
        yield Entry(text[led.end() :], translation[len(led[1].strip()) :].strip())
    texts, told = END.split(text.strip()), _STOP.split(translation.strip())
    if len(texts) != len(told) or len(texts) == 1:
        return
    for one, other in zip(texts, told, strict=True):
        if re.search(r"[A-Za-z]", re.sub(r"\{\w+\}", "", one)) and set(places(one)) >= set(places(other)):
            yield Entry(one, other)


def _open(text: str) -> bool:
    return re.search(r"(?<!\{)\{\w+\}", text) is not None


def _words(text: str) -> int:
    return len(_LOWER.findall(_QUOTED.sub("", text)))


def _spaced(text: str) -> str:
    return text if text[-1:] and CJK.match(text[-1]) else f"{text} "


@lru_cache(maxsize=4)
def catalogue(language: str) -> Catalogue:
    """Return the catalogue of a language: all files of its folder."""
    folder = files("netmeta.language").joinpath(language)
    found = sorted((one for one in folder.iterdir() if one.name.endswith(".po")), key=lambda one: one.name)
    return Catalogue(entry for one in found for entry in read(one.read_text(encoding="utf-8")))


@lru_cache(maxsize=4)
def page(language: str) -> str:
    """Return the words of the page's scripts as a JSON object; their values are put in on the page."""
    text = files("netmeta.language").joinpath(language, "page.po").read_text(encoding="utf-8")
    told = {entry.text: entry.translation for entry in read(text) if entry.translation}
    return json.dumps(told, ensure_ascii=False)

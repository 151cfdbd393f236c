"""Catalogues in gettext's PO format: read, and written in one fixed form."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Entry", "read", "written"]

_LINE: Final = re.compile(r'^(msgid|msgstr)?\s*(".*")$')


@dataclass(frozen=True, slots=True)
class Entry:
    """A text and its translation, empty where there is none yet; and the file that says it."""

    text: str
    translation: str
    place: str = ""


def read(source: str) -> tuple[Entry, ...]:
    """Read a catalogue; the header (the entry of the empty text) is left out."""
    found: list[Entry] = []
    for block in source.split("\n\n"):
        texts: dict[str, str] = {"msgid": "", "msgstr": ""}
        field, place = "", ""
        for line in block.split("\n"):
            if line.startswith("#: "):
                place = line[3:].strip()
            elif match := _LINE.match(line):
                field = match[1] or field
                texts[field] += json.loads(match[2])
        if texts["msgid"]:
            found.append(Entry(texts["msgid"], texts["msgstr"], place))
    return tuple(found)


def written(entries: Iterable[Entry], language: str) -> str:
    """Write a catalogue: a header, and an entry to a block in the order given."""
    head = f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: {language}\\n"\n'
    blocks = [
        f"#: {entry.place}\nmsgid {_quoted(entry.text)}\nmsgstr {_quoted(entry.translation)}\n" for entry in entries
    ]
    return "\n".join((head, *blocks))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)

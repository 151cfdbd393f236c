"""The English texts of the code, as templates: string constants and f-strings that read like words for a reader.

``python -m netmeta.language.harvest`` brings the catalogues in line with the code: new texts come in without a
translation, and texts that are gone go out. Tests hold the two equal.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from netmeta.language.placeholders import named
from netmeta.language.po import Entry, read, written

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["PAGE", "ROOMS", "Found", "catalogued", "harvest", "is_prose", "texts"]

SHARED: Final = "shared"
"""The catalogue of the modules that stand in no package: errors, numerals, showing, the workbench."""

ROOMS: Final = (
    SHARED,
    "evidence",
    "pooling",
    "network",
    "state",
    "report",
    "charts",
    "document",
    "teaching",
    "widgets",
)
"""Packages with words for readers, a catalogue each."""

PAGE: Final = "page"
"""The catalogue of the words in the page's own scripts: what stands in ``say("...")`` there."""

_SAY: Final = re.compile(r"""\b(?:say|word)\(\s*("(?:[^"\\]|\\.)*")""")
_ROOT: Final = Path(__file__).parent.parent
_SCRIPTS: Final = _ROOT / "report" / "code"
"""What makes Python and R: scripts speak English."""

_WORD: Final = re.compile(r"[A-Za-z]{2,}")
_NAME: Final = re.compile(r"[A-Z][a-z]{2,}")
_CODE: Final = re.compile(r"datum\.|===|&&|\|\||=>|;\s*$|^\s*<|https?://|^[#.@/\\]|^netmeta|\\[bdsw]|\(\?")
_NAMES: Final = re.compile(r"\w\(\w*\)|^[\w.-]+/[\w.+-]+$|[a-z]_[a-z]")
_SENTENCE: Final = 4
_SILENT_CALLS: Final = frozenset(
    [
        "add_class",
        "compile",
        "getattr",
        "import_module",
        "startswith",
        "endswith",
        "removeprefix",
        "removesuffix",
        "partition",
        "rpartition",
        "split",
        "joinpath",
        "encode",
        "TypeVar",
        "warn",
        "match",
        "fullmatch",
        "sub",
        "get",
    ]
)
_SILENT_KEYWORDS: Final = frozenset({"layout", "style", "encoding", "mode", "filter", "expr"})


@dataclass(frozen=True, slots=True)
class Found:
    """A text of the code.

    Parameters
    ----------
    text
        The template: a placeholder in braces for each value that is put in.
    place
        The file, below the package.
    """

    text: str
    place: str


def is_prose(text: str) -> bool:
    """Say whether a text reads like words for a reader and not like a name, code or a pattern."""
    bare = re.sub(r"\{[^{}]*\}", "", text)
    words = _WORD.findall(bare)
    if not words or _CODE.search(bare) or (_NAMES.search(bare) and len(words) < _SENTENCE):
        return False
    return (len(words) > 1 and " " in bare.strip()) or (len(words) >= 1 and "{" in text) or bool(_NAME.search(bare))


def harvest(room: str) -> tuple[Found, ...]:
    """Return the texts of one package in the order of the code, each once."""
    if room == PAGE:
        return _page()
    folder = _ROOT / room
    files = sorted(_ROOT.glob("*.py") if room == SHARED else folder.rglob("*.py"))
    found: dict[str, str] = {}
    for file in (one for one in files if one.parent != _SCRIPTS):
        place = file.relative_to(_ROOT).as_posix()
        for text in texts(file.read_text(encoding="utf-8")):
            found.setdefault(text, place)
    return tuple(Found(text, place) for text, place in found.items())


def texts(source: str) -> Iterator[str]:
    """Give the templates of a module that read like words."""
    tree = ast.parse(source)
    silent = set(_silent(tree))
    for node in _strings(tree, silent):
        text = named(node)
        if is_prose(text):
            yield text


def _strings(tree: ast.AST, silent: set[int]) -> Iterator[ast.expr]:
    """Walk the strings; the constant parts of an f-string are not strings of their own, what is put in may be."""
    stack: list[ast.AST] = [tree]
    while stack:
        node = stack.pop()
        if id(node) in silent:
            continue
        if isinstance(node, ast.JoinedStr):
            yield node
            stack += [part.value for part in node.values if isinstance(part, ast.FormattedValue)][::-1]
        elif isinstance(node, ast.Constant):
            if isinstance(node.value, str):
                yield node
        else:
            stack += list(ast.iter_child_nodes(node))[::-1]


def _silent(tree: ast.AST) -> Iterator[int]:
    """Give the nodes whose strings no reader sees: docstrings, annotations, names of files and classes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield id(node.value)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            yield from _silent_assignment(node)
        elif isinstance(node, ast.arg | ast.FunctionDef) and (note := _annotation(node)) is not None:
            yield id(note)
        elif isinstance(node, ast.Call) and _called(node) in _SILENT_CALLS:
            yield from map(id, node.args)
        elif isinstance(node, ast.keyword) and node.arg in _SILENT_KEYWORDS:
            yield id(node.value)
        elif isinstance(node, ast.If) and _typing_only(node):
            yield id(node)


def _silent_assignment(node: ast.Assign | ast.AnnAssign) -> Iterator[int]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    if any(isinstance(one, ast.Name) and one.id in ("__all__", "_HOMES", "MODULES") for one in targets):
        yield id(node)
    if isinstance(node, ast.AnnAssign):
        yield id(node.annotation)


def _annotation(node: ast.arg | ast.FunctionDef) -> ast.expr | None:
    return node.annotation if isinstance(node, ast.arg) else node.returns


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _typing_only(node: ast.If) -> bool:
    return isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _page() -> tuple[Found, ...]:
    """Return the words of the page's scripts."""
    found: dict[str, str] = {}
    for file in sorted((_ROOT / "widgets" / "static").glob("*.js")):
        for quoted in _SAY.findall(file.read_text(encoding="utf-8")):
            found.setdefault(json.loads(quoted), file.relative_to(_ROOT).as_posix())
    return tuple(Found(text, place) for text, place in found.items())


def catalogued(language: str, room: str) -> Path:
    """Return the file with the translations of one room."""
    return _ROOT / "language" / language / f"{room}.po"


def unspoken() -> frozenset[str]:
    """Return texts that read like words and are none for a reader: kinds of rows, names of fonts, ..."""
    return frozenset(json.loads((_ROOT / "language" / "unspoken.json").read_text(encoding="utf-8")))


def renew(language: str, room: str, told: dict[str, str]) -> int:
    """Bring one catalogue in line with the code, and take in new translations; return how many lack one."""
    file = catalogued(language, room)
    known = {one.text: one.translation for one in read(file.read_text(encoding="utf-8"))} if file.exists() else {}
    silent = unspoken()
    entries = [
        Entry(one.text, told.get(one.text, known.get(one.text, "")), one.place)
        for one in harvest(room)
        if one.text not in silent
    ]
    file.parent.mkdir(exist_ok=True)
    file.write_text(written(entries, language), encoding="utf-8")
    return sum(not one.translation for one in entries)


def main() -> None:
    """Renew all catalogues, or those named; ``--take file.json`` brings translations in by their texts."""
    asked = argparse.ArgumentParser(description=main.__doc__)
    asked.add_argument("rooms", nargs="*", default=[*ROOMS, PAGE])
    asked.add_argument("--language", default="zh")
    asked.add_argument("--take", type=Path)
    given = asked.parse_args()
    told = json.loads(given.take.read_text(encoding="utf-8")) if given.take else {}
    for room in given.rooms:
        print(f"{room}: {renew(given.language, room, told)} without a translation")  # noqa: T201


if __name__ == "__main__":
    main()

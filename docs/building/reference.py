"""The reference: one page a room, one entry for every public name, so that none can be forgotten."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

import netmeta as nm

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ROOMS", "entry", "reference_pages"]

ROOMS = {
    "evidence": ("Evidence", "What papers print: trials, tables, curves, the bundled library."),
    "pooling": ("Pooling", "The model as a value, the pooled result, and the families of fits around it."),
    "network": ("Networks", "Treatments that trials connect, estimated together, and what judges the estimate."),
    "state": ("State", "An analysis at one moment, and what can be asked of it."),
    "charts": (
        "Charts",
        "Nouns: each takes a result and gives an Altair chart. The [gallery](../gallery.md) shows them.",
    ),
    "report": ("Words and tables", "Sentences, cautions and tables that are made of a result."),
    "document": ("Documents", "Reports, scripts and figures written to files."),
    "teaching": ("Teaching", "Exercises and simulations."),
    "language": ("Language", "In which language everything is said."),
    "widgets": ("Widgets", "Views of one `Analysis`, each of which stands alone."),
    "workbench": ("Workbench", "All views of one analysis, laid out."),
    "errors": ("Errors", "Every message names the value and says what to do."),
}
"""Heading and first line of the page of each room, in the order of the site."""
INNER = "!^(build|show|attend|controls|find|drawn|draw|words|choices|tell)$"
"""What a view is made of is for those who write one: it is not in the reference."""


def reference_pages() -> dict[str, str]:
    """Return the Markdown of each page of the reference by its place; the first is a list of all names."""
    homes = {room: _names(room) for room in ROOMS}
    lost = set(nm.__all__) - {name for names in homes.values() for name in names}
    if lost:
        raise RuntimeError(
            f"No page of the reference has {sorted(lost)}: name their room in docs/building/reference.py."
        )
    pages = {f"reference/{room}.md": _page(room, names) for room, names in homes.items() if names}
    return {"reference/index.md": _index(homes), **pages}


def entry(name: str) -> str:
    """Return the full path of a public name, which is its anchor."""
    found = getattr(nm, name)
    if isinstance(found, ModuleType):
        return found.__name__
    return f"{found.__module__}.{name}"


def _names(room: str) -> list[str]:
    return [name for name in nm.__all__ if entry(name).split(".")[1] == room]


def _page(room: str, names: list[str]) -> str:
    heading, said = ROOMS[room]
    entries = "".join(_entry(name) for name in names)
    return f"# {heading}\n\n{said} Everything is reached as `nm.<name>` after `import netmeta as nm`.\n\n{entries}"


def _entry(name: str) -> str:
    found, path = getattr(nm, name), entry(name)
    if isinstance(found, ModuleType):
        inner = getattr(import_module(path), "__all__", [])
        return f"::: {path}\n" + _options("members", inner)
    return f"::: {path}\n" + (_options("filters", ["!^_", INNER]) if _is_view(found) else "") + "\n"


def _options(name: str, values: Iterable[str]) -> str:
    return f"    options:\n      {name}:\n" + "".join(f'        - "{value}"\n' for value in values) + "\n"


def _is_view(found: object) -> bool:
    from netmeta.widgets.view import View

    return isinstance(found, type) and issubclass(found, View)


def _index(homes: dict[str, list[str]]) -> str:
    lists = "".join(
        f"## [{ROOMS[room][0]}]({room}.md)\n\n{ROOMS[room][1]}\n\n{_links(names)}\n\n"
        for room, names in homes.items()
        if names
    )
    return f"# Reference\n\nEvery public name, by room. `import netmeta as nm` loads nothing heavy.\n\n{lists}"


def _links(names: list[str]) -> str:
    return ", ".join(f"[`{name}`][{entry(name)}]" for name in names) + "."

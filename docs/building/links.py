"""Pages of the repository are read there and on the site: their links are turned to what the site has."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["MOVED", "site_links", "sound_lists"]

REPOSITORY = "https://github.com/netmeta/netmeta/blob/HEAD/"
MOVED = {"data/README.md": "data.md", "CHANGELOG.md": "changelog.md", "CONTRIBUTING.md": "contributing.md"}
"""Files outside of ``docs`` that are pages of the site."""

_LINK = re.compile(r"(?<=\]\()(?!https?:|mailto:|#)([^)#\s]+)")
_FENCE = re.compile(r"(^```.*?^```$)", re.MULTILINE | re.DOTALL)
_TIGHT_LIST = re.compile(r"^((?!\s*(?:[-*+]|\d+\.)\s|\s*$|\|| {2,}).+)\n(?=(?:[-*+]|\d+\.) )", re.MULTILINE)


def site_links(markdown: str, source: str, page: str, pages: Collection[str]) -> str:
    """Turn the links of a repository's file to pages of the site, or to the repository where the site has none.

    Parameters
    ----------
    markdown
        The page.
    source
        Its place in the repository: ``docs/curves.md``.
    page
        Its place in the site: ``curves.md``.
    pages
        What the site has.
    """

    def turned(link: re.Match[str]) -> str:
        there = posixpath.normpath(posixpath.join(posixpath.dirname(source), link[1]))
        own = _in_site(there)
        if own in pages:
            return posixpath.relpath(own, posixpath.dirname(page) or ".")
        return f"{REPOSITORY}{there}"

    return _outside_code(markdown, lambda text: _LINK.sub(turned, text))


def sound_lists(markdown: str) -> str:
    """Put an empty line before a list that follows a paragraph: Jupyter needs none, this site does."""
    return _outside_code(markdown, lambda text: _TIGHT_LIST.sub(r"\1\n\n", text))


def _in_site(place: str) -> str:
    if place in MOVED:
        return MOVED[place]
    if place.startswith("notebooks/") and place.endswith(".ipynb"):
        return f"tutorials/{posixpath.basename(place).removesuffix('.ipynb')}.md"
    return place.removeprefix("docs/").removeprefix("pages/")


def _outside_code(markdown: str, change) -> str:  # noqa: ANN001
    return "".join(part if part.startswith("```") else change(part) for part in _FENCE.split(markdown))

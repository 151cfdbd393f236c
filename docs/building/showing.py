"""What a cell or a block of code showed, as Markdown, with its pictures beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Sheet", "fenced", "stream"]

_WIDGET = "application/vnd.jupyter.widget-view+json"


@dataclass
class Sheet:
    """The pictures of one page, as they come.

    Parameters
    ----------
    name
        Of the page; its pictures are ``pictures/<name>-1.svg`` and so on.
    up
        From the page to the top of the site: ``"../"`` for a page in a folder.
    pictures
        The text of each SVG by its place in the site.
    """

    name: str
    up: str = ""
    pictures: dict[str, str] = field(default_factory=dict)

    def shown(self, bundle: dict[str, Any]) -> str:
        """Return what a browser without a kernel can show of a MIME bundle: a picture, a table, or text."""
        said = _joined(bundle.get("text/plain", ""))
        if "image/svg+xml" in bundle:
            live = "\n\n*In a notebook this is live: it answers clicks.*" if _WIDGET in bundle else ""
            return self._picture(_joined(bundle["image/svg+xml"]), said) + live
        if _WIDGET in bundle:
            return f"*A live widget stands here in a notebook.* {_plain(said)}".strip()
        if "text/html" in bundle:
            return f'<div class="nm-output">{_one_block(_joined(bundle["text/html"]))}</div>'
        return fenced(said) if said else ""

    def _picture(self, svg: str, alt: str) -> str:
        place = f"pictures/{self.name}-{len(self.pictures) + 1}.svg"
        self.pictures[place] = svg
        return f"![{_alt(alt)}]({self.up}{place}){{ .nm-figure loading=lazy }}"


def fenced(text: str) -> str:
    """Put what was printed into a block of its own; the style sheet lets it wrap."""
    return f"``` {{ .text .nm-printed }}\n{text.rstrip()}\n```"


def stream(texts: Iterable[str]) -> str:
    """Join what was printed; nothing where nothing was."""
    said = "".join(texts)
    return fenced(said) if said.strip() else ""


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)


def _one_block(html: str) -> str:
    # An empty line would end the block of HTML, and Markdown would read on in the middle of a table.
    return re.sub(r"\n\s*", " ", html)


def _plain(said: str) -> str:
    return "" if re.match(r"^\w+\(", said) else said


def _alt(said: str) -> str:
    return " ".join(re.sub(r"[\[\]{}|\"]", " ", said).split())

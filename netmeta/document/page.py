"""A document as one self-contained page: no request to anywhere, tooltips in its figures, light and dark, print."""

from __future__ import annotations

import base64
import hashlib
import re
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from netmeta import language
from netmeta.charts.theme import DARK, PALETTES
from netmeta.document.blocks import Bullets, Code, Figure, Heading, Paragraph, References, Table
from netmeta.document.drawing import page_svg
from netmeta.document.speech import said

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from netmeta.document.blocks import Block, Document

__all__ = ["html"]

_LANGUAGES: Final = {"en": "en-GB", "zh": "zh-Hans"}
_SOFT: Final = "#22272e"
_ESTIMATE: Final = re.compile(r"[\d.<−]+ \([^a-z]{3,24}\)")


def html(document: Document) -> str:
    """Write a document as a page.

    The page is HTML with everything inside: figures are SVG, whose colours follow the reader's light or dark
    scheme, and whose trials show their details on hover and on focus by a script of 30 lines. A content security
    policy allows that script and nothing else. All texts are escaped.

    Raises
    ------
    NetmetaError
        Where vl-convert is not installed, as in JupyterLite.
    """
    script = _resource("page.js")
    heads = tuple(block for block in document.blocks if isinstance(block, Heading) and block.level == 1)
    body = "\n".join(_block(document, block) for block in document.blocks)
    links = "".join(f'<li><a href="#{_anchor(head)}">{_say(head.text)}</a></li>' for head in heads)
    return (
        f'<!DOCTYPE html>\n<html lang="{_LANGUAGES.get(language.language(), "en-GB")}">\n<head>\n'
        '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(script)}">\n'
        f'<meta name="generator" content="netmeta">\n<title>{_say(document.title)}</title>\n'
        f"<style>\n{_resource('page.css')}{_dark()}</style>\n</head>\n<body>\n"
        f'<header>\n<h1>{_say(document.title)}</h1>\n<p class="sub">{_say(document.subtitle)}</p>\n'
        f'<nav aria-label="{_say("Contents")}"><ul>{links}</ul></nav>\n</header>\n'
        f"<main>\n{body}\n</main>\n<script>\n{script}</script>\n</body>\n</html>\n"
    )


def _resource(name: str) -> str:
    return files("netmeta.document").joinpath(name).read_text(encoding="utf-8")


def _policy(script: str) -> str:
    digest = base64.b64encode(hashlib.sha256(f"\n{script}".encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _dark() -> str:
    """Turn the figures' colours by their light ones: the same SVG serves both schemes."""
    pairs = {colour: PALETTES["dark"][name] for name, colour in PALETTES["light"].items()}
    turned = "".join(
        f'svg [{part}="{light}"] {{ {part}: {dark}; }}'
        for light, dark in pairs.items()
        for part in ("fill", "stroke")
    )
    named = "".join(f"--{name}: {DARK[name]};" for name in ("ground", "ink", "muted", "faint", "mark"))
    return f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {named} --soft: {_SOFT}; }} {turned} }}\n"


def _say(text: str) -> str:
    return escape(said(text))


def _anchor(head: Heading) -> str:
    return "".join(char if char.isalnum() else "-" for char in head.text.casefold())


def _block(document: Document, block: Block) -> str:
    return _WRITERS[type(block)](document, block)


def _heading(_document: Document, block: Heading) -> str:
    named = f' id="{_anchor(block)}"' if block.level == 1 else ""
    return f"<h{block.level + 1}{named}>{_say(block.text)}</h{block.level + 1}>"


def _paragraph(_document: Document, block: Paragraph) -> str:
    kind = "" if block.kind == "plain" else f' class="{block.kind}"'
    return f"<p{kind}>{_say(block.text)}</p>"


def _bullets(_document: Document, block: Bullets) -> str:
    return f"<ul>{''.join(f'<li>{_say(item)}</li>' for item in block.items)}</ul>"


def _code(_document: Document, block: Code) -> str:
    return f'<pre tabindex="0"><code>{escape(block.text)}</code></pre>'


def _references(_document: Document, block: References) -> str:
    return f"<ol>{''.join(f'<li>{escape(item)}</li>' for item in block.items)}</ol>"


def _figure(document: Document, figure: Figure) -> str:
    drawn = page_svg(figure, f"f{document.figures.index(figure) + 1}")
    words = f"<b>{_say(document.label(figure))}</b> {_say(figure.caption)}"
    return f'<figure><div class="picture">{drawn}</div><figcaption>{words}</figcaption></figure>'


def _table(document: Document, table: Table) -> str:
    head = "".join(f'<th scope="col"{_side(table, at)}>{_say(cell)}</th>' for at, cell in enumerate(table.head))
    rows = "".join(f"<tr>{_cells(table, row)}</tr>" for row in table.rows)
    notes = "".join(f'<p class="note">{_say(note)}</p>' for note in table.notes)
    wide = " wide" if table.wide else ""
    return (
        f'<div class="scroll{wide}" tabindex="0" role="region" aria-label="{_say(table.title)}"><table>'
        f"<caption><b>{_say(document.label(table))}</b> {_say(table.title)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>{notes}"
    )


def _cells(table: Table, row: tuple[str, ...]) -> str:
    first, *rest = row
    others = "".join(f"<td{_side(table, at) or _tight(cell)}>{_say(cell)}</td>" for at, cell in enumerate(rest, 1))
    return f'<th scope="row">{_say(first)}</th>{others}'


def _tight(cell: str) -> str:
    """Keep an estimate and its interval on one line."""
    return ' class="tight"' if _ESTIMATE.fullmatch(cell) else ""


def _side(table: Table, column: int) -> str:
    return ' class="number"' if table.on_the_right(column) else ""


_WRITERS: Final[Mapping[type, Callable[[Document, Any], str]]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Bullets: _bullets,
    Code: _code,
    References: _references,
    Figure: _figure,
    Table: _table,
}

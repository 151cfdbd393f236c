"""A document as PDF, set by Typst: A4, page numbers, tagged, with text that can be selected and fonts inside."""

from __future__ import annotations

import datetime as dt
import json
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from netmeta import language
from netmeta.document.blocks import Bullets, Code, Figure, Heading, Paragraph, References, Table
from netmeta.document.drawing import pdf as drawn
from netmeta.document.missing import needed
from netmeta.document.speech import said
from netmeta.errors import ReportError
from netmeta.signs import drawable

if TYPE_CHECKING:
    from netmeta.document.blocks import Block, Document

__all__ = ["paper"]

_REGIONS: Final = {"en": ("en", "GB"), "zh": ("zh", "CN")}
_FULL: Final = 900
_CHINESE: Final = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
    "PingFang SC",
    "Heiti SC",
    "Microsoft YaHei",
    "SimHei",
    "SimSun",
)


def paper(document: Document, *, day: dt.date | None = None) -> bytes:
    """Set a document as PDF.

    Parameters
    ----------
    document
        What it says. Texts go to Typst as data and never as markup; figures as PDF with their alternative text.
    day
        The date in the file; now by default.

    Raises
    ------
    ReportError
        If typst is not installed, or a Chinese text finds no font with Chinese characters.
    """
    typst = needed("typst")
    _check_fonts(frozenset(typst.Fonts().families()))
    when = dt.datetime.combine(day, dt.time(), dt.UTC) if day else dt.datetime.now(tz=dt.UTC)
    with TemporaryDirectory(prefix="netmeta-") as folder:
        root = Path(folder)
        for name, raw in _files(document).items():
            (root / name).write_bytes(raw)
        made = typst.compile(root / "main.typ", root=root, format="pdf", timestamp=int(when.timestamp()))
    return bytes(made)


def _check_fonts(families: frozenset[str]) -> None:
    """Refuse a Chinese document where no known font has the characters: it would be full of empty boxes."""
    if language.language() == "zh" and not families.intersection(_CHINESE):
        raise ReportError(
            "A PDF in Chinese needs a font with Chinese characters, and there is none here: install one, such as "
            "fonts-noto-cjk on Debian. The reports .html and .docx take the reader's own fonts."
        )


def _files(document: Document) -> dict[str, bytes]:
    source = files("netmeta.document").joinpath("paper.typ").read_bytes()
    figures = {_file(figure): drawn(figure) for figure in document.figures}
    return {"main.typ": source, "document.json": _data(document).encode(), **figures}


def _data(document: Document) -> str:
    lang, region = _REGIONS.get(language.language(), _REGIONS["en"])
    blocks = [_block(document, block) for block in document.blocks]
    head = {"title": said(document.title), "subtitle": said(document.subtitle), "lang": lang, "region": region}
    return json.dumps(drawable({**head, "blocks": blocks}), ensure_ascii=False)


def _each(texts: tuple[str, ...]) -> list[str]:
    return [said(text) for text in texts]


def _block(document: Document, block: Block) -> dict[str, Any]:
    if isinstance(block, Figure):
        return _figure(document, block)
    if isinstance(block, Table):
        return _table(document, block)
    return _words(block)


def _words(block: Heading | Paragraph | Bullets | Code | References) -> dict[str, Any]:
    match block:
        case Heading(text, level):
            return {"kind": "heading", "text": said(text), "level": level}
        case Paragraph(text, kind):
            return {"kind": "paragraph", "text": said(text), "style": kind}
        case Bullets(items):
            return {"kind": "bullets", "items": _each(items)}
        case Code(text, name):
            return {"kind": "code", "text": text, "language": name}
        case References(items):
            return {"kind": "references", "items": list(items)}


def _figure(document: Document, figure: Figure) -> dict[str, Any]:
    return {
        "kind": "figure",
        "label": said(document.label(figure)),
        "caption": said(figure.caption),
        "alt": said(figure.alt),
        "file": _file(figure),
        "width": _width(figure),
    }


def _width(figure: Figure) -> float:
    """Return how much of the page's width a figure takes, in percent: letters are of one size in all figures."""
    from netmeta.document.drawing import size

    return round(100 * size(figure)[0] / _FULL, 1)


def _file(figure: Figure) -> str:
    return f"{figure.name}.pdf"


def _table(document: Document, table: Table) -> dict[str, Any]:
    return {
        "kind": "table",
        "label": said(document.label(table)),
        "caption": said(table.title),
        "head": _each(table.head),
        "rows": [_each(row) for row in table.rows],
        "numbers": list(table.numbers),
        "notes": _each(table.notes),
        "wide": table.wide,
        "shares": list(table.shares),
    }

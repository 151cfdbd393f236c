"""A document as a Word file: real headings, tables with repeated heading rows, pictures with alternative text."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from netmeta.document.blocks import Bullets, Code, Figure, Heading, Paragraph, References, Table
from netmeta.document.drawing import png
from netmeta.document.missing import needed
from netmeta.document.speech import said
from netmeta.document.word_page import a4, number_pages, styled, turned
from netmeta.document.word_table import tabled
from netmeta.signs import cleaned

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

    from netmeta.document.blocks import Block, Document

__all__ = ["word"]

_WIDEST, _FULL, _HIGHEST = 17.0, 900, 21.5


def word(document: Document) -> bytes:
    """Write a document as .docx.

    Raises
    ------
    ReportError
        If python-docx is not installed.
    """
    docx = needed("docx")
    made: WordDocument = docx.Document()
    styled(made)
    a4(made.sections[0])
    number_pages(made.sections[0])
    made.core_properties.title, made.core_properties.author = _say(document.title), ""
    made.core_properties.comments = _say(document.subtitle)
    made.add_paragraph(_say(document.title), style="Title")
    made.add_paragraph(_say(document.subtitle), style="Subtitle")
    for block in document.blocks:
        _add(made, document, block)
    raw = io.BytesIO()
    made.save(raw)
    return raw.getvalue()


def _say(text: str) -> str:
    return said("\n".join(map(cleaned, text.split("\n"))))


def _add(made: WordDocument, document: Document, block: Block) -> None:
    match block:
        case Heading(text, level):
            made.add_heading(_say(text), level)
        case Paragraph(text, kind):
            made.add_paragraph(_say(text), style="Intense Quote" if kind == "answer" else "Normal")
        case Bullets(items):
            _listed(made, items, "List Bullet")
        case References(items):
            _references(made, items)
        case Code(text):
            made.add_paragraph(text, style="macro")
        case Figure():
            _figure(made, document, block)
        case Table():
            _table(made, document, block)


def _listed(made: WordDocument, items: tuple[str, ...], style: str) -> None:
    for item in items:
        made.add_paragraph(_say(item), style=style)


def _references(made: WordDocument, items: tuple[str, ...]) -> None:
    for item in items:
        made.add_paragraph(cleaned(item), style="List Number")


def _caption(made: WordDocument, label: str, text: str, *, above: bool) -> None:
    paragraph = made.add_paragraph(style="Caption")
    paragraph.add_run(_say(label)).bold = True
    paragraph.add_run(f" {_say(text)}").bold = False
    paragraph.paragraph_format.keep_with_next = above


def _figure(made: WordDocument, document: Document, figure: Figure) -> None:
    from docx.shared import Cm

    paragraph = made.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    width, height = _size(figure)
    picture = paragraph.add_run().add_picture(io.BytesIO(png(figure)), width=Cm(width), height=Cm(height))
    about = picture._inline.docPr  # noqa: SLF001
    about.set("descr", _say(figure.alt))
    about.set("name", figure.name)
    _caption(made, document.label(figure), figure.caption, above=False)


def _size(figure: Figure) -> tuple[float, float]:
    """Return the width and height in centimetres: letters are of one size in all figures that fit."""
    from netmeta.document.drawing import size

    width, height = size(figure)
    scale = min(_WIDEST / max(width, _FULL), _HIGHEST / height)
    return width * scale, height * scale


def _table(made: WordDocument, document: Document, table: Table) -> None:
    if table.wide:
        turned(made, on_its_side=True)
    _caption(made, document.label(table), table.title, above=True)
    tabled(made, table, _say)
    for note in table.notes:
        made.add_paragraph(_say(note), style="Note")
    if table.wide:
        turned(made, on_its_side=False)

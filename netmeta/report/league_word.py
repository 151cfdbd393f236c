"""A league table as a Word document, by python-docx, which is asked for here and nowhere else."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from netmeta.errors import TableError
from netmeta.report.league_tints import on_white
from netmeta.report.league_words import notes, reading, shading, title
from netmeta.signs import cleaned

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.section import Section
    from docx.table import Table, _Cell, _Row

    from netmeta.report.league import LeagueTable
    from netmeta.report.league_cells import LeagueCell

__all__ = ["element", "written"]

_NEEDED: Final = (
    "python-docx is needed for Word documents: python -m pip install 'netmeta[word]'. "
    "Or take to_html(): Word opens that too."
)
_MOST: Final = 13
_PAGE: Final = (29.7, 21.0)
_MARGIN, _FIRST, _WIDEST = 1.5, 3.3, 2.6
_DIAGONAL, _LINE = "E3E6EA", "B4BAC1"
_HEAD, _ESTIMATE, _SPAN = 7, 8, 7


def written(table: LeagueTable) -> bytes:
    """Return the document.

    Raises
    ------
    TableError
        If python-docx is not there.
    """
    try:
        import docx
    except ImportError:
        raise TableError(_NEEDED) from None
    document = docx.Document()
    document.core_properties.title = title(table)
    document.core_properties.author = ""
    document.styles["Normal"].font.name = "Arial"
    _landscape(document.sections[0])
    _say(document, f"{title(table)}.", reading(table), size=10)
    for at, block in enumerate(table.blocks(_MOST)):
        if at:
            _say(document, f"{title(table)}, continued.", size=10, apart=True)
        _grid(document, table, block)
    for said in (shading(), *notes(table)):
        _say(document, "", said, size=8)
    raw = io.BytesIO()
    document.save(raw)
    return raw.getvalue()


def _landscape(section: Section) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm

    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = map(Cm, _PAGE)
    for side in ("left", "right", "top", "bottom"):
        setattr(section, f"{side}_margin", Cm(_MARGIN))


def _say(document: Document, strong: str, plain: str = "", *, size: float, apart: bool = False) -> None:
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after, paragraph.paragraph_format.space_before = Pt(3), Pt(14 if apart else 3)
    paragraph.paragraph_format.keep_with_next = bool(strong)
    for text, bold in ((strong, True), (f" {plain}" if strong and plain else plain, False)):
        if text:
            run = paragraph.add_run(text)
            run.bold, run.font.size = bold, Pt(size)


def _grid(document: Document, table: LeagueTable, block: range) -> None:
    from docx.shared import Cm

    column = min(_WIDEST, (_PAGE[0] - 2 * _MARGIN - _FIRST) / len(block))
    grid = document.add_table(rows=len(table.treatments) + 1, cols=len(block) + 1)
    grid.style, grid.autofit = "Table Grid", False
    _tight(grid)
    for made, width in zip(grid.columns, (_FIRST, *[column] * len(block)), strict=True):
        made.width = Cm(width)
    # Cells of python-docx are looked up by counting: a row's are taken once.
    lines = [[*row.cells] for row in grid.rows]
    for cell, one in zip(lines[0][1:], block, strict=True):
        _write(cell, cleaned(table.treatments[one]), _HEAD, bold=True)
    _as_heading(grid.rows[0])
    for line, name, row in zip(lines[1:], table.treatments, table.rows, strict=True):
        _write(line[0], cleaned(name), _HEAD, bold=True, left=True)
        for cell, one in zip(line[1:], block, strict=True):
            _fill(cell, row[one])
    for line in lines:
        for cell, width in zip(line, (_FIRST, *[column] * len(block)), strict=True):
            cell.width = Cm(width)


def _fill(made: _Cell, cell: LeagueCell | None) -> None:
    if cell is None:
        _shade(made, _DIAGONAL)
        return
    if cell.favours:
        _shade(made, on_white(cell.favours))
    _write(made, cell.estimate, _ESTIMATE, bold=bool(cell.favours), under=cell.span)


def _write(made: _Cell, text: str, size: float, *, bold: bool, left: bool = False, under: str = "") -> None:
    from docx.enum.table import WD_ALIGN_VERTICAL
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = made.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if left else WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(0)
    made.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(size)
    if under:
        run.add_break()
        paragraph.add_run(under).font.size = Pt(_SPAN)


def _shade(made: _Cell, colour: str) -> None:
    # The schema has an order: in a cell shading before alignment, in a table margins before the look.
    made._tc.get_or_add_tcPr().append(element("shd", val="clear", color="auto", fill=colour))  # noqa: SLF001


def _as_heading(row: _Row) -> None:
    row._tr.get_or_add_trPr().append(element("tblHeader", val="true"))  # noqa: SLF001


def _tight(grid: Table) -> None:
    margins = element("tblCellMar")
    for side, space in (("top", "20"), ("left", "30"), ("bottom", "20"), ("right", "30")):
        margins.append(element(side, w=space, type="dxa"))
    lines = element("tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        lines.append(element(side, val="single", sz="4", space="0", color=_LINE))
    look = grid._tbl.tblPr  # noqa: SLF001
    look.xpath("w:tblLayout")[0].addprevious(lines)
    look.xpath("w:tblLook")[0].addprevious(margins)
    for row in grid.rows:
        row._tr.get_or_add_trPr().append(element("cantSplit", val="true"))  # noqa: SLF001


def element(name: str, **attributes: str) -> BaseOxmlElement:
    """Make an element of Word's own markup."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made

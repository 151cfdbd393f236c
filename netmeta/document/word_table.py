"""A table of a Word document: its heading row comes again on every page, and no row is torn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netmeta.report.league_word import element

if TYPE_CHECKING:
    from collections.abc import Callable

    from docx.document import Document as WordDocument
    from docx.table import Table as WordTable
    from docx.table import _Cell

    from netmeta.document.blocks import Table

__all__ = ["tabled"]

_WIDTHS = {False: 17.0, True: 26.7}
_STRONG, _FAINT = "5A6470", "D9DEE4"
_MANY = 9


def tabled(document: WordDocument, table: Table, say: Callable[[str], str]) -> None:
    """Add a table.

    Parameters
    ----------
    document
        Where it goes.
    table
        What it says.
    say
        Translates a text, and cleans it of signs that a file cannot hold.
    """
    from docx.shared import Cm

    columns = len(table.head)
    grid = document.add_table(rows=len(table.rows) + 1, cols=columns)
    grid.autofit = False
    widths = _widths(table)
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Cm(width)
    size = 6.5 if columns > _MANY else 8.5
    # Cells of python-docx are looked up by counting: a row's are taken once.
    for at, (row, texts) in enumerate(zip(grid.rows, (table.head, *table.rows), strict=True)):
        for column, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            bold = at == 0 or column == 0
            _write(cell, say(text), size=size, bold=bold, right=table.on_the_right(column))
            cell.width = Cm(widths[column])
    _ruled(grid)


def _widths(table: Table) -> list[float]:
    shares = table.shares or (1.7, *[1.0] * (len(table.head) - 1))
    whole = _WIDTHS[table.wide]
    return [whole * share / sum(shares) for share in shares]


def _write(cell: _Cell, text: str, *, size: float, bold: bool, right: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(1)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.LEFT
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(size), bold


def _ruled(grid: WordTable) -> None:
    look = grid._tbl.tblPr  # noqa: SLF001
    lines = element("tblBorders")
    for side, size, colour in (("bottom", "4", _FAINT), ("insideH", "4", _FAINT)):
        lines.append(element(side, val="single", sz=size, space="0", color=colour))
    margins = element("tblCellMar")
    for side in ("left", "right"):
        margins.append(element(side, w="50", type="dxa"))
    look.xpath("w:tblLayout")[0].addprevious(lines)
    look.xpath("w:tblLook")[0].addprevious(margins)
    for row in grid.rows:
        row._tr.get_or_add_trPr().append(element("cantSplit", val="true"))  # noqa: SLF001
    grid.rows[0]._tr.get_or_add_trPr().append(element("tblHeader", val="true"))  # noqa: SLF001
    for cell in grid.rows[0].cells:
        under = element("tcBorders")
        under.append(element("bottom", val="single", sz="8", space="0", color=_STRONG))
        cell._tc.get_or_add_tcPr().append(under)  # noqa: SLF001

"""The look of a Word document: paper, fonts, styles and page numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from netmeta.report.league_word import element

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.section import Section
    from docx.styles.style import ParagraphStyle

__all__ = ["a4", "number_pages", "styled", "turned"]

_SHORT, _LONG, _MARGIN, _TIGHT = 21.0, 29.7, 2.0, 1.5
_INK, _MUTED, _ACCENT = "1B1F24", "5A6470", "0B5C9E"
_SIZES: Final = {
    "Title": 20,
    "Subtitle": 9,
    "Heading 1": 15,
    "Heading 2": 12,
    "Normal": 10,
    "Caption": 9,
    "Intense Quote": 11,
    "List Bullet": 10,
    "List Number": 9,
    "macro": 7.5,
    "Note": 8.5,
}
_MUTE: Final = ("Subtitle", "Caption", "Note")


def a4(section: Section) -> None:
    """Make a section A4, upright."""
    from docx.enum.section import WD_ORIENT

    _paper(section, _SHORT, _LONG, _MARGIN)
    section.orientation = WD_ORIENT.PORTRAIT


def turned(document: WordDocument, *, on_its_side: bool) -> None:
    """Begin a section on a new page, on its side or upright again."""
    from docx.enum.section import WD_ORIENT, WD_SECTION

    section = document.add_section(WD_SECTION.NEW_PAGE)
    if not on_its_side:
        a4(section)
        return
    _paper(section, _LONG, _SHORT, _TIGHT)
    section.orientation = WD_ORIENT.LANDSCAPE


def _paper(section: Section, width: float, height: float, margin: float) -> None:
    from docx.shared import Cm

    section.page_width, section.page_height = Cm(width), Cm(height)
    for side in ("left", "right", "top", "bottom"):
        setattr(section, f"{side}_margin", Cm(margin))


def styled(document: WordDocument) -> None:
    """Set fonts, sizes and colours; the far eastern font serves Chinese."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    document.styles.add_style("Note", WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles["Normal"]
    for name, size in _SIZES.items():
        style = document.styles[name]
        _font(style, "Consolas" if name == "macro" else "Arial")
        style.font.size = Pt(size)
        style.font.italic = False
        style.paragraph_format.space_after = Pt(0 if name == "macro" else 6)
    document.styles["Note"].paragraph_format.space_after = Pt(1)
    document.styles["Note"].paragraph_format.space_before = Pt(3)
    _answer(document.styles["Intense Quote"])
    _unruled(document.styles["Title"])
    document.styles["Title"].font.bold = True
    document.styles["Caption"].paragraph_format.space_before = Pt(10)
    for spaced in document.styles["Subtitle"].element.rPr.xpath("w:spacing"):
        spaced.getparent().remove(spaced)


def _font(style: ParagraphStyle, family: str) -> None:
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    style.font.name = family
    style.font.color.rgb = RGBColor.from_string(_MUTED if style.name in _MUTE else _INK)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    fonts.set(qn("w:hAnsi"), family)
    fonts.set(qn("w:cs"), family)
    fonts.set(qn("w:eastAsia"), "Microsoft YaHei")


def _answer(style: ParagraphStyle) -> None:
    """Put a line at the left of the answer, and no frame around it."""
    from docx.shared import Cm

    style.font.bold = True
    style.paragraph_format.left_indent, style.paragraph_format.right_indent = Cm(0.3), Cm(0)
    _unruled(style)
    lines = element("pBdr")
    lines.append(element("left", val="single", sz="24", space="8", color=_ACCENT))
    spacing = style.element.get_or_add_pPr().xpath("w:spacing")[0]
    spacing.addprevious(lines)


def _unruled(style: ParagraphStyle) -> None:
    for lines in style.element.get_or_add_pPr().xpath("w:pBdr"):
        lines.getparent().remove(lines)


def number_pages(section: Section) -> None:
    """Write the number of the page under each page."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    field = element("fldSimple", instr="PAGE")
    field.append(element("r"))
    paragraph._p.append(field)  # noqa: SLF001

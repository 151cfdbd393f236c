"""The Word document, opened and read back."""

from __future__ import annotations

import io

import pytest

import netmeta as nm
from netmeta.document.writing import made

docx = pytest.importorskip("docx")


@pytest.fixture(scope="module")
def word(docx_bytes):
    return docx.Document(io.BytesIO(docx_bytes))


def texts(word) -> list[str]:
    return [paragraph.text for paragraph in word.paragraphs]


def test_headings_are_headings(word, state) -> None:
    heads = [p.text for p in word.paragraphs if p.style.name == "Heading 1"]
    assert heads[:5] == ["Summary", "Summary of findings", "Trials", "Methods", "Results"]
    assert word.paragraphs[0].style.name == "Title"
    assert word.core_properties.title == word.paragraphs[0].text
    answer = next(p.text for p in word.paragraphs if p.style.name == "Intense Quote")
    assert answer.replace("\u202f", "\u2009").startswith(nm.sentence(state.outcome))


def test_tables_come_back_cell_by_cell(word, document) -> None:
    assert len(word.tables) == len(document.tables)
    for made_table, table in zip(word.tables, document.tables, strict=True):
        rows = [[cell.text.replace("\u202f", "\u2009") for cell in row.cells] for row in made_table.rows]
        assert rows == [list(table.head), *map(list, table.rows)], table.name
        first = made_table.rows[0]._tr.trPr
        assert first is not None
        assert first.xpath("w:tblHeader")


def test_pictures_have_their_words(word, document) -> None:
    shapes = word.inline_shapes
    assert len(shapes) == len(document.figures)
    for shape, figure in zip(shapes, document.figures, strict=True):
        assert shape._inline.docPr.get("descr").replace("\u202f", "\u2009") == figure.alt
        assert shape.width.cm <= 17.01
        assert shape.height.cm <= 21.51
    captions = [p.text for p in word.paragraphs if p.style.name == "Caption"]
    assert captions[0].startswith("Figure 1. Forest plot.")
    assert len(captions) == len(document.figures) + len(document.tables)


def test_the_league_table_lies_on_its_side(word, document) -> None:
    turned = [section.page_width.cm > section.page_height.cm for section in word.sections]
    assert turned.count(True) == sum(table.wide for table in document.tables) == 1
    assert turned[0] is turned[-1] is False


def test_references_are_numbered(word) -> None:
    cited = [p.text for p in word.paragraphs if p.style.name == "List Number"]
    assert cited[0].startswith("CABINET. Chan JA et al.")
    assert any("doi:10.1136/bmj.n71" in text for text in cited)


def test_hostile_texts_are_texts(hostile) -> None:
    word = docx.Document(io.BytesIO(made(hostile.analysis().state, ".docx")))
    trials = next(table for table in word.tables if table.rows[0].cells[0].text == "Trial")
    names = [row.cells[0].text for row in trials.rows[1:]]
    assert names[:4] == list(hostile.NAMES[:4])
    assert "\u202e" not in "".join(names)
    assert not any("hacked" in part.partname for part in word.part.package.iter_parts())

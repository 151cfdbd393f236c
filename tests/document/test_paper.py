"""The PDF, opened, read and looked at."""

from __future__ import annotations

import re

import pytest

from netmeta import language
from netmeta.document.writing import made

pdfium = pytest.importorskip("pypdfium2")


def opened(raw: bytes):
    return pdfium.PdfDocument(raw)


def pages_of(raw: bytes) -> list[str]:
    found = opened(raw)
    try:
        return [one.get_textpage().get_text_range() for one in found]
    finally:
        found.close()


def flat(text: str) -> str:
    return re.sub(r"[\s\u200b\u202f\u2009\ufffe\u00ad]+", "", text.replace("\u2010", "-"))


@pytest.fixture(scope="module")
def pages(pdf_bytes):
    return pages_of(pdf_bytes)


def test_its_text_can_be_selected_and_is_what_the_document_says(pages, document) -> None:
    whole = flat(" ".join(pages))
    assert flat(document.title) in flat(pages[0])
    for table in document.tables[:2]:
        for row in table.rows:
            assert flat(row[0]) in whole
    for block in document.blocks:
        if type(block).__name__ == "Heading":
            assert flat(block.text) in whole
    assert "CABINETepNET" in flat(pages[0]), "the text of figures is text too"


def test_its_pages_are_numbered_and_a4(pdf_bytes, pages) -> None:
    found = opened(pdf_bytes)
    sizes = {tuple(round(x) for x in one.get_size()) for one in found}
    assert sizes == {(595, 842), (842, 595)}
    for at, text in enumerate(pages, 1):
        assert f"{at} / {len(pages)}" in text
    found.close()


def test_it_says_what_it_is(pdf_bytes, document) -> None:
    found = opened(pdf_bytes)
    assert found.get_metadata_dict()["Title"] == document.title
    found.close()
    assert b"/Lang" in pdf_bytes
    assert b"/MarkInfo" in pdf_bytes or b"/StructTreeRoot" in pdf_bytes


def test_nothing_is_drawn_beyond_the_margins(pdf_bytes) -> None:
    found = opened(pdf_bytes)
    for at, one in enumerate(found):
        image = one.render(scale=0.5).to_numpy()
        edge = 12
        frame = [image[:edge], image[-edge:], image[:, :edge], image[:, -edge:]]
        assert min(part.min() for part in frame) > 250, f"page {at + 1}"
        assert (image < 200).any(), f"page {at + 1} is empty"
    found.close()


def test_hostile_texts_are_texts(hostile) -> None:
    whole = flat(" ".join(pages_of(made(hostile.analysis().state, ".pdf"))))
    for name in hostile.NAMES[:4]:
        assert flat(name) in whole
    assert "root:x:0" not in whole


def test_in_chinese_its_characters_are_there(state):
    raw = made(state, ".pdf", language="zh")
    text = flat(" ".join(pages_of(raw)))
    for words in ("神经内分泌肿瘤", "无进展生存期", "参考文献", "卡博替尼"):
        assert words in text
    page = opened(raw)[0].render(scale=1).to_numpy()
    assert page.std() > 5


def test_without_a_font_for_it_chinese_is_refused_and_the_ways_out_are_named():
    from netmeta.document.paper import _check_fonts
    from netmeta.errors import ReportError

    with language.speaking("zh"), pytest.raises(ReportError, match=r"needs a font with Chinese characters.*\.docx"):
        _check_fonts(frozenset({"DejaVu Sans"}))
    _check_fonts(frozenset())

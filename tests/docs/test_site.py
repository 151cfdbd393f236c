"""The documentation site: every name has its entry, every chart its picture, every notebook its page."""

from __future__ import annotations

import re
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

import netmeta as nm
from netmeta import charts

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "docs"))

from building.links import site_links, sound_lists  # noqa: E402
from building.reference import entry  # noqa: E402
from building.running import run_page  # noqa: E402
from building.showing import Sheet  # noqa: E402


class Read(HTMLParser):
    """What a page has: its anchors, its links, its pictures with what is said of them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.pictures: dict[str, str] = {}
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if found.get("id"):
            self.ids.add(found["id"])
        self.links += [found[name] for name in ("href", "src") if found.get(name)]
        if tag == "img":
            self.pictures[found["src"]] = found.get("alt", "")


def read(site: Path, place: str) -> Read:
    return Read((site / place).read_text(encoding="utf-8"))


def test_every_public_name_has_an_entry(site):
    anchors = set().union(
        *(read(site, f"reference/{page.name}").ids for page in (site / "reference").glob("*.html"))
    )
    assert len(nm.__all__) > 120
    assert {name for name in nm.__all__ if entry(name) not in anchors} == set()


def test_every_chart_has_its_place_in_the_gallery_and_a_picture_with_words(site):
    text = (site / "gallery.html").read_text(encoding="utf-8")
    sections = re.split(r"<h3 id=", text)[1:]
    shown = {re.search(r"<code>nm\.(\w+)</code>", section)[1]: section for section in sections}
    assert sorted(shown) == list(charts.__all__)
    for noun, section in shown.items():
        pictures = Read(section).pictures
        assert len(pictures) == 1, noun
        place, said = pictures.popitem()
        assert len(said) > 20, noun
        assert (site / place).read_text().startswith("<svg"), noun
        assert f"nm.{noun}(" in re.sub(r"<[^>]+>", "", section), noun


def test_every_numbered_notebook_is_a_page_with_what_it_showed(site):
    notebooks = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))
    assert len(notebooks) >= 4
    home = read(site, "tutorials/index.html").links
    for notebook in notebooks:
        page = f"{notebook.stem}.html"
        text = (site / "tutorials" / page).read_text(encoding="utf-8")
        assert "Traceback" not in text
        assert page in home
    first = read(site, f"tutorials/{notebooks[0].stem}.html")
    assert first.pictures
    assert all((site / "tutorials" / place).is_file() and said for place, said in first.pictures.items())


def test_no_page_asks_another_host(site):
    """A link may lead elsewhere when it is clicked; nothing may be fetched from there."""
    pages = list(site.rglob("*.html"))
    assert len(pages) > 30
    asked = re.compile(r"<(?:script|img|iframe|link(?! rel=\"canonical\"))[^>]+(?:src|href)=\"?https?:[^>]+>")
    assert {page.name: found for page in pages if (found := asked.findall(page.read_text(encoding="utf-8")))} == {}
    for sheet in site.rglob("*.css"):
        assert not re.search(r"url\(\"?https?:|@import \"?https?:", sheet.read_text(encoding="utf-8")), sheet


def test_every_page_of_the_docs_is_on_the_site(site):
    written = list((ROOT / "docs").glob("*.md"))
    assert {file.stem for file in written if not (site / f"{file.stem}.html").is_file()} == set()
    assert (site / "data.html").is_file()


def test_no_list_has_become_a_paragraph(site):
    """Markdown of notebooks needs no empty line before a list; the site's does."""
    for page in site.rglob("*.html"):
        assert not re.search(r"<p>[^<]*(?:<(?!/p)[^>]*>[^<]*)*\n- ", page.read_text(encoding="utf-8")), page


def test_links_are_turned_to_the_site_or_to_the_repository():
    pages = {"curves.md", "data.md", "tutorials/01_a.md"}
    text = "[a](../docs/curves.md#x) [b](../data/README.md) [c](../tests/run.sh) [d](https://e.f) [e](01_a.ipynb)\n```\n[g](h.md)\n```"
    assert site_links(text, "notebooks/02_b.ipynb", "tutorials/02_b.md", pages) == (
        "[a](../docs/curves.md#x)".replace("../docs/curves.md#x", "../curves.md#x")
        + " [b](../data.md) [c](https://github.com/netmeta/netmeta/blob/HEAD/tests/run.sh) [d](https://e.f) [e](01_a.md)"
        + "\n```\n[g](h.md)\n```"
    )


def test_a_list_after_a_paragraph_gets_its_empty_line():
    assert (
        sound_lists("said:\n- one\n- two\n\n```\nx:\n- y\n```\n") == "said:\n\n- one\n- two\n\n```\nx:\n- y\n```\n"
    )


def test_a_block_that_fails_stops_the_build():
    with pytest.raises(RuntimeError, match=r"In how-to, this block fails with ZeroDivisionError"):
        run_page("```python\n1 / 0\n```\n", Sheet("how-to"))


def test_a_block_shows_what_a_cell_would_and_another_language_is_left_alone():
    sheet = Sheet("page", "../")
    shown = run_page("```python\na = 2\nprint('said')\na + 1\n```\n```py\n1 / 0\n```\n", sheet)
    assert "``` { .text .nm-printed }\nsaid\n```" in shown
    assert "``` { .text .nm-printed }\n3\n```" in shown
    assert shown.endswith("```py\n1 / 0\n```\n")
    drawn = sheet.shown({"image/svg+xml": "<svg/>", "text/plain": 'Forest [plot] "a"'})
    assert drawn.startswith("![Forest plot a](../pictures/page-1.svg)")
    assert sheet.pictures == {"pictures/page-1.svg": "<svg/>"}

"""The page in Chromium, every host refused: tooltips by mouse and keyboard, nothing runs that is not ours."""

from __future__ import annotations

import http.server
import re
import threading
from functools import partial
from html.parser import HTMLParser

import pytest

import netmeta as nm
from netmeta.document.writing import made


class Outline(HTMLParser):
    """What a screen reader finds: landmarks, headings, heads of tables, labels of pictures."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def of(self, tag: str) -> list[dict[str, str]]:
        return [attrs for found, attrs in self.tags if found == tag]


@pytest.fixture(scope="session")
def host(tmp_path_factory):
    """``host(name, text)`` serves a page on loopback and returns its address."""
    folder = tmp_path_factory.mktemp("pages")

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_args):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def served(name: str, text: str) -> str:
        (folder / name).write_text(text, encoding="utf-8")
        return f"http://127.0.0.1:{server.server_port}/{name}"

    yield served
    server.shutdown()
    server.server_close()


def test_it_names_no_host_but_in_texts(page_text: str) -> None:
    addresses = re.findall(r'\b(?:src|href|action|url)[=(]"?([^">)\s]+)', page_text)
    assert addresses
    assert all(found.startswith("#") for found in addresses), [a for a in addresses if not a.startswith("#")][:3]
    assert "default-src 'none'" in page_text
    assert len(page_text) < 2_000_000


def test_its_structure_is_for_everybody(page_text: str, document) -> None:
    found = Outline()
    found.feed(page_text)
    assert found.of("html") == [{"lang": "en-GB"}]
    assert len(found.of("h1")) == len(found.of("main")) == len(found.of("header")) == 1
    assert found.of("nav")[0]["aria-label"] == "Contents"
    assert len(found.of("table")) == len(found.of("caption")) == len(document.tables)
    assert {attrs.get("scope") for attrs in found.of("th")} == {"col", "row"}
    pictures = [attrs for attrs in found.of("svg") if "aria-label" in attrs]
    assert [attrs["aria-label"] for attrs in pictures] == [figure.alt for figure in document.figures]
    anchors = {attrs["href"][1:] for attrs in found.of("a")}
    assert anchors == {attrs["id"] for attrs in found.of("h2")}
    ids = [attrs["id"] for _tag, attrs in found.tags if "id" in attrs]
    assert len(ids) == len(set(ids))


def test_a_trial_shows_its_details_on_hover_and_on_focus(page, host, keep) -> None:
    page.goto(host("one.html", nm.html_page(nm.Analysis())))
    tip = page.locator(".tip")
    assert not tip.is_visible()
    mark = page.locator('[data-tip*="Yao JC, N Engl J Med 2011"]').first
    mark.hover()
    tip.wait_for(state="visible")
    assert "Printed: HR 0.35 (0.27–0.45)" in tip.inner_text()
    keep("document-page-tooltip")
    page.mouse.move(2, 2)
    tip.wait_for(state="hidden")
    page.locator("[data-tip]").first.focus()
    tip.wait_for(state="visible")
    assert "cabozantinib vs placebo" in tip.inner_text()
    page.keyboard.press("Escape")
    tip.wait_for(state="hidden")


def test_the_whole_report_opens_in_light_and_dark(page, host, page_text, document, keep) -> None:
    page.goto(host("report.html", page_text))
    assert page.locator("figure svg").count() == len(document.figures)
    ground = "() => getComputedStyle(document.body).backgroundColor"
    ink = "() => getComputedStyle(document.querySelector('figure text')).fill"
    light = page.evaluate(ground), page.evaluate(ink)
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate(ground), page.evaluate(ink)
    # The first text is a label of the axis: muted (#5a6470, #a9b3bd) on the theme's own ground.
    assert light == ("rgb(255, 255, 255)", "rgb(90, 100, 112)")
    assert dark == ("rgb(22, 25, 29)", "rgb(169, 179, 189)")
    keep("document-report-dark")
    wide = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) == 0


@pytest.mark.parametrize("page", [{"width": 390, "height": 800}], indirect=True, ids=["narrow"])
def test_it_fits_a_telephone(page, host, page_text, keep) -> None:
    page.goto(host("report.html", page_text))
    wide = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) == 0
    keep("document-report-narrow")


def test_hostile_texts_are_texts(page, host, hostile) -> None:
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.goto(host("hostile.html", made(hostile.analysis().state, ".html").decode()))
    page.locator("[data-tip]").first.hover()
    page.locator(".tip").wait_for(state="visible")
    assert page.evaluate("() => window.hacked") is None
    assert page.locator("img, iframe, object, main script").count() == 0
    heads = page.locator("table").nth(1).locator("tbody th").all_inner_texts()
    assert heads[0] == hostile.NAMES[0]
    assert heads[3] == hostile.NAMES[3]
    assert not [said for said in messages if "Content Security Policy" in said], messages


def test_scripts_of_others_would_be_refused(page, host, page_text) -> None:
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.goto(host("inserted.html", page_text.replace("</main>", "<script>window.hacked = 9</script></main>")))
    assert page.evaluate("() => window.hacked") is None
    assert any("Content Security Policy" in said for said in messages)

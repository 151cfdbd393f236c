"""The documentation site in Chromium, every host but loopback refused."""

from __future__ import annotations

import functools
import http.server
import subprocess
import sys
import threading
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_said):
        return


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--strict",
        "-q",
        "-f",
        "docs/mkdocs.yml",
        "-d",
        str(folder),
    ]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr[-3000:]
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def drawn(page) -> list[str]:
    """Scroll through the page; return the pictures that did not come."""
    for picture in page.locator("img.nm-figure").all():
        picture.scroll_into_view_if_needed()
    page.wait_for_function("() => [...document.querySelectorAll('img.nm-figure')].every(img => img.complete)")
    return page.evaluate(
        "() => [...document.querySelectorAll('img.nm-figure')].filter(i => !i.naturalWidth).map(i => i.src)"
    )


def clipped(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")


@pytest.mark.parametrize(
    "place",
    [
        "index",
        "gallery",
        "reference/pooling",
        "reference/widgets",
        "howto/compare-therapies",
        "deploy",
        "validation",
    ],
)
def test_a_page_shows_all_of_itself(site, page, keep, place):
    page.goto(f"{site}/{place}.html")
    page.locator("h1").first.wait_for()
    assert drawn(page) == []
    assert not clipped(page)
    page.evaluate("scrollTo(0, 0)")
    keep(f"docs-{place.replace('/', '-')}")


def test_a_tutorial_shows_its_pictures_in_the_dark_too(site, page, keep):
    page.emulate_media(color_scheme="dark")
    page.goto(f"{site}/tutorials/{min((ROOT / 'notebooks').glob('[0-9]*.ipynb')).stem}.html")
    assert page.locator("img.nm-figure").count() >= 2
    assert drawn(page) == []
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
    page.evaluate("scrollTo(0, 0)")
    keep("docs-tutorial-dark")


def test_search_finds_a_name_without_another_host(site, page, keep):
    page.goto(f"{site}/index.html")
    # The search listens to keys, and to none before its index has come.
    page.locator("[data-md-component=search-query]").click()
    page.wait_for_load_state("networkidle")
    page.keyboard.type("leave_one_out", delay=30)
    found = page.locator(".md-search-result__item").first
    found.wait_for()
    assert "leave_one_out" in found.inner_text()
    keep("docs-search")


@pytest.mark.parametrize("page", [{"width": 390, "height": 800}], indirect=True, ids=["telephone"])
def test_a_telephone_needs_no_sideways_scrolling(site, page, keep):
    for place in ("index", "gallery", "reference/pooling"):
        page.goto(f"{site}/{place}.html")
        page.locator("h1").first.wait_for()
        assert not clipped(page), place
    keep("docs-telephone")

"""``notebooks/app.sh``: the workbench as an app, with no code, no menu and no request to another host."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import netmeta as nm

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def app(serve):
    """What ``app.sh`` starts, once its environment is made."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_PATH", str(ROOT / "binder"))
        patch.setenv("PYTHONPATH", str(ROOT))
        yield serve(
            "voila",
            "--template=netmeta",
            "--Voila.ip=127.0.0.1",
            str(ROOT / "notebooks" / "workbench.ipynb"),
        )


def test_the_script_starts_what_is_tested_here():
    script = (ROOT / "notebooks" / "app.sh").read_text()
    assert "--template=netmeta" in script
    assert 'JUPYTER_PATH="$PWD/binder' in script
    assert "notebooks/workbench.ipynb" in script


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_click_is_answered_and_nothing_else_is_on_the_page(app, page, keep, theme):
    page.goto(f"{app['url']}/?theme={theme}")
    page.locator(".netmeta-figure .squares_marks path").first.wait_for(state="attached", timeout=90_000)
    assert page.title() == "netmeta workbench"
    assert page.locator(".jp-InputArea-editor, .CodeMirror, .jp-Toolbar").count() == 0
    assert page.locator("#rendered_cells .jp-InputPrompt").all_inner_texts() == []
    name = page.locator(".netmeta-figure text", has_text="CABINET pNET").first
    box = name.bounding_box()
    page.mouse.click(box["x"] + 5, box["y"] + box["height"] / 2)
    rest = nm.load_trials().where(endpoint="PFS", use="primary", control="placebo").without("CABINET pNET")
    page.locator(".netmeta-answer", has_text=nm.sentence(nm.pool(rest))).wait_for()
    figure, wide = page.locator(".netmeta-workbench").bounding_box(), page.evaluate("innerWidth")
    assert figure["width"] > 0.85 * wide
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    colour = (
        page.evaluate("getComputedStyle(document.querySelector('#main')).backgroundColor").strip("rgb()").split(",")
    )
    assert (int(colour[0]) < 80) == (theme == "dark")
    keep(f"app-{theme}")


def test_the_console_script_of_voila_is_in_the_environment():
    assert Path(sys.executable).with_name("voila").is_file()

"""The league table in a bare page, with the real view behind it: text, keyboard, order, downloads, both themes."""

from __future__ import annotations

import base64
import json
import re

import pytest
import traitlets as t

import netmeta as nm
from netmeta.widgets import Analysis, Problem
from netmeta.widgets.assets import script

pytestmark = pytest.mark.browser

MODEL = """
window.fake = (state) => {
  const heard = {};
  return (window.model = { sent: [],
    get: key => state[key],
    set: (key, value) => { state[key] = value; (heard['change:' + key] || []).forEach(f => f()); },
    save_changes: () => {},
    send: content => window.model.sent.push(content),
    tell: (content, raw) => (heard['msg:custom'] || []).forEach(f => f(content, [raw])),
    on: (event, f) => (heard[event] ||= []).push(f),
    off: (event, f) => { heard[event] = (heard[event] || []).filter(g => g !== f); },
    listeners: event => (heard[event] || []).length });
};
window.mount = async (text, state) => {
  const el = document.querySelector('#league');
  const module = (await import(URL.createObjectURL(new Blob([text], {type: 'text/javascript'})))).default;
  const model = fake(state);
  window.forget = module.initialize({model});
  window.stop = module.render({model, el});
};
"""
# The variables that JupyterLab's themes set.
DARK = """--jp-layout-color0:#111;--jp-layout-color1:#111;--jp-content-font-color1:#fff;--jp-border-color1:#616161;
--jp-content-font-color2:rgba(255,255,255,.7);--jp-border-color2:#424242;--jp-brand-color1:#2196f3;background:#111"""
PAGE = """<!doctype html><style>{css}</style><body style="margin:12px;{style}" data-jp-theme-light="{light}">
<button>before</button><div id=league></div><button>after</button></body>"""


class Networked(Analysis):
    network_outcome = t.Any(Problem("None."))


class Desk:
    """The page and the view that its messages go to."""

    def __init__(self, page, result, *, dark: bool = False) -> None:
        self.page, self.view = page, nm.LeagueView(Networked())
        self.view.show_result(result)
        style, light = (DARK, "false") if dark else ("", "true")
        html = PAGE.format(css=script("netmeta.css"), style=style, light=light)
        page.route("http://127.0.0.1/bare", lambda route: route.fulfill(content_type="text/html", body=html))
        page.goto("http://127.0.0.1/bare")
        page.evaluate(f"() => {{ window.ran = 0; {MODEL} }}")
        state = {name: getattr(self.view.body, name) for name in ("data", "chosen", "scope")}
        page.evaluate("([text, state]) => mount(text, state)", [script("leaguetable.js"), state])

    def answer(self) -> list[dict]:
        """Give the view what the page sent, and the page what came of it."""
        sent = self.page.evaluate("model.sent.splice(0)")
        for content in sent:
            self.view.body._handle_custom_msg(content, [])
        for name in ("data", "chosen"):
            self.page.evaluate("([name, text]) => model.set(name, text)", [name, getattr(self.view.body, name)])
        return sent

    def cell(self, row: int, column: int):
        return self.page.locator(f"[data-at='{row}:{column}']")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def focused(self) -> str:
        return self.page.evaluate("document.activeElement.dataset.at ?? document.activeElement.textContent")

    def said(self) -> str:
        return self.page.locator(".netmeta-said").inner_text()

    def names(self) -> list[str]:
        heads = self.page.locator("#league tbody th").all_inner_texts()
        return [name.replace("\u00a0", " ") for name in heads]


@pytest.fixture(scope="module")
def net():
    trials = nm.select(nm.load_trials(), nm.Selection("PFS")).evidence
    merge = nm.Merge("high-dose SSA", into="SSA")
    return nm.compare(nm.connected_to(trials, "placebo", merge), assumptions=merge)


def star(*names: str):
    trials = [
        nm.Trial(study=f"S{at}", experimental=name, control="placebo", log_hr=-0.3 * (at + 1), se=0.1)
        for at, name in enumerate(names)
    ]
    return nm.compare(nm.Evidence(trials), nm.CommonEffect())


@pytest.fixture
def desk(page, net):
    return Desk(page, net)


class TestTable:
    def test_is_a_grid_with_headings(self, desk, net):
        grid = desk.page.get_by_role("grid", name="League table: PFS, 13 treatments")
        assert grid.get_by_role("row").count() == 14
        assert desk.page.get_by_role("columnheader").count() == 14
        assert desk.names() == list(net.ranking)
        assert desk.cell(0, 12).inner_text().split() == ["0.090", "0.047–0.17"]
        words = desk.page.locator(f"#{grid.get_attribute('aria-describedby')}").inner_text()
        assert words.startswith("Each cell is the hazard ratio (95% CI) of the treatment of its row against")

    def test_says_the_cell_that_is_pointed_at(self, desk):
        desk.cell(5, 12).hover()
        wanted = (
            "cabozantinib against placebo: HR 0.31 (95% CI 0.20 to 0.50), favours cabozantinib; 2 trials compare"
        )
        assert desk.said().startswith(wanted)
        assert desk.cell(5, 12).get_attribute("title") == desk.said()
        desk.page.mouse.move(1, 1)
        assert desk.said().startswith("Point at a cell")

    def test_names_are_text(self, page):
        names = ("<img src=x onerror='ran=1'>", "a\u202eb", "x" * 120, "</th><script>ran=1</script>")
        desk = Desk(page, star(*names))
        assert desk.names()[-2] == "<img src=x onerror='ran=1'>"
        desk.cell(0, 1).hover()
        desk.cell(1, 0).click()
        desk.answer()
        assert desk.page.locator("#league img, #league script").count() == 0
        assert desk.page.evaluate("ran") == 0
        assert desk.view.pair == (names[2], names[3])

    def test_nothing_is_left_of_a_network_that_is_gone(self, desk):
        desk.page.evaluate("""() => model.set('data', '{"names": []}')""")
        assert desk.page.locator("#league").is_hidden()
        desk.page.evaluate("data => model.set('data', data)", desk.view.body.data)
        assert desk.page.get_by_role("grid").count() == 1

    def test_a_wide_table_scrolls_in_its_own_box_and_the_names_stay(self, page):
        page.set_viewport_size({"width": 700, "height": 500})
        desk = Desk(page, star(*(f"a treatment number {at}" for at in range(29))))
        assert page.evaluate("document.documentElement.scrollWidth <= 700")
        heads = page.locator("#league tbody th").nth(0), desk.cell(-1, 0)
        before = [head.bounding_box() for head in heads]
        page.evaluate("document.querySelector('.netmeta-league-box').scrollTo(900, 400)")
        after = [head.bounding_box() for head in heads]
        assert after[0]["x"] == before[0]["x"]
        assert after[1]["y"] == before[1]["y"]
        assert after[1]["x"] < before[1]["x"] - 500

    def test_no_cell_is_reached_under_the_headings(self, page):
        page.set_viewport_size({"width": 700, "height": 500})
        desk = Desk(page, star(*(f"a treatment number {at}" for at in range(29))))
        desk.cell(20, 20).focus()
        desk.press(*["ArrowLeft"] * 8, *["ArrowUp"] * 14)
        assert desk.focused() == "6:12"
        corner, cell = page.locator("#league thead th").first.bounding_box(), desk.cell(6, 12).bounding_box()
        assert cell["x"] >= corner["x"] + corner["width"] - 1
        assert cell["y"] >= corner["y"] + corner["height"] - 1

    def test_in_another_order_the_first_column_is_in_sight(self, page):
        page.set_viewport_size({"width": 700, "height": 500})
        desk = Desk(page, star(*(f"a treatment number {at}" for at in range(29))))
        desk.cell(-1, 20).click()
        assert page.evaluate("document.querySelector('.netmeta-league-box').scrollLeft") > 500
        desk.answer()
        assert page.evaluate("document.querySelector('.netmeta-league-box').scrollLeft") == 0
        page.evaluate("document.querySelector('.netmeta-league-box').scrollTo(900, 0)")
        desk.view.lower.value = "network"
        desk.answer()
        assert page.evaluate("document.querySelector('.netmeta-league-box').scrollLeft") == 900

    def test_lets_go(self, desk):
        desk.page.evaluate("() => { stop(); forget(); }")
        assert (
            desk.page.evaluate(
                "model.listeners('change:data') + model.listeners('change:chosen') + model.listeners('msg:custom')"
            )
            == 0
        )


class TestKeyboard:
    def test_one_tab_stop_and_arrows(self, desk):
        desk.page.get_by_role("button", name="before").focus()
        desk.press("Tab")
        assert desk.focused() == "-1:0"
        desk.press("ArrowDown", "ArrowDown", "ArrowRight")
        assert desk.focused() == "1:1"
        assert desk.said() == "everolimus + bevacizumab + SSA against itself."
        desk.press("End")
        assert desk.focused() == "1:12"
        assert desk.said().startswith("everolimus + bevacizumab + SSA against placebo: HR 0.20")
        desk.press("ArrowRight", "Control+Home", "ArrowLeft")
        assert desk.focused() == "0:0"
        desk.press("Control+End", "ArrowDown", "Home", "ArrowUp")
        assert desk.focused() == "11:0"
        desk.press("Tab")
        assert desk.focused() == "after"
        desk.press("Shift+Tab")
        assert desk.focused() == "11:0"

    def test_enter_chooses_a_cell_and_the_diagonal_is_none(self, desk):
        desk.cell(5, 12).focus()
        desk.press("Enter", " ")
        assert desk.answer() == [{"kind": "cell", "row": "cabozantinib", "column": "placebo"}] * 2
        assert desk.view.pair == ("cabozantinib", "placebo")
        assert desk.page.locator(".netmeta-chosen p").all_inner_texts()[1].endswith("CABINET epNET, CABINET pNET.")
        assert desk.focused() == "5:12"
        desk.cell(5, 5).focus()
        desk.press("Enter")
        assert desk.answer() == []

    def test_enter_on_a_column_orders_and_the_focus_goes_with_it(self, desk, net):
        desk.cell(-1, 10).focus()
        assert desk.said().startswith("Press to put everolimus first")
        desk.press("Enter")
        assert desk.answer() == [{"kind": "order", "first": "everolimus"}]
        assert desk.names()[0] == "everolimus"
        assert desk.focused() == "-1:0"
        assert desk.cell(-1, 0).get_attribute("aria-pressed") == "true"
        desk.press("Enter")
        desk.answer()
        assert desk.names() == list(net.ranking)
        assert desk.focused() == "-1:10"


class TestDownload:
    def test_a_message_with_bytes_becomes_a_file(self, desk, tmp_path):
        raw = b"\xef\xbb\xbfa,b\x00"
        with desk.page.expect_download() as waiting:
            desk.page.evaluate(
                """text => model.tell({kind: 'download', name: 'league-table-pfs.csv', mime: 'text/csv'},
                  new DataView(Uint8Array.from(atob(text), one => one.charCodeAt(0)).buffer))""",
                base64.b64encode(raw).decode(),
            )
        assert waiting.value.suggested_filename == "league-table-pfs.csv"
        waiting.value.save_as(tmp_path / "got.csv")
        assert (tmp_path / "got.csv").read_bytes() == raw


def luminance(colour: list[float]) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in (one / 255 for one in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def laid(colour: str, ground: list[float]) -> list[float]:
    red, green, blue, *alpha = map(float, re.findall(r"[\d.]+", colour))
    share = alpha[0] if alpha else 1.0
    return [share * one + (1 - share) * under for one, under in zip((red, green, blue), ground, strict=True)]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_text_is_read_on_every_ground(page, net, keep, dark):
    desk = Desk(page, net, dark=dark)
    keep(f"league-{'dark' if dark else 'light'}")
    ground = [17.0] * 3 if dark else [255.0] * 3
    seen = desk.page.evaluate("""() => [...document.querySelectorAll('#league td, #league th, #league p')].map(one => {
      const style = getComputedStyle(one); return [style.backgroundColor, style.color] })""")
    assert len({json.dumps(pair) for pair in seen}) >= 4
    for back, ink in seen:
        under = laid(back, ground)
        low, high = sorted((luminance(under), luminance(laid(ink, under))))
        assert (high + 0.05) / (low + 0.05) >= 4.5

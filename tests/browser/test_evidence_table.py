"""The entry table in a bare page, with the real view behind it: typing, pasting and refusing by keyboard alone."""

from __future__ import annotations

import pytest

import netmeta as nm
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
    on: (event, f) => (heard[event] ||= []).push(f),
    off: (event, f) => { heard[event] = (heard[event] || []).filter(g => g !== f); },
    listeners: event => (heard[event] || []).length });
};
window.mount = async (text, state) => {
  const el = document.querySelector('#grid');
  const module = (await import(URL.createObjectURL(new Blob([text], {type: 'text/javascript'})))).default;
  window.stop = await module.render({model: fake(state), el});
};
"""
PAGE = "<!doctype html><body><style>{css}</style><button>before</button><div id=grid></div><button>after</button></body>"
TRAITS = ("columns", "rows", "caption", "scope", "focus")


class Desk:
    """The page and the view that its messages go to."""

    def __init__(self, page, view: nm.EvidenceTable) -> None:
        self.page, self.view = page, view
        html = PAGE.format(css=script("netmeta.css"))
        page.route("http://127.0.0.1/bare", lambda route: route.fulfill(content_type="text/html", body=html))
        page.goto("http://127.0.0.1/bare")
        page.evaluate(f"() => {{ window.ran = 0; {MODEL} }}")
        state = {name: getattr(view.grid, name) for name in TRAITS}
        page.evaluate("([text, state]) => mount(text, state)", [script("evidencetable.js"), state])

    def cell(self, name: str):
        return self.page.get_by_role("textbox", name=name, exact=True)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
        self.deliver()

    def type(self, text: str, *keys: str) -> None:
        self.page.keyboard.type(text)
        self.press(*keys)

    def paste(self, text: str) -> None:
        self.page.evaluate(
            """text => { const data = new DataTransfer(); data.setData('text/plain', text);
            document.activeElement.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})) }""",
            text,
        )
        self.deliver()

    def deliver(self) -> None:
        """Give the view what the page sent, and the page what the view shows."""
        for message in self.page.evaluate("model.sent.splice(0)"):
            before = list(self.view.grid.focus)
            self.view._heard(None, message, None)
            for name in ("caption", "rows"):
                self.page.evaluate(
                    "([name, value]) => model.set(name, value)", [name, getattr(self.view.grid, name)]
                )
            if self.view.grid.focus != before:
                self.page.evaluate("value => model.set('focus', value)", self.view.grid.focus)

    def focused(self) -> str:
        return self.page.evaluate(
            "document.activeElement.getAttribute('aria-label') || document.activeElement.textContent"
        )


def trial(study: str, **more) -> nm.Trial:
    return nm.Trial(
        **{"study": study, "experimental": "x", "control": "y", "hr": 0.5, "ci_low": 0.4, "ci_high": 0.7, **more}
    )


@pytest.fixture
def desk(page):
    return Desk(page, nm.EvidenceTable(nm.Analysis(nm.Evidence([trial("A"), trial("B")]))))


def test_every_box_has_a_name_and_one_is_a_tab_stop(desk):
    desk.page.get_by_role("grid", name="Edit the data").wait_for()
    assert desk.page.get_by_role("gridcell").count() >= 30
    names = desk.page.locator("#grid input").evaluate_all("all => all.map(one => one.getAttribute('aria-label'))")
    assert len(set(names)) == len(names) == 34
    assert "HR of A, row 1" in names
    assert desk.page.locator("#grid [tabindex='0']").count() == 1


def test_editing_by_keyboard_alone(desk):
    desk.page.get_by_role("button", name="before").focus()
    desk.press("Tab")
    assert desk.focused() == "Trial of A, row 1"
    desk.press(*["Tab"] * 7)
    assert desk.focused() == "HR of A, row 1"
    desk.type("0,45", "Enter")
    assert desk.focused() == "HR of B, row 2"
    assert desk.view.analysis.evidence[0].hr == 0.45
    assert desk.cell("HR of A, row 1").input_value() == "0.45"
    desk.press("ArrowUp")
    desk.press("ArrowRight")
    assert desk.focused() == "Lower limit of A, row 1"
    desk.press("Shift+Tab")
    desk.press("Control+z")
    assert desk.view.analysis.evidence[0].hr == 0.5
    assert desk.cell("HR of A, row 1").input_value() == "0.5"
    desk.press("Control+Shift+z")
    assert desk.view.analysis.evidence[0].hr == 0.45


def test_the_keyboard_is_not_trapped(desk):
    desk.cell("HR of A, row 1").focus()
    desk.press("Escape", "Tab")
    assert desk.focused() == "after"
    desk.cell("HR of A, row 1").focus()
    desk.press("Escape", "Shift+Tab")
    assert desk.focused() == "before"


def test_escape_takes_back_what_was_typed(desk):
    desk.cell("HR of A, row 1").focus()
    desk.type("9", "Escape", "ArrowDown")
    assert desk.cell("HR of A, row 1").input_value() == "0.5"
    assert not desk.view.analysis.can_undo


def test_a_bad_cell_is_marked_keeps_its_text_and_says_why(desk):
    desk.cell("HR of A, row 1").fill("0.9")
    desk.press("Enter")
    bad = desk.cell("HR of A, row 1")
    assert bad.get_attribute("aria-invalid") == "true"
    assert bad.input_value() == "0.9"
    why = desk.page.locator(f"[id='{bad.get_attribute('aria-describedby')}']")
    assert "lies outside its interval (0.4 to 0.7)" in why.inner_text()
    assert why.is_visible()
    assert desk.cell("HR of B, row 2").get_attribute("aria-invalid") == "false"
    bad.fill("0.6")
    desk.press("Enter")
    assert bad.get_attribute("aria-invalid") == "false"
    assert not why.is_visible()


def test_a_block_with_decimal_commas_is_pasted(desk):
    desk.cell("HR of A, row 1").focus()
    desk.paste("0,38\t0,25\t0,59\n1,234\t1,1\t1,5\n0,9\t1\t2")
    assert [row.hr for row in desk.view.analysis.evidence] == [0.38, 1.234]
    assert desk.page.locator("#grid tbody tr:visible input").count() == 17 * 3
    assert desk.cell("HR of new row, row 3").input_value() == "0,9"
    assert desk.focused() == "HR of A, row 1"


def test_one_value_is_pasted_as_text_is(desk):
    desk.cell("HR of A, row 1").focus()
    desk.paste("0.38")
    assert desk.view.analysis.evidence[0].hr == 0.5


def test_rows_are_added_and_deleted_by_keyboard(desk):
    desk.cell("Trial of B, row 2").focus()
    desk.press("Enter")
    assert desk.focused() == "Trial of new row, row 3"
    for text in ("C", "", "", "z", "y", "PFS", "", "0.6 (0.5-0.8)"):
        desk.page.keyboard.type(text)
        desk.press("Tab")
    assert desk.view.analysis.evidence.labels == ("A", "B", "C")
    assert desk.cell("Upper limit of C, row 3").input_value() == "0.8"
    desk.page.get_by_role("button", name="Delete A, row 1").focus()
    desk.press("Enter")
    assert desk.view.analysis.evidence.labels == ("B", "C")
    assert desk.focused() == "Delete B, row 1"


def test_hostile_texts_stay_text(page):
    bad = "<img src=x onerror='ran=1'>\"'&"
    desk = Desk(page, nm.EvidenceTable(nm.Analysis(nm.Evidence([trial(bad, source=bad, population=bad)]))))
    assert desk.cell(f"Trial of {bad}, row 1").input_value() == bad
    desk.cell(f"HR of {bad}, row 1").fill(bad)
    desk.press("Enter")
    assert "<img src=x" in desk.page.locator(".netmeta-why:visible").inner_text()
    assert desk.page.locator("#grid img, #grid script").count() == 0
    assert desk.page.evaluate("ran") == 0


def test_typing_goes_on_while_the_kernel_answers(desk):
    desk.cell("HR of A, row 1").fill("0.45")
    desk.page.keyboard.press("Tab")
    desk.page.keyboard.type("0.3")
    desk.deliver()
    assert desk.cell("Lower limit of A, row 1").input_value() == "0.3"
    assert desk.focused() == "Lower limit of A, row 1"
    desk.press("Tab")
    assert desk.view.analysis.evidence[0].ci_low == 0.3


def test_lets_go(desk):
    desk.page.evaluate("() => stop()")
    assert desk.page.evaluate("model.listeners('change:rows') + model.listeners('change:focus')") == 0


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_looks_right(page, theme, keep):
    table = nm.EvidenceTable(nm.Analysis(nm.load_trials().where(endpoint="PFS", use="primary", control="placebo")))
    table.edit(table.analysis.evidence[1].key, "hr", "0.99")
    table.add_row()
    desk = Desk(page, table)
    page.set_viewport_size({"width": 1080, "height": 480})
    dark = {
        "--jp-content-font-color1": "#ddd",
        "--jp-content-font-color2": "#aaa",
        "--jp-content-link-color": "#64b5f6",
    }
    dark |= {
        "--jp-layout-color1": "#111",
        "--jp-layout-color2": "#222",
        "--jp-border-color1": "#666",
        "--jp-border-color2": "#333",
    }
    if theme == "dark":
        style = ";".join(f"{name}:{value}" for name, value in dark.items())
        page.evaluate("style => { document.body.style = style + ';background:#111' }", style)
    desk.cell("HR of RADIANT-3, row 3").focus()
    keep(f"evidence-table-{theme}")
    assert page.locator("#grid tbody tr.netmeta-bad:visible").count() == 1


def test_in_jupyterlab_what_is_typed_reaches_the_kernel_and_the_shortcuts_stay_out(page, notebook):
    cell = "import netmeta as nm\nanalysis = nm.Analysis()\ntable = nm.EvidenceTable(analysis)\ntable"
    book = notebook([cell])
    first = page.get_by_role("textbox", name="HR of CABINET epNET, row 1", exact=True)
    first.wait_for(timeout=60_000)
    before = book.cells()
    first.fill("0,40 (0,26-0,61)")
    page.keyboard.press("Enter")
    page.locator("#jp-main-dock-panel input[aria-label='Upper limit of CABINET epNET, row 1']").wait_for()
    page.wait_for_function(
        "() => document.querySelector(\"input[aria-label='HR of CABINET epNET, row 1']\").value === '0.4'"
    )
    assert book.python("print(analysis.evidence[0].hr, analysis.evidence[0].ci_high)") == "0.4 0.61"
    delete = page.get_by_role("button", name="Delete CABINET epNET, row 1", exact=True)
    delete.focus()
    for key in ("x", "b", "d", "d"):
        page.keyboard.press(key)
    assert book.cells() == before
    page.keyboard.press("Enter")
    page.get_by_role("textbox", name="HR of CABINET pNET, row 1", exact=True).wait_for()
    page.get_by_role("button", name="Undo", exact=True).click()
    first.wait_for()
    assert book.python("print(len(analysis.evidence))") == "111"
    book.picture("evidence-table-lab")

"""The front-end modules in a bare page, with a stand-in for anywidget's model: no Jupyter, so quick."""

from __future__ import annotations

import base64
import json

import pytest

import netmeta as nm
from netmeta.charts.forest_layout import forest_measures, forest_signals
from netmeta.charts.forest_rows import forest_rows
from netmeta.charts.frozen import frozen
from netmeta.charts.network_graph_rows import network_graph_rows, network_graph_signals
from netmeta.charts.theme import DARK, PALETTES
from netmeta.widgets.assets import script, vega_bundle

pytestmark = pytest.mark.browser

MODEL = """
window.models = {};
window.bytes = text => { const raw = Uint8Array.from(atob(text), c => c.charCodeAt(0)); return new DataView(raw.buffer); };
window.fake = (name, state) => {
  const heard = {};
  const model = { sent: [], saved: 0,
    get: key => state[key],
    set: (key, value) => { state[key] = value; (heard['change:' + key] || []).forEach(f => f()); },
    save_changes: () => { model.saved += 1; },
    send: content => model.sent.push(content),
    on: (event, f) => (heard[event] ||= []).push(f),
    off: (event, f) => { heard[event] = (heard[event] || []).filter(g => g !== f); },
    listeners: event => (heard[event] || []).length };
  return (window.models[name] = model);
};
window.load = text => import(URL.createObjectURL(new Blob([text], {type: 'text/javascript'})));
window.mount = async (name, text, state) => {
  const el = document.createElement('div'); el.id = name; document.body.append(el);
  const module = (await load(text)).default;
  window['stop_' + name] = await module.render({model: fake(name, state), el});
};
window.start = async (name, text, state) => (await load(text)).default.initialize({model: fake(name, state)});
"""
CELLS = {
    "label": "CABINET",
    "comparison": "a vs b",
    "n": "95",
    "effect": "0.23",
    "reader": "BICR",
    "status": "verified",
}


@pytest.fixture
def bare(page):
    # A page of a real origin, answered here: no server is needed, and blob modules load as they do in Jupyter.
    html = f"<!doctype html><body><style>{script('netmeta.css')}</style></body>"
    page.route("http://127.0.0.1/bare", lambda route: route.fulfill(content_type="text/html", body=html))
    page.goto("http://127.0.0.1/bare")
    page.evaluate(f"() => {{ {MODEL} }}")
    return page


def mount(page, name: str, file: str, state: dict) -> None:
    page.evaluate(
        "([name, text, state]) => { window.mounting = mount(name, text, state); return mounting }",
        [name, script(file), state],
    )


def payload(trials, result, **more) -> str:
    table = forest_rows(trials, result)
    choices = [{"id": row["id"], "label": row["label"]} for row in table.rows if row["id"]]
    tables, signals = {"rows": list(table.rows)}, forest_signals(table)
    return json.dumps(
        {"tables": tables, "signals": signals, "label": "In words.", "help": "", "choices": choices, **more}
    )


@pytest.fixture(scope="module")
def pfs():
    return nm.load_trials().where(endpoint="PFS", use="primary", control="placebo")


def chart_state(data: str) -> dict[str, str]:
    measures = json.dumps(forest_measures())
    return {"spec": frozen("forest"), "data": data, "palettes": json.dumps(PALETTES), "measures": measures}


CLOUD = {
    "data": {"name": "rows"},
    "mark": "point",
    "width": 300,
    "height": 200,
    "params": [{"name": "brush", "select": {"type": "interval"}}],
    "encoding": {
        "x": {"field": "hr", "type": "quantitative", "scale": {"type": "log", "domain": [0.1, 1]}},
        "y": {"field": "i2", "type": "quantitative", "scale": {"domain": [0, 100]}},
    },
}


def show_chart(page, data: str, name: str = "chart", **state: str) -> None:
    mount(page, name, "livechart.js", {**chart_state(data), **state})
    # Held by the page, not awaited here: a promise that only the driver holds may be collected before it settles.
    start = "([text, bundle]) => { window.starting = start('engine', text, {bundle: bytes(bundle)}) }"
    page.evaluate(start, [script("engine.js"), base64.b64encode(vega_bundle()).decode()])
    page.wait_for_function(f"() => models.{name}.sent.some(message => message.kind === 'painted')")


def push(page, data: str) -> None:
    page.evaluate("data => models.chart.set('data', data)", data)


class TestText:
    def test_is_text_and_never_html(self, bare):
        bare.evaluate("() => { window.ran = 0 }")
        lines = [{"kind": "answer", "text": "<img src=x onerror='ran=1'>"}]
        mount(bare, "text", "textblock.js", {"lines": json.dumps(lines), "urgent": False})
        assert bare.locator("#text p").inner_text() == "<img src=x onerror='ran=1'>"
        assert bare.locator("#text img").count() == 0
        assert bare.evaluate("ran") == 0

    def test_is_a_live_region_that_stays_when_its_words_change(self, bare):
        mount(bare, "text", "textblock.js", {"lines": "[]", "urgent": False})
        assert bare.locator("#text").get_attribute("aria-live") == "polite"
        assert bare.locator("#text").is_hidden()
        bare.evaluate("""() => models.text.set('lines', '[{"kind":"problem","text":"No."}]')""")
        assert bare.locator("#text p.netmeta-problem").inner_text() == "No."

    def test_lets_go(self, bare):
        mount(bare, "text", "textblock.js", {"lines": "[]", "urgent": False})
        bare.evaluate("() => stop_text()")
        assert bare.evaluate("models.text.listeners('change:lines')") == 0


def table_rows(*names: str, **more) -> str:
    facts = [["Source", "A paper"], ["DOI", "10.1056/NEJMoa2403991"], ["Registry", "javascript:alert(1)"]]
    one = {**CELLS, "hint": "", "usable": True, "included": True, "why": "", "facts": facts, **more}
    return json.dumps([{**one, "id": name, "label": name} for name in names])


class TestTable:
    def show(self, page, rows: str) -> None:
        ids = [row["id"] for row in json.loads(rows)]
        mount(page, "table", "trialtable.js", {"rows": rows, "caption": "Trials", "scope": "s", "included": ids})

    def test_unticking_sends_what_is_left_in_the_order_of_the_rows(self, bare):
        self.show(bare, table_rows("A", "B", "C"))
        bare.get_by_role("checkbox", name="Pool B").click()
        assert bare.evaluate("models.table.get('included')") == ["A", "C"]
        bare.get_by_role("checkbox", name="Pool B").click()
        assert bare.evaluate("models.table.get('included')") == ["A", "B", "C"]

    def test_source_unfolds_by_keyboard_and_keeps_the_focus(self, bare):
        self.show(bare, table_rows("A"))
        bare.get_by_role("button", name="Source and details of A").focus()
        bare.keyboard.press("Enter")
        opened = bare.get_by_role("button", name="Source and details of A")
        assert opened.get_attribute("aria-expanded") == "true"
        assert opened.evaluate("button => document.activeElement === button")
        assert bare.locator("#table a").get_attribute("href") == "https://doi.org/10.1056/NEJMoa2403991"

    def test_only_a_doi_or_a_registry_number_becomes_a_link(self, bare):
        self.show(bare, table_rows("A"))
        bare.get_by_role("button", name="Source and details of A").click()
        assert bare.locator("#table a").count() == 1
        assert "javascript:alert(1)" in bare.locator("#table dl").inner_text()

    def test_a_hostile_name_stays_text(self, bare):
        name = "<img src=x onerror=alert(1)>"
        self.show(bare, table_rows(name))
        assert bare.locator("#table th[scope=row]").inner_text() == name
        assert bare.locator("#table img").count() == 0

    def test_what_is_to_be_checked_is_marked_in_words(self, bare):
        self.show(bare, table_rows("A", mark="check: <b>asymmetric interval</b>"))
        assert bare.locator("#table .netmeta-mark").inner_text() == "check: <b>asymmetric interval</b>"
        bare.evaluate("rows => models.table.set('rows', rows)", table_rows("A"))
        assert bare.locator("#table .netmeta-mark").count() == 0

    def test_the_picked_row_is_marked(self, bare):
        self.show(bare, table_rows("A", "B"))
        bare.evaluate("() => models.table.set('picked', 'B')")
        assert bare.locator("#table tr.netmeta-chosen").all_inner_texts()[0].strip().startswith("B")
        bare.evaluate("rows => models.table.set('rows', rows)", table_rows("B", "C"))
        assert bare.locator("#table tr.netmeta-chosen").count() == 1
        bare.evaluate("() => models.table.set('picked', '')")
        assert bare.locator("#table tr.netmeta-chosen").count() == 0

    def test_what_cannot_be_pooled_cannot_be_ticked_and_says_why(self, bare):
        self.show(bare, table_rows("A", usable=False, included=False, why="not verified"))
        box = bare.get_by_role("checkbox", name="A cannot be pooled: not verified")
        assert box.is_disabled()


class TestChart:
    def test_draws_a_mark_for_every_trial_and_one_diamond(self, bare, pfs):
        show_chart(bare, payload(pfs, nm.pool(pfs)))
        assert bare.locator("#chart .squares_marks path").count() == 9
        assert bare.locator("#chart .diamond_marks path").count() == 1
        assert bare.locator("#chart svg").count() == 1

    def test_rows_change_and_the_svg_node_stays(self, bare, pfs):
        show_chart(bare, payload(pfs, nm.pool(pfs)))
        bare.evaluate("() => { window.kept = document.querySelector('#chart svg') }")
        without = pfs.without("CABINET pNET")
        result = nm.pool(without)
        push(bare, payload(pfs, result))
        text = nm.numerals.estimate(result.hr, result.ci.exp().low, result.ci.exp().high)
        bare.locator("#chart text", has_text=text).wait_for(state="attached")
        assert bare.evaluate("kept === document.querySelector('#chart svg')")
        assert bare.locator("#chart text", has_text="out").count() == 1

    def test_a_second_click_on_the_same_line_counts(self, bare, pfs):
        show_chart(bare, payload(pfs, nm.pool(pfs)))
        line = bare.locator("#chart .lines_marks path").nth(1)
        line.click()
        line.click()
        sent = bare.evaluate(
            "models.chart.sent.filter(message => message.kind === 'pick').map(message => message.id)"
        )
        assert sent == [pfs[1].key] * 2

    def test_a_press_counts_once_when_the_line_moves_away_under_it(self, bare, pfs):
        show_chart(bare, payload(pfs, nm.pool(pfs)))
        box = bare.locator("#chart .lines_marks path").nth(1).bounding_box()
        bare.mouse.move(box["x"] + 20, box["y"] + 10)
        bare.mouse.down()
        bare.evaluate("() => { document.body.style.paddingTop = '80px' }")
        bare.mouse.up()
        sent = bare.evaluate(
            "models.chart.sent.filter(message => message.kind === 'pick').map(message => message.id)"
        )
        assert sent == [pfs[1].key]

    def test_a_drag_is_no_click(self, bare, pfs):
        show_chart(bare, payload(pfs, nm.pool(pfs)))
        box = bare.locator("#chart .lines_marks path").nth(1).bounding_box()
        bare.mouse.move(box["x"] + 20, box["y"] + 10)
        bare.mouse.down()
        bare.mouse.move(box["x"] + 90, box["y"] + 60)
        bare.mouse.up()
        assert bare.evaluate("models.chart.sent.filter(message => message.kind === 'pick').length") == 0

    def test_many_changes_at_once_end_with_the_newest(self, bare, pfs):
        show_chart(bare, payload(pfs, nm.pool(pfs)))
        results = [nm.pool(pfs[:k]) for k in range(3, 9)]
        versions = [payload(pfs, result) for result in results]
        bare.evaluate("versions => { for (const data of versions) models.chart.set('data', data) }", versions)
        last = results[-1]
        text = nm.numerals.estimate(last.hr, last.ci.exp().low, last.ci.exp().high)
        bare.locator("#chart text", has_text=text).wait_for(state="attached")
        bare.wait_for_timeout(150)
        assert bare.locator("#chart text", has_text=text).count() == 1
        assert bare.locator("#chart text", has_text="out").count() == 1

    def test_arrow_keys_and_enter_do_what_a_click_does(self, bare, pfs):
        show_chart(bare, payload(pfs, nm.pool(pfs)))
        bare.locator("#chart .netmeta-figure").focus()
        for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp", "Enter", " "):
            bare.keyboard.press(key)
        sent = bare.evaluate(
            "models.chart.sent.filter(message => message.kind === 'pick').map(message => message.id)"
        )
        assert sent == [pfs[1].key] * 2
        assert bare.locator("#chart [aria-live]").inner_text() == "CABINET pNET"
        strokes = bare.locator("#chart .lines_marks path").evaluate_all(
            "all => all.map(p => p.getAttribute('stroke'))"
        )
        assert [at for at, stroke in enumerate(strokes) if stroke not in (None, "transparent")] == [1]

    def test_a_mouse_that_moves_leaves_the_mark_of_the_keyboard(self, bare, pfs):
        show_chart(bare, payload(pfs, nm.pool(pfs)))
        bare.locator("#chart .lines_marks path").nth(5).hover()
        bare.locator("#chart .netmeta-figure").focus()
        bare.keyboard.press("ArrowDown")
        bare.mouse.move(20, 20)
        bare.wait_for_timeout(150)
        lines = bare.locator("#chart .lines_marks path")
        strokes = lines.evaluate_all("all => all.map(p => p.getAttribute('stroke'))")
        assert [at for at, stroke in enumerate(strokes) if stroke not in (None, "transparent")] == [0]

    def test_with_the_shift_key_the_mark_is_pointed_at_in_every_plot(self, bare, pfs):
        show_chart(bare, payload(pfs, nm.pool(pfs)))
        bare.locator("#chart .lines_marks path").nth(2).click(modifiers=["Shift"])
        bare.locator("#chart .netmeta-figure").focus()
        bare.keyboard.press("ArrowDown")
        bare.keyboard.press("Shift+Enter")
        sent = bare.evaluate("models.chart.sent.filter(message => message.id)")
        assert sent == [{"kind": "point", "id": pfs[2].key}, {"kind": "point", "id": pfs[0].key}]

    def test_the_picked_trial_is_marked_and_let_go(self, bare, pfs):
        show_chart(bare, payload(pfs, nm.pool(pfs)), picked=pfs[1].key)
        shades = "all => all.map(path => Number(path.getAttribute('fill-opacity')) > 0)"
        lines = bare.locator("#chart .lines_marks path")
        assert lines.evaluate_all(shades) == [False, True] + [False] * 7
        bare.evaluate("key => models.chart.set('picked', key)", pfs[3].key)
        bare.wait_for_timeout(100)
        assert lines.evaluate_all(shades) == [False] * 3 + [True] + [False] * 5

    def test_a_brushed_region_is_told_in_the_units_of_the_data(self, bare):
        data = json.dumps({"tables": {"rows": [{"hr": 0.3, "i2": 20}]}, "signals": {}, "label": ""})
        show_chart(bare, data, spec=json.dumps(CLOUD), measures="{}")
        box = bare.locator("#chart svg .background").first.bounding_box()
        left, top = box["x"] + (box["width"] - 300) / 2, box["y"] + (box["height"] - 200) / 2
        bare.mouse.move(left + 30, top + 20)
        bare.mouse.down()
        bare.mouse.move(left + 150, top + 100, steps=5)
        bare.mouse.up()
        told = "models.chart.sent.filter(message => message.kind === 'brush')"
        bare.wait_for_function(f"() => Math.abs({told}.at(-1)?.region.hr?.[1] - 0.316) < 0.006")
        region = bare.evaluate(f"{told}.at(-1)")
        assert region["name"] == "brush"
        assert sorted(region["region"]["hr"]) == pytest.approx([10**-0.9, 10**-0.5], rel=0.02)
        assert sorted(region["region"]["i2"]) == pytest.approx([50, 90], abs=1)

    def test_names_itself_in_words(self, bare, pfs):
        show_chart(bare, payload(pfs, nm.pool(pfs)))
        assert bare.get_by_role("application", name="In words.").count() == 1
        push(bare, payload(pfs, nm.pool(pfs), label="Other words."))
        bare.get_by_role("application", name="Other words.").wait_for()

    def test_follows_the_theme_of_the_page(self, bare, pfs):
        show_chart(bare, payload(pfs, nm.pool(pfs)))
        bare.evaluate("() => { document.body.dataset.jpThemeLight = 'false' }")
        bare.locator(f"#chart .squares_marks path[fill='{DARK['mark']}']").first.wait_for(state="attached")

    def test_follows_the_width_of_the_page(self, bare, pfs):
        show_chart(bare, payload(pfs, nm.pool(pfs)))
        wide = bare.locator("#chart svg").bounding_box()["width"]
        bare.set_viewport_size({"width": 760, "height": 900})
        bare.wait_for_function(
            f"() => document.querySelector('#chart svg').getBoundingClientRect().width < {wide - 50}"
        )
        box = bare.locator("#chart svg").bounding_box()
        assert box["x"] + box["width"] <= 760

    def test_no_text_is_clipped_by_the_picture(self, bare):
        trials = tuple(
            nm.Trial(
                study=f"A trial with a name of some length {i}",
                experimental="a" * i,
                control="b",
                hr=0.5,
                ci_low=0.001 * i,
                ci_high=9,
            )
            for i in range(1, 31)
        )
        show_chart(bare, payload(trials, None))
        outside = bare.evaluate("""() => { const frame = document.querySelector('#chart svg').getBoundingClientRect();
          return [...document.querySelectorAll('#chart svg text')].filter(text => text.textContent.trim()).filter(text => {
            const box = text.getBoundingClientRect();
            return box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 1;
          }).map(text => text.textContent) }""")
        assert outside == []

    def test_two_charts_wait_for_one_engine(self, bare, pfs):
        data = payload(pfs, nm.pool(pfs))
        mount(bare, "other", "livechart.js", chart_state(data))
        show_chart(bare, data)
        bare.wait_for_function("() => models.other.sent.some(message => message.kind === 'painted')")
        assert bare.locator("#other .squares_marks path").count() == 9

    def test_asks_for_the_engine_where_nobody_brings_it(self, bare, pfs):
        mount(bare, "chart", "livechart.js", chart_state(payload(pfs, nm.pool(pfs))))
        bare.wait_for_function("() => models.chart.sent.some(message => message.kind === 'engine')")

    def test_lets_go(self, bare, pfs):
        show_chart(bare, payload(pfs, nm.pool(pfs)))
        bare.evaluate("() => stop_chart()")
        assert bare.evaluate("models.chart.listeners('change:data')") == 0
        push(bare, payload(pfs, nm.pool(pfs[:4])))
        bare.wait_for_timeout(100)


def network_state(**more) -> dict[str, str]:
    trials = nm.select(nm.load_trials(), nm.Selection("PFS")).evidence
    table = network_graph_rows(nm.compare(nm.connected_to(trials, "placebo")))
    choices = [{"id": row["id"], "label": row["name"]} for row in table.nodes]
    data = {
        "tables": table.tables,
        "signals": network_graph_signals(table),
        "label": "",
        "choices": choices,
        **more,
    }
    return {"data": json.dumps(data), "spec": frozen("network_graph"), "measures": "{}"}


class TestDrag:
    SENT = "models.chart.sent.filter(message => message.id)"

    def show(self, page) -> dict[str, list]:
        state = network_state()
        show_chart(page, state.pop("data"), **state)
        page.wait_for_timeout(100)
        return json.loads(page.evaluate("models.chart.get('data')"))["tables"]

    def middle(self, page, tables, name: str) -> tuple[float, float]:
        at = [row["name"] for row in tables["nodes"]].index(name)
        box = page.locator("#chart .treatments_marks path").nth(at).bounding_box()
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def lengths(self, page) -> list[float]:
        lines = "all => all.map(line => Math.hypot(line.getBBox().width, line.getBBox().height))"
        return page.locator("#chart .comparisons_marks line").evaluate_all(lines)

    def test_a_node_follows_the_hand_with_its_lines_and_is_told_of_when_let_go(self, bare, keep):
        tables = self.show(bare)
        before, (x, y) = self.lengths(bare), self.middle(bare, tables, "sunitinib")
        bare.mouse.move(x, y)
        bare.mouse.down()
        bare.mouse.move(x - 60, y - 20, steps=4)
        bare.mouse.move(x - 86, y + 40, steps=4)
        bare.wait_for_timeout(100)
        assert self.middle(bare, tables, "sunitinib") == pytest.approx((x - 86, y + 40), abs=2)
        assert bare.evaluate(self.SENT) == []
        keep("network-graph-dragged")
        bare.mouse.up()
        row = next(row for row in tables["nodes"] if row["name"] == "sunitinib")
        (sent,) = bare.evaluate(self.SENT)
        assert (sent["kind"], sent["id"]) == ("drag", "node:sunitinib")
        signals = json.loads(bare.evaluate("models.chart.get('data')"))["signals"]
        width = 860 - signals["room_left"] - signals["room_right"]
        height = signals["tall"] - signals["room_above"] - signals["room_below"]
        assert (sent["x"], sent["y"]) == pytest.approx((row["x"] - 86 / width, row["y"] + 40 / height), abs=2e-4)
        after = self.lengths(bare)
        moved = [
            edge["id"]
            for edge, one, other in zip(tables["edges"], before, after, strict=True)
            if abs(one - other) > 1
        ]
        assert moved == ["edge:placebo|sunitinib"]

    def test_a_node_stays_in_the_picture(self, bare):
        tables = self.show(bare)
        x, y = self.middle(bare, tables, "sunitinib")
        bare.mouse.move(x, y)
        bare.mouse.down()
        bare.mouse.move(x - 900, 3, steps=5)
        bare.mouse.up()
        (sent,) = bare.evaluate(self.SENT)
        assert (sent["x"], sent["y"]) == (0.02, 0.02)

    def test_a_press_without_a_movement_picks(self, bare):
        tables = self.show(bare)
        x, y = self.middle(bare, tables, "SSA")
        bare.mouse.move(x, y)
        bare.mouse.down()
        bare.mouse.move(x + 3, y)
        bare.mouse.up()
        bare.wait_for_timeout(100)
        assert bare.evaluate(self.SENT) == [{"kind": "pick", "id": "node:SSA"}]

    def test_a_comparison_is_picked_and_never_dragged(self, bare):
        tables = self.show(bare)
        (x, y), (x2, y2) = (self.middle(bare, tables, name) for name in ("placebo", "pazopanib"))
        bare.mouse.click((x + x2) / 2, (y + y2) / 2)
        bare.mouse.down()
        bare.mouse.move(x, y, steps=3)
        bare.mouse.up()
        bare.wait_for_timeout(100)
        assert bare.evaluate(self.SENT) == [{"kind": "pick", "id": "edge:pazopanib|placebo"}]

    def test_the_kernel_has_the_last_word(self, bare):
        tables = self.show(bare)
        x, y = self.middle(bare, tables, "sunitinib")
        bare.mouse.move(x, y)
        bare.mouse.down()
        bare.mouse.move(x - 80, y, steps=3)
        bare.mouse.up()
        push(bare, network_state(label="Again.")["data"])
        bare.wait_for_timeout(200)
        assert self.middle(bare, tables, "sunitinib") == pytest.approx((x, y), abs=1)

    def test_alt_or_ctrl_and_an_arrow_key_move_a_node(self, bare):
        tables = self.show(bare)
        bare.locator("#chart .netmeta-figure").focus()
        bare.keyboard.press("ArrowDown")
        for key in ("Control+ArrowLeft", "Alt+ArrowLeft", "Control+ArrowDown"):
            bare.keyboard.press(key)
        first = tables["nodes"][0]
        told = bare.evaluate(self.SENT)
        assert {(sent["kind"], sent["id"]) for sent in told} == {("drag", first["id"])}
        places = [(sent["x"], sent["y"]) for sent in told]
        steps = ((0.02, 0), (0.04, 0), (0.04, -0.02))
        expected = [(first["x"] - across, first["y"] - down) for across, down in steps]
        assert [part for place in places for part in place] == pytest.approx(
            [p for place in expected for p in place]
        )
        assert bare.locator("#chart [aria-live]").inner_text() == first["name"]

    def test_the_node_of_the_keyboard_stays_marked_when_the_mouse_moves(self, bare):
        tables = self.show(bare)
        marked = bare.locator("#chart .marked_marks path")
        bare.locator("#chart .netmeta-figure").focus()
        bare.keyboard.press("ArrowDown")
        marked.wait_for(state="attached")
        bare.mouse.move(*self.middle(bare, tables, "SSA"))
        bare.wait_for_timeout(100)
        assert marked.count() == 1

    def test_a_name_that_moves_to_the_edge_moves_nothing_else(self, bare):
        tables = self.show(bare)
        x, y = self.middle(bare, tables, "everolimus + bevacizumab + SSA")
        others = [self.middle(bare, tables, name) for name in ("placebo", "cabozantinib")]
        bare.mouse.move(x, y)
        bare.mouse.down()
        bare.mouse.move(x + 200, y + 100, steps=4)
        bare.wait_for_timeout(100)
        for place, name in zip(others, ("placebo", "cabozantinib"), strict=True):
            assert self.middle(bare, tables, name) == pytest.approx(place, abs=0.6)
        bare.mouse.up()

    def test_names_stay_text_and_inside(self, bare):
        self.show(bare)
        outside = bare.evaluate("""() => { const frame = document.querySelector('#chart svg').getBoundingClientRect();
          return [...document.querySelectorAll('#chart svg text')].filter(text => text.textContent.trim()).filter(text => {
            const box = text.getBoundingClientRect();
            return box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 1;
          }).map(text => text.textContent) }""")
        assert outside == []


class TestPage:
    def test_shortcuts_are_kept_out_of_netmeta_and_nothing_else(self, bare):
        bare.evaluate("text => start('page', text, {css: '.netmeta { --seen: 1 }'})", script("page.js"))
        bare.evaluate("""() => { document.body.insertAdjacentHTML('beforeend',
          "<div class='netmeta'><input id='own'></div><input id='other'>") }""")
        for name in ("own", "other"):
            bare.locator(f"#{name}").focus()
        assert bare.locator("#own").get_attribute("data-lm-suppress-shortcuts") == "true"
        assert bare.locator("#other").get_attribute("data-lm-suppress-shortcuts") is None

    def test_the_style_sheet_comes_once(self, bare):
        for _ in range(2):
            bare.evaluate("text => start('page', text, {css: '.netmeta { --seen: 1 }'})", script("page.js"))
        assert bare.locator("style[data-netmeta]").count() == 1

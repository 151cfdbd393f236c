"""In Chinese no English is left in the workbench but names and what the sources print."""

from __future__ import annotations

import importlib.util
import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

import netmeta as nm
from netmeta import language
from netmeta.charts.theme import text_width
from netmeta.document.writing import made
from netmeta.language.catalogue import catalogue
from netmeta.widgets.spoken import Spoken, Worded


def beside(name):
    """Load a module that stands beside this one."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


walking, remaining = beside("walking"), beside("remaining")


class Page(HTMLParser):
    """The words that a reader sees on a page, but for code, references and the terms that are so in Chinese too."""

    def __init__(self):
        super().__init__()
        self.inside, self.words = [], {}

    def handle_starttag(self, tag, _attrs):
        if tag != "meta":
            self.inside.append(tag)

    def handle_endtag(self, tag):
        while self.inside.pop() != tag:
            pass

    def handle_data(self, data):
        if not {"style", "script", "pre", "ol"}.intersection(self.inside):
            self.words[data] = data.replace("log HR", "").replace("P-score", "")


def seen(page):
    """Return the words of a page, as `remaining.english_left` takes them."""
    reader = Page()
    reader.feed(page)
    return reader.words


@pytest.fixture
def chinese():
    catalogue.cache_clear()
    language.use_language("zh")
    yield catalogue("zh")
    language.use_language("en")


def test_every_text_of_the_workbench_is_chinese(chinese):
    bench = nm.Workbench()
    walking.opened(bench)
    for _state in walking.states(bench.analysis):
        walking.settle(bench)
    left = remaining.english_left(chinese.missed)
    bench.close()
    assert left == {}, json.dumps(dict(list(left.items())[:12]), ensure_ascii=False, indent=1)


@pytest.mark.parametrize("question", ["as it opens", "survival", "nobody answers"])
def test_every_text_of_the_report_is_chinese(question):
    catalogue.cache_clear()
    analysis = nm.Analysis()
    if question == "survival":
        analysis.change(selection=nm.Selection("OS"), model=nm.CommonEffect())
    elif question == "nobody answers":
        analysis.selection = nm.Selection("TTP", population="pNET")
    page = made(analysis.state, ".html", language="zh").decode()
    left = remaining.english_left(catalogue("zh").missed) | remaining.english_left(seen(page))
    assert left == {}, json.dumps(dict(list(left.items())[:12]), ensure_ascii=False, indent=1)
    assert 'lang="zh' in page
    assert "参考文献" in page


def said(bench):
    """Return all words that go to the page, widget by widget."""
    spoken = (one for one in walking.below(bench) if isinstance(one, Spoken))
    return {id(one): {name: one.get_state().get(name) for name in one.spoken} for one in spoken}


def test_the_language_changes_live_and_the_kernel_keeps_its_own_words():
    bench = nm.Workbench()
    english = said(bench)
    language.use_language("zh")
    try:
        assert bench.history.undo.get_state()["description"] == "撤销"
        assert bench.history.undo.description == "Undo"
        assert bench.language.choice.value == "zh"
        assert "无进展生存期" in bench.question.endpoint.get_state()["_options_labels"]
        assert bench.question.endpoint.value == "PFS"
        bench.forest.click("CABINET pNET")
        assert "风险" in json.loads(bench.answer.children[0].get_state()["lines"])[0]["text"]
        bench.analysis.undo()
    finally:
        language.use_language("en")
    assert said(bench) == english


def test_a_language_chosen_in_one_place_is_shown_in_all():
    one, other = nm.Workbench(), nm.Workbench()
    one.language.choice.value = "zh"
    try:
        assert other.language.choice.value == "zh"
    finally:
        nm.use_language("en")
    assert one.language.choice.value == "en"


def test_a_widget_with_a_script_of_its_own_sends_its_words():
    table = nm.TrialTable()
    assert isinstance(table.body, Worded)
    assert table.body.get_state()["words"] == "{}"
    with language.speaking("zh"):
        assert json.loads(table.body.get_state()["words"])["Source"] == "来源"


def test_names_of_a_reader_are_text_in_every_language():
    hostile = "<img src=x onerror=alert(1)>"
    trial = nm.Trial(study=hostile, experimental="cabozantinib", control="placebo", hr=0.5, ci_low=0.3, ci_high=0.8)
    with language.speaking("zh"):
        lines = language.translate(str(nm.pool(nm.load_trials().where(endpoint="PFS", use="primary").add(trial))))
        assert language.translate(trial.comparison) == "卡博替尼 vs 安慰剂"
        assert language.translate(hostile) == hostile
    assert "合并" in lines or "试验" in lines


def test_a_still_picture_is_drawn_in_the_language_of_the_moment():
    result = nm.pool(nm.load_trials().where(endpoint="PFS", use="primary", control="placebo"))
    chart = nm.forest(result)
    assert "placebo" in json.dumps(chart.to_dict(), ensure_ascii=False)
    with language.speaking("zh"):
        said = json.dumps(chart.to_dict(), ensure_ascii=False)
    assert "安慰剂" in said
    assert "支持" in said or "有利于" in said


def test_the_columns_of_a_still_picture_are_wide_enough_for_what_stands_in_them():
    result = nm.pool(nm.load_trials().where(endpoint="PFS", use="primary", control="placebo"))
    chart = nm.forest(result)
    with language.speaking("zh"):
        spec = chart.to_dict()
    widths = {param["name"]: param.get("value") for param in spec["params"]}
    longest = max((row["treatment"] for rows in spec["datasets"].values() for row in rows), key=text_width)
    assert longest == "生长抑素类似物(SSA)"
    assert widths["w_treatment"] >= text_width(longest)
    assert chart.to_dict() == nm.forest(result).to_dict()


def test_what_is_saved_beside_a_live_view_is_in_the_language_too():
    bench = nm.Workbench()
    english = bench._repr_mimebundle_()
    with language.speaking("zh"):
        chinese = bench._repr_mimebundle_()
    assert "cabozantinib" in english["image/svg+xml"]
    assert "卡博替尼" in chinese["image/svg+xml"]
    assert chinese["text/plain"].startswith("与安慰剂相比")
    assert bench._repr_mimebundle_()["text/plain"] == english["text/plain"]

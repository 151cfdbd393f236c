"""Rendered English texts are found again among templates, with their values, and come out in the other language."""

from __future__ import annotations

import json
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netmeta import language
from netmeta.errors import SelectionError
from netmeta.language.catalogue import NOTHING, Catalogue
from netmeta.language.harvest import is_prose, texts
from netmeta.language.po import Entry, read, written
from netmeta.language.template import places, template

TOLD = {
    "Undo": "撤销",
    "progression or death": "疾病进展或死亡",
    "placebo": "安慰剂",
    "are": NOTHING,
    "may be": "可能",
    "Against {control}, {therapy} lowers the hazard of {event}.": "与{control}相比，{therapy}降低{event}的风险。",
    "HR {hr} ({level} CI {low}–{high}), pooled from {trials}.": "HR {hr}（{level} CI {low}–{high}），合并自{trials}。",
    "{count} comparisons": "{count}项比较",
    "{experimental} vs {control}": "{experimental}对比{control}",
    "The same patients {verb} counted twice.": "同一患者{verb}被重复计数。",
    "{{braces}} stay": "{{花括号}}不变",
}


@pytest.fixture
def told():
    return Catalogue(Entry(text, translation) for text, translation in TOLD.items())


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("Undo", "撤销"),
        ("▸ Undo", "▸ 撤销"),
        ("  Undo ", "  撤销 "),
        ("9 comparisons", "9项比较"),
        ("cabozantinib vs placebo", "cabozantinib vs 安慰剂"),
        (
            (
                "Against placebo, Xyz lowers the hazard of progression or death. "
                "HR 0.41 (95% CI 0.34–0.48), pooled from 9 comparisons."
            ),
            "与安慰剂相比，Xyz降低疾病进展或死亡的风险。HR 0.41（95% CI 0.34–0.48），合并自9项比较。",
        ),
        ("placebo and Abc", "安慰剂和Abc"),
        ("The same patients are counted twice.", "同一患者被重复计数。"),
        ("The same patients may be counted twice.", "同一患者可能被重复计数。"),
        ("{braces} stay", "{花括号}不变"),
        ("0.41 (0.34–0.48)", "0.41 (0.34–0.48)"),
        ("已经是中文 with words", "已经是中文 with words"),
        ("", ""),
    ],
)
def test_a_text_is_translated_with_the_values_in_it(told, english, chinese):
    assert told.translate(english) == chinese


@pytest.mark.parametrize(
    "text", ["<img src=x onerror=alert(1)>", "=HYPERLINK(1)", "Chan JA et al., N Engl J Med", "{x}", "\\"]
)
def test_what_is_no_text_of_the_code_stays_as_it_is(told, text):
    assert told.translate(text) == text


def test_what_is_not_understood_is_noted(told):
    assert told.translate("Nobody wrote this sentence.") == "Nobody wrote this sentence."
    assert "Nobody wrote this sentence." in told.missed


@given(st.text(max_size=80))
def test_no_text_breaks_the_translation(text):
    assert isinstance(Catalogue([Entry(*pair) for pair in TOLD.items()]).translate(text), str)


@given(st.lists(st.tuples(st.text(min_size=1), st.text()), max_size=5, unique_by=lambda pair: pair[0]))
def test_a_catalogue_comes_back_from_its_file(pairs):
    entries = tuple(Entry(text, translation, "widgets/view.py") for text, translation in pairs)
    assert read(written(entries, "zh")) == entries


def test_a_template_finds_its_values():
    made = template("k = {k}, {k2} of {name}", "{name}：{k}、{k2}")
    found = made.pattern.fullmatch("k = 3, 4 of A (b)")
    assert made.filled(found.groupdict()) == "A (b)：3、4"
    assert places("{{no}} {yes} {k2}") == ("yes", "k2")


def test_texts_of_a_module_are_templates_named_after_what_is_put_in():
    source = '''
"""A docstring is none."""
FILE = "some_file"
def f(result, trial):
    """Nor is this one."""
    layout = {"width": "100%"}
    return f"k = {result.k} of {len(trial.names)} and {result.k}", "Take it out", getattr(trial, "Some Name")
'''
    assert set(texts(source)) == {"k = {k} of {names} and {k2}", "Take it out"}


@pytest.mark.parametrize(
    "text", ["datum.kind === 'x'", "netmeta-form", "1px solid", "log_hr", "https://x.org/a b", "text/plain"]
)
def test_code_is_not_taken_for_words(text):
    assert not is_prose(text) or text == "1px solid"


def test_there_is_no_other_language():
    with pytest.raises(SelectionError, match="There is no language 'zh_TW'"):
        language.use_language("zh_TW")
    with pytest.raises(SelectionError), language.speaking("de"):
        pass


def test_a_file_may_speak_another_language_than_the_page():
    with language.speaking("zh"):
        assert language.translate("Undo") == "撤销"
    assert language.language() == "en"
    assert language.translate("Undo") == "Undo"


def test_another_thread_goes_on_in_the_language_of_the_page():
    said = []
    with language.speaking("zh"):
        other = threading.Thread(target=lambda: said.append(language.translate("Undo")))
        other.start()
        other.join()
    assert said == ["Undo"]


def test_the_page_gets_its_words_as_json():
    assert language.page_words() == "{}"
    with language.speaking("zh"):
        assert json.loads(language.page_words())["Trial"] == "试验"

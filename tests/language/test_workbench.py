"""In Chinese no English is left in the workbench but names and what the sources print."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path

import pytest

import netmeta as nm
from netmeta import language
from netmeta.language.catalogue import catalogue
from netmeta.widgets.spoken import Spoken, Worded

spec = importlib.util.spec_from_file_location("walking", Path(__file__).with_name("walking.py"))
walking = importlib.util.module_from_spec(spec)
spec.loader.exec_module(walking)

DATA = Path(__file__).parents[2] / "data"
WORD = re.compile(r"\b[a-z]{3,}\b|\b[A-Z][a-z]{2,}\b")


@pytest.fixture
def chinese():
    catalogue.cache_clear()
    language.use_language("zh")
    yield catalogue("zh")
    language.use_language("en")


def names_and_sources():
    """What the data print, longest first: names of trials, citations, notes."""
    import csv

    found = set()
    for name in ("trials", "treatments", "outcomes"):
        with (DATA / f"{name}.csv").open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                for cell in row.values():
                    found.update({cell, *(part.strip() for part in re.split(r"[|;.(),]", cell))})
    words = {cell for cell in found if re.search(r"[A-Za-z]{3}", cell)}
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))


def english_left(missed):
    """Return the texts in which English words remain, without names, sources and terms that stay."""
    printed = names_and_sources()
    stays = re.compile("|".join(sorted(STAYS, key=len, reverse=True)))
    rest = {text: stays.sub(" ", printed.sub(" ", CALL.sub(" ", said))) for text, said in missed.items()}
    return {text: missed[text] for text, left in rest.items() if WORD.search(left)}


CALL = re.compile(r"(?<![A-Za-z])[A-Z]\w+\(.*?level=[\d.]+\)|'[^']*'|~ \w+|https?://\S+")
"""What is code in a message: a value as Python writes it, something in quotation marks, a formula."""

STAYS = {
    "Hartung-Knapp", "Hartung", "Knapp", "Wald", "DerSimonian-Laird", "Paule-Mandel", "Sidik-Jonkman", "Hedges",
    "Hunter-Schmidt", "Mantel-Haenszel", "Peto", "Egger", "Begg", "Baujat", "Cook", "English", "RevMan", "Excel",
    "Word", "LaTeX", "Kaplan-Meier", "Guyot", "Parmar", "Tierney", "half-normal", "Stat Med", "Trials", "Rscript",
    "metafor", "netmeta", "Python", "PyMARE", "et al", "edotreotide", "edotreotid",
}  # fmt: skip


def test_every_text_of_the_workbench_is_chinese(chinese):
    bench = nm.Workbench()
    walking.opened(bench)
    for _state in walking.states(bench.analysis):
        walking.settle(bench)
    left = english_left(chinese.missed)
    bench.close()
    assert left == {}, json.dumps(dict(list(left.items())[:12]), ensure_ascii=False, indent=1)


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

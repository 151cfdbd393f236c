"""The Chinese catalogue is whole: every text of the code is in it, with all its values, and is found again."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from babel.messages import pofile

from netmeta.language.catalogue import CJK, NOTHING, catalogue
from netmeta.language.harvest import PAGE, ROOMS, catalogued, harvest, unspoken
from netmeta.language.po import read
from netmeta.language.template import places, template

ALL = (*ROOMS, PAGE)
FOLDER = Path(catalogued("zh", "page")).parent
OMITTED = frozenset(json.loads((FOLDER / "omitted.json").read_text(encoding="utf-8")))


def entries(room):
    return read(catalogued("zh", room).read_text(encoding="utf-8"))


@pytest.mark.parametrize("room", ALL)
def test_every_text_of_the_code_is_translated(room):
    told = {entry.text: entry.translation for entry in entries(room)}
    lacking = [one.text for one in harvest(room) if one.text not in unspoken() and not told.get(one.text)]
    assert not lacking, f"python -m netmeta.language.harvest {room}; then translate: {lacking[:5]}"


@pytest.mark.parametrize("room", ALL)
def test_no_translation_outlives_its_text(room):
    found = {one.text for one in harvest(room)}
    assert [entry.text for entry in entries(room) if entry.text not in found] == []


def test_what_is_unspoken_stands_in_the_code():
    assert unspoken() <= {one.text for room in ALL for one in harvest(room)}


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.po")), ids=lambda file: file.stem)
def test_all_values_are_in_the_translation(file):
    wrong = [
        entry.text
        for entry in read(file.read_text(encoding="utf-8"))
        if sorted(places(entry.text)) != sorted(places(entry.translation))
        and not (entry.text in OMITTED and set(places(entry.translation)) <= set(places(entry.text)))
    ]
    assert wrong == []


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.po")), ids=lambda file: file.stem)
def test_a_sentence_ends_as_a_sentence(file):
    told = read(file.read_text(encoding="utf-8"))
    sentences = [one for one in told if re.search(r"[a-z]{2}\.$", one.text) and CJK.search(one.translation)]
    assert [one.text for one in sentences if not one.translation.endswith(("。", "。”", "）", NOTHING))] == []


@pytest.mark.parametrize("room", ROOMS)
def test_a_filled_text_is_found_again(room):
    """Where two texts of the code look alike, the catalogue must not take one for the other."""
    found, wrong = catalogue("zh"), []
    for entry in entries(room):
        names = places(entry.text)
        if not names or not entry.translation:
            continue
        values = {name: f"Q{at}X" for at, name in enumerate(names, start=1)}
        english = template(entry.text, entry.text).filled(values)
        wanted = template(entry.text, entry.translation).filled(values).strip()
        if found.translate(english.strip()) != wanted:
            wrong.append((english, found.translate(english.strip()), wanted))
    assert wrong == []


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("forest plot", "森林图"),
        ("random effects", "随机效应"),
        ("Progression-free survival", "无进展生存期"),
        ("Overall survival", "总生存期"),
        ("all NET", "全部NET"),
        ("Undo", "撤销"),
        ("placebo", "安慰剂"),
        ("everolimus", "依维莫司"),
    ],
)
def test_the_terms_of_the_field_are_those_of_the_field(english, chinese):
    assert catalogue("zh").translate(english) == chinese


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.po")), ids=lambda file: file.stem)
def test_any_editor_of_catalogues_reads_them_as_we_do(file):
    with file.open("rb") as source:
        theirs = {entry.id: entry.string for entry in pofile.read_po(source) if entry.id}
    assert theirs == {entry.text: entry.translation for entry in read(file.read_text(encoding="utf-8"))}

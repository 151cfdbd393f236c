"""The .bib file: parsed by the rules of BibTeX, complete, and nothing in it that was not used."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

import netmeta as nm
from netmeta.report.citations import Citations, bracketed
from netmeta.report.source import Source
from netmeta.report.sources import SOURCES

HOSTILE = 'Evil} , @article{x, title={"% \\input{/etc/passwd} #1 & _ ^ ~ $x$\n\u202e'


def parsed(text: str) -> dict[str, dict[str, str]]:
    """Read BibTeX: braces balance, each entry has a key of its own, each field a braced value."""
    entries: dict[str, dict[str, str]] = {}
    at = 0
    while (start := text.find("@", at)) >= 0:
        kind, key = re.match(r"@(\w+)\{(\w+),\n", text[start:]).groups()
        end = closing(text, text.index("{", start))
        body = text[start:end].split(",\n", 1)[1]
        assert key not in entries
        entries[key] = {"kind": kind, **fields(body)}
        between = text[end + 1 : (text.find("@", end) + 1 or len(text) + 1) - 1]
        assert not between.strip(), between
        at = end
    return entries


def closing(text: str, opening: int) -> int:
    depth = 0
    for at in range(opening, len(text)):
        depth += (text[at] == "{") - (text[at] == "}")
        if depth == 0:
            return at
    raise AssertionError("a brace stays open")


def fields(body: str) -> dict[str, str]:
    found, at = {}, 0
    while match := re.match(r"\s*(\w+) = (?=\{)", body[at:]):
        start = at + match.end()
        end = closing(body, start)
        found[match[1]] = body[start + 1 : end]
        at = end + 1 + (body[end + 1 : end + 2] == ",")
    assert not body[at:].strip(), body[at:]
    return found


def test_it_parses_and_has_what_was_used() -> None:
    analysis = nm.Analysis()
    found = parsed(nm.bibliography(analysis))
    assert found["viechtbauer2005"] == {
        "kind": "article",
        "author": "Viechtbauer, W.",
        "title": "{Bias and efficiency of meta-analytic variance estimators in the random-effects model}",
        "journal": "J Educ Behav Stat",
        "year": "2005",
        "volume": "30",
        "number": "3",
        "pages": "261--293",
        "doi": "10.3102/10769986030003261",
    }
    assert found["rover2015"]["author"] == "Röver, C. and Knapp, G. and Friede, T."
    assert found["CABINET2025"]["doi"] == "10.1056/NEJMoa2403991"
    assert "NCT03375320" in found["CABINET2025"]["note"]
    assert len([key for key in found if key not in SOURCES]) == len({t.doi for t in analysis.included})


def test_only_what_is_used_is_in_it() -> None:
    state = nm.Analysis().state
    common = parsed(nm.bibliography(replace(state, model=nm.CommonEffect())))
    assert "viechtbauer2005" not in common
    assert "hartung2001" in parsed(
        nm.bibliography(replace(state, model=nm.RandomEffects(interval="hartung-knapp")))
    )
    assert "hartung2001" not in common
    assert "egger1997" not in common


def test_hostile_texts_stay_inside_their_field() -> None:
    trial = nm.Trial(
        study=HOSTILE, experimental="x", control="y", hr=0.5, ci_low=0.3, ci_high=0.9, source=HOSTILE, doi="10.1/}{x",
    )  # fmt: skip
    cite = Citations()
    assert cite.trial(trial) == "[1]"
    (entry,) = parsed(cite.bibliography()).values()
    assert entry["doi"] == "10.1/x"
    assert r"\%" in entry["note"]
    assert r"{\textbackslash}input(" in entry["note"]
    assert not re.search(r"(?<!\\)[%#&$_]", entry["note"])


def test_two_papers_of_one_trial_and_year_have_keys_of_their_own() -> None:
    cite = Citations()
    base = {
        "study": "ÅB 1",
        "experimental": "x",
        "control": "y",
        "hr": 0.5,
        "ci_low": 0.3,
        "ci_high": 0.9,
        "year": 2020,
    }
    marks = [cite.trial(nm.Trial(**base, source=f"paper {at}")) for at in (1, 2, 1)]
    assert marks == ["[1]", "[2]", "[1]"]
    assert list(parsed(cite.bibliography())) == ["AB12020", "AB12020x2"]
    assert cite.trial(nm.Trial(**base)) == ""


def test_every_source_is_complete_and_its_line_reads_as_in_a_paper() -> None:
    for key, source in SOURCES.items():
        assert key == source.key
        assert source.year or source.url
        assert source.doi.startswith("10.") or source.kind != "article", key
    assert SOURCES["page2021"].text == (
        "Page MJ, McKenzie JE, Bossuyt PM, et al. The PRISMA 2020 statement: an updated guideline for reporting "
        "systematic reviews. BMJ 2021;372:n71. doi:10.1136/bmj.n71."
    )
    assert len(parsed("\n".join(source.bib for source in SOURCES.values()))) == len(SOURCES)


def test_numbers_come_in_the_order_of_first_citation() -> None:
    cite = Citations()
    assert [cite("rover2015"), cite("egger1997"), cite("rover2015", "egger1997")] == ["[1]", "[2]", "[1, 2]"]
    assert [source.key for source in cite.sources] == ["rover2015", "egger1997"]
    with pytest.raises(KeyError):
        cite("nobody1900")


def test_many_authors_are_cut() -> None:
    source = Source(key="a", title="T", authors=tuple(f"A{at} B" for at in range(9)))
    assert source.text == "A0 B, A1 B, A2 B, et al. T."


@pytest.mark.parametrize(
    ("numbers", "written"),
    [((1,), "[1]"), ((2, 1), "[1, 2]"), ((1, 2, 3), "[1–3]"), ((9, 1, 2, 5, 6, 7, 7), "[1, 2, 5–7, 9]")],
)
def test_numbers_in_a_row_are_a_range(numbers, written):
    assert bracketed(numbers) == written

"""Trials in a notebook: text from anyone stays text."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest

from netmeta.evidence import Evidence, Trial, load_trials
from netmeta.evidence.entry import VOCABULARY
from netmeta.evidence.show import card_facts, hazard_ratio, verification_note
from netmeta.evidence.trial import FIELDS

HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "</td></table><script>alert(1)</script>",
    "'\" onmouseover=alert(1) x='",
    "=cmd|' /C calc'!A0",
    "a" * 10_000,
    "two\nlines",
    "\u202eevil",
    "神経内分泌腫瘍",
    "ورم عصبي صماوي",
]
TAGS = {"table", "caption", "b", "thead", "tbody", "tr", "th", "td"}


def trial(**values: Any) -> Trial:
    return Trial(**{"study": "A", "experimental": "x", "control": "placebo", **values})


class Reader(HTMLParser):
    """Collect the tags, their attributes and the text that a browser would show."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.text: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text.append(data)


TEXTS = [name for name in FIELDS if isinstance(getattr(trial(), name), str)]
FREE = [
    name
    for name in TEXTS
    if name not in VOCABULARY and name not in ("route", "curve_experimental", "curve_control")
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_any_field_is_shown_as_text(text: str) -> None:
    row = trial(**{name: f"{name} {text}" for name in FREE})
    for html in (row._repr_html_(), Evidence([row])._repr_html_()):
        page = Reader(html)
        assert set(page.tags) <= TAGS
        assert page.attributes == {"style"}
        assert f"study {text}" in "".join(page.text)


def test_an_evidence_shows_its_first_sixty_rows_and_says_so() -> None:
    page = Reader(load_trials()._repr_html_())
    assert page.tags.count("tr") == 61
    assert "Evidence: 111 rows from 39 studies, the first 60 shown" in page.text
    assert "0.38 (0.25–0.59)" in page.text


def test_a_small_or_empty_evidence_shows_all_there_is() -> None:
    assert "Evidence: 1 row from 1 study" in Reader(Evidence([trial()])._repr_html_()).text
    assert "Evidence: 0 rows from 0 studies" in Reader(Evidence()._repr_html_()).text


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ({"hr": 0.38, "ci_low": 0.25, "ci_high": 0.59}, "0.38 (0.25–0.59)"),
        ({"hr": 0.38, "ci_low": 0.15, "ci_high": 0.96, "level": 0.9991}, "0.38 (0.15–0.96), 99.91%"),
        ({"hr": 0.53, "ci_high": 0.69, "level": 0.9, "sides": 1}, "0.53 (upper 0.69, one-sided 90%)"),
        ({"hr": 0.53, "ci_low": 0.4, "level": 0.9, "sides": 1}, "0.53 (lower 0.40, one-sided 90%)"),
        ({"hr": 0.53, "ci_high": 0.69}, "0.53 (upper 0.69, the other limit not given, 95%)"),
        ({"hr": 0.82, "p_value": 0.42, "p_sides": 2}, "0.82 (no interval)"),
        # exp(-0.7) = 0.497; exp(-0.7 -+ 1.96 x 0.2) = 0.336 and 0.735.
        ({"log_hr": -0.7, "se": 0.2}, "0.50 (0.34–0.73)"),
        ({}, ""),
    ],
)
def test_the_hazard_ratio_as_printed(printed: dict[str, Any], said: str) -> None:
    assert hazard_ratio(trial(**printed)) == said


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "entered by the reader"),
        ({"verification": "verified"}, "verified"),
        ({"verification": "verified", "unverified": "arm sizes"}, "verified; not verified: arm sizes"),
        ({"verification": "unverified"}, "unverified"),
    ],
)
def test_how_sure_the_numbers_are(values: dict[str, str], said: str) -> None:
    assert verification_note(trial(**values)) == said


def test_the_card_of_cabinet_shows_what_the_evidence_readme_has() -> None:
    (row,) = load_trials().where(label="CABINET epNET", endpoint="PFS", use="primary")
    facts = dict(card_facts(row))
    assert facts["Hazard ratio"] == "0.38 (0.25–0.59)"
    assert facts["Median (months)"] == "8.4 (7.6-12.7) vs 3.9 (3.0-5.7)"
    assert facts["Response"].startswith("5% vs 0%")
    assert facts["Read by"] == "BICR"
    assert facts["Randomised"] == "134 vs 69"
    assert (facts["DOI"], facts["Registry"]) == ("10.1056/NEJMoa2403991", "NCT03375320")
    assert all(facts.values())


def test_a_card_leaves_out_what_is_not_known_and_says_why_there_is_no_hazard_ratio() -> None:
    facts = dict(card_facts(trial(n_control=40)))
    assert facts["Hazard ratio"] == "no hazard ratio reported"
    assert facts["Randomised"] == "? vs 40"
    assert not {"P", "DOI", "Response", "Median (months)"} & facts.keys()


@pytest.mark.parametrize(("sides", "said"), [(1, "one-sided"), (2, "two-sided"), (None, "sides not stated")])
def test_the_p_value_says_its_sides(sides: int | None, said: str) -> None:
    assert dict(card_facts(trial(p_value=0.026, p_sides=sides)))["P"] == f"= 0.026 ({said})"


def test_the_card_shows_events_log_rank_numbers_and_the_way_in_use() -> None:
    counted = {"events_experimental": 229, "events_control": 256, "events_total": 485}
    facts = dict(card_facts(trial(hr=0.85, **counted, o_minus_e=-19.5, logrank_v=121)))
    assert facts["Events"] == "229 vs 256 (485 in all)"
    assert facts["Log-rank test"] == "O − E −19.5, V 121"
    assert facts["Log HR and SE"] == "−0.161, 0.091: by O − E and V of the log-rank test"
    assert dict(card_facts(trial(events_total=67)))["Events"] == "67 in all"
    assert dict(card_facts(trial(events_control=67)))["Events"] == "? vs 67"

"""Ways and findings show as tables, and are plain tuples in everything else."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from netmeta.evidence import Evidence, Trial
from netmeta.evidence.listing import listed

# STARTER-NET's interim analysis (J Clin Oncol 2025;43(4_suppl):652): a 99.91% interval and a one-sided P.
NAMES = {"study": "STARTER-NET", "experimental": "everolimus + SSA", "control": "everolimus"}
STARTER = {"hr": 0.38, "ci_low": 0.15, "ci_high": 0.96, "level": 0.9991, "p_value": 0.00017, "p_sides": 1}


def trial(**values: Any) -> Trial:
    return Trial(**{**NAMES, **STARTER, **values})


def test_ways_print_as_lines_with_how_far_they_disagree() -> None:
    head, used, other = str(trial().ways()).splitlines()
    assert head.split()[:2] == ["Way", "route="]
    assert used.split()[-5:] == ["−0.968", "0.280", "0.38", "in", "use"]
    assert other.split()[-6:] == ["exact-p", "−0.968", "0.270", "0.38", "0.000", "0.97"]


def test_closed_ways_say_what_is_lacking() -> None:
    lines = str(trial().closed_ways()).splitlines()
    assert len(lines) == 1 + len(trial().closed_ways())
    assert lines[1].endswith("o_minus_e and logrank_v are not given")


def test_findings_have_severity_and_mend_in_the_line() -> None:
    assert "one-sided; two-sided it is 0.00034" in str(trial().findings())
    assert str(trial(p_value=None, p_sides=None).findings()) == "Nothing was found that needs checking."
    assert "<p>" in Evidence(()).findings()._repr_html_()


def test_a_column_without_anything_is_left_out() -> None:
    only = trial(p_value=None, p_sides=None).ways()
    assert str(only).splitlines()[0].split()[-2:] == ["SE", "HR"]
    assert "What to do" not in str(trial().findings())


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({}, "the interval is two-sided, with both its limits"),
        ({"ci_low": None, "ci_high": None}, "no limit is given"),
        ({"ci_low": None}, "its other limit is needed"),
    ],
)
def test_the_bound_is_closed_for_what_is_really_lacking(values: dict[str, Any], why: str) -> None:
    closed = {way.name: way.why_not for way in trial(**values).closed_ways()}
    assert why in closed["bound"]


def test_the_notebook_shows_the_same_cells_as_a_table() -> None:
    html = trial().ways()._repr_html_()
    assert html.count("<tr>") == 3
    assert all(f">{text}</td>" in html for text in ("interval", "in use", "0.270", "0.97"))


def test_hostile_text_stays_text() -> None:
    html = trial(study="<img src=x onerror=alert(1)>").findings()._repr_html_()
    assert "<img" not in html
    assert "&lt;img" in html


def test_they_are_tuples() -> None:
    for listing in (trial().ways(), trial().closed_ways(), trial().findings()):
        assert isinstance(listing, tuple)
        assert listing == tuple(listing)
        assert pickle.loads(pickle.dumps(listing)) == listing  # noqa: S301


@pytest.mark.parametrize(
    ("names", "said"), [((), ""), (("a",), "a"), (("a", "b"), "a and b"), (("a", "b", "c"), "a, b and c")]
)
def test_names_as_a_sentence_has_them(names: tuple[str, ...], said: str) -> None:
    assert listed(names) == said

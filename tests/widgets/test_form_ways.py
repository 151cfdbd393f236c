"""The form by what a paper prints: every way that is open, the choice of one, and corrections."""

from __future__ import annotations

import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import netmeta as nm
from netmeta.widgets import Analysis
from netmeta.widgets.parsing import parse_p

NAMES = {"study": "BA06", "experimental": "CMV", "endpoint": "OS"}
# The bladder cancer trial that Tierney 2007 takes as its example: see tests/evidence/routes/test_events.py.
PRINTED = {
    "hr": "0.85",
    "ci_low": "0.71",
    "ci_high": "1.02",
    "p_value": "0.075",
    "p_sides": 2,
    "events_total": "485",
}
SIZES = {"n_experimental": "491", "n_control": "485"}


@pytest.fixture
def form():
    return nm.TrialForm(Analysis())


def fill(form, *groups: str, **values) -> None:
    for name in groups:
        form.groups[name].value = True
    for name, value in {**NAMES, **values}.items():
        form.fields[name].value = value


def saved(form) -> nm.Trial:
    form.save.click()
    assert form.told.of_kind("error") == ()
    return form.analysis.evidence["BA06"]


def shown(form) -> list[str]:
    return [group.name for group in form.entry.shown]


def test_it_opens_with_a_hazard_ratio_and_its_interval(form):
    assert shown(form) == ["effect"]
    form.groups["p"].value = True
    assert shown(form) == ["effect", "p"]


def test_every_way_that_is_open_is_shown_at_once_with_how_far_it_is(form):
    fill(form, "p", "events", **PRINTED, **SIZES)
    lines = [line for line, _ in form.ways.radio.options]
    assert [name for _, name in form.ways.radio.options] == [
        *("interval", "exact-p", "p-total-events-arms", "total-events-arms"),
    ]
    # log HR -0.1625 and -0.1617, SE 0.0924 and 0.0908: see tests/evidence/test_ways.py.
    assert "HR 0.85, log HR −0.163, SE 0.092, the best" in lines[0]
    assert "HR 0.85, log HR −0.162, SE 0.091 (log HR +0.001, SE 0.98 times)" in lines[2]
    assert form.ways.radio.value == "interval"
    assert form.ways.radio.layout.display == ""


def test_one_way_is_no_choice(form):
    fill(form, hr="0.5", ci_low="0.3", ci_high="0.8")
    assert form.ways.radio.layout.display == "none"


def test_another_way_may_be_taken_and_is_kept(form):
    fill(form, "p", "events", **PRINTED, **SIZES)
    form.ways.radio.value = "p-total-events-arms"
    assert "standard error 0.091" in form.findings.text
    fill(form, source="Lancet 1999")
    row = saved(form)
    assert (row.route, row.hr) == ("p-total-events-arms", 0.85)
    assert row.se == pytest.approx(0.0908, abs=1e-4)
    assert form.ways.route == ""


def test_the_choice_is_there_again_on_editing(form):
    fill(form, "p", "events", **PRINTED, **SIZES)
    form.ways.radio.value = "exact-p"
    row = saved(form)
    form.which.index = 1
    assert (form.ways.radio.value, shown(form)) == ("exact-p", ["effect", "p", "events"])
    assert form.draft() == row
    form.ways.radio.value = "interval"
    form.save.click()
    assert form.analysis.evidence["BA06"] == row.change(route="")


def test_a_bound_of_p_is_told_why_it_gives_no_way(form):
    fill(form, "p", hr="0.38", ci_low="0.25", ci_high="0.59", p_value="<0.001", p_sides=2)
    assert "P < 0.001 is a bound, not a value" in form.ways.closed.text
    row = saved(form)
    assert (row.p_value, row.p_relation) == (0.001, "<")


def test_a_p_value_and_events_without_a_hazard_ratio_ask_for_the_direction(form):
    form.groups["effect"].value = False
    fill(form, "p", "events", p_value="0.04", p_sides=2, events_experimental="40", events_control="60")
    assert "say which arm does better (“P favours”)" in form.findings.text
    form.fields["favours"].value = "experimental"
    row = saved(form)
    assert row.effect.kind.name == "p-events-per-arm"
    assert row.log_hr < 0


@pytest.mark.parametrize(
    ("groups", "values", "way", "effect"),
    [
        (["logrank"], {"o_minus_e": "−19.5", "logrank_v": "121"}, "logrank", (-19.5 / 121, 1 / 11)),
        (["generic"], {"printed_log_hr": "-0,16", "printed_se": "0,09"}, "generic", (-0.16, 0.09)),
        (
            ["events"],
            {"hr": "0.5", "events_experimental": "30", "events_control": "50"},
            "events-per-arm",
            (math.log(0.5), 1 / math.sqrt(18.75)),
        ),
        (
            ["curves"],
            {
                "curve_experimental": "0 1 100\n5 0.5 50\n10 0.25 25",
                "curve_control": "0 1 80\n5 0.75 60\n10 .5625 45",
            },
            "curves-at-risk",
            (math.log(2), 1 / math.sqrt(1 / 0.0475 + 1 / 0.07)),
        ),
        (
            ["effect"],
            {"hr": "0.53", "ci_high": "0.69", "level": "90", "sides": 1},
            "bound",
            (math.log(0.53), math.log(0.69 / 0.53) / 1.2815516),
        ),
    ],
)
def test_each_way_of_printing_is_taken(form, groups, values, way, effect):
    fill(form, *groups, **values)
    row = saved(form)
    assert row.effect.kind.name == way
    assert (row.log_hr, row.se) == pytest.approx(effect, rel=1e-6)


def test_what_is_hidden_is_not_taken_and_not_lost(form):
    fill(form, "p", hr="0.5", ci_low="0.3", ci_high="0.8", p_value="nonsense")
    assert "P value is 'nonsense'" in form.findings.text
    form.groups["p"].value = False
    assert "P value" not in form.findings.text
    assert form.fields["p_value"].value == "nonsense"
    assert saved(form).p_value is None


def test_a_correction_is_offered_and_made(form):
    fill(form, hr="-0.62", ci_low="-0.97", ci_high="-0.27")
    assert "Did you mean log_hr = -0.62?" in form.findings.text
    assert form.mend.layout.display == ""
    form.mend.click()
    assert (form.fields["hr"].value, form.fields["printed_log_hr"].value) == ("", "-0.62")
    assert "standard error 0.179" in form.findings.text
    assert form.mend.layout.display == "none"
    assert saved(form).log_hr == -0.62


def test_a_warning_says_what_would_mend_it(form):
    # RADIANT-4's survival: 0.73 (0.48 to 1.11) with P = .071 is that of one side.
    fill(form, "p", hr="0.73", ci_low="0.48", ci_high="1.11", p_value="0.071", p_sides=2)
    assert "It would as a one-sided P value" in form.findings.of_kind("warning")[0]
    form.mend.click()
    assert form.fields["p_sides"].value == 1
    assert form.findings.of_kind("warning") == ()


def test_medians_that_point_the_other_way_are_told_while_one_types(form):
    fill(form, hr="2.63", ci_low="1.69", ci_high="4.09", median_experimental="8.4", median_control="3.9")
    assert "is it turned round?" in form.findings.text
    form.mend.click()
    assert float(form.fields["hr"].value) == pytest.approx(1 / 2.63)


def test_a_swapped_interval_is_put_right(form):
    fill(form, hr="0.5", ci_low="0.8", ci_high="0.3")
    form.mend.click()
    assert (form.fields["ci_low"].value, form.fields["ci_high"].value) == ("0.3", "0.8")


def test_clear_forgets_the_choice_and_the_findings(form):
    fill(form, "p", **{name: PRINTED[name] for name in ("hr", "ci_low", "ci_high", "p_value", "p_sides")})
    form.ways.radio.value = "exact-p"
    form.clear.click()
    assert (form.ways.route, form.findings.text, form.fields["p_value"].value) == ("", "", "")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("0.022", (0.022, "=")),
        ("P = .04", (0.04, "=")),
        ("<0,001", (0.001, "<")),
        ("> 0.9", (0.9, ">")),
        ("", (None, "=")),
    ],
)
def test_p_values_are_read_as_people_write_them(typed, read):
    assert parse_p("P value", typed) == read


HOSTILE = st.text(max_size=12) | st.sampled_from(
    ["1e400", "-0", "<", "< -1", "5e-324", "1e308", "0 1 9; 1 1 9", "٣", "9" * 400]
)
LIKELY = st.floats(0.01, 3).map("{:.3g}".format)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_is_typed_is_kept_and_answered_in_words(data):
    form = nm.TrialForm(Analysis(nm.Evidence()))
    fill(form, control="no CMV", hr="0.5", ci_low="0.3", ci_high="0.8")
    form.entry.show_groups(data.draw(st.sets(st.sampled_from(list(form.groups)))))
    names = [name for name, field in form.fields.items() if not hasattr(field, "index")]
    typed = data.draw(st.dictionaries(st.sampled_from(names), HOSTILE | LIKELY, max_size=8))
    for name, text in typed.items():
        form.fields[name].value = text
    form.save.click()
    assert form.told.text
    added = form.analysis.evidence
    if len(added):
        assert math.isfinite(added[0].log_hr)
        assert 0 < added[0].se < math.inf
    else:
        assert {name: form.fields[name].value for name in typed} == typed

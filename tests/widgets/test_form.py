"""The form: adding, editing and removing a trial, and what it says of numbers that cannot be right."""

from __future__ import annotations

import pytest

import netmeta as nm
from netmeta.widgets import Analysis

MINE = {"study": "Mine", "experimental": "cabozantinib", "hr": "0.50", "ci_low": "0,30", "ci_high": "0.80"}


@pytest.fixture
def form():
    return nm.TrialForm(Analysis())


def fill(form, **values: str) -> None:
    for name, value in values.items():
        form.fields[name].value = value


def typed(form) -> dict[str, str]:
    return {name: field.value for name, field in form.fields.items()}


def test_adds_a_trial_that_answers_the_question(form):
    fill(form, **MINE, n_experimental="60", n_control="30")
    form.save.click()
    added = form.analysis.evidence["Mine"]
    assert (added.hr, added.ci_low, added.ci_high, added.n) == (0.5, 0.3, 0.8, 90)
    assert (added.control, added.endpoint, added.verification) == ("placebo", "PFS", "entered")
    assert form.analysis.outcome.k == 10
    assert "It answers the question" in form.told.text
    assert form.fields["study"].value == ""


def test_undo_takes_it_back(form):
    fill(form, **MINE)
    form.save.click()
    form.analysis.undo()
    assert form.analysis.outcome.k == 9
    assert "Mine" not in form.analysis.evidence


def test_says_when_it_does_not_answer_the_question(form):
    fill(form, **MINE, endpoint="OS")
    form.save.click()
    assert "does not answer the question" in form.told.text
    assert form.analysis.outcome.k == 9


def test_an_interval_of_any_level(form):
    # STARTER-NET, interim: 0.38 with a 99.91% interval of 0.15 to 0.96 has a standard error of 0.280.
    fill(form, **{**MINE, "hr": "0.38", "ci_low": "0.15", "ci_high": "0.96", "level": "99.91"})
    assert "standard error 0.280" in form.findings.text
    form.save.click()
    assert form.analysis.evidence["Mine"].level == 0.9991


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"ci_low": "0.9", "ci_high": "0.3"}, "runs from 0.9 to 0.3"),
        ({"hr": "0.9"}, "0.9 lies outside its interval"),
        ({"hr": "abc"}, "Hazard ratio is 'abc'"),
        ({"hr": "0"}, "hr is 0"),
        ({"hr": "-0.69"}, "looks like a log hazard ratio"),
        ({"ci_high": "inf"}, "ci_high is inf"),
        ({"ci_low": "nan"}, "ci_low is nan"),
        ({"level": "0"}, "Level of the interval is '0'"),
        ({"n_control": "12.5"}, "N control is '12.5'"),
        ({"n_experimental": "many"}, "N experimental is 'many'"),
    ],
)
def test_what_cannot_be_right_is_said_while_one_types_and_nothing_is_lost(form, wrong, said):
    fill(form, **{**MINE, **wrong})
    assert said in form.findings.text
    before = typed(form)
    form.save.click()
    assert said in form.told.text
    assert typed(form) == before
    assert form.analysis.outcome.k == 9


def test_a_missing_limit_is_asked_for(form):
    fill(form, **{**MINE, "ci_high": ""})
    assert "both limits" in form.findings.text
    form.save.click()
    assert "cannot be pooled without its upper limit" in form.told.text


def test_a_missing_name_is_asked_for(form):
    fill(form, **{**MINE, "study": "  "})
    form.save.click()
    assert "study is empty" in form.told.text
    assert form.fields["hr"].value == "0.50"


def test_the_same_trial_twice_is_refused(form):
    fill(form, **MINE)
    form.save.click()
    fill(form, **MINE)
    form.save.click()
    assert "stands 2 times" in form.told.text
    assert form.fields["study"].value == "Mine"


def test_a_doubtful_interval_is_a_warning_and_may_be_added(form):
    # Wolin 2015: 0.46 (0.20 to 0.98) is asymmetric on the log scale beyond rounding.
    fill(form, **{**MINE, "hr": "0.46", "ci_low": "0.20", "ci_high": "0.98"})
    assert "not symmetric" in form.findings.of_kind("warning")[0]
    form.save.click()
    assert form.analysis.outcome.k == 10


def test_edits_a_trial_of_ones_own(form):
    fill(form, **MINE)
    form.save.click()
    form.which.index = 1
    assert form.fields["hr"].value == "0.5"
    assert form.save.description == "Save changes"
    fill(form, hr="0.55")
    form.save.click()
    assert form.analysis.evidence["Mine"].hr == 0.55
    assert form.analysis.outcome.k == 10


def test_removes_a_trial_of_ones_own(form):
    fill(form, **MINE)
    form.save.click()
    form.which.index = 1
    form.remove.click()
    assert form.analysis.outcome.k == 9
    assert "Undo brings it back" in form.told.text
    form.analysis.undo()
    assert form.analysis.outcome.k == 10


def test_bundled_trials_are_not_offered_for_editing(form):
    assert [label for label, _ in form.which.options] == ["a new trial"]


def test_clear_empties_and_keeps_the_question(form):
    fill(form, **MINE)
    form.clear.click()
    assert (form.fields["study"].value, form.fields["control"].value) == ("", "placebo")


def test_a_hostile_name_is_a_name(form):
    fill(form, **{**MINE, "study": "<img src=x onerror=alert(1)>"})
    form.save.click()
    assert "<img src=x onerror=alert(1)>" in form.analysis.evidence
    assert form.analysis.outcome.k == 10


def test_editing_keeps_what_the_form_does_not_show():
    full = nm.Trial(
        study="Mine",
        experimental="a",
        control="placebo",
        hr=0.53,
        ci_high=0.69,
        level=0.9,
        sides=1,
        median_control="4.4",
        year=2020,
    )
    form = nm.TrialForm(Analysis(nm.load_trials().add(full)))
    form.which.index = 1
    fill(form, source="A paper")
    form.save.click()
    assert form.analysis.evidence["Mine"] == full.change(source="A paper")


def test_new_numbers_of_a_one_sided_trial_are_a_two_sided_interval():
    full = nm.Trial(study="Mine", experimental="a", control="placebo", hr=0.53, ci_high=0.69, level=0.9, sides=1)
    form = nm.TrialForm(Analysis(nm.load_trials().add(full)))
    form.which.index = 1
    fill(form, ci_low="0.4", ci_high="0.7", level="95")
    form.save.click()
    changed = form.analysis.evidence["Mine"]
    assert (changed.hr, changed.ci_low, changed.ci_high, changed.level, changed.sides) == (0.53, 0.4, 0.7, 0.95, 2)

"""The one state that all views share."""

from __future__ import annotations

import pytest

import netmeta as nm
from netmeta.widgets import Analysis, Problem


@pytest.fixture
def analysis():
    return Analysis()


def published(*left_out: str):
    return nm.load_trials().where(endpoint="PFS", use="primary", control="placebo").without(*left_out)


def test_opens_on_verified_primary_pfs_against_placebo(analysis):
    assert (analysis.selection.endpoint, analysis.selection.control) == ("PFS", "placebo")
    assert {"CABINET epNET", "CABINET pNET"} <= set(analysis.included.labels)
    assert {trial.verification for trial in analysis.included} == {"verified"}
    assert {trial.endpoint for trial in analysis.included} == {"PFS"}
    assert analysis.outcome == nm.pool(published())


def test_toggle_takes_a_trial_out_and_back_in(analysis):
    analysis.toggle("CABINET pNET")
    assert analysis.outcome == nm.pool(published("CABINET pNET"))
    analysis.toggle("CABINET pNET")
    assert analysis.outcome == nm.pool(published())


def test_the_outcome_is_there_before_observers_of_the_state_run(analysis):
    seen = []
    analysis.observe(lambda _change: seen.append(analysis.outcome.k), "state")
    analysis.toggle("CABINET pNET")
    assert seen == [8]


def test_an_equal_value_is_no_change(analysis):
    analysis.model = nm.RandomEffects()
    assert not analysis.can_undo


def test_undo_redo_and_reset(analysis):
    start = analysis.state
    analysis.toggle("RADIANT-3")
    analysis.model = nm.CommonEffect()
    changed = analysis.state
    analysis.undo()
    analysis.undo()
    assert analysis.state == start
    assert (analysis.can_undo, analysis.can_redo) == (False, True)
    analysis.redo()
    analysis.redo()
    assert analysis.state == changed
    analysis.reset()
    assert analysis.state == start
    analysis.undo()
    assert analysis.state == changed


def test_a_change_after_undo_forgets_what_was_undone(analysis):
    analysis.toggle("RADIANT-3")
    analysis.undo()
    analysis.toggle("RADIANT-4")
    assert not analysis.can_redo


def test_undo_with_nothing_to_undo_does_nothing(analysis):
    start = analysis.state
    analysis.undo()
    analysis.redo()
    assert analysis.state == start


def test_several_changes_at_once_are_one_step(analysis):
    analysis.change(model=nm.CommonEffect(), excluded=frozenset({analysis.selected.keys[0]}))
    analysis.undo()
    assert not analysis.can_undo


def test_too_few_trials_are_a_problem_and_never_a_stale_number(analysis):
    for label in analysis.selected.labels[1:]:
        analysis.toggle(label)
    assert isinstance(analysis.outcome, Problem)
    assert "there is 1 (CABINET epNET)" in analysis.outcome.message
    analysis.toggle("CABINET epNET")
    assert "none" in analysis.outcome.message
    analysis.undo()
    analysis.undo()
    assert analysis.outcome.k == 2


def test_an_empty_evidence_is_a_problem():
    assert isinstance(Analysis(nm.Evidence()).outcome, Problem)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("evidence", [1, 2], "give Evidence"),
        ("model", "REML", "give RandomEffects or CommonEffect"),
        ("selection", "PFS", "give Selection"),
        ("excluded", ["CABINET"], "give frozenset"),
    ],
)
def test_a_wrong_kind_of_value_is_refused(analysis, name, value, message):
    before = analysis.state
    with pytest.raises(nm.EntryError, match=message):
        setattr(analysis, name, value)
    assert analysis.state == before


def test_a_trial_that_does_not_answer_cannot_be_toggled(analysis):
    with pytest.raises(nm.SelectionError, match="Did you mean 'CABINET pNET'"):
        analysis.toggle("CABINET pNTE")


def test_an_unknown_part_is_named(analysis):
    with pytest.raises(nm.SelectionError, match="Did you mean 'model'"):
        analysis.change(modle=nm.CommonEffect())


def test_time_to_progression_is_offered_and_not_mixed_in(analysis):
    assert "PROMID" in {item.trial.study for item in analysis.left_out}
    analysis.selection = nm.Selection(endpoint="TTP", control="placebo")
    assert [trial.study for trial in analysis.included] == ["PROMID"]


def test_reading_by_central_review_changes_the_rows(analysis):
    analysis.selection = nm.Selection(endpoint="PFS", control="placebo", assessor="central")
    found = {trial.label: trial.hr for trial in analysis.included}
    # The data README: SANET-ep is 0.33 by the investigators and 0.66 by BICR; SUN-1111 0.418 and 0.315.
    assert found["SANET-ep"] == 0.66
    assert found["SUN-1111"] == 0.315
    assert "SANET-p" not in found

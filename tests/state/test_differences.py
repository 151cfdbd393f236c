"""What was changed between two states, in words, and how the pooled result moved."""

from __future__ import annotations

import sys
from dataclasses import replace
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

import netmeta as nm
from netmeta.errors import StateError
from netmeta.network.asking import NetworkQuestion
from netmeta.state import State, differences

SPEC = spec_from_file_location("made_states", Path(__file__).with_name("made_states.py"))
sys.modules[SPEC.name] = made = module_from_spec(SPEC)
SPEC.loader.exec_module(made)


@pytest.fixture
def state() -> State:
    return nm.Analysis().state


def key(state: State, label: str) -> str:
    return state.selected[label].key


def test_nothing_was_changed(state):
    found = differences(state, state)
    assert found.changes == ()
    assert str(found).startswith("Nothing was changed.\nThe pooled result is the same: HR 0.41")
    assert found.ratio == 1


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("selection", nm.Selection("OS", control="placebo"), ["The endpoint changes from PFS to OS."]),
        ("selection", nm.Selection("PFS", "pNET", "placebo"), ["The population changes from all NET to pNET."]),
        ("selection", nm.Selection("PFS"), ["The control changes from placebo to any control."]),
        (
            "selection",
            nm.Selection("PFS", control="placebo", treatments=("everolimus", "SSA"), assessor="central"),
            [
                "The therapy changes from any therapy to everolimus and SSA.",
                "The reading changes from each trial's primary analysis to central review.",
            ],
        ),
        (
            "model",
            nm.CommonEffect(0.9),
            [
                (
                    "The model changes from random effects (REML, modified Hartung-Knapp interval) to common effect "
                    "(inverse variance, Wald interval)."
                ),
                "The level of intervals changes from 95% to 90%.",
            ],
        ),
        ("model", nm.RandomEffects(prediction="none"), ["The prediction interval changes from t(k-2) to none."]),
        (
            "network",
            NetworkQuestion("SSA", (nm.Merge("high-dose SSA", "SSA"),), nm.CommonEffect()),
            [
                "The network's reference changes from the usual one to SSA.",
                "The network assumes in addition: high-dose SSA is taken to be the same treatment as SSA.",
                (
                    "The network's model changes from random effects (REML, Wald interval) to common effect "
                    "(inverse variance, Wald interval)."
                ),
            ],
        ),
        (
            "network",
            NetworkQuestion(model=nm.RandomEffects(interval="wald", prediction="none")),
            ["The network's intervals change."],
        ),
        (
            "baseline",
            nm.Baseline(median=4.4, source="the reader"),
            [
                (
                    "The baseline changes. Baseline: median 4.4 months in the control arm (the reader). The hazard is "
                    "assumed constant over time (an exponential curve)."
                )
            ],
        ),
    ],
)
def test_each_change_is_a_sentence(state, field, value, said):
    assert list(differences(state, replace(state, **{field: value})).changes) == said


def test_trials_taken_out_and_back_in(state):
    out = replace(state, excluded=frozenset({key(state, "RADIANT-3"), "gone"}))
    assert differences(state, out).changes == ("Taken out: RADIANT-3 and gone.",)
    other = replace(state, excluded=frozenset({key(state, "SUN-1111")}))
    assert differences(out, other).changes == ("Taken out: SUN-1111.", "Taken back in: RADIANT-3 and gone.")


def test_trials_added_removed_and_edited(state):
    trial = nm.Trial(study="New", experimental="everolimus", control="placebo", hr=0.5, ci_low=0.3, ci_high=0.8)
    rows = state.evidence.without("SANET-p").add(trial)
    old = rows[key(state, "RADIANT-3")]
    rows = rows.replace(old, old.change(hr=0.4, ci_low=None, notes=""))
    said = differences(state, replace(state, evidence=rows)).changes
    assert said[0] == "Added to the evidence: New."
    assert said[1] == "Removed from the evidence: SANET-p."
    assert said[2].startswith(
        "Edited in the evidence: RADIANT-3, hr changed from 0.35 to 0.4, ci_low changed from 0.27 to nothing"
    )
    assert "log_hr" not in said[2]


def test_many_edits_are_counted(state):
    rows = nm.Evidence(tuple(trial.change(year=1999) for trial in state.evidence))
    said = differences(state, replace(state, evidence=rows)).changes
    assert len(said) == 7
    assert said[-1] == "105 more trials are edited."


def test_another_order_is_a_change(state):
    rows = nm.Evidence(state.evidence.trials[::-1])
    assert differences(state, replace(state, evidence=rows)).changes == ("The order of the trials changes.",)


def test_how_the_result_moves(state):
    without = replace(state, excluded=frozenset({key(state, "CABINET pNET"), key(state, "CABINET epNET")}))
    found = differences(state, without)
    assert found.ratio == pytest.approx(without.outcome.hr / state.outcome.hr, rel=1e-14)
    rows = {row[0]: row[1:] for row in found.rows}
    assert rows["Trials"] == ("9", "7", "−2")
    assert rows["HR (CI)"] == ("0.41 (0.34–0.48)", "0.43 (0.35–0.52)", f"× {found.ratio:.3f}")
    assert rows["P"] == ("< 0.001", "< 0.001", "")
    assert "The pooled HR moves from 0.41 (0.34–0.48) to 0.43 (0.35–0.52)" in str(found)


def test_a_state_without_a_result_has_no_numbers(state):
    empty = replace(state, selection=nm.Selection("no endpoint"))
    assert "the second has no pooled result" in differences(state, empty).moved
    assert "The first has no pooled result" in differences(empty, state).moved
    assert differences(empty, empty).moved == "Neither has a pooled result."
    assert differences(state, empty).ratio is None
    assert {row[2] for row in differences(state, empty).rows} == {"–"}


def test_an_interval_that_comes_to_include_no_effect_is_told():
    rows = [
        nm.Trial(study=f"T{at}", experimental="a", control="b", hr=0.7, ci_low=0.5, ci_high=0.98) for at in range(2)
    ]
    narrow = State(nm.Evidence(tuple(rows)), nm.Selection(control="b"), model=nm.CommonEffect(0.9))
    wide = replace(narrow, model=nm.RandomEffects())
    assert differences(narrow, wide).moved.endswith("The interval now includes 1.")
    assert differences(wide, narrow).moved.endswith("The interval no longer includes 1.")


@pytest.mark.parametrize("seed", range(60))
def test_any_two_states_can_be_held_against_each_other(seed):
    one, other = made.state(seed), made.state(seed + 1000)
    found = differences(one, other)
    assert found.changes
    assert all(line.endswith(".") and "\n" not in line for line in found.changes)
    assert str(found)
    assert differences(one, one).changes == ()


def test_what_has_no_state_is_refused():
    with pytest.raises(StateError, match="got int"):
        differences(3, nm.Analysis())

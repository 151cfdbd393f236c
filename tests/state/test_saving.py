"""A state as JSON: the same again, whatever is in it; and every broken, foreign or hostile file refused in words."""

from __future__ import annotations

import json
import sys
from dataclasses import fields, replace
from hashlib import sha256
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import netmeta as nm
from netmeta.errors import EntryError, StateError
from netmeta.state import Saved, Snapshot, State, read_saved, saving, state_from_json, state_to_json
from netmeta.state.kinds import KINDS

SPEC = spec_from_file_location("made_states", Path(__file__).with_name("made_states.py"))
sys.modules[SPEC.name] = made = module_from_spec(SPEC)
SPEC.loader.exec_module(made)

ANY = settings(max_examples=80, deadline=None)
names = st.text(min_size=1, max_size=30).filter(lambda text: text.strip())
ratios = st.floats(0.01, 20)


def parsed(state: State | None = None) -> dict:
    return json.loads(state_to_json(state or made.state(1), [Snapshot("one", made.state(2))]))


def resealed(around: dict) -> str:
    """The file with a checksum that fits, as somebody would make it who means to deceive."""
    canonical = json.dumps(around["body"], sort_keys=True, separators=(",", ":"))
    return json.dumps(around | {"sha256": sha256(canonical.encode()).hexdigest()})


@ANY
@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_a_state_is_the_same_after_it_was_saved(seed, other):
    state, kept = made.state(seed), (Snapshot("kept", made.state(other)),)
    found = read_saved(state_to_json(state, kept))
    assert found == Saved(state, kept)
    assert repr(found.state.outcome) == repr(state.outcome)
    assert found.state.outcome == state.outcome
    assert state_to_json(found.state, found.snapshots) == state_to_json(state, kept)


@ANY
@given(names, names, names, st.lists(st.tuples(ratios, st.floats(0.01, 2)), min_size=1, max_size=5), st.text())
def test_any_name_and_any_number_comes_back(study, one, other, effects, key):
    if one.strip() == other.strip():
        return
    rows = tuple(
        nm.Trial(study=f"{study}{at}", experimental=one, control=other, hr=hr, se=se, notes=key)
        for at, (hr, se) in enumerate(effects)
    )
    state = State(nm.Evidence(rows), nm.Selection(control=other), frozenset({key, rows[0].key}))
    assert state_from_json(state_to_json(state)) == state


def test_the_bundled_trials_come_back_with_what_was_seen_of_each():
    state = nm.Analysis().state
    found = state_from_json(state_to_json(state).encode())
    assert found == state
    assert found.evidence == nm.load_trials()


def test_a_trial_in_several_states_is_written_once():
    state = nm.Analysis().state
    alone, thrice = state_to_json(state), state_to_json(state, [Snapshot("a", state), Snapshot("b", state)])
    assert len(thrice) < 1.1 * len(alone)


def test_every_value_of_a_state_has_its_line_in_the_table():
    state = State(
        nm.load_trials(), nm.Selection(), model=nm.CommonEffect(), baseline=nm.Baseline(curve=((6.0, 0.5),)),
        network=replace(made.state(3).network, assumptions=(nm.Merge("a", into="b"),)),
    )  # fmt: skip
    text = state_to_json(state)
    assert state_from_json(text) == state
    written = {part["is"] for part in walk(json.loads(text)["body"]) if isinstance(part, dict) and "is" in part}
    assert written == set(KINDS) - {"Snapshot"}
    assert {field.name for field in fields(State)} <= set(json.loads(text)["body"]["saved"]["state"])


def walk(value):
    yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from walk(part)


def test_what_a_file_says_of_itself():
    found = parsed()
    assert (found["format"], found["version"], found["netmeta"]) == ("netmeta analysis", 1, nm.__version__)
    canonical = json.dumps(found["body"], sort_keys=True, separators=(",", ":"))
    assert found["sha256"] == sha256(canonical.encode("ascii")).hexdigest()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        ("nothing", "not JSON"),
        ("[1, 2]", "holds a list"),
        ("3", "holds a int"),
        ("{}", "its format is None"),
        ('{"format": "vega"}', "its format is 'vega'"),
        ('{"format": "netmeta analysis", "format": "netmeta analysis"}', "'format' twice"),
        ('{"format": "netmeta analysis"}', "version of the format is None"),
        ('{"format": "netmeta analysis", "version": true}', "version of the format is True"),
        ('{"format": "netmeta analysis", "version": 0}', "version of the format is 0"),
        ('{"format": "netmeta analysis", "version": 2, "netmeta": "9.1"}', r"newer netmeta \(9.1\)"),
        ('{"format": "netmeta analysis", "version": 1}', "this one has others"),
        ('{"format": NaN}', "NaN for a number"),
        ('{"format": -Infinity}', "-Infinity for a number"),
        ("[" * 100_000, "nested too deeply"),
        ('{"a":' * 100_000, "nested too deeply"),
        (b"\xff\xfe\x00", "not JSON"),
        ('{"format": ' + "9" * 5000 + "}", "not JSON"),
    ],
)
def test_what_is_no_saved_analysis_is_refused_in_words(text, said):
    with pytest.raises(StateError, match=said):
        read_saved(text)


def test_a_file_that_was_changed_is_refused_unless_that_is_meant():
    around = parsed(nm.Analysis().state)
    around["body"]["trials"][0]["hr"] = 0.5
    with pytest.raises(StateError, match="changed after it was saved") as caught:
        read_saved(json.dumps(around))
    assert caught.value.changed
    assert read_saved(json.dumps(around), checked=False).state.evidence[0].hr == 0.5


def put(place: str, value: object):
    """A change of the body: ``"saved.state.model.level"`` becomes ``value``; a field that is not there is added."""

    def change(body):
        *way, last = (int(part) if part.isdigit() else part for part in place.split("."))
        for part in way:
            body = body[part]
        body[last] = value

    return change


def drop(place: str):
    def change(body):
        *way, last = (int(part) if part.isdigit() else part for part in place.split("."))
        for part in way:
            body = body[part]
        del body[last]

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (put("trials", {}), "body of the file is not"),
        (put("more", 1), "body of the file is not"),
        (put("trials.0.hr", "0.38"), "trial 0.hr is '0.38'; it has to be a number"),
        (put("trials.0.hr", -1), "trial 0 cannot be right: hr is -1"),
        (put("trials.0.hr", True), "trial 0.hr is True"),
        (put("trials.0.n_control", 3.5), "trial 0.n_control is 3.5; it has to be a whole number"),
        (put("trials.0.study", ["x"]), r"trial 0.study is \['x'\]; it has to be a text"),
        (put("trials.0.study", None), "trial 0.study is None"),
        (put("trials.0.hrr", 1), "field 'hrr', which a Trial does not have. Did you mean 'hr'"),
        (put("trials.0.is", "Evidence"), "has to be a Trial"),
        (put("trials.0.is", "os.system"), "has to be a Trial"),
        (put("trials.0.route", "__import__('os')"), "trial 0 cannot be right"),
        (put("trials.0", 4), "trial 0 is 4; it has to be a Trial"),
        (drop("trials.0.study"), "trial 0 lacks the field 'study'"),
        (drop("saved.state"), "saved lacks the field 'state'"),
        (put("saved.state.evidence", [0, 0]), "saved.state.evidence cannot be right: The same row stands 2 times"),
        (put("saved.state.evidence", [-1]), "names trial -1; the file has"),
        (put("saved.state.evidence", [10**6]), "names trial 1000000; the file has"),
        (put("saved.state.evidence", [True]), "names trial True"),
        (put("saved.state.evidence", "all"), "has to be a list of places"),
        (put("saved.state.excluded", "all"), "saved.state.excluded is 'all'; it has to be a list"),
        (put("saved.state.excluded", [3]), r"saved.state.excluded\[0\] is 3; it has to be a text"),
        (put("saved.state.model.level", 95.0), "saved.state.model cannot be right: .*did you mean 0.95"),
        (put("saved.state.model.tau2_method", "GOSH"), "no estimator of tau2 called 'GOSH'"),
        (put("saved.state.model.is", "Baseline"), "saved.state.model is .* it has to be a RandomEffects"),
        (put("saved.state.model", None), "saved.state.model is None"),
        (put("saved.state.selection.assessor", "me"), "There is no reader 'me'"),
        (put("saved.state.network.assumptions", [["a", "b"]]), "has to be a Merge"),
        (put("saved.state.baseline", 12), "saved.state.baseline is 12; it has to be a Baseline"),
        (put("saved.snapshots.0.name", ""), "The name is empty"),
        (put("saved.snapshots.0.name", "x" * 81), "81 characters"),
        (put("saved.snapshots.0.state.is", "Snapshot"), "has to be a State"),
        (put("saved.snapshots", [None]), r"saved.snapshots\[0\] is None"),
    ],
)
def test_a_value_that_cannot_be_right_is_named_with_its_place(change, said):
    around = parsed(nm.Analysis().state)
    change(around["body"])
    with pytest.raises(StateError, match=said) as caught:
        read_saved(resealed(around))
    assert not caught.value.changed


def test_two_kept_states_of_one_name_are_refused():
    around = parsed()
    around["body"]["saved"]["snapshots"] *= 2
    with pytest.raises(StateError, match="Two states are kept under the name 'one'"):
        read_saved(resealed(around))


def test_a_field_that_older_files_do_not_have_takes_its_default():
    state = replace(nm.Analysis().state, baseline=None)
    around = parsed(state)
    del around["body"]["saved"]["state"]["baseline"]
    assert read_saved(resealed(around)).state == state


def test_a_file_that_is_too_large_is_not_read(monkeypatch):
    text = state_to_json(made.state(1))
    monkeypatch.setattr(saving, "LARGEST", 1000)
    with pytest.raises(StateError, match="at most"):
        read_saved(text)


@settings(max_examples=150, deadline=None)
@given(st.recursive(st.none() | st.booleans() | st.floats() | st.integers() | st.text(), lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["is", "state", "saved", "trials", "hr", "study"]), inner, max_size=4), max_leaves=12), st.sampled_from(["trials", "saved", "trials.0", "saved.state", "saved.state.model", "saved.state.evidence", "saved.snapshots", "saved.state.network"]))  # fmt: skip
def test_any_rubbish_in_any_place_is_refused_by_a_typed_error_or_read(rubbish, place):
    around = parsed(nm.Analysis().state)
    put(place, rubbish)(around["body"])
    try:
        found = read_saved(resealed(around))
    except StateError:
        return
    assert isinstance(found, Saved)


def test_a_value_that_is_not_in_the_table_is_refused_when_saving():
    with pytest.raises(StateError, match="A Rubbish cannot be saved"):
        state_to_json(replace(made.state(1), model=type("Rubbish", (), {})()))


def test_what_a_snapshot_cannot_be():
    with pytest.raises(StateError, match="not a str"):
        Snapshot("a", "b")
    with pytest.raises(StateError, match="not 3"):
        Snapshot(3, made.state(1))
    with pytest.raises(EntryError):
        nm.Analysis(evidence=3)

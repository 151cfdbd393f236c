"""The Python script of a state, run: the same numbers for random states of every kind, and nobody's words run as code."""

from __future__ import annotations

import ast
import sys
from dataclasses import replace
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

import netmeta as nm
from netmeta.report.code import to_python
from netmeta.report.code.quoting import in_comment, python_value
from netmeta.state import State

MADE = Path(__file__).parents[2] / "state" / "made_states.py"
SPEC = spec_from_file_location("made_states", MADE)
sys.modules[SPEC.name] = made = module_from_spec(SPEC)
SPEC.loader.exec_module(made)

SEEDS = range(90)
CLOSE = {"rel": 1e-10, "abs": 1e-10}
POOLED = ("k", "log_hr", "se", "tau2", "i2", "q", "q_p", "p_value", "h2")
NETWORK = ("k", "m", "tau2", "q", "i2", "factor")


def run(script: str, folder: Path, monkeypatch) -> dict:
    """Run a script in a folder of its own, without pictures, and return what it leaves."""
    monkeypatch.chdir(folder)
    left: dict = {"__name__": "__main__"}
    exec(compile(script.replace("pictures = True", "pictures = False"), "script.py", "exec"), left)  # noqa: S102
    assert list(folder.iterdir()) == []
    return left


def bounds(found):
    return [None if span is None else pytest.approx([span.low, span.high], **CLOSE) for span in found]


def same(found, wanted, names):
    assert [getattr(found, name) for name in names] == pytest.approx(
        [getattr(wanted, name) for name in names], **CLOSE
    )


def spans(found):
    return [None if span is None else [span.low, span.high] for span in (found.ci, found.pi, found.tau2_ci)]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_script_gives_the_numbers_of_the_analysis(seed, tmp_path, monkeypatch, capsys):
    state = made.state(seed)
    left = run(to_python(state), tmp_path, monkeypatch)
    pooled, network = made.has_answers(state)
    said = capsys.readouterr().out
    if pooled:
        same(left["result"], state.outcome, POOLED)
        assert spans(left["result"]) == bounds((state.outcome.ci, state.outcome.pi, state.outcome.tau2_ci))
        assert left["result"].evidence == state.included
        assert "The numbers are those of the analysis." in said
    else:
        assert left["result"] is None
        assert in_comment(state.outcome.message) in said
    if network:
        wanted = state.network_outcome
        same(left["network"], wanted, NETWORK)
        assert left["network"].reference == wanted.reference
        assert [one.log_hr for one in left["network"].pairs] == pytest.approx(
            [one.log_hr for one in wanted.pairs], **CLOSE
        )
        assert [one.ci.low for one in left["network"].pairs] == pytest.approx(
            [one.ci.low for one in wanted.pairs], **CLOSE
        )
        assert left["network"].evidence == wanted.evidence
    else:
        assert left["network"] is None


def test_the_states_tried_are_of_every_kind():
    states = [made.state(seed) for seed in SEEDS]
    answers = [made.has_answers(state) for state in states]
    models = [state.model for state, (pooled, _network) in zip(states, answers, strict=True) if pooled]
    methods = {getattr(model, "tau2_method", "common") for model in models}
    assert methods == {"common", "REML", "DL", "HE", "ML", "PM", "SJ", "EB", "HS"}
    assert len({getattr(model, "interval", "common") for model in models}) == 4
    assert len({getattr(model, "prediction", "common") for model in models}) == 7
    assert sum(pooled for pooled, _network in answers) >= 60
    networks = [state.network_outcome for state, (_pooled, network) in zip(states, answers, strict=True) if network]
    assert any(found.assumptions for found in networks)
    assert any(not found.assumptions for found in networks)
    assert any(found.m > found.k for found in networks)  # studies of three arms
    assert any(state.excluded & set(state.selected.keys) for state in states)


def test_the_script_draws_its_pictures(tmp_path, monkeypatch):
    analysis = nm.Analysis()
    analysis.toggle("CABINET pNET")
    monkeypatch.chdir(tmp_path)
    exec(compile(analysis.to_python(tmp_path / "script.py"), "script.py", "exec"), {})  # noqa: S102
    drawn = {"forest.svg", "leave-one-out.svg", "network.svg", "network-forest.svg"}
    assert {file.name for file in tmp_path.iterdir()} == {*drawn, "script.py"}
    assert (tmp_path / "forest.svg").read_text().startswith("<svg")


def test_a_reader_sees_what_was_taken_out_and_what_was_left_out():
    analysis = nm.Analysis()
    analysis.toggle("CABINET pNET")
    script = analysis.to_python()
    assert "# Taken out by the reader: CABINET pNET." in script
    assert "# Left out: PROMID (reports TTP and OS, not PFS)." in script
    assert script.count("# Taken out by the reader.\n") == 1


def hostile_state(word: str) -> State:
    rows = [
        nm.Trial(
            study=f"{word}{at}", experimental=f"new {word}", control=f"old {word}", hr=0.5 + at / 10, ci_low=0.3, ci_high=1.2,
            cohort=word, notes=word, data_cut=word,
        )
        for at in range(4)
    ]  # fmt: skip
    evidence = nm.Evidence(tuple(rows))
    out = frozenset({rows[3].key})
    return State(evidence, nm.Selection(control=rows[0].control, treatments=(rows[0].experimental,)), out)


@pytest.mark.parametrize("word", made.HOSTILE)
def test_words_of_anybody_are_literals(word, tmp_path, monkeypatch):
    state = hostile_state(word)
    script = to_python(state)
    left = run(script, tmp_path, monkeypatch)
    assert left["result"] == state.outcome
    assert left["network"] == state.network_outcome
    assert left["rows"] == state.evidence
    # Nothing but the calls of the script itself: a word may add literals, never a name or a call.
    plain = to_python(hostile_state("x"))
    assert names_of(script) == names_of(plain)


def names_of(script: str) -> set[str]:
    return {node.id for node in ast.walk(ast.parse(script)) if isinstance(node, ast.Name)} | {
        node.attr for node in ast.walk(ast.parse(script)) if isinstance(node, ast.Attribute)
    }


@pytest.mark.parametrize("text", [*made.HOSTILE, "", "plain", "both \" and '", "\ud800"])
def test_a_literal_is_the_text_again(text):
    said = python_value(text)
    assert ast.literal_eval(said) == text
    assert all(char.isprintable() for char in said)


def test_chains_of_assumptions_and_parts_that_only_others_join(tmp_path, monkeypatch):
    state = nm.Analysis().state
    merges = (nm.Merge("high-dose SSA", "SSA"), nm.Merge("interferon + SSA", "bevacizumab"))
    state = replace(state, network=replace(state.network, assumptions=merges))
    assert run(to_python(state), tmp_path, monkeypatch)["network"] == state.network_outcome


def test_a_file_that_cannot_be_written_is_an_error_in_words(tmp_path):
    with pytest.raises(nm.NetmetaError, match="cannot be written"):
        nm.Analysis().to_python(tmp_path / "no" / "folder.py")

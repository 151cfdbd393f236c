"""The R script of a state, run where R has metafor: the same numbers, by a program that knows nothing of ours."""

from __future__ import annotations

import math
import shutil
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from netmeta.pooling import CommonEffect
from netmeta.pooling.absolute import absolute_effects
from netmeta.report.code import to_r
from netmeta.report.code.quoting import r_number, r_text
from netmeta.state import State

MADE = Path(__file__).parents[2] / "state" / "made_states.py"
SPEC = spec_from_file_location("made_states", MADE)
sys.modules[SPEC.name] = made = module_from_spec(SPEC)
SPEC.loader.exec_module(made)

SEEDS = range(90)
CLOSE = {"rel": 1e-6, "abs": 1e-6}
RUN_ALL = """
options(warn = -1)
for (file in list.files(pattern = "[.]R$")) {
  sink(sub("R$", "txt", file))
  tryCatch(source(file, local = new.env(), echo = FALSE), error = function(e) cat("STOPPED", conditionMessage(e), "\\n"))
  sink()
}
"""


def metafor() -> bool:
    program = shutil.which("Rscript")
    asked = "quit(status = !requireNamespace('metafor', quietly = TRUE))"
    return program is not None and subprocess.run([program, "-e", asked], check=False).returncode == 0


needs_r = pytest.mark.skipif(not metafor(), reason="needs Rscript with metafor")


def run_all(scripts: dict[str, str], folder: Path) -> dict[str, str]:
    """Run scripts in one process of R and return what each says."""
    for name, script in scripts.items():
        (folder / f"{name}.R").write_text(script.replace("pictures <- TRUE", "pictures <- FALSE"), encoding="ascii")
    subprocess.run(["Rscript", "-e", RUN_ALL], check=True, cwd=folder, capture_output=True)
    left = {file.name for file in folder.iterdir()}
    assert left == {f"{name}.{end}" for name in scripts for end in ("R", "txt")}
    return {name: (folder / f"{name}.txt").read_text(errors="replace") for name in scripts}


def numbers(said: str) -> dict[str, float]:
    lines = (line.split("\t") for line in said.splitlines() if line.count("\t") == 1)
    return {name: math.nan if value == "NA" else float(value) for name, value in lines}


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    folder = tmp_path_factory.mktemp("scripts")
    return run_all({f"s{seed:03}": to_r(made.state(seed)) for seed in SEEDS}, folder)


def span(found) -> list[float]:
    return [math.nan, math.nan] if found is None else [found.low, found.high]


@needs_r
@pytest.mark.parametrize("seed", SEEDS)
def test_metafor_gives_the_numbers_of_the_analysis(seed, said):
    state, text = made.state(seed), said[f"s{seed:03}"]
    assert "STOPPED" not in text
    found = numbers(text)
    pooled, network = made.has_answers(state)
    assert ("log_hr" in found) == pooled
    assert ("network.tau2" in found) == network
    if pooled:
        assert of_pool(found) == pytest.approx(wanted_of_pool(state.outcome), **CLOSE, nan_ok=True)
    if network:
        result = state.network_outcome
        wanted = [result.tau2, *span(result.tau2_ci), result.q, result.q_df]
        names = ("tau2", "tau2_low", "tau2_high", "q", "q_df")
        assert [found[f"network.{name}"] for name in names] == pytest.approx(wanted, **CLOSE, nan_ok=True)
        for at, name in enumerate(result.treatments):
            if name != result.reference:
                one = result.effect(name)
                wanted = [one.log_hr, one.se, *span(one.ci), *span(one.pi)]
                there = [
                    found[f"network.{at}.{part}"]
                    for part in ("log_hr", "se", "ci_low", "ci_high", "pi_low", "pi_high")
                ]
                assert there == pytest.approx(wanted, **CLOSE, nan_ok=True)


@needs_r
@pytest.mark.parametrize("seed", SEEDS)
def test_shares_of_patients_are_those_of_the_analysis(seed, said):
    state, found = made.state(seed), numbers(said[f"s{seed:03}"])
    assert ("absolute.control" in found) == stated(state)
    if stated(state):
        row = absolute_effects(state.outcome, state.baseline_in_use).rows[0]
        there = [found[f"absolute.{name}"] for name in ("control", "treated", "treated_low", "treated_high")]
        assert there == pytest.approx([row.control, row.treated, *span(row.treated_ci)], **CLOSE)


def stated(state) -> bool:
    return made.has_answers(state)[0] and state.baseline_in_use is not None


def test_some_of_the_states_have_a_baseline():
    assert sum(stated(made.state(seed)) for seed in SEEDS) > 20


def of_pool(found: dict[str, float]) -> list[float]:
    names = ("k", "log_hr", "se", "ci_low", "ci_high", "p_value", "tau2", "tau2_low", "tau2_high", "i2", "q", "q_p", "pi_low", "pi_high")  # fmt: skip
    return [found[name] for name in names]


def wanted_of_pool(result) -> list[float]:
    tau2 = [math.nan, math.nan] if isinstance(result.model, CommonEffect) else span(result.tau2_ci)
    head = [result.k, result.log_hr, result.se, *span(result.ci), result.p_value, result.tau2, *tau2]
    return [*head, result.i2, result.q, result.q_p, *span(result.pi)]


@needs_r
def test_words_of_anybody_are_literals(tmp_path):
    import netmeta as nm

    scripts, states = {}, {}
    for at, word in enumerate(made.HOSTILE):
        rows = tuple(
            nm.Trial(study=f"{word}{n}", experimental=f"new {word}", control=f"old {word}", hr=0.5 + n / 10, se=0.2, cohort=word)
            for n in range(4)
        )  # fmt: skip
        evidence = nm.Evidence(rows)
        states[f"h{at:02}"] = State(evidence, nm.Selection(control=rows[0].control), frozenset({rows[3].key}))
        scripts[f"h{at:02}"] = to_r(states[f"h{at:02}"])
    # run_all sees to it that no file is there that the scripts should not have made.
    for name, text in run_all(scripts, tmp_path).items():
        found = numbers(text)
        assert found["log_hr"] == pytest.approx(states[name].outcome.log_hr, **CLOSE)
        assert found["network.q_df"] == states[name].network_outcome.q_df


@needs_r
def test_r_reads_the_texts_and_numbers_that_were_written(tmp_path):
    texts = [*made.HOSTILE, "", "'", '"', "\\", "\\n", "\t", "é\u0301", "\U0010ffff"]
    values = [0.1, 1 / 3, -2.5e-300, 1e22, 5e-324, 123456789.123456789]
    lines = [
        f"cat(utf8ToInt(enc2utf8({r_text(text)})), sep = ' ', fill = FALSE); cat('\\n')" for text in texts if text
    ]
    lines += [f"cat(sprintf('%.17g', {r_number(value)}), '\\n')" for value in values]
    (tmp_path / "read.R").write_text("\n".join(lines), encoding="ascii")
    said = subprocess.run(
        ["Rscript", "read.R"], check=True, cwd=tmp_path, capture_output=True, text=True
    ).stdout.splitlines()
    for text, line in zip([text for text in texts if text], said, strict=False):
        assert [int(part) for part in line.split()] == [ord(char) for char in text.replace("\x00", "<U+0000>")]
    there = [float(line) for line in said[-len(values) :]]
    assert there == pytest.approx(values, rel=1e-14, abs=5e-324)


def test_what_r_cannot_hold_is_written_out():
    assert r_text("a\x00b\ud800") == '"a<U+0000>b<U+D800>"'
    assert r_number(None) == "NA"


def test_scripts_are_ascii():
    for seed in SEEDS:
        assert to_r(made.state(seed)).isascii()

"""Ten thousand rows in and out."""

from __future__ import annotations

import pytest

import netmeta as nm

ROWS = 10_000
ARMS = {"experimental": "a", "control": "b"}


@pytest.fixture(scope="module")
def pasted() -> str:
    head = "study\tHR (95% CI)\tP\tN experimental\tendpoint\n"
    return head + "".join(f"T{at}\t0,{50 + at % 40} (0,4–0,95)\t<0,001\t{100 + at}\tPFS\n" for at in range(ROWS))


@pytest.fixture(scope="module")
def evidence() -> nm.Evidence:
    return nm.Evidence(
        [
            nm.Trial(study=f"T{at}", experimental="a", control="b", hr=0.5, ci_low=0.4, ci_high=0.6, n_control=at)
            for at in range(ROWS)
        ]
    )


@pytest.mark.benchmark(group="10 000 rows")
def test_read_pasted(benchmark, pasted):
    read = benchmark.pedantic(nm.read_table, (pasted,), ARMS, rounds=5)
    assert (len(read.evidence), read.refused) == (ROWS, ())


@pytest.mark.benchmark(group="10 000 rows")
@pytest.mark.parametrize("kind", ["csv", "json"])
def test_read_our_own(benchmark, evidence, kind):
    text = nm.table_text(evidence, kind)
    read = benchmark.pedantic(nm.read_table, (text,), rounds=5)
    assert len(read.evidence) == ROWS


@pytest.mark.benchmark(group="10 000 rows")
def test_read_frame(benchmark, evidence):
    read = benchmark.pedantic(nm.read_table, (evidence.to_frame(),), rounds=5)
    assert len(read.evidence) == ROWS


@pytest.mark.benchmark(group="10 000 rows")
@pytest.mark.parametrize("kind", ["csv", "json"])
def test_write(benchmark, evidence, kind):
    assert benchmark.pedantic(nm.table_text, (evidence, kind), rounds=5)

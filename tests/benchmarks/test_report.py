"""What is said, kept, repeated and taught: how long it takes."""

from __future__ import annotations

from itertools import count

import pytest

import netmeta as nm
from netmeta import language
from netmeta.document.writing import made
from netmeta.language.catalogue import Catalogue, catalogue
from netmeta.language.harvest import ROOMS, catalogued
from netmeta.language.po import read
from netmeta.pooling import count_pooling, pooled


@pytest.fixture
def analysis():
    return nm.Analysis()


@pytest.fixture(params=["en", "zh"])
def bench(request):
    nm.use_language(request.param)
    yield nm.Workbench()
    nm.use_language("en")


@pytest.mark.benchmark(group="a click on the workbench, by language")
def test_click(benchmark, bench):
    labels = [trial.label for trial in bench.analysis.included]
    steps = count(1)

    def click_anew():
        """Click such that no subset of the trials comes twice: a Gray code."""
        at = next(steps)
        bench.forest.click(labels[(at & -at).bit_length() - 1])

    benchmark.pedantic(click_anew, rounds=200)
    assert bench.language.choice.value == language.language()


@pytest.mark.benchmark(group="languages")
def test_catalogue(benchmark):
    entries = [entry for room in ROOMS for entry in read(catalogued("zh", room).read_text(encoding="utf-8"))]
    assert benchmark(Catalogue, entries).translate("Undo") == "撤销"


@pytest.mark.benchmark(group="languages")
def test_a_new_paragraph(benchmark):
    found = catalogue("zh")
    text = str(nm.pool(nm.load_trials().where(endpoint="PFS", use="primary", control="placebo")))

    def anew():
        found._said.cache_clear()
        return found.translate(text)

    assert "项试验" in benchmark(anew)


@pytest.mark.benchmark(group="kept and repeated")
def test_json(benchmark, analysis):
    assert benchmark(lambda: nm.Analysis.from_json(analysis.to_json())).state == analysis.state


@pytest.mark.benchmark(group="kept and repeated")
def test_python(benchmark, analysis):
    assert benchmark(analysis.to_python).startswith("#")


@pytest.mark.benchmark(group="kept and repeated")
def test_r(benchmark, analysis):
    assert "rma(" in benchmark(analysis.to_r)


@pytest.mark.benchmark(group="reports, figures drawn before")
@pytest.mark.parametrize("kind", [".html", ".docx", ".pdf"])
def test_report(benchmark, analysis, kind):
    made(analysis.state, kind)
    assert len(benchmark.pedantic(made, (analysis.state, kind), rounds=3)) > 100_000


@pytest.mark.benchmark(group="counts and absolute effects")
@pytest.mark.parametrize("method", ["inverse-variance", "mantel-haenszel", "peto"])
def test_counts(benchmark, method):
    measure = "OR" if method == "peto" else "RR"
    counts = nm.counts_of("response")

    def anew():
        count_pooling._remembered.cache_clear()
        pooled._remembered.cache_clear()
        return nm.pool_counts(counts, measure=measure, method=method)

    assert benchmark(anew).k > 1


@pytest.mark.benchmark(group="counts and absolute effects")
def test_absolute(benchmark):
    result = nm.pool(nm.load_trials().where(endpoint="PFS", use="primary", control="placebo"))
    assert benchmark(nm.absolute_effects, result, nm.Baseline(median=4.4, time=12)) is not None


@pytest.mark.benchmark(group="1 000 simulated meta-analyses")
@pytest.mark.parametrize("k", [5, 20])
def test_coverage(benchmark, k):
    scenario = nm.Scenario(k=k)
    assert benchmark.pedantic(nm.coverage, (scenario,), {"n": 1000}, rounds=5).n == 1000

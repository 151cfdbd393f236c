"""The lessons: every answer is what netmeta finds, every notebook shows its exercises, every reason has a why."""

from __future__ import annotations

import json
import re
from math import exp, log, sqrt
from pathlib import Path

import pytest

import netmeta as nm
from netmeta.teaching import (
    LESSONS,
    Answer,
    ChoiceAsked,
    IntervalAsked,
    NumberAsked,
    OrderAsked,
    lesson,
    respond,
    task,
)

ROOT = Path(__file__).parents[2]
NOTEBOOKS = ROOT / "notebooks"
PFS = nm.load_trials().where(endpoint="PFS", use="primary", control="placebo")
TASKS = [(one.key, number) for one in LESSONS for number in range(1, len(one.tasks) + 1)]
MERGE = nm.Merge("high-dose SSA", into="SSA")


def network() -> nm.NetworkResult:
    trials = nm.select(nm.load_trials(), nm.Selection("PFS")).evidence
    return nm.compare(nm.connected_to(trials, "placebo", MERGE), assumptions=MERGE)


def exact(trials: nm.Evidence) -> nm.PooledResult:
    return nm.pool(trials)


def typed(truth) -> tuple[str, ...]:
    if isinstance(truth, tuple):
        return tuple(str(one) for one in truth)
    return (str(truth),)


@pytest.mark.parametrize(("key", "number"), TASKS)
def test_a_task_is_complete_and_its_own_answer_is_near(key, number):
    one = task(key, number)
    truth = one.truth()
    assert len(one.asked) > 40
    assert truth.said.endswith((".", "%)."))
    assert re.search(r"\d", truth.said) or isinstance(one.asks, ChoiceAsked)
    assert any(reason.holds for reason in one.reasons)
    assert any(not reason.holds for reason in one.reasons)
    assert all(reason.why.endswith(".") and not reason.text.endswith(".") for reason in one.reasons)
    assert one.concepts
    found = respond(one, Answer(typed(truth.value)))
    assert found.near
    if isinstance(one.asks, ChoiceAsked):
        assert truth.value in one.asks.options
        others = [option for option in one.asks.options if option != truth.value]
        assert not any(respond(one, Answer((option,))).near for option in others)
    if isinstance(one.asks, OrderAsked):
        assert sorted(truth.value) == sorted(one.asks.items)
        assert truth.value != one.asks.items


def value(key: str, number: int):
    return task(key, number).truth().value


def test_answers_of_the_first_lessons_are_what_is_pooled():
    result, common = nm.pool(PFS), nm.pool(PFS, nm.CommonEffect())
    assert value("first-forest-plot", 1) == pytest.approx(result.hr)
    without = nm.pool(PFS.without("CABINET pNET"))
    assert value("first-forest-plot", 2) == "moves towards 1"
    assert log(result.hr) < log(without.hr) < 0
    by_error = sorted(value("first-forest-plot", 3), key=lambda label: PFS[label].se)
    assert tuple(by_error) == value("first-forest-plot", 3)
    assert value("common-and-random", 1) == "the random-effects interval"
    assert common.ci.width < result.ci.width
    total = sum(1 / (trial.se**2 + result.tau2) for trial in PFS)
    share = 100 / (PFS["RADIANT-3"].se ** 2 + result.tau2) / total
    assert value("common-and-random", 2) == pytest.approx(share)


def test_answers_about_intervals_are_what_is_simulated_and_pooled():
    found = nm.coverage(nm.Scenario(hr=0.6, tau=0.3, k=3, events=100), n=5000)
    assert value("why-intervals-change", 1) == pytest.approx(100 * found.of("dl-wald").coverage)
    assert value("why-intervals-change", 2) == pytest.approx(100 * found.of("hartung-knapp").coverage)
    cohorts = nm.Evidence(tuple(trial for trial in PFS if trial.study == "CABINET"))
    assert value("why-intervals-change", 3) == pytest.approx(tuple(nm.pool(cohorts).ci.exp()))


def test_larger_trials_do_not_mend_the_wald_interval():
    small, large = (nm.coverage(nm.Scenario(k=3, events=events), n=5000).of("dl-wald") for events in (100, 1000))
    assert large.interval.high < small.interval.low


def test_answers_about_heterogeneity():
    result = nm.pool(PFS)
    assert value("heterogeneity", 1) == pytest.approx(result.i2)
    assert value("heterogeneity", 2) == pytest.approx(tuple(result.pi.exp()))
    larger = nm.Evidence(
        tuple(
            nm.Trial(study=t.label, experimental="a", control="b", log_hr=t.log_hr, se=t.se / sqrt(10)) for t in PFS
        )
    )
    assert value("heterogeneity", 3) == "rises"
    assert nm.pool(larger).i2 > result.i2 + 1


def test_answers_about_cabinet():
    result, without = nm.pool(PFS), nm.pool(PFS.without("CABINET epNET", "CABINET pNET"))
    assert value("one-trial", 1) == pytest.approx(without.hr)
    assert value("one-trial", 2) == "narrower"
    assert result.ci.width < 0.99 * without.ci.width
    moved = {t.label: abs(log(nm.pool(PFS.without(t.key)).hr / result.hr)) for t in PFS}
    assert value("one-trial", 3) == max(moved, key=moved.get)


def test_answers_about_small_studies():
    found = nm.egger(PFS, override="a test")
    assert found.p_value > 0.05
    assert value("small-studies", 1) == "no clear difference"
    with pytest.raises(nm.PoolingError):
        nm.egger(PFS)
    assert value("small-studies", 2) == "It refuses and says why"
    assert value("small-studies", 3) == len(nm.trim_and_fill(PFS, override="a test").filled)


def test_answers_about_the_network():
    found = network()
    one, other = (found.effect(name, "placebo") for name in ("cabozantinib", "everolimus"))
    assert value("network", 1) == pytest.approx(exp(one.log_hr - other.log_hr), rel=1e-6)
    assert value("network", 2) == "wider than both"
    assert found.effect("cabozantinib", "everolimus").ci.width > max(one.ci.width, other.ci.width)
    # The closed loop has four sides: placebo, everolimus, everolimus + SSA, SSA.
    assert value("network", 3) == len(found.graph.loops()[0]) == 4


def cells(name: str) -> list[dict]:
    return json.loads((NOTEBOOKS / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]


@pytest.mark.parametrize("one", LESSONS, ids=lambda one: one.key)
def test_a_notebook_shows_its_exercises_in_order_with_goals_and_a_summary(one):
    texts = ["".join(cell["source"]) for cell in cells(one.notebook)]
    assert texts[0].startswith(f"# {one.title}\n")
    assert f"*Lesson {LESSONS.index(one) + 1} of the workshop, {one.minutes} minutes.*" in texts[0]
    assert "**After it you can**" in texts[0]
    shown = re.findall(r'nm\.exercise\("([\w-]+)", (\d)\)', "\n".join(texts))
    assert shown == [(one.key, str(number)) for number in range(1, len(one.tasks) + 1)]
    assert 2 <= len(one.tasks) <= 3
    assert "## What you have seen" in texts[-1]


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("0*.ipynb")), ids=lambda path: path.stem)
def test_notebooks_have_no_outputs_define_nothing_and_link_to_what_is_there(path):
    for cell in cells(path.stem):
        text = "".join(cell["source"])
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            assert cell["execution_count"] is None
            assert not re.search(r"^\s*(def|class|lambda) ", text, re.MULTILINE)
        else:
            links = re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
            assert [link for link in links if not (path.parent / link).exists()] == []


def test_the_workshop_takes_two_hours_with_ten_minutes_to_spare():
    assert sum(one.minutes for one in LESSONS) == 110
    numbers = [int(one.notebook[:2]) for one in LESSONS]
    assert numbers == sorted(numbers)


def test_what_is_not_there_is_said():
    with pytest.raises(nm.SelectionError, match=r"There is no lesson 'networks'\. Did you mean 'network'\?"):
        lesson("networks")
    with pytest.raises(nm.SelectionError, match="Lesson 'network' has exercises 1 to 3; there is no 4"):
        task("network", 4)


GUIDE = (ROOT / "docs" / "teaching.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("key", "number"), TASKS)
def test_the_guide_gives_each_answer_as_it_is_found(key, number):
    one = task(key, number)
    heading = f"**{one.title.rstrip('?')}" in GUIDE
    assert heading, one.title
    row = next(line for line in GUIDE.splitlines() if line.startswith(f"| {key} {number} |"))
    assert f"**{shown(one)}**" in row


def shown(one) -> str:
    truth = one.truth().value
    if isinstance(one.asks, IntervalAsked):
        return nm.numerals.interval(*truth)
    if isinstance(one.asks, NumberAsked):
        if one.asks.scale == "HR":
            return nm.numerals.ratio(truth)
        return nm.numerals.percent(truth) if one.asks.scale == "percent" else nm.numerals.decimal(truth, 0)
    return ", ".join(truth) if isinstance(one.asks, OrderAsked) else truth


def test_the_guide_has_the_lessons_and_their_minutes():
    for at, one in enumerate(LESSONS, 1):
        assert f"## {at}. {one.title} ({one.minutes} minutes)" in GUIDE
        assert f"`{one.notebook}.ipynb`" in GUIDE


def test_every_number_of_the_guide_that_is_computed_is_so():
    rows = re.findall(r"^\| (\d+) \| ([\d.]+)% \| ([\d.]+)% \| ([\d.]+)% \| ([\d.]+)% \|$", GUIDE, re.MULTILINE)
    assert [int(row[0]) for row in rows] == [2, 3, 5, 10, 20]
    for k, *told in rows:
        found = nm.coverage(nm.Scenario(k=int(k)), n=5000)
        methods = ("common", "dl-wald", "hartung-knapp", "modified-hartung-knapp")
        assert [float(one) for one in told] == [round(100 * found.of(name).coverage) for name in methods]


def test_the_code_of_the_guide_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"^```python\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 2
    there: dict[str, object] = {}
    for block in blocks:
        exec(block, there)  # noqa: S102
    assert (tmp_path / "forest.pdf").read_bytes().startswith(b"%PDF")
    assert there["mine"].truth().said.endswith(f"{nm.pool(PFS.without('CLARINET')).hr:.2f}.")

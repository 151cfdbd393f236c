"""The simulator: sliders, start, pause, reset; it accumulates between clicks, and a click shows what is behind it."""

from __future__ import annotations

import asyncio
import json

import pytest

import netmeta as nm
from netmeta.widgets.simulator import MOST


def rows(chart, kind):
    return [row for row in json.loads(chart.data)["tables"]["rows"] if row["kind"] == kind]


def test_it_counts_what_coverage_counts():
    simulator = nm.Simulator(nm.Scenario(k=3, tau=0.4), seed=7)
    assert "Nothing is simulated yet" in simulator.said.text
    assert len(rows(simulator.chart, "waiting")) == 6
    simulator.add(150)
    simulator.add(50)
    expected = nm.coverage(nm.Scenario(k=3, tau=0.4), n=200, seed=7)
    assert [row.hits for row in simulator.found.rows] == [row.hits for row in expected.rows]
    shown = {row["id"]: row["held"] for row in rows(simulator.chart, "method")}
    assert shown["dl-wald"].startswith(f"{100 * expected.of('dl-wald').coverage:.1f}% ±")
    assert f"held the true hazard ratio in {shown['dl-wald']}" in simulator.said.text


def test_without_a_loop_start_does_all_of_it():
    simulator = nm.Simulator(nm.Scenario(k=2))
    simulator.starter.click()
    assert simulator.found.n == MOST
    assert simulator.starter.description == "Start"
    assert not simulator.running


def test_it_works_between_clicks_and_pauses():
    async def kernel():
        simulator = nm.Simulator(nm.Scenario(k=3))
        simulator.starter.click()
        assert simulator.running
        assert simulator.starter.description == "Pause"
        await asyncio.sleep(0.5)
        simulator.starter.click()
        counted = simulator.found.n
        assert 0 < counted < MOST
        assert simulator.starter.description == "Go on"
        await asyncio.sleep(0.2)
        assert simulator.found.n == counted
        simulator.starter.click()
        await asyncio.sleep(0.3)
        assert simulator.found.n > counted
        simulator.resetter.click()
        assert simulator.found.n == 0
        assert not simulator.running
        simulator.close()

    asyncio.run(kernel())


def test_a_slider_that_is_moved_begins_anew_and_goes_on_if_it_ran():
    async def kernel():
        simulator = nm.Simulator(nm.Scenario(k=3))
        simulator.start()
        await asyncio.sleep(0.3)
        simulator.sliders["k"].value = 8
        assert simulator.running
        assert simulator.found.scenario.k == 8
        before = simulator.found.n
        await asyncio.sleep(0.3)
        assert simulator.found.n > before
        simulator.pause()
        simulator.sliders["tau"].value = 0.1
        assert not simulator.running
        assert simulator.found.n == 0
        simulator.close()

    asyncio.run(kernel())


def test_the_first_ones_come_one_by_one():
    async def kernel():
        simulator = nm.Simulator(nm.Scenario(k=3))
        seen = []
        simulator.chart.observe(lambda _change: seen.append(simulator.found.n), "data")
        simulator.start()
        await asyncio.sleep(0.35)
        simulator.close()
        return seen

    assert asyncio.run(kernel())[:3] == [1, 2, 3]


def test_controls_say_what_is_simulated():
    simulator = nm.Simulator()
    simulator.sliders["hr"].value = 0.8
    simulator.sliders["events"].value = 200
    simulator.sizes.value = "one large"
    simulator.seed.value = "12"
    assert simulator.found.scenario == nm.Scenario(hr=0.8, events=200, sizes="one large")
    assert simulator.found.seed == 12
    simulator.seed.value = "a dozen"
    assert "The seed is 'a dozen'; type a number" in simulator.problem.text
    assert simulator.found.seed == 12
    simulator.seed.value = "3"
    assert simulator.problem.text == ""
    assert simulator.found.seed == 3


def test_sliders_keep_to_their_ends_and_reach_what_they_begin_with():
    simulator = nm.Simulator(nm.Scenario(hr=3.0, tau=1.4, k=60))
    assert simulator.found.scenario == nm.Scenario(hr=3.0, tau=1.4, k=60)
    simulator.sliders["k"].value = 1000
    assert simulator.found.scenario.k == 60
    simulator.sliders["k"].value = -4
    assert simulator.found.scenario.k == 2


def test_a_click_on_a_method_draws_its_intervals():
    simulator = nm.Simulator(nm.Scenario(k=3))
    simulator.add(200)
    missed = {}
    for method in ("common", "modified-hartung-knapp"):
        simulator.chart.pick(method)
        assert simulator.chart.picked == method
        missed[method] = len(rows(simulator.intervals, "miss"))
    assert missed["common"] > missed["modified-hartung-knapp"]
    simulator.chart.pick("prediction")
    simulator.sliders["k"].value = 2
    simulator.add(10)
    assert simulator.method == "dl-wald"


def test_a_click_on_an_interval_shows_its_trials():
    simulator = nm.Simulator(nm.Scenario(k=4))
    simulator.add(120)
    assert simulator.forest.chart is None
    simulator.intervals.pick("100")
    assert "simulated meta-analysis 100" in simulator.forest.said.text
    trials = nm.simulate(nm.Scenario(k=4), number=100)
    result = nm.pool(trials, nm.RandomEffects("DL", "wald"))
    ci = result.ci.exp()
    pooled = rows(simulator.forest.chart, "pooled")[0]
    assert pooled["effect"] == nm.numerals.estimate(result.hr, ci.low, ci.high)
    shown = next(
        row for row in rows(simulator.intervals, "hit") + rows(simulator.intervals, "miss") if row["id"] == "100"
    )
    assert pooled["effect"] in shown["tip"]
    simulator.intervals.pick("3")
    assert "simulated meta-analysis 100" in simulator.forest.said.text
    simulator.sliders["k"].value = 5
    assert simulator.forest.said.text == ""
    assert simulator.forest.chart.layout.display == "none"


def test_all_of_it_has_words_for_those_who_do_not_see_it():
    simulator = nm.Simulator()
    assert all(slider.label for slider in simulator.sliders.values())
    simulator.add(100)
    label = json.loads(simulator.chart.data)["label"]
    assert "100 simulated meta-analyses" in label
    choices = json.loads(simulator.intervals.data)["choices"]
    assert len(choices) == 50
    assert choices[-1]["label"].startswith("Simulated meta-analysis 100")


def test_what_is_no_scenario_is_refused():
    with pytest.raises(nm.EntryError, match="Simulator takes a Scenario; got float"):
        nm.Simulator(0.6)

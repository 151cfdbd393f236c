"""Subgroups and meta-regression as views, without a browser."""

from __future__ import annotations

import asyncio
import json

import pytest

import netmeta as nm
from netmeta.widgets import Analysis


@pytest.fixture
def analysis():
    return Analysis(nm.load_trials(), nm.Selection())


def sent(view):
    return json.loads(view.chart.data)


def kinds(view):
    return [row["kind"] for row in sent(view)["tables"]["rows"]]


class TestSubgroups:
    def test_shows_the_groups_and_the_test(self, analysis):
        view = nm.SubgroupView(analysis)
        found = nm.subgroups(analysis.included, "assessor")
        assert view.by.value == "assessor"
        assert kinds(view).count("subtotal") == len(found.groups)
        assert view.said.text.startswith(found.test_in_words)
        assert view.careful.of_kind("caution") == found.cautions

    def test_another_field_and_one_variance(self, analysis):
        view = nm.SubgroupView(analysis)
        view.by.value = "population"
        view.tau2.value = "common"
        found = nm.subgroups(analysis.included, "population", tau2="common")
        assert view.said.text.startswith(found.test_in_words)

    def test_follows_the_analysis_and_keeps_the_choice(self, analysis):
        view = nm.SubgroupView(analysis)
        view.by.value = "population"
        before = view.said.text
        analysis.toggle("NETTER-1")
        assert view.by.value == "population"
        assert view.said.text != before
        assert "midgut" not in [row["label"] for row in sent(view)["tables"]["rows"]]

    def test_a_click_picks_the_trial(self, analysis):
        view = nm.SubgroupView(analysis)
        key = analysis.selected["RADIANT-3"].key
        view.chart.pick(key)
        assert analysis.picked == view.chart.picked == key
        assert analysis.excluded == frozenset()

    def test_says_why_there_is_nothing_to_show(self, analysis):
        view = nm.SubgroupView(analysis)
        analysis.excluded = frozenset(analysis.selected.keys[2:])
        assert kinds(view) == ["head"]
        assert view.said.text

    def test_no_choice_of_variance_under_a_common_effect(self, analysis):
        view = nm.SubgroupView(analysis)
        analysis.model = nm.CommonEffect()
        assert view.tau2.layout.display == "none"


class TestRegression:
    def test_shows_the_line_and_the_words(self, analysis):
        view = nm.RegressionView(analysis)
        found = nm.meta_regression(analysis.included, "~ year")
        assert view.found is found
        assert view.said.text == str(found)
        assert kinds(view).count("trial") == found.k
        assert view.covariates.value == ("year",)
        assert view.careful.of_kind("caution") == found.cautions

    def test_covariates_write_the_formula(self, analysis):
        view = nm.RegressionView(analysis)
        view.covariates.value = ("year", "assessor")
        assert view.formula.value == "~ year + assessor"
        assert [name for _title, name in view.over.options] == ["year", "assessor"]
        view.over.value = "assessor"
        assert "category" in kinds(view)
        view.new.value = False
        assert all(row["new_low"] is None for row in sent(view)["tables"]["rows"])

    @pytest.mark.parametrize("text", ["~ yaer", "~ __import__('os')", "~ year + <b>", "year ~", ""])
    def test_a_formula_that_cannot_be_read_says_why_and_stays_typed(self, analysis, text):
        view = nm.RegressionView(analysis)
        view.formula.value = text
        assert view.problem.of_kind("error")
        assert view.formula.value == text
        assert kinds(view) == []
        assert view.button.disabled
        view.formula.value = "~ year"
        assert not view.problem.text
        assert not view.button.disabled

    def test_a_click_picks_the_trial(self, analysis):
        view = nm.RegressionView(analysis)
        key = analysis.selected["RADIANT-3"].key
        view.chart.pick(key)
        assert analysis.picked == view.chart.picked == key

    def test_the_permutation_test_in_a_script_is_done_at_once(self, analysis):
        view = nm.RegressionView(analysis)
        view.button.click()
        found = nm.permutation_test(view.found)
        assert f"year {nm.numerals.p_value(found['year'])}" in view.chance.text
        analysis.toggle("RADIANT-3")
        assert view.chance.text == ""

    def test_the_permutation_test_can_be_stopped_and_is_dropped_by_a_change(self, analysis):
        view = nm.RegressionView(analysis)

        async def flow():
            view.button.click()
            await asyncio.sleep(0.005)
            assert view.work.running
            view.work.stopper.click()
            assert "Stopped" in view.chance.text
            view.button.click()
            analysis.toggle("RADIANT-3")
            assert not view.work.running
            assert view.chance.text == ""
            view.button.click()
            await view.work.settled()
            assert view.chance.text.startswith("Permutation test (10")

        asyncio.run(flow())

    def test_follows_the_analysis(self, analysis):
        view = nm.RegressionView(analysis)
        analysis.excluded = frozenset(analysis.selected.keys[2:])
        assert "3 trials or more" in view.problem.text
        analysis.excluded = frozenset()
        assert view.found.k == len(analysis.selected)

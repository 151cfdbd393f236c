"""Every chart says in words what it shows, with the numbers: a noun that lacks it fails here by name."""

from __future__ import annotations

import re

import pytest

import netmeta as nm
from netmeta import charts
from netmeta.charts.alt_text import joined
from netmeta.evidence.curves import PatientData

ANALYSIS = nm.Analysis()
POOLED = ANALYSIS.outcome
TRIALS = ANALYSIS.included
PAIR = ("cabozantinib", "placebo")


ARM = PatientData(times=(2, 4, 5, 11), events=(1, 0, 1, 1), label="a")

MADE = {
    "absolute_plot": lambda _net: nm.absolute_plot(nm.absolute_effects(POOLED, nm.Baseline(median=4.4, time=12))),
    "adjusted_funnel": lambda net: nm.adjusted_funnel(nm.adjusted_funnel_data(net, net.ranking)),
    "baujat": lambda _net: nm.baujat(nm.contribution(TRIALS, nm.RandomEffects())),
    "benefit_harm": lambda _net: nm.benefit_harm(POOLED),
    "bubble": lambda _net: nm.bubble(nm.meta_regression(TRIALS, "year")),
    "contribution_plot": lambda net: nm.contribution_plot(nm.network_contributions(net)),
    "coverage_intervals": lambda _net: nm.coverage_intervals(nm.coverage(n=50)),
    "coverage_plot": lambda _net: nm.coverage_plot(nm.coverage(n=50)),
    "cumulative_forest": lambda _net: nm.cumulative_forest(nm.cumulative(TRIALS)),
    "forest": lambda _net: nm.forest(POOLED),
    "funnel": lambda _net: nm.funnel(POOLED),
    "gosh_plot": lambda _net: nm.gosh_plot(nm.gosh(TRIALS)),
    "gosh_shares": lambda _net: nm.gosh_shares(nm.gosh(TRIALS)),
    "influence_plot": lambda _net: nm.influence_plot(nm.influence(TRIALS)),
    "kaplan_meier": lambda _net: nm.kaplan_meier(ARM),
    "leave_one_out_forest": lambda _net: nm.leave_one_out_forest(nm.leave_one_out(TRIALS)),
    "net_heat_plot": lambda net: nm.net_heat_plot(nm.net_heat(net)),
    "network_forest": nm.network_forest,
    "network_graph": nm.network_graph,
    "network_omission_forest": lambda net: nm.network_omission_forest(nm.omit_trials(net)),
    "posterior": lambda _net: nm.posterior(nm.bayesian(TRIALS)),
    "rank_plot": lambda net: nm.rank_plot(nm.rank(net)),
    "rankogram": lambda net: nm.rankogram(nm.rank(net)),
    "shrinkage": lambda _net: nm.shrinkage(nm.bayesian(TRIALS)),
    "specification_curve": lambda _net: nm.specification_curve(nm.multiverse(TRIALS)),
    "split_forest": lambda net: nm.split_forest(nm.node_splits(net)),
    "subgroup_forest": lambda _net: nm.subgroup_forest(nm.subgroups(TRIALS, "population")),
}
WANTED = {
    "forest": ("HR 0.41 (95% CI 0.34–0.48)", "CABINET pNET: 0.23 (0.12–0.42)"),
    "funnel": ("around HR 0.41", "CABINET pNET: HR 0.23, standard error 0.32"),
    "baujat": ("RADIANT-3 pulls hardest", "CABINET pNET: disagreement "),
    "gosh_plot": ("502 subsets", "from 0.30 to 0.52"),
    "influence_plot": ("RADIANT-3: residual",),
    "network_forest": ("cabozantinib against placebo: 0.31 (",),
    "network_graph": ("cabozantinib vs placebo: 2 trials",),
    "specification_curve": ("give HRs from 0.39 to 0.43",),
    "split_forest": ("indirect HR",),
}


@pytest.mark.parametrize("name", charts.__all__)
def test_it_is_described_with_numbers(name: str, net) -> None:
    words = MADE[name](net).to_dict()["description"]
    assert len(re.findall(r"\d", words)) >= 3, words
    assert len(words.split()) > 5
    assert "\n\n" not in words
    assert words.rstrip().endswith("."), words[-60:]
    for part in WANTED.get(name, ()):
        assert part in words, words


def test_a_picture_of_one_estimate_says_what_feeds_it(net) -> None:
    words = nm.contribution_plot(nm.network_contributions(net), comparison=PAIR).to_dict()["description"]
    assert words.startswith("cabozantinib vs placebo. ")


def test_a_long_list_is_cut_and_counted() -> None:
    assert joined(f"T{at}" for at in range(200)).endswith("T59; 140 more.")
    assert joined([]) == ""


def test_a_result_is_said_without_its_table() -> None:
    assert nm.leave_one_out(TRIALS).said.startswith("Whichever one trial is left out")
    assert "Without  " not in nm.leave_one_out(TRIALS).said

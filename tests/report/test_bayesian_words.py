from __future__ import annotations

from math import inf

import pytest

import netmeta as nm
from netmeta.pooling import compare_priors
from netmeta.report import alone, cautions, prior_in_words, prior_matters, prior_table


@pytest.fixture(scope="module")
def evidence():
    return nm.load_trials().where(endpoint="PFS", use="primary", control="placebo")


def test_the_belief_is_said_with_prior_chance_and_interval(evidence):
    said = nm.belief(nm.bayesian(evidence), below=0.5)
    assert said.startswith(
        "Given these 9 trials and a half-normal prior with scale 0.5 for how much trials differ, the probability that "
        "the pooled hazard ratio for progression or death is below 0.50 is 99%: HR 0.41 (0.34–0.48), 95% credible "
    )
    assert said.endswith("In a new trial like these it is 90%: HR 0.41 (0.27–0.61).")


def test_one_trial_is_said_as_one(evidence):
    said = nm.belief(nm.bayesian(evidence[:1], level=0.9))
    assert said.startswith("Given this trial and")
    assert "90% credible" in said
    assert "In a new trial like it" in said


def test_priors_have_names():
    own = nm.OwnDensity(lambda tau: tau * 0 + 1, upper=2, name="mine")
    said = [prior_in_words(p) for p in (nm.HalfCauchy(0.25), nm.Uniform(4), nm.Uniform(inf), own)]
    assert said == [
        "half-Cauchy prior with scale 0.25", "uniform prior up to 4", "uniform prior without an end", "prior 'mine'",
    ]  # fmt: skip


def test_the_answer_under_each_prior_is_a_line(evidence):
    found = compare_priors(evidence)
    head, *lines = prior_table(found, below=0.8)
    assert head == ("Prior of τ", "HR (95%)", "New trial (95%)", "Chance of HR < 0.80", "τ")
    assert [line[0] for line in lines] == [
        "half-normal(0.5)",
        "half-normal(1)",
        "half-Cauchy(0.5)",
        "uniform(0, 4)",
    ]
    assert lines[0][1:] == ("0.41 (0.34–0.48)", "0.27–0.61", "over 99%", "0.12")


def test_says_how_far_the_prior_matters(evidence):
    assert "hardly matters" in prior_matters(compare_priors(evidence))
    few = prior_matters(compare_priors(evidence[:3]))
    assert few.startswith("The prior matters: on the log scale, the interval is ")
    assert few.endswith("times as wide under uniform(0, 4) as under half-normal(0.5).")
    decided = prior_matters(compare_priors(evidence[:2]))
    assert decided.startswith(
        "The prior decides: the interval leaves out 1 under half-normal(0.5) and holds it under"
    )


def test_two_trials_show_the_common_effect_and_the_bayesian_answer_beside(evidence):
    pair = evidence[:2]
    (said,) = [c.message for c in cautions(nm.pool(pair)) if c.kind == "two trials"]
    common, found = nm.pool(pair, nm.CommonEffect()), nm.bayesian(pair)
    assert f"Under a common effect: HR {common.hr:.2f} (" in said
    assert "With a half-normal prior with scale 0.5 for how much trials differ: HR 0." in said
    assert f"HR {found.hr:.2f} ({found.ci.exp().low:.2f}–{found.ci.exp().high:.2f}), probability" in said
    assert said.endswith("that it is below 1.")


def test_one_trial_alone_is_said_as_printed(evidence):
    assert (
        alone(evidence["CABINET pNET"])
        == "CABINET pNET alone, cabozantinib vs placebo: HR 0.23 (95% CI 0.12–0.42)."
    )
    assert alone(nm.Trial(study="A", experimental="a", control="b")) == ""

"""Simulated meta-analyses and the coverage of intervals: against pool(), analysis, metafor and IntHout 2014."""

from __future__ import annotations

import csv
from math import log, sqrt
from pathlib import Path

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import chi2, norm, t

import netmeta as nm
from netmeta.pooling.coverage_words import beside
from netmeta.pooling.coverages import LATEST, METHODS, MethodCoverage, coverage_steps, none_yet
from netmeta.pooling.simulation import BATCH, SIZES
from netmeta.pooling.steps import finish

COUNTS = Path(__file__).parents[1] / "fixtures" / "simulation" / "counts.csv"
SCENARIOS = [
    nm.Scenario(hr=hr, tau=tau, k=k, events=events, sizes=sizes, level=level)
    for hr, tau, k, events, sizes, level in (
        (0.6, 0.3, 5, 100, "equal", 0.95),
        (0.41, 0.0, 3, 60, "one large", 0.9),
        (1.0, 0.8, 12, 300, "one small", 0.95),
        (2.0, 0.1, 9, 40, "half small", 0.99),
        (0.6, 0.5, 2, 100, "equal", 0.95),
    )
]


def within(row: MethodCoverage, expected: float) -> bool:
    """Four standard errors of a share: a false alarm in fifteen thousand."""
    return abs(row.coverage - expected) <= 4 * sqrt(expected * (1 - expected) / row.n) + 1e-12


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: f"{one.k} {one.sizes}")
def test_every_interval_is_that_of_pool_on_the_same_trials(scenario):
    found = nm.coverage(scenario, n=BATCH + 7, seed=3)
    assert len(found.latest) == LATEST
    for one in (found.latest[0], *found.latest[-9:]):
        trials = nm.simulate(scenario, seed=3, number=one.number)
        for row, mean, interval in zip(found.rows, one.means, one.intervals, strict=True):
            model = METHODS[row.method]
            changed = type(model)(**{**fields(model), "level": scenario.level})
            result = nm.pool(trials, changed)
            theirs = result.pi if row.method == "prediction" else result.ci
            assert mean == pytest.approx(result.log_hr, abs=1e-7)
            assert tuple(interval) == pytest.approx(tuple(theirs), rel=1e-6, abs=1e-7)


def fields(model):
    return {name: getattr(model, name) for name in model.__dataclass_fields__}


def test_hits_are_the_intervals_that_hold_the_truth():
    found = nm.coverage(SCENARIOS[0], n=LATEST, seed=8)
    assert [one.number for one in found.latest] == list(range(1, LATEST + 1))
    for at, row in enumerate(found.rows):
        truths = [one.new if row.method == "prediction" else log(0.6) for one in found.latest]
        held = [truth in one.intervals[at] for truth, one in zip(truths, found.latest, strict=True)]
        assert row.hits == sum(held)
        assert row.log_width == pytest.approx(np.mean([one.intervals[at].width for one in found.latest]))


def test_the_same_seed_gives_the_same_whatever_the_slices():
    whole = nm.coverage(SCENARIOS[2], n=430, seed=5)
    parts = none_yet(SCENARIOS[2], 5)
    for n in (1, 120, 79, 230):
        parts = parts.more(n)
    assert [(row.n, row.hits) for row in parts.rows] == [(row.n, row.hits) for row in whole.rows]
    assert [row.log_width for row in parts.rows] == pytest.approx([row.log_width for row in whole.rows])
    assert parts.latest[-1].number == whole.latest[-1].number == 430
    assert parts.latest[-1].means == pytest.approx(whole.latest[-1].means, rel=1e-9)
    assert nm.coverage(SCENARIOS[2], n=430, seed=5) == whole
    assert nm.coverage(SCENARIOS[2], n=430, seed=6) != whole


def test_scenarios_share_their_chances():
    one, other = (nm.simulate(nm.Scenario(hr=hr, tau=0.0, events=100), seed=2, number=4) for hr in (0.5, 0.8))
    shift = [a.log_hr - b.log_hr for a, b in zip(one, other, strict=True)]
    assert shift == pytest.approx([log(0.5 / 0.8)] * 5)


def test_simulated_trials_have_the_moments_that_were_asked_for():
    scenario = nm.Scenario(hr=0.5, tau=0.4, k=10, events=80, sizes="half small")
    effects = np.array([[trial.log_hr for trial in nm.simulate(scenario, number=at)] for at in range(1, 1501)])
    expected = 0.4**2 + np.array([4 / 80] * 5 + [4 / 8] * 5)
    assert effects.mean(0) == pytest.approx(np.full(10, log(0.5)), abs=4 * sqrt(expected.max() / 1500))
    assert effects.var(0) == pytest.approx(expected, rel=4 * sqrt(2 / 1500))
    assert np.abs(np.corrcoef(effects.T) - np.eye(10)).max() < 4 / sqrt(1500)
    assert [trial.se for trial in nm.simulate(scenario)] == pytest.approx(np.sqrt([4 / 80] * 5 + [4 / 8] * 5))


def exact(k: int, tau: float, v: float, level: float = 0.95) -> dict[str, float]:
    """Coverage with trials of one size, by integration: the mean is normal, the sample variance its own chi-square.

    Every estimator of tau2 is then max(0, s2 - v), so that the weights are equal and the variance of the mean is
    max(v, s2) / k for all of them.
    """
    z, total = norm.ppf((1 + level) / 2), tau**2 + v
    t_mean, t_new = t.ppf((1 + level) / 2, k - 1), t.ppf((1 + level) / 2, max(1, k - 2))

    def over(half):
        def share(u):
            s2 = total * chi2.ppf(u, k - 1) / (k - 1)
            return half(s2)

        return quad(share, 0, 1, limit=200)[0]

    def mean_within(quantile, variance):
        return over(lambda s2: 2 * norm.cdf(quantile * sqrt(variance(s2) / k) / sqrt(total / k)) - 1)

    def new_within(s2):
        half = t_new * sqrt(max(0.0, s2 - v) + max(v, s2) / k)
        return 2 * norm.cdf(half / sqrt(tau**2 + total / k)) - 1

    wald = mean_within(z, lambda s2: max(v, s2))
    return {
        "common": 2 * norm.cdf(z * sqrt(v / total)) - 1,
        "dl-wald": wald,
        "reml-wald": wald,
        "hartung-knapp": mean_within(t_mean, lambda s2: s2),
        "modified-hartung-knapp": mean_within(t_mean, lambda s2: max(v, s2)),
        "prediction": over(new_within),
    }


@pytest.mark.parametrize(("k", "tau", "events"), [(3, 0.3, 100), (5, 0.0, 50), (10, 0.2, 100), (2, 0.6, 200)])
def test_with_trials_of_one_size_coverage_is_what_integration_says(k, tau, events):
    found = nm.coverage(nm.Scenario(k=k, tau=tau, events=events), n=20_000, seed=11)
    expected = exact(k, tau, 4 / events)
    assert expected["hartung-knapp"] == pytest.approx(0.95, abs=1e-6)
    for row in found.rows:
        assert within(row, expected[row.method]), (row.method, row.coverage, expected[row.method])


def test_without_heterogeneity_the_common_effect_keeps_its_promise():
    for sizes in SIZES:
        scenario = nm.Scenario(tau=0.0, k=6, sizes=sizes, level=0.9)
        assert within(nm.coverage(scenario, n=10_000, seed=4).of("common"), 0.9)


def test_error_rates_of_inthout_2014():
    # BMC Med Res Methodol 14:25, abstract: at 5%, "the HKSJ error rates at most doubled, whereas for DL they could be
    # over 30%"; the worst case there has two trials of unequal size and much heterogeneity (2 to 20 trials, I2 to 90%).
    for sizes in SIZES:
        for k in (2, 3, 5, 10, 20):
            for tau in (0.0, 0.2, 0.6):
                found = nm.coverage(nm.Scenario(hr=1.0, tau=tau, k=k, events=100, sizes=sizes), n=4000, seed=9)
                assert found.of("hartung-knapp").interval.high > 1 - 2 * 0.05
    worst = nm.coverage(nm.Scenario(hr=1.0, tau=1.0, k=2, events=40, sizes="one large"), n=4000, seed=9)
    assert 0.3 < 1 - worst.of("dl-wald").coverage < 0.4


def counts():
    with COUNTS.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize(
    "setting", sorted({(row["k"], row["tau"], row["events"], row["sizes"]) for row in counts()})
)
def test_coverage_is_that_of_metafor_up_to_chance(setting):
    k, tau, events, sizes = setting
    found = nm.coverage(nm.Scenario(k=int(k), tau=float(tau), events=int(events), sizes=sizes), n=10_000, seed=21)
    theirs = [row for row in counts() if (row["k"], row["tau"], row["events"], row["sizes"]) == setting]
    assert {row["method"] for row in theirs} == set(METHODS)
    for row in theirs:
        ours, n = found.of(row["method"]), int(row["n"])
        p = (ours.hits + int(row["hits"])) / (ours.n + n)
        assert abs(ours.coverage - int(row["hits"]) / n) < 4 * sqrt(p * (1 - p) * (1 / n + 1 / ours.n)), row


def test_the_error_is_wilsons():
    # Newcombe 1998 (Stat Med 17:857), table I: 81 of 263 and 0 of 20, score method without continuity correction.
    assert tuple(MethodCoverage("common", 263, 81, 0.1).interval) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert tuple(MethodCoverage("common", 20, 0, 0.1).interval) == pytest.approx((0.0, 0.1611), abs=5e-5)
    row = MethodCoverage("common", 2500, 2375, log(2.0))
    assert row.error == pytest.approx(1.96 * sqrt(0.95 * 0.05 / 2500), rel=0.01)
    assert row.limits == pytest.approx(2.0)


def test_steps_say_how_far_they_are_and_end_with_the_same():
    steps = coverage_steps(SCENARIOS[2], n=3000, seed=1)
    seen = list(steps)
    assert seen == sorted(seen)
    assert all(0 < share <= 1 for share in seen)
    assert finish(coverage_steps(SCENARIOS[2], n=300, seed=1)) == nm.coverage(SCENARIOS[2], n=300)


def test_words_and_table():
    found = nm.coverage(nm.Scenario(k=3), n=2000, seed=1)
    said = str(found)
    row = found.of("dl-wald")
    assert (
        f"the Wald interval of random effects (DL) held the true hazard ratio in {100 * row.coverage:.1f}%" in said
    )
    assert "it holds it too seldom" in said
    assert "Hartung-Knapp" in said
    frame = found.to_frame()
    assert list(frame["method"]) == list(METHODS)
    assert frame["coverage_percent"].tolist() == pytest.approx([100 * one.coverage for one in found.rows])
    two = nm.coverage(nm.Scenario(k=2), n=50)
    assert "prediction" not in [one.method for one in two.rows]
    assert "rediction interval" not in str(two)
    assert "Nothing is simulated yet" in str(none_yet(nm.Scenario(), 1))


def test_verdicts_wait_for_enough_simulations():
    assert "it has too few simulations to be judged" in str(nm.coverage(nm.Scenario(k=3), n=99))
    assert "it keeps its promise" in str(nm.coverage(nm.Scenario(k=3), n=100))


def test_looking_again_and_again_accuses_no_exact_method():
    # A 95% interval would: Hartung-Knapp is exact here, and is looked at a hundred times.
    found, said = none_yet(nm.Scenario(k=3), 1), set()
    for _ in range(100):
        found = found.more(100)
        said.add(beside(found.of("hartung-knapp"), 0.95))
    assert said == {0}
    assert beside(found.of("dl-wald"), 0.95) == -1
    assert beside(found.of("modified-hartung-knapp"), 0.95) == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"hr": 0}, "A true hazard ratio is a number from 0.01 to 100; got 0."),
        ({"hr": float("nan")}, "got nan"),
        ({"tau": -0.1}, "A true τ is a number from 0 to 3; got -0.1."),
        ({"k": 1}, "The number of trials is a whole number from 2 to 100; got 1."),
        ({"k": 4.5}, "got 4.5"),
        ({"events": True}, "The number of events is a whole number from 4 to 100000; got True."),
        ({"sizes": "one larg"}, "There are no trial sizes called 'one larg'. Did you mean 'one large'?"),
        ({"level": 95}, "did you mean 0.95?"),
    ],
)
def test_what_is_no_scenario_is_refused(change, said):
    with pytest.raises(nm.PoolingError) as refused:
        nm.Scenario(**change)
    assert said in str(refused.value)


def test_what_cannot_be_counted_is_refused():
    with pytest.raises(nm.PoolingError, match="from 1 to 1000000; got 0"):
        nm.coverage(n=0)
    with pytest.raises(nm.PoolingError, match="A seed is a whole number"):
        nm.coverage(seed=-1)
    with pytest.raises(nm.PoolingError, match="number of a simulated meta-analysis"):
        nm.simulate(number=0)
    with pytest.raises(nm.PoolingError, match="no coverage of a method 'wald'"):
        nm.coverage(n=5).of("wald")


def test_one_simulated_meta_analysis_is_evidence_like_any_other():
    trials = nm.simulate(nm.Scenario(k=4))
    assert trials.labels == ("Trial 1", "Trial 2", "Trial 3", "Trial 4")
    assert nm.pool(trials).k == 4

"""Direct comparisons against R's netmeta: Senn 2013 and Woods 2010, DerSimonian-Laird and common effect."""

from __future__ import annotations

from math import exp

import pytest

import netmeta as nm
from netmeta.network.direct import direct_effect, direct_effects
from netmeta.validate.reading import lines

NETWORKS = ("senn2013", "woods2010")
MODELS = {"common": nm.CommonEffect(), "DL": nm.RandomEffects("DL", "wald", "none")}


def of(table: str, network: str) -> list[dict[str, str]]:
    return [row for row in lines("network", table) if row["data"] == network]


@pytest.fixture(scope="module", params=[(network, kind) for network in NETWORKS for kind in MODELS])
def case(request):
    network, kind = request.param
    trials = [
        nm.Trial(
            study=row["study"],
            experimental=row["treat1"],
            control=row["treat2"],
            log_hr=float(row["effect"]),
            se=float(row["se"]),
        )
        for row in of("netmeta_contrasts", network)
    ]
    return network, kind, nm.compare(nm.Evidence(trials), MODELS[kind])


def test_every_direct_comparison_is_that_of_netmeta(case):
    network, kind, result = case
    given = [row for row in of("netmeta_direct", network) if row["method"] == kind and row["direct_effect"]]
    assert len(direct_effects(result)) == len(given) == {"senn2013": 15, "woods2010": 6}[network]
    for row in given:
        found = direct_effect(result, row["treat1"], row["treat2"])
        assert found.log_hr == pytest.approx(float(row["direct_effect"]), rel=1e-8, abs=1e-10)
        assert found.se == pytest.approx(float(row["direct_se"]), rel=1e-8)


def test_the_network_has_the_tau2_of_netmeta(case):
    network, kind, result = case
    given = [r for r in of("netmeta_fits", network) if r["method"] == kind and r["quantity"] == "tau2"]
    wanted = float(given[0]["value"]) if kind == "DL" else 0
    assert result.tau2 == pytest.approx(wanted, rel=1e-8)


def test_turned_round_it_is_the_reciprocal(case):
    _network, _kind, result = case
    for one in direct_effects(result):
        other = direct_effect(result, one.control, one.experimental)
        assert other.hr == pytest.approx(1 / one.hr)
        assert (other.ci.low, other.ci.high) == pytest.approx((-one.ci.high, -one.ci.low))
        assert (other.se, other.k, other.keys) == (one.se, one.k, one.keys)


def test_one_trial_under_a_common_effect_is_the_trial_itself():
    trials = [
        nm.Trial(study="A", experimental="x", control="y", hr=0.5, ci_low=0.4, ci_high=0.625),
        nm.Trial(study="B", experimental="z", control="y", log_hr=-0.2, se=0.1),
    ]
    result = nm.compare(nm.Evidence(trials), nm.CommonEffect(level=0.9))
    found = direct_effect(result, "z", "y")
    assert (found.log_hr, found.se) == pytest.approx((-0.2, 0.1))
    assert (found.k, found.keys) == (1, (trials[1].key,))
    assert found.ci.high == pytest.approx(-0.2 + 1.6448536 * 0.1)
    assert found.hr == pytest.approx(exp(-0.2))
    assert found.comparison == "z vs y"


def test_where_no_trial_compares_them_there_is_nothing():
    trials = [
        nm.Trial(study="A", experimental="x", control="y", log_hr=-0.1, se=0.1),
        nm.Trial(study="B", experimental="z", control="y", log_hr=-0.2, se=0.1),
    ]
    assert direct_effect(nm.compare(nm.Evidence(trials), nm.CommonEffect()), "x", "z") is None


def test_unknown_and_equal_names_are_refused():
    trials = [nm.Trial(study="A", experimental="x", control="placebo", log_hr=-0.1, se=0.1)]
    result = nm.compare(nm.Evidence(trials), nm.CommonEffect())
    with pytest.raises(nm.NetworkError, match="Did you mean 'placebo'"):
        direct_effect(result, "x", "plcebo")
    with pytest.raises(nm.NetworkError, match="itself"):
        direct_effect(result, "x", "x")


def test_a_merge_counts_for_what_it_is_taken_for():
    trials = [
        nm.Trial(study="A", experimental="x", control="ssa", log_hr=-0.1, se=0.1),
        nm.Trial(study="B", experimental="high-dose ssa", control="x", log_hr=0.3, se=0.1),
    ]
    merge = nm.Merge("high-dose ssa", into="ssa")
    result = nm.compare(nm.Evidence(trials), nm.CommonEffect(), assumptions=merge)
    found = direct_effect(result, "x", "ssa")
    assert (found.k, found.log_hr) == (2, pytest.approx(-0.2))

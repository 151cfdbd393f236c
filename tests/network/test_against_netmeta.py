"""R's netmeta 3.4 on Senn 2013 and Woods 2010: a common effect, and DerSimonian and Laird.

Its REML takes the contrasts of a study of several arms for independent when it estimates tau2; all else of it is
compared at its tau2.
"""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from itertools import combinations, pairwise
from math import exp, sqrt
from pathlib import Path

import numpy as np
import pytest

import netmeta as nm
from netmeta.network import direct_effect
from netmeta.network.contrasts import contrasts
from netmeta.network.ranking import scores_of
from netmeta.validate.network_numbers import compared, evidence, model

FILE = Path(__file__).parents[1] / "fixtures" / "network" / "reference.py"
SPEC = spec_from_file_location("network_reference", FILE)
sys.modules[SPEC.name] = reference = module_from_spec(SPEC)
SPEC.loader.exec_module(reference)

CLOSE = {"rel": 1e-10, "abs": 1e-12}
DATA = ("senn2013", "woods2010")
METHODS = ("common", "DL")
CASES = [(data, method) for data in DATA for method in METHODS]
PAIRS = {"senn2013": 45, "woods2010": 6}


@pytest.fixture(scope="module", params=CASES, ids=" ".join)
def case(request):
    data, method = request.param
    return data, method, compared(data, method)


def theirs(table, case, **wanted):
    data, method, _result = case
    return reference.rows(f"netmeta_{table}", data=data, method=method, **wanted)


def at(row):
    return str(row["treat1"]), str(row["treat2"])


# ---- effects ---------------------------------------------------------------------------------------------


def test_every_ordered_pair(case):
    rows = theirs("effects", case)
    assert len(rows) == 2 * PAIRS[case[0]]
    for row in rows:
        one = case[2].effect(*at(row))
        ours = (one.log_hr, one.se, one.ci.low, one.ci.high, one.p_value)
        assert ours == pytest.approx([row[name] for name in ("effect", "se", "lower", "upper", "p")], **CLOSE), at(
            row
        )


def test_prediction_intervals(case):
    for row in theirs("effects", case):
        one = case[2].effect(*at(row))
        if case[1] == "common":
            assert (one.pi, row["predict_lower"]) == (None, None)
            continue
        assert (one.pi.low, one.pi.high) == pytest.approx((row["predict_lower"], row["predict_upper"]), **CLOSE)


def test_p_scores(case):
    rows = theirs("ranks", case)
    assert {row["treatment"]: row["p_score"] for row in rows} == pytest.approx(dict(case[2].p_scores), **CLOSE)


def test_heterogeneity(case):
    data, method, found = case
    values = {row["quantity"]: row["value"] for row in theirs("fits", case)}
    if method != "common":
        assert (found.tau2, sqrt(found.tau2)) == pytest.approx((values["tau2"], values["tau"]), **CLOSE)
        assert (found.tau2 > 0) is (data == "senn2013")
        return
    parts = nm.inconsistency(found)
    ours = {
        "k": found.k, "m": len(found.evidence), "n": len(found.treatments), "d": found.designs, "Q": found.q,
        "df.Q": found.q_df, "pval.Q": found.q_p, "I2": found.i2 / 100,
        "Q.heterogeneity": parts.within.q, "df.Q.heterogeneity": parts.within.df,
        "pval.Q.heterogeneity": parts.within.p_value, "Q.inconsistency": parts.between.q,
        "df.Q.inconsistency": parts.between.df, "pval.Q.inconsistency": parts.between.p_value,
    }  # fmt: skip
    assert ours == pytest.approx({name: values[name] for name in ours}, **CLOSE)


def test_the_interval_of_i2():
    values = {row["quantity"]: row["value"] for row in reference.rows("netmeta_fits", data="senn2013", at="")}
    bounds = compared("senn2013", "common").i2_ci
    assert (bounds.low / 100, bounds.high / 100) == pytest.approx((values["lower.I2"], values["upper.I2"]), **CLOSE)


def test_where_q_is_small_netmeta_takes_h_for_1_before_its_interval():
    # Higgins & Thompson 2002: ln H with se sqrt((1 - 1 / (3 (k - 2)^2)) / (2 (k - 2))), k - 1 degrees of freedom.
    found = compared("woods2010", "common")
    values = {row["quantity"]: row["value"] for row in reference.rows("netmeta_fits", data="woods2010", at="")}
    k = found.q_df + 1
    half = 1.959963984540054 * sqrt((1 - 1 / (3 * (k - 2) ** 2)) / (2 * (k - 2)))
    assert found.q < found.q_df
    assert values["upper.I2"] == pytest.approx(1 - exp(-2 * half), rel=1e-10)
    assert (found.i2_ci.low, found.i2_ci.high) == pytest.approx((0, 100 * values["upper.I2"]), rel=1e-10)


# ---- REML at netmeta's own tau2 ----------------------------------------------------------------------------


@pytest.mark.parametrize("data", DATA)
def test_at_the_tau2_of_netmetas_reml_everything_is_netmetas(data):
    found = contrasts(evidence(data), ())
    trials = found.regression()
    tau2 = reference.one("netmeta_fits", data=data, method="REML", quantity="tau2")["value"]
    fit = trials.one(tau2 / trials.unit**2)
    estimates = np.append(0.0, trials.coefficients(fit))
    covariance = np.pad(trials.covariance(fit), ((1, 0), (1, 0)))
    for row in reference.rows("netmeta_effects", data=data, method="REML"):
        one, other = (found.treatments.index(name) for name in at(row))
        variance = covariance[one, one] + covariance[other, other] - 2 * covariance[one, other]
        ours = (estimates[one] - estimates[other], sqrt(variance))
        assert ours == pytest.approx((row["effect"], row["se"]), **CLOSE)
    scores = dict(zip(found.treatments, scores_of(estimates, covariance, "lower"), strict=True))
    rows = reference.rows("netmeta_ranks", data=data, method="REML")
    assert {row["treatment"]: row["p_score"] for row in rows} == pytest.approx(scores, **CLOSE)


def with_independent_contrasts(data, tau2, last):
    """Twice the restricted likelihood of contrasts to one arm, their covariance within studies left out."""
    found = contrasts(evidence(data), ())
    y, x, v, size = [], [], [], sum(len(each.block.y) for each in found.studies)
    covariance, row = np.zeros((size, size)), 0
    for each in found.studies:
        base = last if last in each.study.arms else each.study.arms[0]
        others = [arm for arm in each.study.arms if arm != base]
        m = len(others)
        y += [each.study.row(arm, base).towards(arm) for arm in others]
        x += [[(name == arm) * 1.0 - (name == base) for name in found.treatments[1:]] for arm in others]
        v = np.diag([each.study.row(arm, base).variance for arm in others]) + tau2 * (np.eye(m) + 1) / 2
        covariance[row : row + m, row : row + m] = v
        row += m
    x, y, precision = np.array(x), np.array(y), np.linalg.inv(covariance)
    inner = x.T @ precision @ x
    rest = y - x @ np.linalg.solve(inner, x.T @ precision @ y)
    return -np.linalg.slogdet(covariance)[1] - np.linalg.slogdet(inner)[1] - rest @ precision @ rest


def test_netmetas_reml_takes_the_contrasts_of_a_study_for_independent():
    tau2 = reference.one("netmeta_fits", data="senn2013", method="REML", quantity="tau2")["value"]
    ours = compared("senn2013", "REML").tau2
    assert (tau2, ours) == pytest.approx((0.1011, 0.0999), abs=5e-5)
    top = with_independent_contrasts("senn2013", tau2, "plac")
    for other in (ours, tau2 * 0.999, tau2 * 1.001):
        assert with_independent_contrasts("senn2013", other, "plac") < top


# ---- direct and indirect evidence ------------------------------------------------------------------------------


def test_direct_estimates(case):
    rows = theirs("direct", case)
    assert len(rows) == PAIRS[case[0]]
    for row in rows:
        found = direct_effect(case[2], *at(row))
        if row["direct_effect"] is None:
            assert found is None
            continue
        assert (found.log_hr, found.se) == pytest.approx((row["direct_effect"], row["direct_se"]), **CLOSE)


def test_direct_estimates_at_netmetas_reml_tau2():
    for data in DATA:
        tau2 = reference.one("netmeta_fits", data=data, method="REML", quantity="tau2")["value"]
        for row in reference.rows("netmeta_direct", data=data, method="REML"):
            own = [trial for trial in evidence(data) if {trial.experimental, trial.control} == set(at(row))]
            if row["direct_effect"] is None:
                assert not own
                continue
            weights = [1 / (trial.se**2 + tau2) for trial in own]
            towards = [trial.log_hr if trial.experimental == row["treat1"] else -trial.log_hr for trial in own]
            assert float(np.average(towards, weights=weights)) == pytest.approx(row["direct_effect"], **CLOSE)


def source(row, name):
    return [row[f"{name}_{part}"] for part in ("effect", "se", "p")]


def turned(one, sign):
    return sign * one.log_hr, one.se, one.p_value


def test_netsplit_is_back_calculation(case):
    splits = nm.node_splits(case[2], "back-calculation")
    rows = theirs("splits", case)
    made = [row for row in rows if row["k"]]
    assert len(made) == len(splits.rows)
    for row in made:
        found = splits[at(row)]
        sign = 1 if found.experimental == row["treat1"] else -1
        assert (found.k, found.share / 100) == (row["k"], pytest.approx(row["prop"], **CLOSE))
        assert turned(found.network, sign) == pytest.approx(source(row, "nma"), **CLOSE)
        assert turned(found.direct, sign) == pytest.approx(source(row, "direct"), **CLOSE)
        if row["indirect_effect"] is None:
            assert (found.indirect, found.difference, found.p_value) == (None, None, None)
            continue
        assert turned(found.indirect, sign) == pytest.approx(source(row, "indirect"), **CLOSE)
        assert turned(found.difference, sign) == pytest.approx(source(row, "difference"), **CLOSE)
        assert sign * found.difference.log_hr / found.difference.se == pytest.approx(row["difference_z"], **CLOSE)


def test_what_no_trial_compares_has_no_split_and_is_indirect(case):
    splits = nm.node_splits(case[2], "back-calculation")
    rows = [row for row in theirs("splits", case) if not row["k"]]
    assert len(rows) == PAIRS[case[0]] - len(splits.rows)
    for row in rows:
        with pytest.raises(nm.errors.NetworkError, match="No trial compares"):
            splits[at(row)]
        one = case[2].effect(*at(row))
        assert (one.log_hr, one.se) == pytest.approx(source(row, "indirect")[:2], **CLOSE)
        assert one.direct == 0


@pytest.mark.parametrize("data", DATA)
def test_decomp_design(data):
    found = nm.inconsistency(compared(data, "DL"))
    rows = reference.rows("netmeta_designs", data=data)
    whole = {"Total": found.total, "Within designs": found.within, "Between designs": found.between}
    by = {frozenset(row.treatments): row for row in found.rows}
    seen = set()
    for row in rows:
        kind, name = row["quantity"], str(row["at"])
        seen.add((kind, frozenset(name.split(":"))))
        if kind == "Q.decomp":
            ours = whole[name]
        elif kind == "Q.inc.random":
            ours = found.interaction
            assert sqrt(found.tau2) == pytest.approx(row["tau_within"], **CLOSE)
        else:
            design = by[frozenset(name.split(":"))]
            ours = design.within if kind == "Q.het.design" else design.without
        assert (ours.q, ours.df) == (pytest.approx(row["Q"], **CLOSE), row["df"])
        # Where there is nothing to test, R has no P value and ours is 1.
        assert ours.p_value == pytest.approx(1.0 if row["pval"] is None else row["pval"], **CLOSE)
    assert {names for kind, names in seen if kind == "Q.het.design"} == by.keys()
    # netmeta leaves out those whose detaching takes a treatment, or the whole network, apart.
    silent = by.keys() - {names for kind, names in seen if kind == "Q.inc.detach"}
    assert len(silent) == {"senn2013": 4, "woods2010": 1}[data]
    for names in silent:
        left = (found.between.q, found.between.df) if data == "senn2013" else (0, 0)
        assert (by[names].without.q, by[names].without.df) == pytest.approx(left, **CLOSE)


# ---- hat matrix and contributions ---------------------------------------------------------------------------------


def theirs_by_edge(case):
    """H of netmeta, a row for each pair and a column for each direct comparison, in the directions of ours."""
    data, _method, result = case
    given = reference.contrasts(data)
    size = len(given)
    h = np.zeros((size, size))
    for row in theirs("hat", case):
        h[int(row["row"]) - 1, int(row["column"]) - 1] = row["value"]
    edges = [edge.treatments for edge in result.graph.edges]
    signs = np.zeros((size, len(edges)))
    for at_, (_study, one, other, _effect, _se) in enumerate(given):
        place = next(place for place, edge in enumerate(edges) if set(edge) == {one, other})
        signs[at_, place] = 1 if edges[place][0] == one else -1
    return h @ signs, given, edges


def test_the_hat_matrix(case):
    theirs_, given, edges = theirs_by_edge(case)
    found = nm.network_contributions(case[2])
    assert found.edges == tuple(edges)
    rows = {frozenset(pair): (pair, hat) for pair, hat in zip(found.comparisons, found.hat, strict=True)}
    for (_study, one, other, _effect, _se), row in zip(given, theirs_, strict=True):
        pair, hat = rows[frozenset((one, other))]
        assert np.array(hat) * (1 if pair[0] == one else -1) == pytest.approx(row, **CLOSE)


def shares_of_netmeta(case):
    found = nm.network_contributions(case[2])
    places = {frozenset(edge): at_ for at_, edge in enumerate(found.edges)}
    rows = {frozenset(pair): np.zeros(len(places)) for pair in found.comparisons}
    for row in theirs("contributions", case):
        pair, edge = (frozenset(str(row[name]).split(":")) for name in ("comparison", "direct_comparison"))
        rows[pair][places[edge]] += row["share"]
    return found, rows


NOTHING = 1e-10


def shortest(flow, source_, sink):
    """All shortest paths from source to sink along a flow, each as a tuple of its arcs."""
    paths = [(source_,)]
    while paths and not any(path[-1] == sink for path in paths):
        paths = [(*path, head) for path in paths for tail, head in flow if tail == path[-1] and head not in path]
    return [tuple(pairwise(path)) for path in paths if path[-1] == sink]


def decompositions(hat, edges, source_, sink):
    """Every way to take a current apart into paths, the shortest first, whichever of one length comes first."""
    start = {}
    for (one, other), amount in zip(edges, hat, strict=True):
        if abs(amount) > NOTHING:
            start[(one, other) if amount > 0 else (other, one)] = abs(amount)
    seen, found = set(), []

    def follow(flow, shares):
        key = (tuple(sorted((arc, round(amount, 9)) for arc, amount in flow.items())), tuple(np.round(shares, 9)))
        if key in seen:
            return
        seen.add(key)
        paths = shortest(flow, source_, sink)
        if not paths:
            found.append(shares)
        for path in paths:
            least = min(flow[arc] for arc in path)
            left = {arc: amount - least * (arc in path) for arc, amount in flow.items()}
            more = shares.copy()
            for arc in path:
                more[next(at_ for at_, edge in enumerate(edges) if set(edge) == set(arc))] += least / len(path)
            follow({arc: amount for arc, amount in left.items() if amount > NOTHING}, more)

    follow(start, np.zeros(len(edges)))
    return found


def alike(one, other):
    return float(np.abs(np.array(one) - np.array(other)).max()) <= 1e-6


def test_contributions_by_shortest_paths(case):
    found, rows = shares_of_netmeta(case)
    tied, other = [], []
    for pair, hat, ours in zip(found.comparisons, found.hat, found.by_edge, strict=True):
        want, mine = rows[frozenset(pair)], np.array(ours) / 100
        assert want.sum() == pytest.approx(1, abs=1e-9)
        ways = decompositions(hat, found.edges, *pair)
        assert any(alike(way, mine) for way in ways), pair
        # R's row is one of the ways to take these currents apart.
        assert any(alike(way, want) for way in ways), pair
        if all(alike(way, ways[0]) for way in ways):
            assert mine == pytest.approx(want, rel=1e-9, abs=1e-10), pair
        else:
            tied.append(pair)
            if not alike(mine, want):
                other.append(pair)
    if case[0] == "woods2010":
        assert tied == []
        return
    # docs/networks.md: 39 or 40 of 45 rows are R's; in the others, all to rosiglitazone, R takes another order.
    assert len(other) == {"common": 5, "DL": 6}[case[1]]
    assert all("rosi" in pair for pair in other)
    apart = [
        np.abs(100 * rows[frozenset(pair)] - found.by_edge[found.comparisons.index(pair)]).max() for pair in other
    ]
    assert max(apart) < {"common": 0.01, "DL": 0.35}[case[1]]


def test_every_way_to_take_a_current_apart_is_tried():
    edges = [("s", "a"), ("a", "t"), ("s", "b"), ("b", "t"), ("a", "b")]
    (way,) = decompositions([0.6, 0.6, 0.4, 0.4, 0.0], edges, "s", "t")
    assert way == pytest.approx([0.3, 0.3, 0.2, 0.2, 0])
    edges = [
        ("s", "a"),
        ("s", "b"),
        ("a", "m"),
        ("b", "m"),
        ("m", "x"),
        ("m", "y"),
        ("x", "t"),
        ("y", "z"),
        ("z", "t"),
    ]
    ways = decompositions([0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5], edges, "s", "t")
    assert len(ways) == 2
    assert all(way.sum() == pytest.approx(1) for way in ways)
    assert sorted(way[0] for way in ways) == pytest.approx([0.1, 0.125])


def test_the_fixture_has_all_of_it():
    for data, pairs in PAIRS.items():
        names = sorted({str(row["treatment"]) for row in reference.rows("netmeta_ranks", data=data)})
        assert len(list(combinations(names, 2))) == pairs
        assert model("DL") == nm.RandomEffects("DL", "wald", "t(k-1)")
    versions = {row["program"]: row["version"] for row in reference.table("netmeta_versions")}
    assert versions["netmeta"] == "3.4.0"

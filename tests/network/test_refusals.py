"""What makes no network is refused: by type, with the trials named and a way on."""

from __future__ import annotations

from math import exp, log

import pytest

import netmeta as nm
from netmeta import Evidence, Merge, Trial
from netmeta.errors import DisconnectedError, MultiArmError, NetworkError, PoolingError, SelectionError
from netmeta.network import graph

COMMON = nm.CommonEffect()
HOSTILE = '<img src=x onerror=alert(1)>\n& "quoted" ' + "long " * 60


def trial(study, one, other, log_hr=0.1, se=0.2, **more):
    return Trial(study=study, experimental=one, control=other, log_hr=log_hr, se=se, **more)


def printed(one, other, hr, low, high):
    return Trial(study="ABC", experimental=one, control=other, hr=hr, ci_low=low, ci_high=high)


def evidence(*trials):
    return Evidence(trials)


TWO = evidence(trial("A", "everolimus", "placebo"), trial("B", "sunitinib", "placebo", 0.2))


def refused(error, *words, model=COMMON, trials=TWO, **asked):
    with pytest.raises(error) as caught:
        nm.compare(trials, model, **asked)
    assert type(caught.value) is error
    for word in words:
        assert word in str(caught.value), word
    return caught.value


def test_every_refusal_is_one_of_pooling():
    assert issubclass(NetworkError, PoolingError)
    assert issubclass(DisconnectedError, NetworkError)
    assert issubclass(MultiArmError, NetworkError)


# ---- rows -----------------------------------------------------------------------------------------------


def test_what_is_no_evidence():
    refused(NetworkError, "Evidence", "list", "Evidence.from_frame", trials=[TWO[0]])
    with pytest.raises(NetworkError, match="made of an Evidence, not of a tuple"):
        graph(TWO.trials)


def test_no_trial():
    refused(NetworkError, "at least one trial", "there are none", trials=evidence())


def test_a_trial_without_an_effect_is_named():
    trials = TWO.add(Trial(study="LATER", experimental="x", control="placebo", hr=0.5))
    refused(NetworkError, "1 of 3", "no log HR", "LATER", "interval", trials=trials)


def test_endpoints_are_not_mixed_unless_that_is_stated():
    trials = TWO.add(trial("C", "sunitinib", "placebo", endpoint="TTP"))
    error = refused(NetworkError, "one endpoint", "PFS (A, B)", "TTP (C)", 'where(endpoint="PFS")', trials=trials)
    merge = Merge("TTP", into="PFS", what="endpoint")
    assert 'Merge("TTP", into="PFS", what="endpoint")' in str(error)
    found = nm.compare(trials, COMMON, assumptions=merge)
    assert found.k == 3
    assert "TTP is taken to be the same endpoint as PFS" in str(found)
    assert found.effect("sunitinib").log_hr == pytest.approx(0.15)


def test_a_direction_that_is_not_stated():
    trials = TWO.add(trial("C", "x", "placebo", direction="not stated"))
    refused(NetworkError, "which arm", "C", "change(direction=", trials=trials)


def test_a_subgroup_beside_its_trial():
    trials = TWO.add(trial("A", "everolimus", "placebo", subgroup="over 65"))
    refused(NetworkError, "A over 65 subgroup is part of A", "count twice", "Keep one", trials=trials)


def test_one_pair_in_two_rows():
    trials = TWO.add(trial("A", "placebo", "everolimus", assessor="central"))
    refused(NetworkError, "in two rows", "A | everolimus | placebo", "central", "Keep one", trials=trials)


def test_cohorts_are_studies_of_their_own():
    trials = evidence(trial("A", "x", "y", cohort="one"), trial("A", "x", "y", 0.3, cohort="two"))
    assert nm.compare(trials, COMMON).k == 2


def test_a_treatment_against_itself():
    with pytest.raises(nm.errors.EntryError, match="compared with itself"):
        trial("A", "x", "x")
    merge = Merge("sunitinib", into="placebo")
    refused(
        NetworkError, "B compares placebo with itself once", str(merge), "Leave the trial out", assumptions=merge
    )


# ---- studies of several arms ------------------------------------------------------------------------------


def test_a_pair_of_arms_without_a_row():
    trials = evidence(trial("ABC", "x", "y"), trial("ABC", "z", "y"))
    error = refused(MultiArmError, "ABC has 3 arms (x, y, z)", "no row for x vs z", "Add the row", trials=trials)
    assert error.proposal == {}


ROUNDED = evidence(
    printed("x", "y", 0.50, 0.40, 0.63),
    printed("z", "y", 0.71, 0.57, 0.89),
    printed("x", "z", 0.70, 0.56, 0.88),
)


def test_rounding_is_said_to_explain_a_contradiction_and_mended_on_request():
    error = refused(
        MultiArmError, "ABC contradict each other", "x vs y HR 0.50", "Rounding explains it", "nm.reconcile",
        trials=ROUNDED,
    )  # fmt: skip
    assert set(error.proposal) == set(ROUNDED.keys)
    x_y, z_y, x_z = (error.proposal[key] for key in ROUNDED.keys)
    assert x_y - z_y == pytest.approx(x_z, abs=1e-12)
    mended = nm.reconcile(ROUNDED)
    for before, after in zip(ROUNDED, mended, strict=True):
        assert after.log_hr == pytest.approx(error.proposal[before.key], abs=1e-15)
        assert (round(exp(after.log_hr), 2), after.se) == (before.hr, before.se)
        assert "within rounding" in after.notes
    found = nm.compare(mended, COMMON)
    assert found.effect("x", "y").log_hr == pytest.approx(x_y)


def test_the_proposal_is_least_squares_weighted_by_rounding():
    y = [log(trial.hr) for trial in ROUNDED]
    bound = [log((trial.hr + 0.005) / trial.hr) for trial in ROUNDED]
    gap = y[0] - y[1] - y[2]
    share = [b**2 / sum(b**2 for b in bound) for b in bound]
    wanted = [y[0] - gap * share[0], y[1] + gap * share[1], y[2] + gap * share[2]]
    with pytest.raises(MultiArmError) as caught:
        nm.compare(ROUNDED, COMMON)
    assert [caught.value.proposal[key] for key in ROUNDED.keys] == pytest.approx(wanted, abs=1e-12)


def test_more_than_rounding_is_not_mended():
    trials = evidence(ROUNDED[0], ROUNDED[1], printed("x", "z", 0.80, 0.64, 1.00))
    error = refused(
        MultiArmError, "contradict", "times what rounding can explain", "check the numbers", trials=trials
    )
    assert error.proposal == {}
    with pytest.raises(MultiArmError, match="check the numbers against the paper"):
        nm.reconcile(trials)


def test_what_agrees_is_not_touched_by_reconciling():
    assert nm.reconcile(TWO) == TWO
    agreed = nm.reconcile(ROUNDED)
    assert nm.reconcile(agreed) == agreed


def test_standard_errors_that_no_arms_can_have():
    trials = evidence(
        trial("ABC", "x", "y", 0.1, 0.1), trial("ABC", "z", "y", 0.2, 0.1), trial("ABC", "x", "z", -0.1, 0.5)
    )
    refused(MultiArmError, "No 3 arms", "ABC", "x vs z 0.5000", "sum of the two others", trials=trials)
    possible = evidence(*trials.trials[:2], trial("ABC", "x", "z", -0.1, 0.19))
    assert nm.compare(possible, COMMON).k == 1


# ---- assumptions ---------------------------------------------------------------------------------------------


def test_a_circle_of_merges():
    circle = [Merge("everolimus", into="sunitinib"), Merge("sunitinib", into="everolimus")]
    refused(NetworkError, "circle", "everolimus", "leave one", assumptions=circle)


def test_a_merge_of_what_no_trial_has():
    refused(NetworkError, "sunitinb", "Did you mean 'sunitinib'", assumptions=Merge("sunitinb", into="placebo"))
    refused(NetworkError, "endpoint 'OS'", "'PFS'", assumptions=Merge("OS", into="PFS", what="endpoint"))


def test_what_is_no_merge():
    refused(SelectionError, 'Merge("a", into="b")', "'placebo'", assumptions="placebo")
    for name, into, what, word in (
        ("a", "a", "treatment", "into itself"),
        ("", "a", "treatment", "two names"),
        ("a", 3, "treatment", "two names"),
        ("a", "b", "arm", "treatment, endpoint"),
    ):
        with pytest.raises(SelectionError, match=word):
            Merge(name, into=into, what=what)


def test_merges_follow_each_other():
    trials = TWO.add(trial("C", "x", "placebo"), trial("D", "x", "y", -0.2))
    found = nm.compare(
        trials, COMMON, assumptions=[Merge("x", into="sunitinib"), Merge("sunitinib", into="everolimus")]
    )
    assert found.treatments == ("everolimus", "placebo", "y")
    assert found.graph.edge("everolimus", "placebo").keys == tuple(trials.keys[:3])


# ---- questions -------------------------------------------------------------------------------------------------


def test_unknown_names_get_a_suggestion():
    refused(NetworkError, "'placbo'", "Did you mean 'placebo'", reference="placbo")
    result = nm.compare(TWO, COMMON)
    for ask in (
        lambda: result.effect("sunitinb"),
        lambda: result.effect("placebo", "sunitinb"),
        lambda: nm.rank(result)["sunitinb"],
        lambda: nm.network_contributions(result).of("sunitinb", "placebo"),
        lambda: nm.direct_effect(result, "sunitinb", "placebo"),
        lambda: nm.adjusted_funnel_data(result, ["sunitinb"]),
        lambda: nm.connected_to(TWO, "sunitinb"),
    ):
        with pytest.raises(NetworkError, match=r"sunitinb.*Did you mean 'sunitinib'"):
            ask()


def test_a_treatment_is_not_compared_with_itself():
    result = nm.compare(TWO, COMMON)
    for ask in (
        lambda: result.effect("placebo"),
        lambda: nm.network_contributions(result).of("placebo", "placebo"),
    ):
        with pytest.raises(NetworkError, match=r"placebo.* cannot be compared with itself"):
            ask()


def test_methods_that_do_not_exist():
    result = nm.compare(TWO, COMMON)
    with pytest.raises(NetworkError, match=r"split called 'nodesplit'.*node-splitting"):
        nm.node_splits(result, "nodesplit")
    with pytest.raises(NetworkError, match=r"share called 'shortest'.*shortest-path"):
        nm.network_contributions(result, "shortest")
    with pytest.raises(NetworkError, match="No trial compares everolimus with sunitinib"):
        nm.node_splits(result)["everolimus", "sunitinib"]
    with pytest.raises(NetworkError, match="twice in the order placebo, placebo"):
        nm.adjusted_funnel_data(result, ["placebo", "placebo"])


def test_what_is_better_and_what_is_a_model():
    refused(NetworkError, "lower, higher", "'best'", better="best")
    refused(NetworkError, "RandomEffects(...)", "'REML'", model="REML")


@pytest.mark.parametrize("draws", [99, 2_000_001, True, 1000.0, "many"])
def test_bad_numbers_of_draws(draws):
    with pytest.raises(NetworkError, match="whole number from 100 to"):
        nm.rank(nm.compare(TWO, COMMON), draws=draws)


def test_random_effects_that_nothing_tells():
    refused(
        NetworkError, "2 trials for 3 treatments", "nothing tells", "CommonEffect()",
        model=nm.RandomEffects("REML", "wald"),
    )  # fmt: skip
    found = nm.compare(TWO, COMMON)
    assert (found.q, found.q_df, found.q_p, found.i2, found.i2_ci) == (0, 0, 1, 0, None)
    # One trial more tells it.
    more = TWO.add(trial("C", "sunitinib", "placebo", 0.9))
    assert nm.compare(more, nm.RandomEffects("REML", "wald")).q_df == 1


# ---- the network of the library -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pfs():
    return nm.select(nm.load_trials(), nm.Selection("PFS")).evidence


def test_the_network_of_pfs_falls_into_parts_and_says_what_would_join_them(pfs):
    with pytest.raises(DisconnectedError) as caught:
        nm.compare(pfs)
    error = caught.value
    assert set(error.parts[1]) == {"177Lu-dotatate + SSA", "high-dose SSA"}
    assert error.merges == (Merge("high-dose SSA", into="SSA"),)
    for word in ("4 parts", "NETTER-1, NETTER-2", "assumptions=[Merge(", 'connected_to(evidence, "placebo")'):
        assert word in str(error)


def test_taking_the_merge_joins_them(pfs):
    with pytest.raises(DisconnectedError) as caught:
        nm.compare(pfs)
    merges = caught.value.merges
    whole = nm.connected_to(pfs, "placebo", merges)
    assert {"NETTER-1", "NETTER-2"} <= set(whole.labels)
    found = nm.compare(whole, assumptions=merges)
    assert found.assumptions == merges
    assert "high-dose SSA" not in found.treatments
    # NETTER-1 and -2 hang on SSA alone: their pool against it is the network's, at its tau2.
    one = found.effect("177Lu-dotatate + SSA", "SSA")
    netter = [trial for trial in whole if trial.experimental == "177Lu-dotatate + SSA"]
    weights = [1 / (trial.se**2 + found.tau2) for trial in netter]
    mean = sum(w * trial.log_hr for w, trial in zip(weights, netter, strict=True)) / sum(weights)
    assert (one.log_hr, one.se) == pytest.approx((mean, sum(weights) ** -0.5))
    with pytest.raises(DisconnectedError, match=r"3 parts.*assumed already: high-dose SSA is taken"):
        nm.compare(pfs, assumptions=merges)


def test_a_part_can_be_kept(pfs):
    part = nm.connected_to(pfs, "placebo")
    assert {"NETTER-1", "SWOG S0518", "ECOG-ACRIN E2211"}.isdisjoint(part.labels)
    assert nm.compare(part).reference == "placebo"


# ---- names that somebody else made ------------------------------------------------------------------------------------


def test_hostile_names_are_cut_and_kept_on_one_line():
    trials = TWO.add(trial(HOSTILE, HOSTILE + "1", HOSTILE + "2"))
    error = refused(DisconnectedError, "2 parts", trials=trials)
    assert error.parts[1] == (HOSTILE + "1", HOSTILE + "2")
    merged = Merge(HOSTILE, into="placebo")
    assert "\n" not in str(error)
    refused(NetworkError, "No trial has the treatment", "…", assumptions=merged)
    with pytest.raises(NetworkError) as caught:
        nm.compare(TWO, COMMON, HOSTILE)
    assert len(str(caught.value)) < 200
    assert "\n" not in str(caught.value)

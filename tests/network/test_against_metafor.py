"""metafor's rma.mv with the full covariance, on eleven networks, and rma on the studies of two arms."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from math import sqrt
from pathlib import Path

import numpy as np
import pytest

import netmeta as nm
from netmeta.network.contrasts import contrasts
from netmeta.validate.network_numbers import compared, evidence, model, two_arm

FILE = Path(__file__).parents[1] / "fixtures" / "network" / "reference.py"
SPEC = spec_from_file_location("network_reference", FILE)
sys.modules[SPEC.name] = reference = module_from_spec(SPEC)
SPEC.loader.exec_module(reference)

CLOSE = {"rel": 1e-9, "abs": 1e-12}
DATA = reference.data_sets()
METHODS = ("FE", "REML", "ML")
CASES = [(data, method) for data in DATA for method in METHODS]
TWO_ARM = [
    (data, method)
    for data in ("senn2013", "hasselblad1998")
    for method in ("DL", "REML", "PM", "ML", "HE", "SJ", "EB", "HS")
]


def at(row):
    return str(row["treat1"]), str(row["treat2"])


def test_eleven_networks_are_there():
    assert len(DATA) == 11
    assert {(row["data"], row["method"]) for row in reference.table("rma_mv_fits")} == set(CASES)


@pytest.mark.parametrize(("data", "method"), CASES)
def test_the_fit(data, method):
    found, want = compared(data, method), reference.one("rma_mv_fits", data=data, method=method)
    ours = {
        "studies": found.k, "treatments": len(found.treatments), "contrasts": len(found.evidence), "basic": found.m,
        "designs": found.designs, "tau2": found.tau2, "QE": found.q, "QEdf": found.q_df, "QEp": found.q_p,
    }  # fmt: skip
    assert ours == pytest.approx({name: want[name] for name in ours}, **CLOSE)
    # The omnibus test that all effects are 0: from our estimates and their covariance.
    estimates, covariance = np.array(found.log_hrs)[1:], np.array(found.covariance)[1:, 1:]
    assert estimates @ np.linalg.solve(covariance, estimates) == pytest.approx(want["QM"], rel=1e-8)


@pytest.mark.parametrize(("data", "method"), CASES)
def test_every_coefficient(data, method):
    found, rows = compared(data, method), reference.rows("rma_mv_coefficients", data=data, method=method)
    assert {row["treatment"] for row in rows} == set(found.treatments) - {found.reference}
    for row in rows:
        one = found.effect(str(row["treatment"]), str(row["reference"]))
        ours = (one.log_hr, one.se, one.ci.low, one.ci.high, one.statistic, one.p_value)
        want = [row[name] for name in ("estimate", "se", "lower", "upper", "z", "p")]
        assert ours == pytest.approx(want, **CLOSE), row["treatment"]


@pytest.mark.parametrize("data", ["senn2013", "hasselblad1998"])
def test_the_covariance_of_the_coefficients(data):
    found = compared(data, "REML")
    base, cov = found.place(found.reference), np.array(found.covariance)
    own = cov - cov[base] - cov[:, [base]] + cov[base, base]
    want = reference.matrix("rma_mv_covariance", "value", data=data)
    assert len(want) == (len(found.treatments) - 1) ** 2
    for (one, other), value in want.items():
        assert own[found.place(one), found.place(other)] == pytest.approx(value, rel=1e-9, abs=1e-14)


# ---- node-splitting --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", DATA)
def test_node_splits(data):
    splits = nm.node_splits(compared(data, "REML"))
    rows = reference.rows("rma_mv_splits", data=data)
    assert {frozenset(at(row)) for row in rows} == {
        frozenset((row.experimental, row.control)) for row in splits.split
    }
    for row in rows:
        found = splits[at(row)]
        sign = 1 if found.experimental == row["treat1"] else -1
        ours = {
            "studies": found.k, "omega": sign * found.difference.log_hr, "se": found.difference.se,
            "z": sign * found.difference.log_hr / found.difference.se, "p": found.p_value, "tau2": found.tau2,
            "direct": sign * found.direct.log_hr, "direct_se": found.direct.se,
            "indirect": sign * found.indirect.log_hr, "indirect_se": found.indirect.se,
        }  # fmt: skip
        assert ours == pytest.approx({name: row[name] for name in ours}, **CLOSE), at(row)


def test_a_comparison_without_indirect_evidence_has_no_line_in_r_either():
    alone = [row for row in nm.node_splits(compared("senn2013", "REML")).rows if row.indirect is None]
    assert {row.comparison for row in alone} == {"benf vs plac", "migl vs plac", "sita vs plac", "vild vs plac"}
    for row in alone:
        assert (row.difference, row.p_value) == (None, None)
        assert row.direct.log_hr == pytest.approx(row.network.log_hr)
        assert row.share == pytest.approx(100)


# ---- design by treatment -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", DATA)
def test_design_by_treatment(data):
    found, want = nm.inconsistency(compared(data, "REML")), reference.one("rma_mv_designs", data=data)
    ours = {
        "designs": len(found.rows), "Q": found.total.q, "Q_df": found.total.df, "Q_p": found.total.p_value,
        "Q_within": found.within.q, "Q_within_df": found.within.df, "Q_within_p": found.within.p_value,
        "Q_between": found.between.q, "Q_between_df": found.between.df, "Q_between_p": found.between.p_value,
        "tau2": found.tau2, "wald": found.interaction.q, "wald_df": found.interaction.df,
        "wald_p": found.interaction.p_value,
    }  # fmt: skip
    assert ours == pytest.approx({name: want[name] for name in ours}, **CLOSE)


def test_some_networks_have_heterogeneity_within_designs_and_some_have_none():
    taus = [row["tau2"] for row in reference.table("rma_mv_designs")]
    assert sum(tau2 == 0 for tau2 in taus) == 3
    assert max(taus) > 2


# ---- one study less ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", ["senn2013", "hasselblad1998"])
def test_without_each_study(data):
    result = compared(data, "REML")
    rows = nm.omit_trials(result).rows
    assert [row.label for row in rows] == list(dict.fromkeys(trial.study for trial in evidence(data)))
    assert {row["omitted"] for row in reference.rows("rma_mv_omissions", data=data)} == {row.label for row in rows}
    for row in rows:
        want = reference.rows("rma_mv_omissions", data=data, omitted=row.label)
        assert set(row.lost) == set(result.treatments) - {result.reference} - {line["treatment"] for line in want}
        assert (row.tau2, row.q, row.q_df) == pytest.approx(
            [want[0][name] for name in ("tau2", "QE", "QEdf")], **CLOSE
        )
        for line in want:
            one = row.effect(str(line["treatment"]))
            assert (one.log_hr, one.se) == pytest.approx((line["estimate"], line["se"]), **CLOSE)


def test_two_studies_of_senn_are_the_only_link_of_a_treatment():
    lost = {row.label: row.lost for row in nm.omit_trials(compared("senn2013", "REML")).rows if row.lost}
    assert lost == {"Hermansen2007": ("sita",), "Garber2008": ("vild",)}


# ---- studies of two arms: eight estimators ---------------------------------------------------------------------------


@pytest.mark.parametrize(("data", "method"), [case for case in TWO_ARM if case[1] != "SJ"])
def test_studies_of_two_arms(data, method):
    rows = reference.rows("rma_two_arm", data=data, method=method)
    found = nm.compare(two_arm(data), model(method), str(rows[0]["reference"]))
    for row in rows:
        one = found.effect(str(row["treatment"]))
        ours = {
            "studies": found.k, "tau2": found.tau2, "QE": found.q, "QEp": found.q_p, "estimate": one.log_hr,
            "se": one.se, "lower": one.ci.low, "upper": one.ci.high, "p": one.p_value,
        }  # fmt: skip
        assert ours == pytest.approx({name: row[name] for name in ours}, **CLOSE), row["treatment"]
    if method == "DL":
        # metafor's I2 is made of tau2; by DL that is the I2 of Q, which is ours.
        assert found.i2 == pytest.approx(rows[0]["I2"], **CLOSE)


@pytest.mark.parametrize("data", ["senn2013", "hasselblad1998"])
def test_sidik_and_jonkman_depend_on_how_effects_are_written_down(data):
    # make.R takes a point of the design off the effects first, which no other estimator notices.
    rows = reference.rows("rma_two_arm", data=data, method="SJ")
    base, trials = str(rows[0]["reference"]), two_arm(data)
    names = sorted({arm for trial in trials for arm in (trial.experimental, trial.control)} - {base})
    y, v = -np.array([trial.log_hr for trial in trials]), np.array([trial.se**2 for trial in trials])
    x = np.array(
        [[(trial.control == name) * 1.0 - (trial.experimental == name) for name in names] for trial in trials]
    )

    def sidik_jonkman(rough):
        w = 1 / (v + rough)
        fit = np.linalg.solve(x.T @ (w[:, None] * x), x.T @ (w * y))
        return rough * float((w * (y - x @ fit) ** 2).sum()) / (len(y) - len(names))

    taken = y.mean() * x.mean(0) / (x.mean(0) ** 2).sum()
    assert sidik_jonkman((y - x @ taken).var()) == pytest.approx(rows[0]["tau2"], rel=1e-12)
    assert abs(sidik_jonkman(y.var()) / rows[0]["tau2"] - 1) > 0.02


@pytest.mark.parametrize(("data", "method"), TWO_ARM)
def test_at_its_tau2_every_coefficient_is_metafors(data, method):
    rows = reference.rows("rma_two_arm", data=data, method=method)
    found = contrasts(two_arm(data), ())
    trials = found.regression()
    fit = trials.one(rows[0]["tau2"] / trials.unit**2)
    estimates = np.append(0.0, trials.coefficients(fit))
    covariance = np.pad(trials.covariance(fit), ((1, 0), (1, 0)))
    for row in rows:
        one, other = (found.treatments.index(str(row[name])) for name in ("treatment", "reference"))
        variance = covariance[one, one] + covariance[other, other] - 2 * covariance[one, other]
        assert (estimates[one] - estimates[other], sqrt(variance)) == pytest.approx(
            (row["estimate"], row["se"]), **CLOSE
        )

"""Models by name: what each stands for, against the program that it is named after."""

from __future__ import annotations

from dataclasses import replace

import pytest

from netmeta.pooling import CommonEffect, RandomEffects, fit, presets


def test_every_public_name_is_in_the_table_and_is_a_model():
    assert set(presets.PRESETS) == set(presets.__all__) - {"PRESETS"}
    for name, model in presets.PRESETS.items():
        assert getattr(presets, name) is model
        assert isinstance(model, RandomEffects | CommonEffect)


def test_the_table_cannot_be_changed():
    with pytest.raises(TypeError):
        presets.PRESETS["mine"] = RandomEffects()


def test_the_default_is_the_default_of_the_model():
    assert presets.netmeta_default == RandomEffects()


def test_revman_2025_has_what_cochrane_lists():
    # methods.cochrane.org: REML, HKSJ, Q-profile, prediction interval, I2 from tau2.
    assert (presets.revman2025.tau2_method, presets.revman2025.interval) == ("REML", "hartung-knapp")
    assert presets.revman2025.prediction.startswith("t(k-1)")


@pytest.mark.parametrize("data", ["bcg", "riley2003", "pignon2000", "collins1985b"])
@pytest.mark.parametrize(
    ("name", "test", "prediction"),
    [("metafor_default", "z", "predict"), ("metafor_knha", "knha", "predict"), ("revman2025", "knha", "predict"),
     ("partlett_riley", "knha", "pi_t2_hk")],
)  # fmt: skip
def test_reml_presets_give_metafors_intervals(metafor, data, name, test, prediction):
    (row,) = metafor.rows(data, method="REML", test=test, level=0.95)
    low, high = ("_lb", "_ub") if prediction == "predict" else ("1", "2")
    found = fit(*metafor.arrays(data), presets.PRESETS[name])
    assert (found.ci.low, found.ci.high) == pytest.approx((row["ci_lb"], row["ci_ub"]), rel=1e-8)
    assert (found.pi.low, found.pi.high) == pytest.approx((row[prediction + low], row[prediction + high]), rel=1e-8)
    assert (found.tau2_ci.low, found.tau2_ci.high) == pytest.approx((row["tau2_lb"], row["tau2_ub"]), rel=1e-8)
    assert found.i2 == pytest.approx(row["I2"], rel=1e-8)


@pytest.mark.parametrize("data", ["bcg", "pignon2000"])
def test_dersimonian_laird_presets(metafor, data):
    (row,) = metafor.rows(data, method="DL", test="z", level=0.95)
    (adjusted,) = metafor.rows(data, method="DL", test="knha", level=0.95)
    arrays = metafor.arrays(data)
    legacy, wald = fit(*arrays, presets.cochrane_legacy), fit(*arrays, presets.dersimonian_laird)
    assert (legacy.ci.low, legacy.ci.high) == pytest.approx((row["ci_lb"], row["ci_ub"]), rel=1e-8)
    assert (wald.ci, wald.tau2) == (legacy.ci, legacy.tau2)
    assert legacy.pi is None
    assert (wald.pi.low, wald.pi.high) == pytest.approx((row["pi_t21"], row["pi_t22"]), rel=1e-8)
    found = fit(*arrays, presets.hartung_knapp_dl)
    assert (found.ci.low, found.ci.high) == pytest.approx((adjusted["ci_lb"], adjusted["ci_ub"]), rel=1e-8)


def test_paule_mandel_preset(metafor):
    (row,) = metafor.rows("bcg", method="PM", test="adhoc", level=0.95)
    found = fit(*metafor.arrays("bcg"), presets.paule_mandel)
    assert (found.tau2, found.ci.low) == pytest.approx((row["tau2"], row["ci_lb"]), rel=1e-8)


def test_another_level_is_a_replace_away():
    assert replace(presets.revman2025, level=0.9) == RandomEffects(
        "REML", "hartung-knapp", "t(k-1) hartung-knapp", 0.9
    )

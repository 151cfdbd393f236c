"""The model as a value."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import numpy as np
import pytest

from netmeta.errors import PoolingError
from netmeta.pooling import INTERVALS, PREDICTIONS, TAU2_METHODS, CommonEffect, RandomEffects
from netmeta.pooling.model import convention


def test_defaults_are_those_of_the_methods():
    assert RandomEffects() == RandomEffects("REML", "modified-hartung-knapp", "t(k-2)", 0.95)
    assert CommonEffect() == CommonEffect(level=0.95)
    assert CommonEffect() != RandomEffects()


def test_models_are_values():
    assert len({RandomEffects(), RandomEffects(level=np.float64(0.95)), CommonEffect()}) == 2
    assert type(RandomEffects(level=np.float64(0.9)).level) is float
    with pytest.raises(FrozenInstanceError):
        RandomEffects().level = 0.9


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"tau2_method": "reml"}, r"'reml'\. Did you mean 'REML'\?"),
        ({"tau2_method": "XYZ"}, r"Choose from: 'DL', 'EB', 'HE', 'HS', 'ML', 'PM', 'REML', 'SJ'\."),
        ({"interval": "hartung knapp"}, r"Did you mean 'hartung-knapp'\?"),
        ({"prediction": "t(k-3)"}, r"Did you mean 't\(k-"),
        ({"prediction": None}, "prediction interval called None"),
        ({"tau2_method": ["REML"]}, "no estimator of tau2"),
    ],
)
def test_a_wrong_name_is_refused_with_a_hint(wrong, message):
    with pytest.raises(PoolingError, match=message):
        RandomEffects(**wrong)


@pytest.mark.parametrize("model", [RandomEffects, CommonEffect])
@pytest.mark.parametrize(
    ("level", "message"),
    [
        (95, r"level 95 .*did you mean 0\.95\?"),
        (0, r"level 0 .*0\.95"),
        (1.0, r"level 1 "),
        (-0.5, r"level -0\.5 "),
        (float("nan"), "level nan"),
        (950, "level 950"),
        ("0.95", "not '0.95'"),
        (True, "not True"),
        (None, "not None"),
    ],
)
def test_a_wrong_level_is_refused_by_value(model, level, message):
    with pytest.raises(PoolingError, match=message):
        model(level=level)


def test_a_hartung_knapp_prediction_needs_a_hartung_knapp_interval():
    with pytest.raises(PoolingError, match=r"prediction 't\(k-1\)'"):
        RandomEffects(interval="wald", prediction="t(k-1) hartung-knapp")


@pytest.mark.parametrize("method", TAU2_METHODS)
@pytest.mark.parametrize("interval", INTERVALS)
def test_every_other_combination_exists(method, interval):
    for prediction in PREDICTIONS:
        rule = convention(prediction)
        if not (interval == "wald" and rule is not None and rule.adjusted):
            assert RandomEffects(method, interval, prediction).prediction == prediction

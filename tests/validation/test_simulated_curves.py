"""Forty simulated trials in each setting hold the errors that docs/curves.md states; simulated_curves.py makes the table."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

FILE = Path(__file__).with_name("simulated_curves.py")


def simulation():
    if "simulated_curves" not in sys.modules:
        spec = spec_from_file_location("simulated_curves", FILE)
        sys.modules[spec.name] = module_from_spec(spec)
        spec.loader.exec_module(sys.modules[spec.name])
    return sys.modules["simulated_curves"]


S = simulation()
# Largest bias and root mean square error of the log hazard ratio, and the same of the RMST difference in months.
BOUNDS = {
    "usual: 40 clicks, 1 pixel, every 3 months, events": (0.015, 0.03, 0.06, 0.15),
    "risk table every 6 months, no events": (0.015, 0.04, 0.06, 0.15),
    "15 clicks, 2 pixels, every 6 months, no events": (0.03, 0.07, 0.15, 0.35),
    "traced: 400 points, 0.5 pixel": (0.01, 0.025, 0.03, 0.06),
    "feet of the steps clicked, 1 pixel": (0.015, 0.03, 0.06, 0.15),
    "1 click in 20 slips": (0.02, 0.05, 0.1, 0.25),
    "no risk table, events printed": (0.03, 0.08, 0.15, 0.4),
}


@pytest.mark.parametrize("name", BOUNDS)
def test_reconstruction_stays_within_the_errors_that_are_stated(name):
    setting = next(one for one in S.SETTINGS if one.name == name)
    errors = S.run(setting, trials=40, seed=5)
    (bias, rmse, *_), (means_bias, means_rmse, *_) = S.summary(errors.log_hr), S.summary(errors.rmst)
    for found, bound in zip((abs(bias), rmse, abs(means_bias), means_rmse), BOUNDS[name], strict=True):
        assert found < bound
    assert len(errors.log_hr) == 40


def test_without_any_numbers_at_risk_the_error_is_large_and_a_caution_says_so():
    setting = next(one for one in S.SETTINGS if one.name == "no risk table, no events")
    errors = S.run(setting, trials=40, seed=5)
    assert S.summary(errors.log_hr)[1] > 3 * BOUNDS["usual: 40 clicks, 1 pixel, every 3 months, events"][1]
    assert S.summary(errors.se)[0] < -0.05


def test_a_printed_total_of_events_brings_the_events_nearer():
    told, untold = (S.run(setting, trials=40, seed=5).events for setting in S.SETTINGS[:2])
    assert sum(abs(error) <= 2 for error in told) >= 72  # of 80 arms
    assert max(map(abs, told)) <= 6
    assert sum(map(abs, told)) < sum(map(abs, untold))

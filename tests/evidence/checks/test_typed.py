"""What is being typed: a trial with its findings, or one error with what would mend it."""

from __future__ import annotations

import math
import re
from typing import Any

import pytest

from netmeta.evidence import check_entry


def without_none(changes: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in changes.items() if value is not None}


NAMES = {"study": "A", "experimental": "x", "control": "y"}


def test_what_can_be_a_trial_comes_with_its_findings() -> None:
    trial, found = check_entry({**NAMES, "hr": 0.46, "ci_low": 0.2, "ci_high": 0.98})
    assert trial is not None
    assert [finding.kind for finding in found] == ["asymmetric interval"]


@pytest.mark.parametrize(
    ("values", "said", "changes"),
    [
        (
            {"hr": -0.62, "ci_low": -0.97, "ci_high": -0.27},
            "Did you mean log_hr = -0.62?",
            {"printed_log_hr": -0.62, "printed_se": 0.70 / 3.919928, "hr": None, "ci_low": None, "ci_high": None},
        ),
        (
            {"hr": 0.1, "ci_low": -0.2, "ci_high": 0.4},
            "ci_low is -0.2.*looks like a log hazard ratio",
            {"printed_log_hr": 0.1, "printed_se": 0.6 / 3.919928, "hr": None, "ci_low": None, "ci_high": None},
        ),
        (
            {"hr": 0.54, "ci_low": -0.97, "ci_high": -0.27},
            r"did you mean 0\.379 and 0\.763",
            {"ci_low": math.exp(-0.97), "ci_high": math.exp(-0.27)},
        ),
        (
            {"hr": -0.62},
            "Did you mean log_hr",
            {"printed_log_hr": -0.62, "hr": None, "ci_low": None, "ci_high": None},
        ),
        ({"hr": 0.38, "ci_low": 0.59, "ci_high": 0.25}, "Swap them", {"ci_low": 0.25, "ci_high": 0.59}),
        ({"hr": 0.38, "ci_low": 0.25, "ci_high": 0.59, "level": 95}, "Did you mean 0.95", {"level": 0.95}),
        ({"hr": 0.38, "ci_low": 0.45, "ci_high": 0.59}, "lies outside its interval", {}),
        ({"hr": 0.38, "ci_low": -1e9, "ci_high": 0.59}, "ci_low is -1e[+]09; it has to be above 0", {}),
        (
            {"followup_min": 30, "followup_max": 12},
            "the shortest comes first",
            {"followup_min": 12, "followup_max": 30},
        ),
    ],
)
def test_what_cannot_be_right_is_an_error_with_its_mend(
    values: dict[str, Any], said: str, changes: dict[str, Any]
) -> None:
    trial, (found,) = check_entry({**NAMES, **values})
    assert (trial, found.severity) == (None, "error")
    assert re.search(said, found.message)
    mended = dict(found.mend.changes) if found.mend else {}
    assert {name for name, value in mended.items() if value is None} == {n for n in changes if changes[n] is None}
    assert without_none(mended) == pytest.approx(without_none(changes), rel=1e-6)
    if changes and len(values) > 1:
        again, _ = check_entry({**NAMES, **values, **changes})
        assert again is not None


def test_nothing_at_all_is_an_error_too() -> None:
    trial, (found,) = check_entry({"study": "", "experimental": "", "control": ""})
    assert (trial, found.message) == (None, "study is empty; give its name.")

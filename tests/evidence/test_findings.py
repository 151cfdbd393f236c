"""Warnings at entry: what a careful reader would check against the paper."""

from __future__ import annotations

from typing import Any

import pytest

from netmeta.evidence import Trial, findings, load_trials
from netmeta.evidence.findings import check_trial


def trial(study: str = "A", **values: Any) -> Trial:
    return Trial(**{"study": study, "experimental": "x", "control": "placebo", **values})


def test_of_the_bundled_rows_two_are_asymmetric_and_nothing_else_is_found() -> None:
    # The evidence README, trap 12: "asymmetric on the log scale beyond rounding: Wolin 2015, SPINET (mildly)".
    found = {(finding.label, finding.kind) for finding in findings(load_trials())}
    assert found == {("Wolin 2015", "asymmetric interval"), ("SPINET", "asymmetric interval")}


def test_an_asymmetric_interval_is_told_with_its_middle() -> None:
    # The middle of 0.25 and 0.89 is sqrt(0.2225) = 0.472; a misprint of 0.59.
    (found,) = check_trial(trial(hr=0.38, ci_low=0.25, ci_high=0.89))
    assert found.kind == "asymmetric interval"
    assert "0.25 to 0.89 is not symmetric about 0.38" in found.message
    assert "0.472" in found.message


@pytest.mark.parametrize(
    "printed",
    [
        (0.38, 0.25, 0.59),  # CABINET epNET
        (0.05, 0.01, 0.18),  # ln 0.05 is 0.16 from the middle: within half of 0.01 at a limit of 0.01
        (0.636, 0.38, 1.08),  # COMPETE: a hazard ratio with more digits than its limits
        (0.45, 0.1, 2.0),  # 0.10 and 2.00 as numbers
    ],
)
def test_rounding_alone_is_not_asymmetric(printed: tuple[float, float, float]) -> None:
    assert check_trial(trial(**dict(zip(("hr", "ci_low", "ci_high"), printed, strict=True)))) == ()


def test_a_hundredfold_interval_is_told_with_its_standard_error() -> None:
    # (ln 5.9 - ln 0.025) / (2 x 1.959964) = 5.463832 / 3.919928 = 1.39: 0.25 typed as 0.025 and 0.59 as 5.9.
    (found,) = check_trial(trial(hr=0.384, ci_low=0.025, ci_high=5.9))
    assert (found.kind, "236-fold" in found.message, "error 1.39" in found.message) == ("wide interval", True, True)


def test_a_trial_without_both_limits_has_nothing_to_check() -> None:
    assert check_trial(trial(hr=0.5)) == ()
    assert check_trial(trial(log_hr=-0.7, se=3)) == ()


CABINET = {"hr": 0.38, "ci_low": 0.25, "ci_high": 0.59}


def test_the_same_numbers_under_another_name_are_told() -> None:
    (found,) = findings((trial("CABINET", **CABINET), trial("Chan 2025", **CABINET)))
    assert (found.label, found.kind) == ("Chan 2025", "same numbers twice")
    assert "exactly the numbers of CABINET" in found.message


@pytest.mark.parametrize("change", [{"study": "A"}, {"endpoint": "OS"}, {"control": "SSA"}, {"ci_high": 0.58}])
def test_the_same_study_or_other_numbers_are_not_the_same_trial_again(change: dict[str, Any]) -> None:
    second = trial("B", assessor="central", **CABINET).change(**change)
    assert findings((trial("A", **CABINET), second)) == ()


def test_rows_without_numbers_are_not_the_same_numbers() -> None:
    assert findings((trial("A"), trial("B"))) == ()

"""Findings of one row: what a careful reader would check against the paper."""

from __future__ import annotations

import math
from typing import Any

import pytest

from netmeta.errors import EntryError
from netmeta.evidence import Finding, Trial
from netmeta.evidence.checks import worst


def trial(**values: Any) -> Trial:
    return Trial(**{"study": "A", "experimental": "x", "control": "placebo", **values})


def only(row: Trial) -> Finding:
    (finding,) = row.findings()
    return finding


def kinds(**values: Any) -> list[str]:
    return [finding.kind for finding in trial(**values).findings()]


def mended(row: Trial, finding: Finding) -> Trial:
    return row.change(**dict(finding.mend.changes))


# ---- intervals ---------------------------------------------------------------------------------


def test_an_asymmetric_interval_is_told_with_its_middle() -> None:
    # The middle of 0.25 and 0.89 is sqrt(0.2225) = 0.472; a misprint of 0.59.
    found = only(trial(hr=0.38, ci_low=0.25, ci_high=0.89))
    assert (found.kind, found.severity, found.mend) == ("asymmetric interval", "warning", None)
    assert "0.25 to 0.89 is not symmetric about 0.38" in found.message
    assert dict(found.numbers)["middle"] == pytest.approx(0.472, abs=5e-4)


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
    assert kinds(**dict(zip(("hr", "ci_low", "ci_high"), printed, strict=True))) == []


def test_logarithms_typed_as_hazard_ratios_are_symmetric_on_the_plain_scale() -> None:
    # log HR 0.62 (0.27 to 0.97): every number is above 0, and the middle of the limits is 0.62.
    row = trial(hr=0.62, ci_low=0.27, ci_high=0.97)
    found = only(row)
    assert "did you mean log_hr = 0.62 with se = 0.179?" in found.mend.words
    again = mended(row, found)
    assert (again.log_hr, again.se) == pytest.approx((0.62, 0.70 / 3.919928), rel=1e-6)
    assert again.findings() == ()


def test_a_hundredfold_interval_is_told_with_its_standard_error() -> None:
    # (ln 5.9 - ln 0.025) / (2 x 1.959964) = 5.463832 / 3.919928 = 1.39: 0.25 typed as 0.025 and 0.59 as 5.9.
    found = only(trial(hr=0.384, ci_low=0.025, ci_high=5.9))
    assert (found.kind, "236-fold" in found.message, "error 1.39" in found.message) == ("wide interval", True, True)


def test_a_trial_without_both_limits_has_nothing_to_check() -> None:
    assert kinds(hr=0.5) == kinds(log_hr=-0.7, se=3) == []


# ---- P values ----------------------------------------------------------------------------------

# 0.77 (0.59 to 1.00), RADIANT-2: about .052 two-sided (the evidence README, trap 2), .026 one-sided.
RADIANT = {"hr": 0.77, "ci_low": 0.59, "ci_high": 1.0}


def test_a_p_value_of_one_side_is_told_what_it_is_on_two() -> None:
    found = only(trial(**RADIANT, p_value=0.026, p_sides=1))
    assert (found.kind, found.severity) == ("one-sided P", "note")
    assert "two-sided it is 0.052" in found.message


@pytest.mark.parametrize("sides", [None, 2])
def test_a_p_value_that_would_go_with_the_interval_as_one_sided_is_told(sides: int | None) -> None:
    row = trial(hr=0.73, ci_low=0.48, ci_high=1.11, p_value=0.071, p_sides=sides)
    found = only(row)
    assert (found.kind, found.mend.changes) == ("P against interval", (("p_sides", 1),))
    assert dict(found.numbers)["p by the interval"] == pytest.approx(0.141, abs=1e-3)
    assert [again.kind for again in mended(row, found).findings()] == ["one-sided P"]


def test_a_p_value_that_would_go_with_the_interval_as_two_sided_is_told() -> None:
    found = only(trial(**RADIANT, p_value=0.052, p_sides=1))
    assert found.mend.changes == (("p_sides", 2),)


@pytest.mark.parametrize(
    "printed",
    [
        {**RADIANT, "p_value": 0.05},  # rounded on both sides
        {"hr": 0.315, "ci_low": 0.181, "ci_high": 0.546, "p_value": 0.000015},  # SUN-1111, log-rank beside Wald
        {"hr": 0.38, "ci_low": 0.25, "ci_high": 0.59, "p_value": 0.001, "p_relation": "<"},
        {"hr": 0.99, "ci_low": 0.64, "ci_high": 1.54, "p_value": 0.5, "p_relation": ">"},
        {"hr": 1.0, "ci_low": 0.5, "ci_high": 2.0, "p_value": 1},
        {"hr": 1.11, "ci_low": 0.73, "ci_high": 1.69, "p_value": 0.69, "p_sides": 1},  # the other side's P
    ],
)
def test_a_p_value_that_goes_with_its_interval_is_not_told(printed: dict[str, Any]) -> None:
    assert "P against interval" not in kinds(**printed)


@pytest.mark.parametrize(
    ("p", "relation"), [(0.0001, "="), (0.0001, ">"), (0.3, "="), (0.00000001, "<"), (0.9, "=")]
)
def test_a_p_value_that_goes_with_neither_side_is_told_without_a_mend(p: float, relation: str) -> None:
    # SANET-p, central: 0.339 (0.209 to 0.549) has z = 4.39, so P = 1.1e-5 (the evidence README, trap 12).
    found = only(trial(hr=0.339, ci_low=0.209, ci_high=0.549, p_value=p, p_relation=relation))
    assert (found.kind, found.mend) == ("P against interval", None)
    assert "two-sided P = 0.000011" in found.message


def test_a_p_value_beside_one_limit_is_checked_too() -> None:
    bound = {"hr": 0.53, "ci_high": 0.69, "level": 0.9, "sides": 1}  # A021202: z = 3.08
    assert kinds(**bound, p_value=0.0005, p_sides=1) == ["one-sided P"]
    assert kinds(**bound, p_value=0.2, p_sides=1) == ["P against interval"]


def test_a_p_value_of_zero_is_a_small_one() -> None:
    row = trial(**RADIANT, p_value=0)
    assert dict(only(row).mend.changes) == {"p_value": 0.001, "p_relation": "<"}


# ---- direction ---------------------------------------------------------------------------------


def test_a_direction_that_is_not_stated_is_told() -> None:
    assert kinds(hr=1.19, ci_low=0.67, ci_high=2.13, direction="not stated") == ["direction not stated"]
    assert kinds(direction="not stated") == []


@pytest.mark.parametrize(
    ("hr", "experimental", "control"),
    [(2.63, "8.4", "3.9"), (0.38, "3.9", "8.4"), (0.5, "8", "NR"), (2, ">8", "3.9 months"), (2, "NR", "18.0")],
)
def test_medians_that_point_the_other_way_are_told(hr: float, experimental: str, control: str) -> None:
    row = trial(hr=hr, se=0.2, median_experimental=experimental, median_control=control)
    found = only(row)
    assert found.kind == "hazard ratio against medians"
    assert mended(row, found).log_hr == pytest.approx(-math.log(hr))
    assert mended(row, found).findings() == ()


@pytest.mark.parametrize(
    ("hr", "experimental", "control"),
    [
        (0.38, "8.4", "3.9"),
        (0.90, "21.9", "22.4"),  # CABINET epNET's interim survival: curves cross
        (0.5, "4", "4.4"),  # 4 may be 4.49
        (0.95, "3", "8"),
        (0.5, "", "8"),
        (0.5, "twelve", "8"),
        (0.5, "NR", "NR"),
        (0.5, ">8", "12"),
    ],
)
def test_medians_that_do_not_point_the_other_way_are_not_told(hr: float, experimental: str, control: str) -> None:
    assert kinds(hr=hr, se=0.2, median_experimental=experimental, median_control=control) == []


def test_turning_an_interval_round_swaps_its_limits() -> None:
    row = trial(hr=0.5, ci_low=0.4, ci_high=0.625, median_experimental="3", median_control="8")
    again = mended(row, only(row))
    assert (again.hr, again.ci_low, again.ci_high) == pytest.approx((2, 1.6, 2.5))
    generic = trial(log_hr=-0.7, se=0.2, median_experimental="3", median_control="8")
    assert mended(generic, only(generic)).log_hr == 0.7


# ---- counts and ways ---------------------------------------------------------------------------


def test_more_events_than_patients_is_an_error() -> None:
    found = only(trial(events_experimental=150, n_experimental=134))
    assert (found.kind, found.severity) == ("more events than patients", "error")
    assert dict(found.numbers) == {"events": 150, "n": 134}


def test_sums_that_do_not_add_up_are_told() -> None:
    row = trial(events_experimental=23, events_control=68, events_total=81)
    assert only(row).mend.changes == (("events_total", 91),)
    assert mended(row, only(row)).findings() == ()
    expected = {"events_experimental": 23, "events_control": 68, "expected_experimental": 48.2}
    assert kinds(**expected, expected_control=42.8) == []
    assert kinds(**expected, expected_control=24.8) == ["expected events do not add up"]


def test_ways_that_disagree_are_told_with_how_far() -> None:
    # O - E = 19.5 without its minus sign beside HR 0.85 (0.71 to 1.02).
    found = only(trial(hr=0.85, ci_low=0.71, ci_high=1.02, o_minus_e=19.5, logrank_v=121))
    assert found.kind == "ways disagree"
    assert dict(found.numbers)["shift (log)"] == pytest.approx(math.log(0.85) - 19.5 / 121)
    assert kinds(hr=0.85, ci_low=0.71, ci_high=1.02, o_minus_e=-19.5, logrank_v=121) == []


def test_a_standard_error_of_the_hazard_ratio_itself_is_told() -> None:
    # 0.38 (0.25 to 0.59): SE 0.219 on the log scale, so 0.38 x 0.219 = 0.083 on the plain one.
    row = trial(hr=0.38, ci_low=0.25, ci_high=0.59, printed_se=0.083)
    found = only(row)
    assert "on the log scale it is 0.218" in found.mend.words
    assert mended(row, found).findings() == ()


def test_the_worst_comes_first() -> None:
    row = trial(**RADIANT, p_value=0.026, p_sides=1, events_control=9, n_control=8)
    assert [finding.severity for finding in row.findings()] == ["error", "note"]
    assert worst(row.findings()) == "error"
    assert worst(()) == ""


def test_a_severity_that_there_is_not_is_refused() -> None:
    with pytest.raises(EntryError, match=r"severity is 'warn'. Did you mean 'warning'"):
        Finding(key="", label="", kind="", severity="warn", message="")

"""Findings of a table: the bundled rows, exactly; the same trial twice; what does not belong in one model."""

from __future__ import annotations

from typing import Any

import pytest

from netmeta.evidence import Evidence, Trial, findings, load_trials
from netmeta.evidence.checks.twins import TWICE


def trial(study: str = "A", **values: Any) -> Trial:
    return Trial(**{"study": study, "experimental": "x", "control": "placebo", **values})


def kinds(*rows: Trial, pooled: bool = False) -> list[tuple[str, str]]:
    return [(finding.label, finding.kind) for finding in Evidence(rows).findings(pooled=pooled)]


# Label, endpoint and P as printed; each with the line of the evidence README that says so.
AGAINST = {
    ("RADIANT-3 chemotherapy-naive subgroup", "PFS", 0.0001),  # trap 12: central review
    ("SANET-p", "PFS", 0.0001),  # trap 12: BICR
}
# P values of unstated sides that are those of one side (trap 2, of more rows): 0.90 (0.56-1.46), 0.94 (0.73-1.20) and
# 0.73 (0.48-1.11) have z of 0.43, 0.49 and 1.47, one-sided P of .33, .31 and .071.
AS_ONE_SIDED = {("CABINET epNET", "OS", 0.34), ("RADIANT-3", "OS", 0.3), ("RADIANT-4", "OS", 0.071)}
ASYMMETRIC = {"Wolin 2015", "SPINET"}  # trap 12
# Trap 6 names SEQTOR (two rows) and Arnold; the data say the same of FNCLCC-FFCD 9710.
UNDIRECTED = {("SEQTOR", 1.16), ("SEQTOR", 1.2), ("Arnold 2005", 1.19), ("FNCLCC-FFCD 9710", 0.75)}
# Two of these print medians that point the other way: 22.7 and 19.4 beside 1.16; 5.5 and 14.1 beside 0.75.
TURNED = {("SEQTOR", 1.16), ("FNCLCC-FFCD 9710", 0.75)}


def test_the_bundled_rows_have_these_findings_and_no_others() -> None:
    evidence = load_trials()
    expected = [(row.key, "one-sided P") for row in evidence if row.p_sides == 1]
    assert len(expected) == 11  # data/README.md
    for row in evidence:
        printed = (row.label, row.endpoint, row.p_value)
        central = row.assessor == "central" or row.endpoint == "OS"
        expected += [(row.key, "P against interval")] * (printed in AGAINST | AS_ONE_SIDED and central)
        expected += [(row.key, "asymmetric interval")] * (row.label in ASYMMETRIC)
        expected += [(row.key, "direction not stated")] * ((row.label, row.hr) in UNDIRECTED)
        expected += [(row.key, "hazard ratio against medians")] * ((row.label, row.hr) in TURNED)
    assert len(expected) == 11 + 5 + 2 + 4 + 2
    assert sorted((found.key, found.kind) for found in evidence.findings()) == sorted(expected)


def test_only_one_sided_p_values_are_offered_as_such() -> None:
    evidence = load_trials()
    offered = {
        (found.label, evidence[found.key].endpoint, evidence[found.key].p_value)
        for found in evidence.findings()
        if found.mend is not None and found.mend.changes == (("p_sides", 1),)
    }
    assert offered == AS_ONE_SIDED


CABINET = {"hr": 0.38, "ci_low": 0.25, "ci_high": 0.59}


def test_the_same_numbers_under_another_name_are_told() -> None:
    (found,) = findings((trial("CABINET", **CABINET), trial("Chan 2025", **CABINET)))
    assert (found.label, found.kind) == ("Chan 2025", "same numbers twice")
    assert "exactly the numbers of CABINET" in found.message


def test_fewer_decimals_are_the_same_numbers() -> None:
    # NETTER-2 prints 0.276 (0.182 to 0.418); a press release would say 0.28 (0.18 to 0.42).
    rows = (trial("A", hr=0.276, ci_low=0.182, ci_high=0.418), trial("B", hr=0.28, ci_low=0.18, ci_high=0.42))
    assert kinds(*rows) == [("B", "same numbers twice")]
    other = trial("B", hr=0.28, ci_low=0.18, ci_high=0.43)
    assert kinds(rows[0], other) == []


@pytest.mark.parametrize("change", [{"study": "A"}, {"endpoint": "OS"}, {"control": "SSA"}, {"ci_high": 0.58}])
def test_the_same_study_or_other_numbers_are_not_the_same_trial_again(change: dict[str, Any]) -> None:
    second = trial("B", assessor="central", **CABINET).change(**change)
    assert findings((trial("A", **CABINET), second)) == ()


def test_rows_without_numbers_are_not_the_same_numbers() -> None:
    assert findings((trial("A"), trial("B"))) == ()


@pytest.mark.parametrize("study", ["A", "B"])
def test_swapped_arms_with_the_hazard_ratio_turned_round_are_told(study: str) -> None:
    # 1/0.38 = 2.63, 1/0.59 = 1.69, 1/0.25 = 4.00.
    turned = Trial(study=study, experimental="placebo", control="x", hr=2.63, ci_low=1.69, ci_high=4.0)
    assert (study, TWICE[1]) in kinds(trial("A", **CABINET), turned)
    assert (study, TWICE[1]) not in kinds(trial("A", **CABINET), turned.change(ci_low=1.75))


def test_generic_rows_are_compared_by_log_hr_and_se() -> None:
    swapped = Trial(study="B", experimental="placebo", control="x", log_hr=0.5, se=0.2)
    assert kinds(trial(log_hr=-0.5, se=0.2), swapped) == [("B", "same trial with its arms swapped")]
    assert kinds(trial(log_hr=-0.5, se=0.2), swapped.change(log_hr=0.51)) == []


def test_one_registry_number_under_two_names_is_told() -> None:
    rows = [trial(name, hr=hr, se=0.2, nct="NCT03375320") for name, hr in (("CABINET", 0.4), ("Chan", 0.5))]
    assert kinds(*rows) == [("Chan", "same registry number")]


def test_a_subgroup_beside_its_overall_is_told_unless_it_is_marked() -> None:
    overall = trial(**CABINET)
    part = trial(hr=0.5, ci_low=0.28, ci_high=0.89, subgroup="lung")
    (found,) = findings((overall, part))
    assert (found.label, found.kind) == ("A lung subgroup", "subgroup beside its overall")
    marked = part.change(**dict(found.mend.changes))
    assert kinds(overall, marked) == []
    assert kinds(overall, marked, pooled=True) == [("A lung subgroup", "subgroup beside its overall")]
    assert kinds(part) == []
    assert kinds(overall, part.change(endpoint="OS")) == []


def test_mixed_endpoints_and_assessors_are_told_of_what_is_pooled() -> None:
    rows = (
        trial("A", **CABINET, assessor="central"),
        trial("B", hr=0.5, se=0.2, assessor="investigator", endpoint="OS"),
    )
    assert kinds(*rows) == []
    assert kinds(*rows, pooled=True) == [("", "endpoints mixed"), ("", "assessors mixed")]
    assert kinds(*(row.change(endpoint="OS", assessor="central") for row in rows), pooled=True) == []


def test_ten_thousand_rows_of_one_comparison_are_looked_through() -> None:
    rows = [trial(f"T{at}", log_hr=at * 1e-4 - 0.5, se=0.2) for at in range(10_000)]
    assert kinds(*rows) == []
    assert kinds(*rows, trial("again", log_hr=-0.3, se=0.2)) == [("again", "same numbers twice")]

"""What to beware of: each caution appears where it should, stays away where it should, and in order."""

from __future__ import annotations

import math
import re
from typing import Any

import pytest

import netmeta as nm
from netmeta.report import cautions

SPREAD = (0.3, 0.5, 0.6, 0.7, 0.9)
ALIKE = (0.50, 0.51, 0.52, 0.50, 0.51)


def rows(*changes: dict[str, Any], hazard_ratios: tuple[float, ...] = SPREAD) -> nm.Evidence:
    """Make a trial for each hazard ratio, the first ones changed."""
    names = {"experimental": "x", "control": "placebo"}
    given = [*changes, *({} for _ in hazard_ratios)]
    return nm.Evidence(
        tuple(
            nm.Trial(**{"study": f"T{at}", **names, "log_hr": math.log(hr), "se": 0.1 + at / 100, **given[at]})
            for at, hr in enumerate(hazard_ratios)
        )
    )


def told(evidence: nm.Evidence, model: Any = None) -> dict[str, str]:
    found = cautions(nm.pool(evidence, model or nm.RandomEffects()))
    return {caution.kind: caution.message for caution in found}


def test_nothing_to_beware_of_is_nothing_said() -> None:
    assert cautions(nm.pool(rows())) == ()


EVIDENCE_KINDS: dict[str, tuple[tuple[dict[str, Any], ...], str]] = {
    "unverified": (({"verification": "unverified"},), "Not verified against a public source: T0."),
    "direction": (({"direction": "not stated"},), "does not say which arm the hazard ratio of T0 favours"),
    "same patients": (
        ({"study": "S"}, {"study": "S", "assessor": "central"}),
        "S stands with more than one row: the same patients are counted more than once.",
    ),
    "endpoints": (({"endpoint": "TTP"},), "Different endpoints are pooled as if they were one: TTP and PFS."),
    "class effect": (({"experimental": "z"},), r"2 different therapies (z and x). The pooled HR is a class effect"),
    "controls": (({"control": "SSA"},), "The control arms differ (SSA and placebo)"),
    "assessors": (
        ({"assessor": "central"}, {"assessor": "central"}, {"assessor": "investigator"}),
        "read by central review in 2 and by the investigators in 1",
    ),
    "crossover": (
        ({"endpoint": "OS", "notes": "85% placebo crossover."},),
        "crossed over to the study drug in T0: survival differences are diluted",
    ),
    "same numbers": (
        ({"log_hr": -0.5, "se": 0.2}, {"log_hr": -0.5, "se": 0.2}),
        "T1 prints exactly the numbers of T0",
    ),
}


@pytest.mark.parametrize("kind", EVIDENCE_KINDS)
def test_a_caution_about_the_trials_appears_for_its_own_reason(kind: str) -> None:
    changes, said = EVIDENCE_KINDS[kind]
    found = told(rows(*changes))
    assert said in found[kind]
    assert found.keys() <= {kind, "endpoints"}  # a survival row among others also mixes endpoints


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("unverified", ({"verification": "verified"}, {"verification": "entered"})),
        ("same patients", ({"study": "CABINET", "cohort": "epNET"}, {"study": "CABINET", "cohort": "pNET"})),
        ("assessors", ({"assessor": "central"}, {"assessor": "central"})),
        ("crossover", ({"notes": "85% placebo crossover."},)),  # progression is counted before crossover
        ("crossover", ({"endpoint": "OS", "notes": "No crossover before progression."},)),
        ("crossover", ({"endpoint": "OS", "notes": "Crossover was not permitted."},)),
        ("crossover", ({"endpoint": "OS", "notes": "Supported by the Red Cross; across 20 sites."},)),
        ("same numbers", ({"log_hr": -0.5, "se": 0.2}, {"log_hr": -0.5, "se": 0.21})),
    ],
)
def test_a_caution_stays_away_from_what_only_looks_alike(kind: str, changes: tuple[dict[str, Any], ...]) -> None:
    assert kind not in told(rows(*changes))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (({"study": "S"}, {"study": "S", "subgroup": "G1"}), "S stands .* are counted more than once"),
        (({"study": "S", "subgroup": "G1"}, {"study": "S", "subgroup": "lung"}), "S stands .* may be counted"),
        (({"study": "S"}, {"study": "S", "cohort": "pNET"}), "S stands .* are counted"),
        (({"study": "S"}, {"study": "S", "endpoint": "OS"}), "S stands .* are counted"),
        (({"study": "S"}, {"study": "S", "assessor": "central"}) * 2, "S stands"),
    ],
)
def test_rows_that_share_patients(changes: tuple[dict[str, Any], ...], said: str) -> None:
    apart = tuple({**change, "data_cut": str(at)} for at, change in enumerate(changes))
    found = told(rows(*apart))
    assert re.search(said, found["same patients"])


def test_the_bundled_cohorts_of_cabinet_are_not_the_same_patients() -> None:
    cabinet = nm.load_trials().where(study="CABINET", endpoint="PFS", use="primary")
    assert "same patients" not in told(cabinet)


def test_the_bundled_survival_results_name_the_trials_with_crossover() -> None:
    # The evidence README, trap 10: RADIANT-3, PROMID, SUN-1111 and CABINET against placebo; A021202 in its notes.
    survival = nm.select(nm.load_trials(), nm.Selection("OS", control="placebo")).evidence
    said = told(survival)["crossover"]
    assert "CABINET epNET, CABINET pNET, RADIANT-3, SUN-1111, PROMID and Alliance A021202:" in said
    assert "RADIANT-4" not in said


def test_different_drugs_against_placebo_are_a_class_effect() -> None:
    found = cautions(nm.pool(nm.select(nm.load_trials(), nm.Selection("PFS", control="placebo")).evidence))
    assert [caution.kind for caution in found] == ["class effect", "assessors"]
    assert "These trials test 6 different therapies" in found[0].message


def test_two_trials_show_the_common_effect_beside() -> None:
    # Equal precision: sqrt(0.4 x 0.6) = 0.49, 0.49 x exp(-+1.96 x 0.1 / sqrt(2)) = 0.43 to 0.56; t of 1 df is 12.7.
    pair = rows({"se": 0.1}, {"se": 0.1}, hazard_ratios=(0.4, 0.6))
    said = told(pair)["two trials"]
    assert "12.7 instead of 1.96. Under a common effect: HR 0.49 (0.43–0.56)." in said


def test_two_trials_at_another_level_or_by_wald_have_other_quantiles_or_none() -> None:
    # t of 1 df at 0.95 is 6.314, z 1.645.
    pair = rows(hazard_ratios=(0.4, 0.6))
    assert "6.31 instead of 1.64." in told(pair, nm.RandomEffects(level=0.9))["two trials"]
    assert "instead of" not in told(pair, nm.RandomEffects(interval="wald"))["two trials"]


@pytest.mark.parametrize(
    ("k", "kinds"), [(2, {"two trials"}), (3, {"few trials"}), (4, {"few trials"}), (5, set())]
)
def test_few_trials(k: int, kinds: set[str]) -> None:
    found = told(rows(hazard_ratios=SPREAD[:k]))
    assert found.keys() == kinds
    assert f"With {k} trials" in found.get("few trials", f"With {k} trials")


def test_few_trials_under_a_common_effect_have_no_variance_to_be_unsure_of() -> None:
    assert told(rows(hazard_ratios=ALIKE[:3]), nm.CommonEffect()) == {}


def test_a_common_effect_is_forced_where_q_exceeds_its_degrees_of_freedom() -> None:
    # ln(0.6/0.4) = 0.405, se 0.1 each: Q = 2 x 0.2027^2 / 0.01 = 8.2 on 1 df.
    pair = rows({"se": 0.1}, {"se": 0.1}, hazard_ratios=(0.4, 0.6))
    assert "(Q = 8.2 on 1 df): its interval is too narrow" in told(pair, nm.CommonEffect())["common effect"]
    assert told(rows(hazard_ratios=ALIKE), nm.CommonEffect()) == {}
    assert "common effect" not in told(pair)


@pytest.mark.parametrize("prediction", ["t(k-2)", "t(k-1) hartung-knapp"])
def test_plain_hartung_knapp_below_the_ordinary_standard_error(prediction: str) -> None:
    model = nm.RandomEffects(interval="hartung-knapp", prediction=prediction)
    assert "is below the ordinary one" in told(rows(hazard_ratios=ALIKE), model)["hartung-knapp"]


@pytest.mark.parametrize("interval", ["modified-hartung-knapp", "wald"])
def test_other_intervals_need_no_guard(interval: str) -> None:
    assert told(rows(hazard_ratios=ALIKE), nm.RandomEffects(interval=interval)) == {}


def test_plain_hartung_knapp_above_the_ordinary_standard_error_needs_no_caution() -> None:
    # One imprecise trial far away: Q = 11.1 x 0.775^2 + 400 x 0.0029 = 7.8 on 4 df while tau2 is 0, so its
    # standard error is sqrt(7.8 / 4) = 1.4 times the ordinary one.
    far = rows({"se": 0.3}, *({"se": 0.05},) * 4, hazard_ratios=(0.9, 0.4, 0.41, 0.42, 0.43))
    assert "hartung-knapp" not in told(far, nm.RandomEffects(interval="hartung-knapp"))


def test_a_standard_error_that_is_the_same_but_for_rounding_needs_no_caution() -> None:
    # At REML's tau2 the scale q is near 1 by its own estimating equation (exactly 1 with equal variances).
    assert told(rows(), nm.RandomEffects(interval="hartung-knapp")) == {}
    assert told(rows(*({"se": 0.1},) * 5), nm.RandomEffects(interval="hartung-knapp")) == {}


def test_the_most_important_caution_comes_first() -> None:
    everything = rows(
        {
            "verification": "unverified",
            "direction": "not stated",
            "study": "S",
            "endpoint": "OS",
            "notes": "crossed",
        },
        {"study": "S", "experimental": "z", "control": "SSA", "assessor": "central"},
        {"assessor": "investigator"},
    )
    found = cautions(nm.pool(everything, nm.CommonEffect()))
    assert [caution.kind for caution in found] == [
        *("unverified", "direction", "same patients", "endpoints", "class effect"),
        *("controls", "assessors", "crossover", "common effect"),
    ]


def test_a_trial_with_its_arms_swapped_is_told_among_the_same_numbers() -> None:
    swapped = {"experimental": "placebo", "control": "x", "log_hr": 0.5, "se": 0.2}
    found = told(rows({"log_hr": -0.5, "se": 0.2}, swapped))
    assert "T1 is T0 with its arms swapped" in found["same numbers"]

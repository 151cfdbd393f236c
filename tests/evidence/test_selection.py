"""One row for each trial: whose reading, verified, with a reason for each trial left out."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from netmeta.errors import SelectionError
from netmeta.evidence import Evidence, Selection, Trial, load_trials, select
from netmeta.evidence.populations import ANY_SITE
from netmeta.evidence.selection import ANY, PRIMARY, READERS, choices, opening, populations

BUNDLED = load_trials()
ENDPOINTS = sorted({trial.endpoint for trial in BUNDLED})


def answers(assessor: str = PRIMARY, endpoint: str = "PFS", **values: Any) -> dict[str, float | None]:
    rows = select(BUNDLED, Selection(endpoint, assessor=assessor, **values)).evidence
    return {trial.label: trial.hr for trial in rows}


def reasons(assessor: str = PRIMARY, endpoint: str = "PFS", evidence: Evidence = BUNDLED) -> dict[str, str]:
    left_out = select(evidence, Selection(endpoint, assessor=assessor)).left_out
    return {item.trial.label: item.reason for item in left_out}


def trial(study: str = "A", **values: Any) -> Trial:
    printed = {"hr": 0.5, "ci_low": 0.4, "ci_high": 0.6}
    return Trial(**{"study": study, "experimental": "x", "control": "placebo", **printed, **values})


# The evidence README, trap 4, and the rows of /data: HR by the trial's own primary reader, central, investigator.
@pytest.mark.parametrize(
    ("label", "primary", "central", "investigator"),
    [
        ("CABINET epNET", 0.38, 0.38, None),
        ("CABINET pNET", 0.23, 0.23, None),
        ("SANET-ep", 0.33, 0.66, 0.33),
        ("SANET-p", 0.491, None, 0.491),  # 0.339 by central review is not verified
        ("SUN-1111", 0.418, 0.315, 0.418),
        ("RADIANT-3", 0.35, 0.34, 0.35),
        ("AXINET", 0.816, 0.71, 0.816),
        ("Wolin 2015", None, None, 0.46),
    ],
)
def test_whose_reading_answers(
    label: str, primary: float | None, central: float | None, investigator: float | None
) -> None:
    assert tuple(answers(reader).get(label) for reader in READERS) == (primary, central, investigator)


def test_the_bundled_question_is_progression_free_survival_against_placebo() -> None:
    asked = opening(BUNDLED)
    assert asked == Selection("PFS", control="placebo")
    rows = select(BUNDLED, asked).evidence
    assert set(rows.labels) == {
        *("CABINET epNET", "CABINET pNET", "RADIANT-3", "RADIANT-4", "SUN-1111"),
        *("CLARINET", "SANET-p", "SANET-ep", "Alliance A021202"),
    }
    assert {row.endpoint for row in rows} == {"PFS"}


@pytest.mark.parametrize(("endpoint", "assessor"), list(product(ENDPOINTS, READERS)))
def test_what_answers_is_verified_whole_and_of_a_stated_direction(endpoint: str, assessor: str) -> None:
    selected = select(BUNDLED, Selection(endpoint, assessor=assessor))
    for row in selected.evidence:
        assert (row.endpoint, row.verification, row.direction) == (endpoint, "verified", "experimental/control")
        assert row.use in ("primary", "sensitivity")
        assert (row.subgroup, row.poolable) == ("", True)
    units = [(row.study, row.cohort, row.experimental, row.control) for row in selected.evidence]
    assert len(set(units)) == len(units)


@pytest.mark.parametrize(("endpoint", "assessor"), list(product(ENDPOINTS, READERS)))
def test_every_trial_left_out_has_a_reason_that_reads_on_one_line(endpoint: str, assessor: str) -> None:
    selected = select(BUNDLED, Selection(endpoint, assessor=assessor))
    assert {item.trial.label for item in selected.left_out}.isdisjoint(selected.evidence.labels)
    for item in selected.left_out:
        assert 10 < len(item.reason) < 120
        assert item.reason[0].islower()
        assert "\n" not in item.reason


def test_promid_answers_for_time_to_progression_alone() -> None:
    assert answers(endpoint="TTP") == {"PROMID": 0.34}
    assert reasons()["PROMID"] == "reports TTP and OS, not PFS"


@pytest.mark.parametrize(
    ("label", "endpoint", "assessor", "reason"),
    [
        ("SANET-p", "PFS", "central", "no verified result read by central review, only by investigator"),
        ("CABINET pNET", "PFS", "investigator", "no verified result read by the investigators, only by BICR"),
        ("SPINET", "PFS", PRIMARY, "not verified: hazard ratio; interval; P value"),
        ("Arnold 2005", "OS", PRIMARY, "the source does not say which arm its hazard ratio (1.19) favours"),
        ("SEQTOR", "PFS1", PRIMARY, "the source does not say which arm its hazard ratio (1.16) favours"),
        ("NETTER-3", "PFS", PRIMARY, "no result yet: the trial is ongoing"),
    ],
)
def test_why_a_trial_is_left_out(label: str, endpoint: str, assessor: str, reason: str) -> None:
    assert reasons(assessor, endpoint)[label] == reason


def test_who_stands_for_a_trial_that_is_left_out_is_its_row_on_the_endpoint() -> None:
    left_out = select(BUNDLED, Selection("PFS1")).left_out
    (row,) = [item.trial for item in left_out if item.trial.study == "SEQTOR"]
    assert (row.endpoint, row.hr) == ("PFS1", 1.16)


def test_who_stands_for_a_trial_of_another_endpoint_is_its_first_primary_row() -> None:
    (promid,) = [item.trial for item in select(BUNDLED, Selection("PFS")).left_out if item.trial.study == "PROMID"]
    assert (promid.endpoint, promid.hr) == ("TTP", 0.34)


def test_population_control_and_treatments_narrow_the_question() -> None:
    assert set(answers(population="pNET", control="placebo")) == {
        "CABINET pNET",
        "RADIANT-3",
        "SUN-1111",
        "SANET-p",
    }
    assert set(answers(treatments=("surufatinib",))) == {"SANET-p", "SANET-ep"}


def test_one_treatment_may_be_given_as_text_and_is_no_part_of_another_name() -> None:
    assert Selection(treatments="everolimus") == Selection(treatments=("everolimus",))  # type: ignore[arg-type]
    assert set(answers(treatments="everolimus")) == {"RADIANT-3", "RADIANT-4"}
    assert Selection(treatments="") == Selection()  # type: ignore[arg-type]


def test_treatments_in_a_list_can_be_remembered() -> None:
    assert set(answers(treatments=["sunitinib"])) == {"SUN-1111"}


def test_an_unknown_reader_is_suggested() -> None:
    with pytest.raises(SelectionError, match=r"no reader 'centrall'. Did you mean 'central'\?"):
        Selection(assessor="centrall")


def test_of_two_primary_rows_the_last_answers_and_the_other_is_named() -> None:
    old, new = trial(data_cut="2020"), trial(data_cut="2024", hr=0.55)
    selected = select(Evidence([old, new]), Selection())
    assert selected.evidence == Evidence([new])
    (left,) = selected.left_out
    assert left.trial == old
    assert left.reason == "another row of the same trial answers (2024)"


def test_the_primary_row_answers_before_a_sensitivity_row_of_the_same_reader() -> None:
    rows = [trial(assessor="central", use=use, data_cut=use) for use in ("primary", "sensitivity")]
    selected = select(Evidence(rows), Selection(assessor="central"))
    assert (selected.evidence, selected.left_out) == (Evidence(rows[:1]), ())


def test_only_a_sensitivity_analysis_is_no_primary_result() -> None:
    found = reasons(evidence=Evidence([trial(use="sensitivity", assessor="central")]))
    assert found == {"A": "no verified primary result, only a sensitivity analysis (central)"}


def test_only_a_superseded_result_is_said_to_be_one() -> None:
    assert reasons(evidence=Evidence([trial(use="superseded")])) == {"A": "only a result marked superseded"}


def test_subgroups_neither_answer_nor_stand_among_those_left_out() -> None:
    selected = select(Evidence([trial(subgroup="G1")]), Selection())
    assert (len(selected.evidence), selected.left_out) == (0, ())


def test_choices_are_those_of_rows_that_can_answer_most_frequent_first() -> None:
    rows = [
        trial("A"),
        trial("B", control="SSA"),
        trial("C", control="SSA"),
        trial("D", control="?", subgroup="G1"),
    ]
    assert choices(Evidence(rows), "control") == ("SSA", "placebo")
    assert choices(Evidence(rows), "population") == ()
    assert {"TTP", "PFS", "OS"} < set(choices(BUNDLED, "endpoint"))


def test_the_opening_question_of_other_evidence() -> None:
    assert opening(Evidence()) == Selection("PFS")
    assert opening(Evidence([trial(endpoint="OS")])) == Selection("OS", control=ANY)
    assert opening(Evidence([trial(endpoint="DFS", hr=None, ci_low=None, ci_high=None)])) == Selection("DFS")
    assert opening(Evidence([trial("A"), trial("B")])) == Selection("PFS", control="placebo")


def test_a_reader_first_replaces_a_row_where_the_trial_reports_it_and_loses_no_trial():
    primary, central = answers(), answers("central first")
    assert set(central) == set(primary)
    moved = {label: (primary[label], central[label]) for label in primary if primary[label] != central[label]}
    # data/trials.csv: the central readings of these four trials that were verified; SANET-p's was not.
    assert moved == {
        "RADIANT-3": (0.35, 0.34),
        "SUN-1111": (0.418, 0.315),
        "SANET-ep": (0.33, 0.66),
        "AXINET": (0.816, 0.71),
    }
    assert set(answers("investigator first")) >= set(primary)


def test_a_reader_first_who_is_not_there_leaves_the_primary_analysis():
    assert answers("investigator first")["CLARINET"] == 0.47


def test_extra_pancreatic_tumours_of_any_site_are_one_population():
    asked = answers(population=ANY_SITE)
    assert {"CABINET epNET", "RADIANT-4", "RADIANT-2", "SANET-ep", "Alliance A021202"} <= set(asked)
    assert not {"CABINET pNET", "CLARINET", "COMPETE", "RADIANT-3"} & set(asked)
    assert ANY_SITE in populations(BUNDLED)
    assert ANY_SITE not in populations(BUNDLED.where(population="pNET"))


def test_an_unknown_reader_is_refused_with_a_suggestion():
    with pytest.raises(SelectionError, match="Did you mean 'central first'"):
        Selection("PFS", assessor="central frist")

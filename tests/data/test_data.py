"""The bundled tables against their schema, `Trial`, their README, and figures copied from the sources."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from netmeta.evidence.trial import FIELDS, Trial

DATA = Path(__file__).resolve().parents[2] / "data"
DERIVED = ("log_hr", "se", "risk_of_bias")
UNPRINTED = {  # by no paper of the library
    *("favours", "o_minus_e", "logrank_v", "expected_experimental", "expected_control", "allocation", "route"),
    *("curve_experimental", "curve_control", "followup_min", "followup_max", "printed_log_hr", "printed_se"),
}
NUMBERS = {"integer": (int, r"\d+"), "number": (float, r"\d+(\.\d+)?")}
README = (DATA / "README.md").read_text(encoding="utf-8")


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def resource(name: str) -> dict:
    package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    return next(found for found in package["resources"] if found["name"] == name)


def trial(row: dict[str, str]) -> Trial:
    kinds = {field["name"]: NUMBERS.get(field["type"], (str,))[0] for field in resource_fields("trials")}
    return Trial(**{name: kinds[name](cell) for name, cell in row.items() if cell and name != "row_id"})


@cache
def resource_fields(name: str) -> tuple[dict, ...]:
    return tuple(resource(name)["schema"]["fields"])


@cache
def trials() -> dict[str, Trial]:
    return {row["row_id"]: trial(row) for row in table("trials.csv")}


def one(**wanted: object) -> Trial:
    found = [row for row in trials().values() if wanted.items() <= {n: getattr(row, n) for n in FIELDS}.items()]
    assert len(found) == 1, (wanted, [row.key for row in found])
    return found[0]


def complaints(cell: str, field: dict) -> list[str]:
    """A hand-made checker of the parts of Table Schema that datapackage.json uses."""
    rules = field.get("constraints", {})
    if not cell:
        return ["required"] if rules.get("required") else []
    value: object = cell
    if field["type"] in NUMBERS:
        kind, shape = NUMBERS[field["type"]]
        if not re.fullmatch(shape, cell):
            return ["type"]
        value = kind(cell)
    checks = {
        "enum": lambda allowed: value in allowed,
        "minimum": lambda least: value >= least,
        "maximum": lambda most: value <= most,
        "pattern": lambda pattern: re.fullmatch(pattern, cell),
        "required": lambda _: True,
        "unique": lambda _: True,
    }
    return [rule for rule, limit in rules.items() if not checks[rule](limit)]


# ---- the schema -------------------------------------------------------------------------------------


def test_the_columns_are_the_fields_of_trial() -> None:
    wanted = ["row_id", *(name for name in FIELDS if name not in {*DERIVED, *UNPRINTED})]
    assert list(table("trials.csv")[0]) == wanted


@pytest.mark.parametrize("name", ["trials", "outcomes", "treatments"])
def test_every_cell_meets_the_schema(name: str) -> None:
    rows, fields = table(f"{name}.csv"), resource_fields(name)
    assert list(rows[0]) == [field["name"] for field in fields]
    bad = [
        (number, field["name"], row[field["name"]], complaint)
        for number, row in enumerate(rows, start=2)
        for field in fields
        for complaint in complaints(row[field["name"]], field)
    ]
    assert bad == []
    for field in fields:
        if field.get("constraints", {}).get("unique"):
            cells = [row[field["name"]] for row in rows]
            assert len(set(cells)) == len(cells), field["name"]


@pytest.mark.parametrize(
    ("cell", "name", "complaint"),
    [
        ("", "study", "required"),
        ("0.3x", "hr", "type"),
        ("-1", "hr", "type"),
        ("1e5", "n_control", "type"),
        ("1001", "hr", "maximum"),
        ("0", "hr", "minimum"),
        ("3", "sides", "enum"),
        ("Primary", "use", "enum"),
        ("doi:10.1056/x", "doi", "pattern"),
        ("NCT123", "nct", "pattern"),
    ],
)
def test_the_checker_refuses(cell: str, name: str, complaint: str) -> None:
    field = next(field for field in resource_fields("trials") if field["name"] == name)
    assert complaint in complaints(cell, field)


def test_the_package_says_what_every_column_is() -> None:
    package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    assert package["profile"] == "tabular-data-package"
    assert package["sources"]
    assert [found["path"] for found in package["resources"]] == ["trials.csv", "outcomes.csv", "treatments.csv"]
    for found in package["resources"]:
        for field in found["schema"]["fields"]:
            assert field["title"], field
            assert field["description"].endswith("."), field
    scales = {field["name"]: field.get("scale", "") for field in resource_fields("trials")}
    assert all("hazard ratio" in scales[name] for name in ("hr", "ci_low", "ci_high"))
    units = {field["name"]: field.get("unit") for field in resource_fields("trials")}
    assert units["median_control"] == units["median_experimental_ci"] == "months"
    assert units["grade3_control"] == "percent of patients"


@pytest.mark.parametrize("name", ["trials.csv", "outcomes.csv", "treatments.csv"])
def test_no_cell_is_a_formula_or_has_stray_space(name: str) -> None:
    # p_relation is "=" by design; a lone "=" is text in every spreadsheet.
    for row in table(name):
        assert None not in row
        for column, cell in row.items():
            assert not cell.startswith(("+", "@", "-", "\t", "\r")), (column, cell)
            assert not cell.startswith("=") or (column, cell) == ("p_relation", "="), (column, cell)
            assert cell == cell.strip(), (column, cell)
            assert "\n" not in cell


def test_labels_of_treatments_are_those_of_the_trials() -> None:
    labels = {row["label"] for row in table("treatments.csv")}
    other = {row.study for row in trials().values() if not {row.experimental, row.control} <= labels}
    assert other == {"LUNA", "CONTROL NETs", "COMPOSE", "ACTION-1"}
    assert not any(row.hr for row in trials().values() if row.study in other)
    assert "investigator's choice" not in {row.control for row in trials().values()}
    assert one(study="COMPOSE").control != one(study="ACTION-1").control


# ---- counts and rules -------------------------------------------------------------------------------


def test_the_counts_of_the_evidence() -> None:
    rows = trials().values()
    assert len(table("trials.csv")) == 111
    assert len({row.study for row in rows}) == 39
    assert len(table("treatments.csv")) == 31
    with_hr = [row for row in rows if row.hr is not None]
    assert sum(row.verification == "verified" for row in with_hr) == 84
    assert sum(row.verification == "unverified" for row in with_hr) == 13
    assert sum(row.hr is None for row in rows) == 14


def test_no_unverified_number_is_in_a_default_selection() -> None:
    for row in trials().values():
        if row.hr is None:
            assert row.use == "no HR", row.key
        else:
            assert (row.use == "unverified") == (row.verification == "unverified"), row.key
        if row.use in ("unverified", "no HR"):
            assert row.use_note, row.key
        if row.use == "unverified":
            assert row.unverified, row.key
        if row.use in ("primary", "sensitivity"):
            assert row.poolable, row.key
            assert not row.subgroup, row.key
        if row.use == "subgroup":
            assert row.subgroup, row.key
        assert bool(row.subgroup) == (row.use == "subgroup" or row.label.startswith("CLARINET ")), row.key


def test_one_primary_row_for_a_trial_cohort_and_endpoint() -> None:
    primary = Counter((row.study, row.cohort, row.endpoint) for row in trials().values() if row.use == "primary")
    assert set(primary.values()) == {1}
    assert sum(primary.values()) == 33
    assert Counter(endpoint for _, _, endpoint in primary) == {"PFS": 19, "OS": 12, "TTP": 1, "PFS1": 1}


def test_the_rows_without_an_effect_are_these_and_say_why() -> None:
    lacking = [row for row in trials().values() if not row.poolable]
    assert all(row.log_hr is None and row.se is None and row.why_not_poolable for row in lacking)
    assert {row.study for row in lacking if row.hr is None} == {
        *("SANET pooled", "OCLURANDOM", "REMINET", "Faiss 2003", "Kolby 2003", "NET01", "Moertel 1992"),
        *("Yao 2008", "CONTROL NETs", "LUNA", "COMPOSE", "NETTER-3", "ACTION-1", "E1281"),
    }
    assert all(row.hr is None for row in lacking)
    assert one(study="OCLURANDOM").why_not_poolable == "no hazard ratio reported (12-month PFS 33/41 vs 18/43)"


def test_keys_are_unique_and_labels_read_well() -> None:
    rows = trials().values()
    assert len({row.key for row in rows}) == 111
    labels = {row.label for row in rows}
    for wanted in (
        *("CABINET epNET", "CABINET pNET", "CABINET GI subgroup", "CABINET lung/thymus subgroup", "SUN-1111"),
        *(
            "CABINET G3 subgroup",
            "SUN-1111 prior systemic therapy subgroup",
            "RADIANT-4 no prior SSA subgroup",
        ),
        *("COMPETE first-line subgroup", "RADIANT-3 chemotherapy-naive subgroup", "CLARINET midgut subgroup"),
        *("STARTER-NET", "Alliance A021202", "ECOG-ACRIN E2211", "FNCLCC-FFCD 9710", "Wolin 2015", "E1281"),
    ):
        assert wanted in labels
    assert not any("(" in label or "subgroup subgroup" in label for label in labels)
    assert {(row.study, row.cohort) for row in rows if row.cohort} == {
        ("CABINET", "epNET"),
        ("CABINET", "pNET"),
    }


def test_long_names_of_trials_are_kept_in_the_notes() -> None:
    long = {"SUN-1111": "A6181111", "AXINET": "GETNE-1107", "REMINET": "PRODIGE 31", "NET01": "Meyer 2014"}
    long |= {
        "FNCLCC-FFCD 9710": "Dahan 2009",
        "Wolin 2015": "C2303",
        "STARTER-NET": "JCOG1901",
        "E1281": "Sun 2005",
    }
    for row in trials().values():
        assert long.get(row.study, "") in row.notes, row.key


def test_every_row_can_be_traced() -> None:
    rows = trials().values()
    assert all(row.seen_at and row.data_cut for row in rows)
    assert {row.study for row in rows if not row.source} == {"NETTER-3", "ACTION-1"}
    assert {row.study for row in rows if not row.nct} == {
        *("Arnold 2005", "Faiss 2003", "Kolby 2003", "Moertel 1992", "FNCLCC-FFCD 9710", "E1281"),
    }
    assert {row.study for row in rows if not row.nct and not row.doi} == {"E1281"}
    assert {row.study for row in rows if row.year is None} == {"COMPOSE", "NETTER-3", "ACTION-1"}
    assert sum(bool(row.doi) for row in rows) == 111 - 42
    unread = {row.endpoint for row in rows if not row.assessor}
    assert unread == {"OS"}
    assert not any(row.assessor for row in rows if row.endpoint == "OS")
    unnamed = {row.study for row in rows if row.assessor and not row.assessor_as_printed}
    assert unnamed == {"NETTER-3", "ACTION-1"}


def test_keys_of_the_schema_hold() -> None:
    for name in ("trials", "outcomes", "treatments"):
        schema, rows = resource(name)["schema"], table(f"{name}.csv")
        keys = [row[schema["primaryKey"]] for row in rows]
        assert len(set(keys)) == len(keys)
        for key in schema.get("foreignKeys", ()):
            there = {row[key["reference"]["fields"]] for row in table(f"{key['reference']['resource']}.csv")}
            assert {row[key["fields"]] for row in rows} <= there
    assert resource("outcomes")["schema"]["foreignKeys"]


def test_every_file_is_a_resource_and_every_resource_a_file() -> None:
    package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    assert {found["path"] for found in package["resources"]} == {path.name for path in DATA.glob("*.csv")}


def test_treatments_have_class_and_mechanism() -> None:
    lacking = {row["label"] for row in table("treatments.csv") if not row["class"] or not row["mechanism"]}
    # A mixture of treatments has no one mechanism.
    assert lacking == {"investigator's choice"}
    assert {row["label"] for row in table("treatments.csv") if row["class"] == "control"} == {"placebo"}


# ---- responders and adverse events ----------------------------------------------------------------

SHARED = ("study", "cohort", "subgroup", "population", "experimental", "control", "data_cut")
ORIGIN = ("year", "source", "doi", "nct", "seen_at")


def test_outcomes_say_what_their_trials_row_prints_and_nothing_else() -> None:
    rows = {row["row_id"]: row for row in table("trials.csv")}
    seen = set()
    for row in table("outcomes.csv"):
        of = rows[row["trial_row"]]
        assert {name: row[name] for name in (*SHARED, *ORIGIN)} == {name: of[name] for name in (*SHARED, *ORIGIN)}
        response = row["outcome"] == "response"
        name, sign = ("response", "") if response else ("grade3", "%")
        for arm in ("experimental", "control"):
            assert row[f"{arm}_as_printed"] == f"{of[f'{name}_{arm}']}{sign}"
        assert row["definition"] == of["response_basis" if response else "grade3_definition"]
        seen.add((row["trial_row"], name))
    wanted = {(key, name) for key, row in rows.items() for name in ("response", "grade3") if row[f"{name}_control"]}
    assert seen == wanted


def test_numbers_of_outcomes_are_those_of_the_printed_words() -> None:
    for row in table("outcomes.csv"):
        for arm in ("experimental", "control"):
            events, number, percent, interval = (
                row[f"{name}_{arm}"] for name in ("events", "n", "percent", "interval")
            )
            parts = [f"{events}/{number}" if events else "", f"{percent}%" if percent else "", f"({interval})"]
            printed = row[f"{arm}_as_printed"]
            assert all(part in printed for part in parts if part != "()"), row["row_id"]
            left = printed
            for part in sorted(filter(None, parts), key=len, reverse=True):
                left = left.replace(part, "", 1)
            assert not re.search(r"\d", left), row["row_id"]
            assert bool(events) == bool(number)
            assert events or percent
            if events and percent:
                assert int(events) / int(number) * 100 == pytest.approx(float(percent), abs=0.51)


def test_one_primary_outcome_for_a_trial_and_cohort_and_it_was_seen() -> None:
    rows = [row for row in table("outcomes.csv") if row["use"] == "primary"]
    keys = Counter((row["study"], row["cohort"], row["outcome"]) for row in rows)
    assert set(keys.values()) == {1}
    for row in table("outcomes.csv"):
        assert (row["use"] == "unverified") == (row["verification"] == "unverified")
        assert bool(row["unverified"]) == (row["verification"] != "verified")
        assert (row["use"] == "subgroup") == bool(row["subgroup"])


def test_outcomes_that_the_trials_row_does_not_vouch_for_say_so() -> None:
    for row in table("outcomes.csv"):
        said = next(of["unverified"] for of in table("trials.csv") if of["row_id"] == row["trial_row"])
        word = "response" if row["outcome"] == "response" else "grade 3"
        vouched = re.sub(r"\([^)]*\)", "", said)
        if word in vouched:
            assert row["verification"] != "verified", row["row_id"]


# ---- figures, copied from the sources ------------------------------------------------

COHORTS = {
    "epNET": {
        "n": 203,
        "pfs": (0.38, 0.25, 0.59),
        "medians": ("8.4", "7.6-12.7", "3.9", "3.0-5.7"),
        "response": ("5%", "0%"),
        "os": (0.86, 0.56, 1.31),
        "crossover": "37%",
    },
    "pNET": {
        "n": 95,
        "pfs": (0.23, 0.12, 0.42),
        "medians": ("13.8", "9.2-18.5", "4.4", "3.0-5.9"),
        "response": ("19%", "0%"),
        "os": (0.95, 0.45, 2.00),
        "crossover": "52%",
    },
}


@pytest.mark.parametrize("cohort", COHORTS)
def test_cabinet_in_full(cohort: str) -> None:
    wanted = COHORTS[cohort]
    pfs = one(study="CABINET", cohort=cohort, endpoint="PFS", use="primary")
    assert (pfs.hr, pfs.ci_low, pfs.ci_high) == wanted["pfs"]
    assert (pfs.level, pfs.sides, pfs.assessor, pfs.assessor_as_printed) == (0.95, 2, "central", "BICR")
    assert (
        pfs.median_experimental,
        pfs.median_experimental_ci,
        pfs.median_control,
        pfs.median_control_ci,
    ) == wanted["medians"]
    assert pfs.n == wanted["n"]
    assert pfs.population == cohort
    assert (pfs.response_experimental, pfs.response_control) == wanted["response"]
    assert "confirmed" in pfs.response_basis
    assert pfs.comparison == "cabozantinib vs placebo"
    assert pfs.experimental_regimen == "cabozantinib 60 mg"
    assert pfs.grade3_experimental in (62, 65)
    assert pfs.grade3_control in (23, 27)
    for said in (
        *(
            "298 patients randomised 2:1",
            "Stopped early at an interim analysis",
            "60 mg daily",
            "paper gives ranges",
        ),
        *("62 to 65% vs 23 to 27%", "hypertension, fatigue, diarrhoea and thromboembolic events"),
        *("Quality of life was maintained or improved", "FDA (March 2025, patients of 12 years and older)"),
        *("European Commission (July 2025)", "two independent comparisons"),
    ):
        assert said in pfs.notes, said
    assert pfs.source.startswith("Chan JA et al., N Engl J Med 2025;392")
    assert pfs.source.endswith("653-665")
    assert (pfs.doi, pfs.nct) == ("10.1056/NEJMoa2403991", "NCT03375320")
    survival = one(study="CABINET", cohort=cohort, endpoint="OS", use="primary")
    assert (survival.hr, survival.ci_low, survival.ci_high) == wanted["os"]
    assert "mmature" in survival.notes
    assert wanted["crossover"] in survival.notes


def test_cabinet_has_298_patients_and_its_label_moved_four() -> None:
    cohorts = [one(study="CABINET", cohort=name, endpoint="PFS", use="primary") for name in COHORTS]
    assert sum(row.n for row in cohorts) == 298
    assert {row.grade3_experimental for row in cohorts} == {62, 65}
    assert {row.grade3_control for row in cohorts} == {23, 27}
    label = [row for row in trials().values() if row.study == "CABINET" and row.data_cut.startswith("FDA label")]
    assert {row.n for row in label} == {199, 99}
    assert not any(row.use == "primary" for row in label)


def test_cabozantinib_is_approved_as_the_evidence_says() -> None:
    row = next(row for row in table("treatments.csv") if row["code"] == "CABO")
    assert row["label"] == "cabozantinib"
    for said in ("FDA", "March 2025", "12 years and older", "European Commission, July 2025"):
        assert said in row["approvals"]


@pytest.mark.parametrize(
    ("wanted", "se"),
    [
        ({"study": "STARTER-NET", "endpoint": "PFS", "hr": 0.38, "level": 0.9991}, 0.280),
        ({"study": "Alliance A021202", "endpoint": "PFS", "hr": 0.53, "level": 0.9, "sides": 1}, 0.206),
        ({"study": "ECOG-ACRIN E2211", "endpoint": "OS", "hr": 0.82, "p_value": 0.42, "p_sides": 2}, 0.246),
    ],
)
def test_standard_errors_of_what_is_not_a_95_percent_interval(wanted: dict, se: float) -> None:
    assert one(**wanted).se == pytest.approx(se, abs=0.0005)


def test_levels_and_sides() -> None:
    other = {row.study for row in trials().values() if row.level != 0.95}
    assert other == {"STARTER-NET", "Alliance A021202"}
    assert [row.study for row in trials().values() if row.sides == 1] == ["Alliance A021202"]
    assert "90% CI" in one(study="OCLURANDOM").median_control_ci
    assert "90% CI" in one(study="REMINET").notes


@pytest.mark.parametrize(
    ("study", "endpoint", "p_value"),
    [("RADIANT-2", "PFS", 0.026), ("CALGB 80701", "PFS", 0.12), ("Alliance A021202", "OS", 0.32)],
)
def test_p_values_that_are_one_sided(study: str, endpoint: str, p_value: float) -> None:
    assert one(study=study, endpoint=endpoint, p_value=p_value).p_sides == 1


def test_sides_of_p_are_filled_only_where_stated() -> None:
    for row in trials().values():
        inferred = re.search(r"one-sided (by trial design|\(inferred|\(not verified)", row.notes)
        assert not (inferred and row.p_sides), row.key
    assert one(study="RADIANT-4", endpoint="PFS", use="primary").p_sides == 1


def test_readings_by_different_assessors() -> None:
    def read(study: str) -> dict[float, str]:
        rows = [
            row for row in trials().values() if row.study == study and row.endpoint == "PFS" and not row.subgroup
        ]
        return {row.hr: row.assessor for row in rows}

    assert read("SANET-ep") == {0.33: "investigator", 0.66: "central"}
    assert read("SANET-p") == {0.491: "investigator", 0.339: "central"}
    assert read("SUN-1111") == {
        0.418: "investigator",
        0.401: "investigator",
        0.315: "central",
        0.507: "investigator",
        0.427: "not stated",
    }


def test_direction_is_not_stated_for_these() -> None:
    rows = [row for row in trials().values() if row.direction != "experimental/control"]
    assert {(row.study, row.hr) for row in rows} == {
        ("SEQTOR", 1.16),
        ("SEQTOR", 1.2),
        ("Arnold 2005", 1.19),
        ("FNCLCC-FFCD 9710", 0.75),
    }
    assert all("irection not stated" in row.notes for row in rows)
    assert all("direction" in row.use_note for row in rows)


@pytest.mark.parametrize(
    ("study", "crossed"),
    [
        ("RADIANT-3", "85%"),
        ("PROMID", "88.4%"),
        ("SUN-1111", "69%"),
        ("RADIANT-2", "67%"),
        ("NETTER-1", "36%"),
    ],
)
def test_crossover_is_said(study: str, crossed: str) -> None:
    assert crossed in one(study=study, endpoint="OS", use="primary").notes


PRIMARY = (
    (("CABINET", "epNET", "PFS"), (0.38, 0.25, 0.59)),
    (("CABINET", "pNET", "PFS"), (0.23, 0.12, 0.42)),
    (("CABINET", "epNET", "OS"), (0.86, 0.56, 1.31)),
    (("CABINET", "pNET", "OS"), (0.95, 0.45, 2)),
    (("NETTER-1", "", "PFS"), (0.21, 0.13, 0.33)),
    (("NETTER-1", "", "OS"), (0.84, 0.6, 1.17)),
    (("NETTER-2", "", "PFS"), (0.276, 0.182, 0.418)),
    (("COMPETE", "", "PFS"), (0.67, 0.48, 0.95)),
    (("COMPETE", "", "OS"), (0.78, 0.53, 1.15)),
    (("RADIANT-2", "", "PFS"), (0.77, 0.59, 1)),
    (("RADIANT-2", "", "OS"), (1.17, 0.92, 1.49)),
    (("RADIANT-3", "", "PFS"), (0.35, 0.27, 0.45)),
    (("RADIANT-3", "", "OS"), (0.94, 0.73, 1.2)),
    (("RADIANT-4", "", "PFS"), (0.48, 0.35, 0.67)),
    (("RADIANT-4", "", "OS"), (0.73, 0.48, 1.11)),
    (("SUN-1111", "", "PFS"), (0.418, 0.263, 0.662)),
    (("SUN-1111", "", "OS"), (0.73, 0.5, 1.06)),
    (("PROMID", "", "TTP"), (0.34, 0.2, 0.59)),
    (("PROMID", "", "OS"), (0.83, 0.47, 1.46)),
    (("CLARINET", "", "PFS"), (0.47, 0.3, 0.73)),
    (("SANET-p", "", "PFS"), (0.491, 0.319, 0.755)),
    (("SANET-ep", "", "PFS"), (0.33, 0.22, 0.5)),
    (("AXINET", "", "PFS"), (0.816, 0.61, 1.091)),
    (("Alliance A021202", "", "PFS"), (0.54, 0.37, 0.79)),
    (("Alliance A021202", "", "OS"), (1.11, 0.73, 1.69)),
    (("ECOG-ACRIN E2211", "", "PFS"), (0.58, 0.36, 0.93)),
    (("SWOG S0518", "", "PFS"), (0.93, 0.73, 1.18)),
    (("CALGB 80701", "", "PFS"), (0.8, 0.55, 1.17)),
    (("COOPERATE-2", "", "PFS"), (0.99, 0.64, 1.54)),
    (("SEQTOR", "", "PFS1"), (1.16, 0.77, 1.75)),
    (("Arnold 2005", "", "OS"), (1.19, 0.67, 2.13)),
    (("STARTER-NET", "", "PFS"), (0.44, 0.28, 0.69)),
    (("STARTER-NET", "", "OS"), (0.74, 0.25, 2.24)),
)


@pytest.mark.parametrize(("where", "printed"), PRIMARY)
def test_primary_results_as_printed(where: tuple[str, ...], printed: tuple[float, ...]) -> None:
    study, cohort, endpoint = where
    row = one(study=study, cohort=cohort, endpoint=endpoint, use="primary")
    assert (row.hr, row.ci_low, row.ci_high) == printed
    assert (row.level, row.sides, row.verification) == (0.95, 2, "verified")


def test_the_control_arms_and_the_closed_loop() -> None:
    for study in ("NETTER-1", "NETTER-2", "Wolin 2015"):
        assert {row.control for row in trials().values() if row.study == study} == {"high-dose SSA"}
    assert {row.control for row in trials().values() if row.study == "CALGB 80701"} == {"everolimus + SSA"}
    edges = {frozenset((row.experimental, row.control)) for row in trials().values() if row.use == "primary"}
    loop = ("placebo", "everolimus", "everolimus + SSA", "SSA", "placebo")
    assert all(frozenset(pair) in edges for pair in pairwise(loop))


# ---- the README -------------------------------------------------------------------------------------


def counts(header: str) -> dict[str, int]:
    """Read the README's table of this first column: its names and numbers of rows."""
    block = README.split(f"| {header} | rows |", 1)[1].split("\n\n", 1)[0]
    return {name: int(number) for name, number in re.findall(r"^\| ([^|]+?) \| (\d+) \|", block, re.MULTILINE)}


@pytest.mark.parametrize("column", ["use", "verification", "assessor"])
def test_the_readme_counts_as_the_data_do(column: str) -> None:
    found = Counter(row[column] or "(empty)" for row in table("trials.csv"))
    assert counts(column) == found


def test_the_readme_counts_the_outcomes() -> None:
    rows = table("outcomes.csv")
    assert counts("outcome") == Counter(row["outcome"] for row in rows)
    assert counts("use of an outcome") == Counter(row["use"] for row in rows)
    assert counts("verification of an outcome") == Counter(row["verification"] for row in rows)
    assert f"{len(rows)} rows from {len({row['study'] for row in rows})} trials" in " ".join(README.split())


def test_the_readme_numbers_hold() -> None:
    rows = trials().values()
    routes = Counter(type(row.effect).__name__ for row in rows if row.poolable)
    assert routes == {"HazardRatioInterval": 93, "HazardRatioBound": 1, "HazardRatioP": 1, "HazardRatioEvents": 2}
    sides = Counter(row["p_sides"] for row in table("trials.csv"))
    assert (sides["1"], sides["2"]) == (11, 2)
    no_hr = [row for row in rows if row.hr is None]
    assert sum(row.verification == "verified" for row in no_hr) == 3
    text = " ".join(README.split())
    for said in (
        *(
            "111 rows from 39 trials",
            "31 treatments",
            "Of the 97 rows with a hazard ratio, 84 are verified and 13 are not",
        ),
        *(
            "Of the 14 without, 3 are verified",
            "97 rows have a standard error: by interval (93), by one limit (1), by P value (1), by events (2)",
        ),
        *(
            "19 of PFS, 12 of OS, 1 of TTP, 1 of PFS1",
            "11 rows have 1, 2 rows have 2",
            "not stated** in four rows",
        ),
    ):
        assert said in text, said


def test_the_readme_names_every_column_of_who_what_result_and_trust() -> None:
    named = set(re.findall(r"`(\w+)`", README))
    unnamed = {name for name in table("trials.csv")[0] if name not in named}
    in_words = ("n_", "events_", "median_", "response_", "grade3_")
    assert {name for name in unnamed if not name.startswith(in_words)} == set()

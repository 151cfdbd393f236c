"""RevMan 5 files and RevMan Web's data packages: time to event, subgroups, risk of bias; hostile XML and zips."""

from __future__ import annotations

import math

import pytest

import netmeta as nm
from netmeta.errors import SelectionError, TableError

from . import revman_files as files


def radiant() -> nm.Trial:
    return next(
        row
        for row in nm.load_trials()
        if row.study == "RADIANT-3" and row.use == "primary" and row.endpoint == "PFS"
    )


def test_generic_inverse_variance_gives_the_log_hazard_ratio_as_entered() -> None:
    trial = radiant()
    read = nm.read_table(files.rm5(files.iv(files.iv_row("RADIANT_x002d_3", trial.hr, trial.se, TOTAL_1="207"))))
    (row,) = read.evidence
    assert (row.log_hr, row.se) == pytest.approx((math.log(0.35), trial.se), rel=1e-12)
    assert (row.study, row.endpoint, row.experimental, row.control) == ("RADIANT-3", "PFS", "Everolimus", "placebo")
    assert (row.year, row.n_experimental, row.n_control) == (2011, 207, None)
    assert row.risk_of_bias == "Allocation concealment: low; Blinding: unclear"
    assert (row.doi, row.nct) == ("", "NCT00000001")


def test_o_minus_e_and_v_give_the_log_hazard_ratio_of_the_paper() -> None:
    read = nm.read_table(files.rm5(files.ipd(20)))
    assert len(read.evidence) == 20
    for row, (_, observed, v) in zip(read.evidence, files.pignon(20), strict=True):
        assert (row.log_hr, row.se) == pytest.approx((observed / v, v**-0.5), rel=1e-12)
        assert (row.endpoint, row.n, row.events_experimental) == ("OS", 101, 10)
    assert read.evidence[0].study == "Pitie-74"


def test_a_study_in_two_subgroups_is_a_subgroup_and_a_study_in_one_is_a_population() -> None:
    def subgroup(name: str, *rows: str) -> str:
        return f'<IV_SUBGROUP ID="x" NO="1"><NAME>{name}</NAME>{"".join(rows)}</IV_SUBGROUP>'

    once, twice = files.iv_row("Müller", 0.5, 0.2), files.iv_row("RADIANT_x002d_3", 0.4, 0.2)
    read = nm.read_table(files.rm5(files.iv(subgroup("pNET", once, twice), subgroup("epNET", twice))))
    found = {(row.study, row.subgroup, row.population, row.use) for row in read.evidence}
    assert found == {
        ("Müller", "", "pNET", "primary"),
        ("RADIANT-3", "pNET", "", "subgroup"),
        ("RADIANT-3", "epNET", "", "subgroup"),
    }


def test_what_is_given_takes_the_place_of_what_the_file_says() -> None:
    raw = files.rm5(files.iv(files.iv_row("Müller", 0.5, 0.2), name="Survival <I>of</I> all"))
    read = nm.read_table(raw, experimental="everolimus")
    assert (read.evidence[0].experimental, read.evidence[0].endpoint) == ("everolimus", "Survival of all")
    assert "column" not in str(read)
    for wrong in ({"mapping": {"a": "hr"}}, {"decimal": ","}):
        with pytest.raises(TableError, match="read it without mapping and decimal"):
            nm.read_table(raw, **wrong)
    with pytest.raises(SelectionError, match="no field 'endpont'"):
        nm.read_table(raw, endpont="OS")


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (files.iv(files.iv_row("Müller", 0.5, 0.2, ESTIMABLE="NO")), "not estimable"),
        (files.iv(files.iv_row("Müller", 0.5, 0)), "se is 0"),
        (files.iv(files.iv_row("Müller", 0.5, 0.2, SE="")), "SE is missing"),
        (files.iv(files.iv_row("Müller", 0.5, 0.2, SE="abc")), "'abc' is not a number"),
        (files.iv(files.iv_row("Müller", 0.5, 0.2, EFFECT_SIZE="0.7")), "and the file shows 0.7 beside it"),
        (files.iv(files.iv_row("Müller", 0.5, 0.2), logged="NO"), "are not logarithms"),
        (files.iv(files.iv_row("Müller", 0.5, 0.2), measure="Odds Ratio"), "'Odds Ratio', not a hazard ratio"),
        (
            '<DICH_OUTCOME EFFECT_MEASURE="RR"><NAME>Death</NAME><DICH_DATA/></DICH_OUTCOME>',
            "'RR', not a hazard ratio",
        ),
    ],
)
def test_what_cannot_be_read_is_listed_with_its_line(outcome: str, said: str) -> None:
    good = files.iv(files.iv_row("RADIANT_x002d_3", 0.4, 0.2), name="Overall survival")
    read = nm.read_table(files.rm5(outcome + good))
    assert read.evidence.labels == ("RADIANT-3",)
    assert said in read.refused[0].reason
    assert read.refused[0].place.startswith("line ")


BOMB = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
    f"<!ENTITY {chr(98 + at)} '{f'&{chr(97 + at)};' * 10}'>" for at in range(9)
)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (files.rm5(root=f"{BOMB}]>"), "declares a document type"),
        (files.rm5(root="<!DOCTYPE x SYSTEM 'file:///etc/passwd'>"), "declares a document type"),
        (files.rm5(root="<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>"), "declares a document type"),
        (files.rm5()[:-20], "The XML is damaged"),
        (files.rm5("<a>" * 300 + "</a>" * 300), "nested too deeply"),
        (b"<?xml version='1.0' encoding='klingon'?><COCHRANE_REVIEW/>", "The XML is damaged"),
        (files.rm5("&undeclared;"), "The XML is damaged"),
    ],
)
def test_hostile_xml_is_refused(raw: bytes, said: str) -> None:
    with pytest.raises(TableError, match=said):
        nm.read_table(raw)


HR = '1,1,Overall survival,A versus B,,,{kind},{logged},Everolimus,Placebo,Experimental,Control,IV,"{measure}"'


def setting(kind: str = "Contrast level", logged: str = "TRUE", measure: str = "Hazard Ratio") -> str:
    return HR.format(kind=kind, logged=logged, measure=measure)


def giv(study: str, log_hr: float, se: float, subgroup: str = "", mean: str = "") -> str:
    return (
        f"1,1,Overall survival,{subgroup},OVERALL,{study},2011,{log_hr!r},{se!r},,,,207,,,,203,,,5,{mean},,,a note"
    )


@pytest.mark.parametrize("nested", [False, True])
def test_a_data_package_is_read(nested: bool) -> None:
    trial = radiant()
    bias = "Study,Domain (judgement): Randomisation,Domain (support): x,Overall bias (judgement)\nRADIANT-3,Low risk,why,High risk\n"
    raw = files.package([giv("RADIANT-3", trial.log_hr, trial.se, mean="0.35")], [setting()], bias, nested=nested)
    (row,) = nm.read_table(raw).evidence
    assert (row.log_hr, row.se) == (trial.log_hr, trial.se)
    assert (row.endpoint, row.experimental, row.control, row.year, row.n) == ("OS", "A", "B", 2011, 410)
    assert row.risk_of_bias == "Randomisation: Low risk; Overall: High risk"
    assert row.notes == "RevMan analysis 1.1. a note"


def test_a_data_package_with_o_minus_e() -> None:
    rows = [
        f"1,1,Overall survival,,OVERALL,{name},1990,,,,,10,50,,,12,51,{observed},{v},5,,,,"
        for name, observed, v in files.pignon(10)
    ]
    read = nm.read_table(files.package(rows, [setting("O-E and variance", "FALSE")]))
    assert [(row.log_hr, row.se) for row in read.evidence] == [
        pytest.approx((observed / v, v**-0.5), rel=1e-12) for _, observed, v in files.pignon(10)
    ]
    assert read.evidence[0].events_control == 12


@pytest.mark.parametrize(
    ("row", "settings", "said"),
    [
        (giv("A", -0.5, 0.1), setting(measure="Risk Ratio"), "its measure is Risk Ratio"),
        (giv("A", 0.5, 0.1), setting(logged="FALSE"), "are not logarithms"),
        (giv("A", -0.5, 0.1, mean="0.9"), setting(), "shows 0.9 beside it"),
        (giv("A", -0.5, 0), setting(), "neither O-E with a variance nor"),
        (giv("A", -0.5, 0.1), "2,2,x", "its measure is not named"),
    ],
)
def test_rows_of_a_package_that_cannot_be_read(row: str, settings: str, said: str) -> None:
    read = nm.read_table(files.package([row, giv("B", -0.1, 0.2)], [settings]))
    assert said in read.refused[0].reason
    assert read.refused[0].place == "line 2"


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (files.zipped({"a.txt": b"x"}), "no RevMan data package"),
        (files.zipped({"x-data-rows.csv": b"0" * 210_000_000}), "bytes when unpacked"),
        (files.zipped({f"{at}": b"" for at in range(5001)}), "files in it"),
        (files.package([], [])[:200], "damaged"),
        (b"PK\x03\x04" + b"\0" * 100, "damaged"),
    ],
)
def test_hostile_zips_are_refused(raw: bytes, said: str) -> None:
    with pytest.raises(TableError, match=said):
        nm.read_table(raw)

"""Counts of the library: printed ones as printed, others found from percentages and said to be so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import netmeta as nm
from netmeta.errors import EntryError, SelectionError
from netmeta.evidence.arm_reading import allowed, read_arm
from netmeta.evidence.outcome_counts import GRADE3, RESPONSE
from netmeta.evidence.twobytwo import ArmCount, TwoByTwo

EVERYTHING = ("verified", "entered", "partly verified", "unverified")


@pytest.mark.parametrize(
    ("text", "events", "n"),
    [("18/101 (18%)", 18, 101), ("23.0% (20/87)", 20, 87), ("4/16", 4, 16), ("0/85 (0%)", 0, 85)],
)
def test_a_printed_count_is_taken_as_it_is(text, events, n):
    arm = read_arm(text, n=999)
    assert (arm.events, arm.n, arm.reconstructed, arm.approximate) == (events, n, False, False)


@pytest.mark.parametrize(
    ("text", "n", "events", "lowest", "highest"),
    [
        ("13.8%", 130, 18, 18, 18),  # 18 of 130 are 13.846%; 17 would be 13.1%.
        ("52%", 126, 66, 65, 66),  # 51.6% and 52.4%.
        ("0%", 69, 0, 0, 0),  # One of 69 would be 1.4%.
        ("12% (8-18)", 214, 26, 25, 26),
        ("100%", 20, 20, 20, 20),
    ],
)
def test_a_percentage_gives_the_counts_that_its_rounding_allows(text, n, events, lowest, highest):
    arm = read_arm(text, n)
    assert (arm.events, arm.lowest, arm.highest) == (events, lowest, highest)
    assert arm.reconstructed
    assert not arm.approximate
    assert ("possible" in arm.in_words) == (lowest != highest)


def test_a_percentage_of_other_patients_is_called_approximate():
    arm = read_arm("27%", 69)  # 18 of 69 are 26.1%, 19 are 27.5%.
    assert (arm.events, arm.lowest, arm.highest) == (19, None, None)
    assert arm.approximate
    assert arm.in_words == "19/69, nearest to 27%"


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.integers(0, 2))
def test_a_count_is_among_those_that_its_own_percentage_allows(pair, decimals):
    events, n = pair
    text = f"{100 * events / n:.{decimals}f}"
    low, high = allowed(float(text), decimals, n)
    assert low <= events <= high
    arm = read_arm(f"{text}%", n)
    assert arm.lowest <= arm.events <= arm.highest
    assert f"{100 * arm.events / n:.{decimals}f}" == text or arm.lowest != arm.highest


@pytest.mark.parametrize(("text", "n", "said"), [("NR", 10, "neither"), ("5%", None, "size of the arm")])
def test_what_gives_no_count_is_refused(text, n, said):
    with pytest.raises(EntryError, match=said):
        read_arm(text, n)


@pytest.mark.parametrize(("events", "n"), [(-1, 10), (11, 10), (0, 0), (1.5, 10), (True, 10)])
def test_impossible_counts_are_refused(events, n):
    with pytest.raises(EntryError):
        ArmCount(events=events, n=n)


def test_cells_and_zero_cells():
    table = TwoByTwo.of("a", 0, 10, 3, 12)
    assert table.cells == (0, 10, 3, 9)
    assert table.zero
    assert not table.double_zero
    assert TwoByTwo.of("a", 0, 10, 0, 12).double_zero
    assert TwoByTwo.of("a", 10, 10, 12, 12).double_zero
    assert table.swapped.swapped == table


def test_only_verified_rows_are_taken_by_default():
    found = nm.counts_of(RESPONSE)
    assert {table.verification for table in found} == {"verified"}
    reasons = {one.study: one.reason for one in found.left_out}
    assert reasons["NETTER-1"].startswith("partly verified: denominators by arm")
    assert reasons["RADIANT-4"] == "unverified: response"
    assert "SUN-1111" not in reasons


def test_partly_verified_rows_come_on_demand_and_stay_marked():
    found = nm.counts_of(RESPONSE, verification=(*nm.evidence.outcome_counts.TRUSTED, "partly verified"))
    netter = found.of("NETTER-1")
    assert (netter.treated.events, netter.treated.n) == (18, 101)
    assert netter.verification == "partly verified"
    assert "denominators" in netter.unverified


def test_cabinet_prints_percentages_and_says_so():
    found = nm.counts_of(GRADE3, verification=EVERYTHING)
    cabinet = found.of("CABINET epNET")
    assert (cabinet.treated.printed, cabinet.untreated.printed) == ("62%", "27%")
    assert (cabinet.treated.n, cabinet.untreated.n) == (134, 69)
    assert cabinet.reconstructed
    assert cabinet.approximate
    assert "CABINET epNET" in found.approximate
    assert any("nearest count" in said and "CABINET epNET" in said for said in found.provenance)


def test_a_count_found_by_an_unverified_arm_size_is_not_verified():
    left_out = {one.study: one.reason for one in nm.counts_of(RESPONSE).left_out}
    assert left_out["CABINET pNET"] == "partly verified: arm sizes"


@pytest.mark.parametrize(
    ("reconstruction", "there"), [("none", set()), ("exact", {"AXINET"}), ("nearest", {"AXINET", "CABINET epNET"})]
)
def test_reconstruction_is_a_choice(reconstruction, there):
    found = nm.counts_of(GRADE3, reconstruction=reconstruction)
    assert {"AXINET", "CABINET epNET"} & {table.study for table in found} == there


def test_trials_of_the_evidence_are_asked_for_in_their_order():
    analysis = nm.Analysis()
    found = nm.counts_of(GRADE3, analysis.selected, verification=EVERYTHING)
    assert [table.study for table in found] == ["CABINET epNET", "CABINET pNET", "Alliance A021202"]
    assert {table.key for table in found} <= set(analysis.selected.keys)
    missing = {one.study: one.reason for one in found.left_out}
    assert missing["RADIANT-3"] == "no grade 3 or higher adverse events in the library"


def test_an_entered_trial_brings_its_own_numbers():
    mine = nm.Trial(
        study="Mine", experimental="a", control="b", hr=0.5, ci_low=0.3, ci_high=0.8, n_experimental=50,
        n_control=50, response_experimental="10/50", response_control="8%", grade3_experimental=44.0,
        grade3_control=20.0,
    )  # fmt: skip
    response, harm = (nm.counts_of(outcome, nm.Evidence((mine,))).tables[0] for outcome in (RESPONSE, GRADE3))
    assert (response.treated.events, response.untreated.events) == (10, 4)
    assert (response.treated.reconstructed, response.untreated.reconstructed) == (False, True)
    assert (harm.treated.events, harm.untreated.events) == (22, 10)


def test_names_that_do_not_exist_are_refused_with_a_hint():
    with pytest.raises(SelectionError, match="Did you mean 'response'"):
        nm.counts_of("responses")
    with pytest.raises(SelectionError, match="verification"):
        nm.counts_of(RESPONSE, verification=("checked",))
    with pytest.raises(SelectionError, match="reconstruction"):
        nm.counts_of(RESPONSE, reconstruction="nearly")


def test_every_row_of_the_library_is_counted_or_left_out_by_name():
    for outcome in (RESPONSE, GRADE3):
        found = nm.counts_of(outcome)
        rows = [
            row for row in nm.load_outcomes() if row.outcome == outcome and row.use in {"primary", "unverified"}
        ]
        assert len(found) + len(found.left_out) == len(rows)


def test_it_shows_as_words_and_a_table():
    found = nm.counts_of(GRADE3)
    assert str(found).startswith("Counts of grade 3 or higher adverse events: 5 trials.")
    assert "AXINET" in found._repr_html_()
    assert list(found.to_frame()["events_experimental"]) == [table.treated.events for table in found]
    assert repr(found) == "Counts(grade 3 or higher adverse events, 5 trials)"

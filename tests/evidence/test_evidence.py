"""A set of trials: ordered, without duplicates, quick at 10,000 rows, and helpful about names."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from typing import Any

import pytest

from netmeta.errors import EntryError, SelectionError
from netmeta.evidence import Evidence, Selection, Trial, load_trials, select


def trial(study: str, **values: Any) -> Trial:
    return Trial(**{"study": study, "experimental": "x", "control": "placebo", **values})


A, B = trial("A", hr=0.5, ci_low=0.4, ci_high=0.6), trial("B", endpoint="OS", year=2020)
TWO_ROWS = trial("A", endpoint="OS")
EVIDENCE = Evidence((A, B, TWO_ROWS))


def test_order_length_and_membership() -> None:
    assert list(EVIDENCE) == [A, B, TWO_ROWS]
    assert len(EVIDENCE) == 3
    assert A in EVIDENCE
    assert "B" in EVIDENCE
    assert trial("B") not in EVIDENCE
    assert A.change(notes="other") not in EVIDENCE
    assert "C" not in EVIDENCE


def test_a_row_by_position_label_or_key_and_a_slice() -> None:
    assert EVIDENCE[0] is A
    assert EVIDENCE["B"] is B
    assert EVIDENCE[TWO_ROWS.key] is TWO_ROWS
    assert EVIDENCE[1:] == Evidence([B, TWO_ROWS])


def test_a_label_of_several_rows_asks_for_a_key() -> None:
    with pytest.raises(
        SelectionError, match=r"2 rows are called 'A'; name one by its key: A \| x \| placebo \| PFS; A"
    ):
        EVIDENCE["A"]


@pytest.mark.parametrize("name", ["Aa", "b"])
def test_a_misspelt_name_is_suggested(name: str) -> None:
    with pytest.raises(SelectionError, match=f"No trial is called '{name}'. Did you mean '{name[0].upper()}'"):
        EVIDENCE[name]


def test_a_name_that_is_no_text_is_refused() -> None:
    with pytest.raises(SelectionError, match="No trial is called '5'"):
        EVIDENCE.without(5)  # type: ignore[arg-type]


def test_add_without_and_replace_make_new_values() -> None:
    c = trial("C")
    assert EVIDENCE.add(c).labels == ("A", "B", "A", "C")
    assert EVIDENCE.without("A") == Evidence([B])
    assert EVIDENCE.without(A) == Evidence([B, TWO_ROWS])
    assert EVIDENCE.replace("B", c).labels == ("A", "C", "A")
    assert EVIDENCE.labels == ("A", "B", "A")


@pytest.mark.parametrize("again", [A, A.change(notes="seen twice")])
def test_the_same_row_twice_is_refused(again: Trial) -> None:
    with pytest.raises(EntryError, match=r"stands 2 times: A \| x \| placebo \| PFS. Leave one out"):
        EVIDENCE.add(again)


@pytest.mark.parametrize("wrong", ["AB", [A, None], 5, {"study": "A"}])
def test_what_is_no_trial_is_refused(wrong: Any) -> None:
    with pytest.raises(EntryError, match=r"Evidence is made of Trial values; got \w+"):
        Evidence(wrong)


def test_where_takes_a_value_or_several_and_keeps_the_order() -> None:
    assert EVIDENCE.where(endpoint="OS") == Evidence([B, TWO_ROWS])
    assert EVIDENCE.where(endpoint={"OS", "PFS"}, label=["A"]) == Evidence([A, TWO_ROWS])
    assert EVIDENCE.where(year=2020, poolable=False) == Evidence([B])
    assert EVIDENCE.where(label=[]) == Evidence()
    assert EVIDENCE.where() == EVIDENCE


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ({"endpont": "PFS"}, "no field 'endpont'. Did you mean 'endpoint'"),
        ({"endpoint": "PSF"}, "No trial has endpoint='PSF'. Did you mean 'PFS'"),
        ({"endpoint": ["OS", "PSF"]}, "No trial has endpoint='PSF'"),
        ({"year": 1066}, "No trial has year=1066. Choose from: '2020'"),
        ({"endpoint": [["PFS"]]}, r"No trial has endpoint=\['PFS'\]"),
    ],
)
def test_where_suggests_fields_and_values(condition: dict[str, Any], said: str) -> None:
    with pytest.raises(SelectionError, match=said):
        EVIDENCE.where(**condition)


def test_where_finds_nothing_in_nothing() -> None:
    assert Evidence().where(endpoint="PFS") == Evidence()


def test_equal_evidence_is_equal_and_hashes_alike() -> None:
    same = Evidence([A.change(notes=""), B, TWO_ROWS])
    assert same == EVIDENCE
    assert len({same, EVIDENCE}) == 1
    assert Evidence([B, A]) != Evidence([A, B])


def test_copies_and_pickles_are_equal() -> None:
    hash(EVIDENCE)
    again = (pickle.loads(pickle.dumps(EVIDENCE)), copy.copy(EVIDENCE), copy.deepcopy(EVIDENCE))  # noqa: S301
    assert set(again) == {EVIDENCE}


def test_a_pickle_hashes_as_its_own_process_does() -> None:
    # Python hashes text anew in each process: a remembered hash that travels would not find its equal there.
    hash(EVIDENCE)
    told = (
        "import pickle, sys; found = pickle.load(sys.stdin.buffer); from netmeta import Evidence; "
        "print(hash(found) == hash(Evidence(found.trials)))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", told], input=pickle.dumps(EVIDENCE), capture_output=True, check=True
    )
    assert ran.stdout.strip() == b"True"


def test_the_repr_counts() -> None:
    assert repr(load_trials()) == "Evidence(111 rows from 39 studies)"
    assert repr(Evidence([A])) == "Evidence(1 row from 1 study)"


def test_ten_thousand_rows() -> None:
    rows = [trial(f"T{at}", hr=0.5, ci_low=0.4, ci_high=0.6) for at in range(10_000)]
    evidence = Evidence(rows)
    hash(evidence)
    assert len(evidence.where(label=list(evidence.labels))) == 10_000
    assert len(select(evidence, Selection()).evidence) == 10_000

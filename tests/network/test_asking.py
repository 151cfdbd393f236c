"""A question to a network as a value: the part that answers, what stands apart, and assumptions that wait."""

from __future__ import annotations

import pytest

import netmeta as nm
from netmeta.network.asking import NetworkQuestion, answer, offered, rows_of

MERGE = nm.Merge("high-dose SSA", into="SSA")
ROWS = rows_of(nm.load_trials(), nm.Selection("PFS", control="placebo", treatments=("cabozantinib",))).evidence


def test_control_and_therapies_of_the_question_do_not_narrow_the_network():
    assert {"COMPETE", "NETTER-1", "RADIANT-2"} <= set(ROWS.labels)


def test_the_part_of_placebo_answers_where_nothing_is_asked():
    found = answer(ROWS, NetworkQuestion())
    assert found.result.reference == "placebo"
    assert {out.trial.label for out in found.apart} == {"NETTER-1", "NETTER-2", "ECOG-ACRIN E2211", "SWOG S0518"}
    assert found.offers == offered(ROWS) == (MERGE,)


def test_an_assumption_joins_and_stays_offered_so_that_it_can_be_taken_back():
    found = answer(ROWS, NetworkQuestion(assumptions=(MERGE,)))
    assert found.result.assumptions == (MERGE,)
    assert found.offers == (MERGE,)
    assert {out.trial.label for out in found.apart} == {"ECOG-ACRIN E2211", "SWOG S0518"}


def test_an_assumption_waits_while_its_trials_are_out():
    asked = NetworkQuestion(assumptions=(MERGE,))
    found = answer(ROWS.without("NETTER-1", "NETTER-2"), asked)
    assert found.result.assumptions == ()
    assert answer(ROWS, asked).result.assumptions == (MERGE,)


def test_the_part_of_the_reference_is_the_one_that_is_shown():
    found = answer(ROWS, NetworkQuestion("interferon + SSA", model=nm.CommonEffect()))
    assert found.result.treatments == ("bevacizumab + SSA", "interferon + SSA")


@pytest.mark.parametrize(
    ("asked", "said"),
    [(NetworkQuestion("everolimos"), "Did you mean 'everolimus'"), (NetworkQuestion("CAPTEM"), "CommonEffect")],
)
def test_what_cannot_be_answered_says_why(asked, said):
    with pytest.raises(nm.NetworkError, match=said):
        answer(ROWS, asked)


def test_no_trials_are_no_network():
    with pytest.raises(nm.NetworkError, match="at least one trial"):
        answer(nm.Evidence(()), NetworkQuestion())


@pytest.mark.parametrize("model", ["REML", None, 3])
def test_a_model_is_a_value(model):
    with pytest.raises(nm.NetworkError, match="RandomEffects"):
        NetworkQuestion(model=model)

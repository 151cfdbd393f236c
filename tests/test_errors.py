"""Messages end in what was probably meant."""

from __future__ import annotations

import pytest

from netmeta import errors

KINDS = (errors.EntryError, errors.SelectionError, errors.TableError, errors.PoolingError)


@pytest.mark.parametrize("kind", KINDS)
def test_every_error_is_a_netmeta_error_and_a_value_error(kind: type[Exception]) -> None:
    assert issubclass(kind, errors.NetmetaError)
    assert issubclass(kind, ValueError)


def test_a_near_miss_is_suggested_whatever_its_case() -> None:
    assert errors.hint("pfs", ["OS", "PFS"]) == " Did you mean 'PFS'?"


def test_without_a_near_one_all_choices_are_listed_once_in_order() -> None:
    assert errors.hint("zzzz", ["PFS", "OS", "PFS"]) == " Choose from: 'OS', 'PFS'."


def test_many_choices_are_cut_and_counted() -> None:
    said = errors.hint("?", [f"trial {at:03}" for at in range(30)])
    assert "'trial 019' and 10 more." in said
    assert "'trial 020'" not in said


def test_without_choices_there_is_no_hint() -> None:
    assert errors.hint("x", []) == ""


def test_a_long_name_is_cut() -> None:
    assert len(errors.hint("a" * 10_000, ["a" * 9_999])) < 200
    assert len(errors.shown("a" * 10_000)) == 80
    assert errors.shown("PFS") == "'PFS'"
    assert errors.clipped("two\nlines") == "two lines"

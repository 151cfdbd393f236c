"""The bundled library as Python sees it; tests/data checks the tables themselves."""

from __future__ import annotations

import pytest

from netmeta.errors import TableError
from netmeta.evidence import library, load_treatments, load_trials


def test_all_rows_of_all_trials_are_there() -> None:
    # The evidence README: 111 rows, 39 trials; 31 treatments.
    trials = load_trials()
    assert (len(trials), len({trial.study for trial in trials})) == (111, 39)
    assert len(load_treatments()) == 31


def test_the_library_is_read_once() -> None:
    assert load_trials() is load_trials()
    assert load_treatments() is load_treatments()


def test_primary_rows_are_verified_and_poolable() -> None:
    assert {(row.verification, row.poolable) for row in load_trials().where(use="primary")} == {("verified", True)}


def test_a_treatment_has_class_components_and_approvals() -> None:
    (cabozantinib,) = [one for one in load_treatments() if one.label == "cabozantinib"]
    assert cabozantinib.code == "CABO"
    assert cabozantinib.components == ("cabozantinib",)
    assert "2025" in cabozantinib.approvals  # the evidence README: FDA, March 2025; European Commission, July 2025


def test_every_pooled_treatment_is_in_the_library() -> None:
    labels = {one.label for one in load_treatments()}
    pooled = load_trials().where(use="primary")
    assert {name for row in pooled for name in (row.experimental, row.control)} <= labels


def test_missing_data_say_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setattr(library, "__file__", f"{tmp_path}/a/b/c.py")
    with pytest.raises(TableError, match="install netmeta again"):
        library._folder()

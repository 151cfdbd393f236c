"""The summary of findings: risks by arithmetic, the reader's certainty alone, and signals that follow the numbers."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

import netmeta as nm
from netmeta.errors import EntryError
from netmeta.state import State


def made(*ratios: float, endpoint: str = "PFS", **values) -> State:
    rows = (
        nm.Trial(study=f"T{at}", experimental="x", control="placebo", log_hr=math.log(hr), se=0.1, endpoint=endpoint,
                 n_experimental=60, n_control=40, **values)
        for at, hr in enumerate(ratios)
    )  # fmt: skip
    return State(nm.Evidence(tuple(rows)), nm.Selection(endpoint), frozenset(), nm.CommonEffect())


def test_risks_are_those_of_the_formula() -> None:
    # Two trials of 0.4 and 0.6 pool to sqrt(0.24) = 0.4899 (0.4265-0.5627). Of a control arm with half of its
    # patients free at 12 months, 0.5 ** 0.4899 = 0.7121 stay free: 288 of 1000 have the event (256-323).
    state = replace(made(0.4, 0.6), baseline=nm.Baseline(event_free=0.5, time=12))
    (row,) = nm.summary_of_findings(state).rows
    assert row.relative == "HR 0.49 (0.43–0.56)"
    assert (row.control, row.treated) == ("500", "288 (256–323)")
    assert (row.name, row.patients, row.trials) == ("Progression-free survival at 12 months", "200", 2)


def test_without_a_baseline_no_risk_is_made_up() -> None:
    found = nm.summary_of_findings(made(0.4, 0.6))
    assert (found.rows[0].control, found.rows[0].treated, found.rows[0].baseline) == ("–", "–", "")


def test_certainty_is_the_readers_and_never_made() -> None:
    state = made(0.4, 0.6)
    assert nm.summary_of_findings(state).rows[0].certainty.in_words == "Not judged."
    given = {"PFS": {"certainty": "moderate", "risk of bias": "serious", "why": "Open-label trials"}}
    (row,) = nm.summary_of_findings(state, certainty=given).rows
    assert row.certainty.in_words == "moderate. risk of bias: serious. Open-label trials."


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"PFS": {"bias": "x"}}, r"GRADE has no domain 'bias'"),
        ({"PFS": "low"}, r"The certainty of 'PFS' is 'low'; give domains"),
        ({"PFS": {"certainty": 3}}, r"The judgement on 'certainty' is 3; give it in words"),
    ],
)
def test_what_is_no_judgement_is_refused(given, message: str) -> None:
    with pytest.raises(EntryError, match=message):
        nm.summary_of_findings(made(0.4, 0.6), certainty=given)


def test_signals_follow_the_numbers() -> None:
    clear = " ".join(nm.summary_of_findings(made(0.4, 0.6)).rows[0].signals)
    assert "The confidence interval (0.43–0.56) excludes no difference." in clear
    assert "With 2 trials, small-study effects cannot be tested." in clear
    unclear = " ".join(nm.summary_of_findings(made(0.95, 1.05)).rows[0].signals)
    assert "includes no difference." in unclear
    assert "Open-label: 2 of 2." in " ".join(
        nm.summary_of_findings(made(0.4, 0.6, blinding="open-label")).rows[0].signals
    )
    many = " ".join(nm.summary_of_findings(made(*[0.5 + at / 100 for at in range(12)])).rows[0].signals)
    assert "small-study" not in many


def test_one_trial_is_not_pooled() -> None:
    (row,) = nm.summary_of_findings(made(0.5)).rows
    assert row.relative == "HR 0.50 (0.41–0.61)"
    assert "One trial: nothing shows how much trials differ." in row.signals


def test_the_bundled_trials_have_survival_and_counted_outcomes() -> None:
    analysis = nm.Analysis()
    rows = {row.outcome: row for row in nm.summary_of_findings(analysis).rows}
    assert list(rows)[:2] == ["PFS", "OS"]
    os = nm.pool(nm.select(analysis.evidence, nm.Selection("OS", control="placebo")).evidence)
    assert rows["OS"].relative.startswith(f"HR {os.hr:.2f} (")
    harm = rows["grade 3 or higher adverse events"]
    assert harm.relative.startswith("RR ")
    assert "printed percentages" in " ".join(harm.signals)


def test_a_trial_taken_out_is_out_for_every_outcome() -> None:
    analysis = nm.Analysis()
    before = {row.outcome: row.trials for row in nm.summary_of_findings(analysis).rows}
    analysis.toggle("RADIANT-3")
    after = {row.outcome: row.trials for row in nm.summary_of_findings(analysis).rows}
    assert (after["PFS"], after["OS"]) == (before["PFS"] - 1, before["OS"] - 1)


def test_it_is_a_table() -> None:
    frame = nm.summary_of_findings(nm.Analysis()).to_frame()
    assert {"outcome", "relative_effect", "risk_per_1000_control", "certainty", "signals"} <= set(frame.columns)

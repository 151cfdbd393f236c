"""The answer in words: directions, and the result's own numbers in the house style."""

from __future__ import annotations

import math
from typing import Any

import pytest

import netmeta as nm
from netmeta import numerals
from netmeta.report import description, figures, prediction, sentence, summary
from netmeta.report.words import endpoint_in_words, listed

PFS = nm.select(nm.load_trials(), nm.Selection("PFS", control="placebo")).evidence
RESULT = nm.pool(PFS)
# Two trials of equal precision pool to the geometric mean, sqrt(0.4 x 0.6) = 0.49; its standard error is
# 0.1 / sqrt(2) = 0.0707, its 95% interval 0.49 x exp(-+0.1386) = 0.4265 to 0.5627.
PAIR = (0.4, 0.6)


def evidence(*hazard_ratios: float, se: float = 0.1, **values: Any) -> nm.Evidence:
    names = {"experimental": "x", "control": "placebo"}
    return nm.Evidence(
        tuple(
            nm.Trial(**{**names, "study": f"T{at}", "log_hr": math.log(hr), "se": se, **values})
            for at, hr in enumerate(hazard_ratios)
        )
    )


def test_the_answer_by_hand() -> None:
    said = sentence(nm.pool(evidence(*PAIR, n_experimental=60, n_control=40), nm.CommonEffect()))
    assert said == (
        "Against placebo, x lowers the hazard of progression or death. HR 0.49 (95% CI 0.43–0.56), "
        "pooled from 2 comparisons with 200 patients."
    )


def test_the_answer_on_the_bundled_trials_has_the_numbers_of_the_result() -> None:
    said, ci = sentence(RESULT), RESULT.ci.exp()
    assert said.startswith("Against placebo, therapy lowers the hazard of progression or death.")
    assert f"HR {numerals.ratio(RESULT.hr)} (95% CI {numerals.ratio(ci.low)}–{numerals.ratio(ci.high)})" in said
    # Randomised: CABINET 203 + 95, RADIANT-3 410, RADIANT-4 302, SUN-1111 171, CLARINET 204, SANET-p 172,
    # SANET-ep 198, A021202 171.
    assert "9 comparisons with 1\u2009926 patients" in said


@pytest.mark.parametrize(
    ("hazard_ratios", "said"),
    [
        ((0.5, 0.5, 0.5), "x lowers the hazard of"),
        ((2.0, 2.0, 2.0), "x raises the hazard of"),
        (
            (0.5, 1.0, 2.0),
            "x may raise or lower the hazard of progression or death: these trials do not settle it.",
        ),
    ],
)
def test_the_direction_follows_the_interval(hazard_ratios: tuple[float, ...], said: str) -> None:
    assert said in sentence(nm.pool(evidence(*hazard_ratios)))


def test_the_level_is_said() -> None:
    said = summary(nm.pool(evidence(0.4, 0.5, 0.6), nm.RandomEffects(level=0.9)))
    assert "90% CI" in said
    assert "90% prediction interval" in said
    assert "95%" not in said.replace("chance that it is below 1 is 95%", "")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "from 2 comparisons."),
        ({"n_experimental": 1500, "n_control": 500}, "with 4\u2009000 patients."),
    ],
)
def test_patients_are_counted_where_they_are_known(values: dict[str, int], said: str) -> None:
    assert sentence(nm.pool(evidence(*PAIR, **values))).endswith(said)


def test_patients_not_known_for_all_trials_are_at_least_so_many() -> None:
    first, second = evidence(*PAIR)
    known = nm.Evidence((first.change(n_experimental=60, n_control=40), second))
    assert sentence(nm.pool(known)).endswith("with at least 100 patients.")


def test_mixed_controls_and_endpoints_are_named_as_such() -> None:
    first, second = evidence(*PAIR)
    mixed = nm.Evidence((first, second.change(control="SSA", endpoint="OS")))
    assert sentence(nm.pool(mixed)).startswith("Against control, x")
    assert "the hazard of mixed events (PFS and OS)" in sentence(nm.pool(mixed))


def test_the_prediction_has_the_numbers_and_the_convention_of_the_result() -> None:
    said = prediction(RESULT)
    assert RESULT.pi is not None
    pi = RESULT.pi.exp()
    assert (
        f"between {numerals.ratio(pi.low)} and {numerals.ratio(pi.high)} (95% prediction interval, t(k-2))" in said
    )


@pytest.mark.parametrize(
    ("hazard_ratios", "said"),
    [
        ((0.3, 0.3, 0.31, 0.29), "is over 99%."),  # never 100%
        ((3.0, 3.1, 2.9, 3.0), "is under 1%."),  # never 0%
        ((0.5, 1.0, 2.0), "is 50%."),  # symmetric about 1
    ],
)
def test_the_chance_in_a_new_trial_is_never_certain(hazard_ratios: tuple[float, ...], said: str) -> None:
    assert prediction(nm.pool(evidence(*hazard_ratios, se=0.05))).endswith(said)


@pytest.mark.parametrize("model", [nm.RandomEffects(), nm.CommonEffect(), nm.RandomEffects(prediction="none")])
def test_no_prediction_where_there_is_none(model: Any) -> None:
    hazard_ratios = PAIR if model == nm.RandomEffects() else (0.4, 0.5, 0.6)
    result = nm.pool(evidence(*hazard_ratios), model)
    assert prediction(result) == ""
    assert "prediction" not in summary(result)


def test_the_figures_are_those_of_the_result() -> None:
    said = figures(RESULT)
    assert said.startswith(f"k = 9, τ² = {RESULT.tau2:.3f} (95% CI ")
    low, high = RESULT.i2_ci.low, RESULT.i2_ci.high
    assert f"I² = {RESULT.i2:.0f}% (from τ², 95% CI {low:.0f}–{high:.0f}%)" in said
    assert f"Q = {RESULT.q:.1f} on 8 df, P = {RESULT.q_p:.3f}." in said
    assert said.endswith("Model: random effects (REML, modified Hartung-Knapp interval).")


def test_the_figures_of_a_common_effect_have_no_variance_between_trials() -> None:
    # Q = sum (y - mean)^2 / v = 2 x (ln(0.6/0.4)/2)^2 / 0.01 = 8.22; I2 = (8.22 - 1) / 8.22 = 88%.
    # ln H = 1.053 with standard error 1.053 / (sqrt(2 x 8.22) - 1) = 0.345: H2 from 2.13 to 31.8.
    said = figures(nm.pool(evidence(*PAIR), nm.CommonEffect()))
    assert said.startswith("k = 2, I² = 88% (from Q, 95% CI 53–97%), Q = 8.2 on 1 df, P = 0.004.")
    assert "τ²" not in said


def test_the_summary_is_answer_prediction_and_figures() -> None:
    assert summary(RESULT) == f"{sentence(RESULT)} {prediction(RESULT)} {figures(RESULT)}"


def test_the_description_has_every_trial_as_printed() -> None:
    said = description(RESULT)
    assert said.startswith("Forest plot. Pooled HR ")
    assert "CABINET epNET 0.38 (0.25–0.59); CABINET pNET 0.23 (0.12–0.42)" in said
    assert all(label in said for label in PFS.labels)


def test_names_are_joined_as_a_sentence_does() -> None:
    assert listed(("a",)) == "a"
    assert listed(("a", "b", "c")) == "a, b and c"
    assert listed(("a", "b", "c", "d"), most=2) == "a, b and 2 more"
    assert listed(()) == ""


def test_endpoints_are_named_by_the_event_they_count() -> None:
    assert endpoint_in_words("OS") == "death"
    assert endpoint_in_words("DFS") == "the event (DFS)"

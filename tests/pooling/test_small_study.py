"""Tests of small-study effects where numbers run out: gates, ties, equal sizes, missing counts; and their words."""

from __future__ import annotations

from dataclasses import replace
from math import exp, log, pi

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netmeta.errors import PoolingError
from netmeta.evidence import Evidence, Trial
from netmeta.pooling import (
    CommonEffect,
    RandomEffects,
    begg,
    d_fiv,
    egger,
    pool,
    selection_model,
    trim_and_fill,
)
from netmeta.pooling.gate import permitted
from netmeta.pooling.lines import Points, tau2_about
from netmeta.pooling.steps_likelihood import Selected, _profile, highest

VERBS = (egger, begg, d_fiv, trim_and_fill, selection_model)
SE = (0.11, 0.14, 0.17, 0.19, 0.22, 0.25, 0.29, 0.33, 0.36, 0.41, 0.45, 0.5)
Y = (-0.31, -0.22, -0.45, -0.02, -0.6, -0.15, -0.8, -0.33, -1.02, 0.05, -0.9, -1.2)


def evidence(y=Y, se=SE, **more) -> Evidence:
    pairs = enumerate(zip(y, se, strict=True))
    return Evidence(
        tuple(
            Trial(
                study=f"T{at}", experimental="a", control="b", log_hr=a, se=b,
                **{name: values[at] for name, values in more.items()},
            )
            for at, (a, b) in pairs
        )
    )  # fmt: skip


COUNTED = evidence(
    events_total=[round(4 / s**2) for s in SE], n_experimental=[200 + at for at in range(12)], n_control=[100] * 12
)


@pytest.mark.parametrize("verb", VERBS)
def test_below_ten_trials_a_reason_is_asked_for(verb):
    nine = Evidence(tuple(COUNTED)[:9])
    with pytest.raises(
        PoolingError, match=r'at least 10 trials, and there are 9.*Sterne 2011.*override="the reason'
    ):
        verb(nine)
    found = verb(nine, override="  asked for by\n a reviewer ")
    assert found.override == "asked for by a reviewer"
    assert "Caution: 9 trials" in str(found)
    assert "because: asked for by a reviewer" in str(found)


@pytest.mark.parametrize("verb", VERBS)
def test_from_ten_trials_on_no_reason_is_needed_and_none_is_kept(verb):
    found = verb(COUNTED, override="because")
    assert found.override == ""
    assert found == verb(COUNTED)
    assert found is verb(COUNTED)
    assert hash(found) == hash(verb(COUNTED))
    assert "Caution" not in str(found)
    assert found._repr_html_().startswith('<div class="netmeta-result">')


def test_a_notebook_shows_names_as_text():
    found = begg(Evidence(tuple(COUNTED)[:5]), override="<b>bold</b> & so on")
    assert "&lt;b&gt;bold&lt;/b&gt; &amp; so on" in found._repr_html_()


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("reason", ["", "   ", "...", "10"])
def test_a_reason_is_words(verb, reason):
    with pytest.raises(PoolingError, match="asks for at least 10"):
        verb(Evidence(tuple(COUNTED)[:5]), override=reason)


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("reason", [True, None, 3])
def test_a_reason_is_text(verb, reason):
    with pytest.raises(PoolingError, match="override is the reason in words"):
        verb(COUNTED, override=reason)


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("k", [0, 1, 2])
def test_two_trials_are_too_few_whatever_the_reason(verb, k):
    with pytest.raises(PoolingError, match=r"needs at least [23] trials"):
        verb(Evidence(tuple(COUNTED)[:k]), override="why not")


@pytest.mark.parametrize("verb", [egger, begg, d_fiv, trim_and_fill])
def test_three_trials_with_a_reason(verb):
    found = verb(Evidence(tuple(COUNTED)[:3]), override="to see the arithmetic")
    assert "3 trials" in str(found)


@pytest.mark.parametrize("verb", VERBS)
def test_only_evidence_is_tested(verb):
    with pytest.raises(PoolingError, match="takes an Evidence, not a list"):
        verb([1, 2, 3])


@pytest.mark.parametrize("verb", [egger, begg, trim_and_fill])
def test_trials_of_one_size_cannot_be_compared(verb):
    with pytest.raises(PoolingError, match="All 12 trials have the same standard error"):
        verb(evidence(se=[0.2] * 12))


def test_trim_and_fill_takes_a_given_side_where_sizes_are_the_same():
    found = trim_and_fill(evidence(se=[0.2] * 12), side="right")
    assert (found.side, found.side_given) == ("right", True)


def test_effects_on_one_line_leave_nothing_to_measure_chance_by():
    straight = evidence(y=[-0.1 - 2 * s for s in SE])
    with pytest.raises(PoolingError, match="all 12 trials lie on one straight line"):
        egger(straight)
    # tau2 is 0 and the sampling errors are still there: nothing is divided by 0.
    assert egger(straight, form="mixed").slope == pytest.approx(-2)


def test_identical_effects_have_no_ranks():
    with pytest.raises(PoolingError, match="same effect"):
        begg(evidence(y=[-0.3] * 12))


def test_trials_without_events_are_named():
    lacking = evidence(events_total=[None] * 7 + [30] * 5)
    with pytest.raises(
        PoolingError, match=r"7 of 12 trials have no number of events: T0, T1, T2, T3, T4 and 2 more"
    ):
        d_fiv(lacking)


def test_events_of_both_arms_are_summed_and_the_printed_total_comes_first():
    arms = evidence(events_experimental=range(20, 32), events_control=range(30, 42))
    assert d_fiv(arms).slope == d_fiv(evidence(events_total=range(50, 74, 2))).slope
    both = evidence(events_experimental=range(20, 32), events_control=range(30, 42), events_total=range(60, 84, 2))
    assert d_fiv(both).slope != d_fiv(arms).slope


def test_trials_without_patients_are_named():
    with pytest.raises(PoolingError, match=r"12 of 12 trials have no number of patients in both arms: T0"):
        egger(evidence(), predictor="1/n")


@pytest.mark.parametrize(
    ("verb", "wrong", "said"),
    [
        (egger, {"form": "mixd"}, "Did you mean 'mixed'"),
        (egger, {"predictor": "SE"}, "Did you mean 'se'"),
        (egger, {"form": None}, "no form None"),
        (trim_and_fill, {"estimator": "Q0"}, "no estimator 'Q0'"),
        (trim_and_fill, {"side": "rigth"}, "Did you mean 'right'"),
        (selection_model, {"alternative": "lesser"}, "Did you mean 'less'"),
        (selection_model, {"steps": (0.5, 0.025)}, "P values that rise"),
        (selection_model, {"steps": (0.025, 0.025)}, "P values that rise"),
        (selection_model, {"steps": ()}, "P values that rise"),
        (selection_model, {"steps": (1.0,)}, "P values that rise"),
        (selection_model, {"steps": (float("nan"),)}, "P values that rise"),
        (selection_model, {"steps": "half"}, "Steps are P values"),
        (selection_model, {"steps": None}, "Steps are P values"),
        (egger, {"model": "REML"}, "RandomEffects"),
        (d_fiv, {"level": 95}, "did you mean 0.95"),
    ],
)
def test_what_does_not_exist(verb, wrong, said):
    with pytest.raises(PoolingError, match=said):
        verb(COUNTED, **wrong)


def test_an_interval_without_a_trial_is_refused_with_steps_that_work():
    with pytest.raises(PoolingError, match=r"No trial .* between 0\.97 and 1, .* Take steps=\(0\.025,\)\."):
        selection_model(evidence(), steps=(0.025, 0.97))
    assert selection_model(evidence(), steps=(0.025,)).steps == (0.025,)
    with pytest.raises(PoolingError, match="No step divides these trials"):
        selection_model(evidence(), steps=(0.9,))


def test_a_step_of_1_at_the_end_changes_nothing():
    assert selection_model(evidence(), steps=(0.025, 1.0)) is selection_model(evidence(), steps=0.025)


def test_turning_the_effects_round_turns_everything_round():
    turned = evidence(y=[-y for y in Y])
    a, b = selection_model(evidence()), selection_model(turned, alternative="greater")
    assert (a.log_hr, a.lrt) == pytest.approx((-b.log_hr, b.lrt), rel=1e-9)
    assert egger(turned).slope == pytest.approx(-egger(evidence()).slope)
    left, right = trim_and_fill(turned), trim_and_fill(evidence())
    assert (left.side, right.side, left.missing) == ("left", "right", right.missing)
    assert left.adjusted.log_hr == pytest.approx(-right.adjusted.log_hr)


def test_the_filled_trials_mirror_the_outermost_ones():
    found = trim_and_fill(evidence(), CommonEffect(), estimator="R0")
    assert found.missing == len(found.filled) > 0
    centres = {round((trial.log_hr + found.overall.evidence[trial.key].log_hr) / 2, 12) for trial in found.filled}
    assert len(centres) == 1
    assert found.adjusted.k == 12 + found.missing
    assert pool(evidence(), CommonEffect()) is found.overall


def test_the_words():
    assert str(egger(evidence())).startswith("Egger's test (weighted regression): t = −")
    steeper = evidence(y=[y - s for y, s in zip(Y, SE, strict=True)])
    assert "smaller trials show lower hazard ratios" in str(egger(steeper))
    assert "z = " in str(egger(evidence(), RandomEffects(interval="wald", prediction="none"), form="mixed"))
    assert "no proof that they do not" in str(egger(evidence(y=(*Y[6:], *Y[:6]))))
    several = trim_and_fill(evidence(), CommonEffect(), estimator="R0")
    assert f"adds {several.missing} trials with hazard ratios above the pool" in str(several)
    assert "They are imagined" in str(several)
    assert "adds 1 trial with a hazard ratio above the pool" in str(replace(several, missing=1))
    assert "finds no trial missing" in str(replace(several, missing=0))
    assert "12 trials" not in str(begg(evidence()))
    assert "Chance of being seen" in str(selection_model(evidence()))


def test_a_line_that_rises_with_size_is_said_as_smaller_trials_lower():
    assert egger(COUNTED, predictor="n").limit is None
    assert egger(COUNTED, predictor="n").limit_hr is None
    assert egger(evidence()).limit_hr == exp(egger(evidence()).limit)


POINTS = st.lists(st.tuples(st.floats(-2, 2), st.floats(-3, 3), st.floats(0.1, 1)), min_size=4, max_size=12).filter(
    lambda rows: np.ptp([row[2] for row in rows]) > 0.05
)


@given(POINTS)
@settings(max_examples=40, deadline=None)
def test_the_line_is_at_the_top_of_its_likelihood(rows):
    """REML and ML about a line are no lower than anywhere on a dense grid of tau2."""
    y, v, x = (np.array(column) for column in zip(*rows, strict=True))
    points = Points(y, 10.0**v, x)
    grid = np.concatenate([[0.0], np.geomspace(1e-7, 1e4, 4000)])
    for method in ("REML", "ML"):
        found = tau2_about(points, RandomEffects(method))
        height = heights(points, np.append(grid, found), restricted=method == "REML")
        assert height[-1] >= height.max() - 1e-9 * max(1, abs(height[-1]))


def heights(points, tau2, *, restricted):
    """Log-likelihood of each tau2, the line profiled out: written out here, apart from the package."""
    w = 1 / (points.v + tau2[:, None])
    dx = points.x - (w * points.x).sum(1, keepdims=True) / w.sum(1, keepdims=True)
    dy = points.y - (w * points.y).sum(1, keepdims=True) / w.sum(1, keepdims=True)
    sxx = (w * dx**2).sum(1)
    slope = (w * dx * dy).sum(1) / sxx
    height = np.log(w).sum(1) - (w * (dy - slope[:, None] * dx) ** 2).sum(1)
    return (height - (np.log(w.sum(1)) + np.log(sxx) if restricted else 0.0)) / 2


@given(st.integers(0, 10_000), st.integers(10, 25), st.sampled_from([(0.025,), (0.05, 0.5)]), st.floats(0.3, 3))
@settings(max_examples=25, deadline=None)
def test_the_selection_model_is_at_the_top_of_its_likelihood(seed, k, steps, spread):
    """No lower than anywhere on a dense grid of means and tau2, with the best weights at each."""
    rng = np.random.default_rng(seed)
    se = np.exp(rng.uniform(-spread, 0, k)) * 0.6
    y = rng.normal(-0.2, np.hypot(se, 0.3 * rng.integers(0, 2)))
    selected = Selected.of(y, se**2, steps)
    if selected.counts.min() == 0:
        return
    top = highest(selected, common=False)
    if not top.settled:
        return
    gradient, _ = selected.slopes(top.at)
    assert np.abs(np.delete(gradient, 1)).max() < 1e-5
    means = np.linspace(y.min() - np.ptp(y) / 2, y.max() + np.ptp(y), 50)
    taus = np.concatenate([[0.0], np.geomspace(1e-4, 3, 18) * np.var(y)])
    weights, value = _profile(selected, *np.meshgrid(means, taus))
    inside = weights.max(-1) < 1e4
    assert top.log >= value[inside].max() - k / 2 * log(2 * pi) - 1e-9


def test_nearly_every_selection_model_has_a_top():
    rng = np.random.default_rng(7)
    settled = []
    for _ in range(60):
        se = rng.uniform(0.1, 0.6, 20)
        selected = Selected.of(rng.normal(-0.25, np.hypot(se, 0.2)), se**2, (0.025,))
        if selected.counts.min() > 0:
            settled.append(highest(selected, common=False).settled)
    assert len(settled) > 50
    assert np.mean(settled) > 0.9


@given(st.floats(0.01, 2), st.floats(-1, 1))
@settings(max_examples=20, deadline=None)
def test_units_and_origin_change_no_test(unit, origin):
    """A test of asymmetry asks how effects lean on their sizes: neither the unit nor where 0 is matters to it."""
    moved = evidence(y=[unit * y + origin for y in Y], se=[unit * s for s in SE])
    for verb in (egger, begg, lambda trials: egger(trials, form="mixed")):
        assert verb(moved).p_value == pytest.approx(verb(evidence()).p_value, rel=1e-6)
    a, b = (trim_and_fill(trials, CommonEffect()) for trials in (moved, evidence()))
    assert (a.missing, a.side) == (b.missing, b.side)
    assert a.adjusted.log_hr == pytest.approx(unit * b.adjusted.log_hr + origin, rel=1e-9, abs=1e-9)


def test_derivatives_of_the_selection_model_are_those_of_its_likelihood():
    selected = Selected.of(np.array(Y), np.array(SE) ** 2, (0.025, 0.3))
    at = np.array([-0.2, 0.05, -0.7, log(0.3)])
    gradient, hessian = selected.slopes(at)
    step = 1e-5
    for i in range(4):
        away = np.eye(4)[i] * step
        assert gradient[i] == pytest.approx(
            (selected.log(at + away) - selected.log(at - away)) / (2 * step), rel=1e-6
        )
        rise = (selected.slopes(at + away)[0] - selected.slopes(at - away)[0]) / (2 * step)
        assert hessian[i] == pytest.approx(rise, rel=1e-5, abs=1e-6)


def test_hundreds_of_trials_and_wide_scales():
    rng = np.random.default_rng(3)
    se = rng.uniform(0.05, 0.9, 400)
    many = evidence(y=rng.normal(-0.2, np.hypot(se, 0.2)), se=se)
    assert not begg(many).exact
    assert abs(selection_model(many).log_hr + 0.2) < 0.1
    assert trim_and_fill(many).adjusted.k >= 400
    apart = evidence(y=Y, se=np.geomspace(1e-6, 1e3, 12))
    for found in (egger(apart).p_value, begg(apart).p_value, egger(apart, form="mixed").p_value):
        assert 0 <= found <= 1


def test_the_gate_gives_back_the_reason_in_one_line():
    assert permitted(Evidence(tuple(COUNTED)[:4]), "It", "a\n b") == "a b"

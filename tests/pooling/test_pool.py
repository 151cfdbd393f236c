"""From Evidence to a result that remembers what it shows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from netmeta.errors import PoolingError
from netmeta.evidence import Evidence, Trial
from netmeta.pooling import CommonEffect, PooledResult, RandomEffects, fit, pool

Y, SE = (-0.51, 0.12, -0.88, 0.34, -0.20), (0.22, 0.28, 0.24, 0.31, 0.26)


def trial(name, log_hr=None, se=None):
    return Trial(study=name, experimental="drug", control="placebo", log_hr=log_hr, se=se)


def evidence(k=5):
    return Evidence(tuple(trial(f"T{i}", Y[i], SE[i]) for i in range(k)))


@pytest.mark.parametrize("model", [RandomEffects(), CommonEffect(level=0.9)], ids=str)
def test_pooling_evidence_is_fitting_its_numbers(model):
    found, expected = pool(evidence(), model), fit(Y, [s**2 for s in SE], model)
    assert {name: getattr(found, name) for name in type(expected).__dataclass_fields__} == {
        name: getattr(expected, name) for name in type(expected).__dataclass_fields__
    }
    assert (found.evidence, found.model, found.k) == (evidence(), model, 5)


def test_weights_are_in_the_order_of_the_evidence():
    forwards, backwards = pool(evidence()), pool(Evidence(tuple(reversed(tuple(evidence())))))
    assert forwards.weights == pytest.approx(tuple(reversed(backwards.weights)), rel=1e-12)
    assert forwards.weights[0] == max(forwards.weights)


def test_equal_questions_get_the_same_answer_object():
    assert pool(evidence()) is pool(evidence(), RandomEffects())
    assert pool(evidence()) is not pool(evidence(), RandomEffects(level=0.9))


def test_results_are_values():
    a = pool(evidence())
    b = replace(a)
    assert a is not b
    assert a == b
    assert hash(a) == hash(b)
    assert a != pool(evidence(), CommonEffect())
    assert a != replace(a, log_hr=0.0)


def test_every_field_is_a_plain_value():
    found = pool(evidence())
    for name in ("log_hr", "se", "tau2", "i2", "i2_q", "h2", "q", "q_p", "statistic", "p_value"):
        assert type(getattr(found, name)) is float, name
    assert {type(weight) for weight in found.weights} == {float}


def test_no_trials():
    with pytest.raises(PoolingError, match=r"at least 2 trials; there are none\. Add a trial"):
        pool(Evidence(()))


def test_one_trial_is_named():
    with pytest.raises(
        PoolingError, match=r"at least 2 trials; there is 1 \(T0\)\. Add a trial or widen the endpoint"
    ):
        pool(evidence(1))


def test_trials_without_a_hazard_ratio_are_named_five_at_most():
    bare = Evidence((*evidence(), *(trial(f"N{i}") for i in range(8))))
    with pytest.raises(PoolingError, match=r"8 of 13 trials .*: N0, N1, N2, N3, N4 and 3 more\."):
        pool(bare)


@pytest.mark.parametrize(
    "wrong", [pd.DataFrame({"log_hr": Y, "se": SE}), [1, 2], None], ids=["frame", "list", "None"]
)
def test_what_is_not_evidence_is_refused(wrong):
    with pytest.raises(PoolingError, match=rf"not a {type(wrong).__name__}.*Evidence\.from_frame"):
        pool(wrong)


@pytest.mark.parametrize("wrong", ["REML", RandomEffects, None])
def test_what_is_not_a_model_is_refused(wrong):
    with pytest.raises(PoolingError, match=r"RandomEffects.*CommonEffect"):
        pool(evidence(), wrong)


def test_ten_thousand_trials():
    rng = np.random.default_rng(1)
    y, se = rng.normal(-0.3, 0.2, 10_000), rng.uniform(0.05, 0.6, 10_000)
    many = Evidence(tuple(trial(f"T{i}", float(y[i]), float(se[i])) for i in range(10_000)))
    found = pool(many)
    assert found.log_hr == pytest.approx(-0.3, abs=0.02)


def test_the_text_says_what_was_pooled():
    text = str(pool(evidence()))
    assert "5 trials, random effects (REML, modified Hartung-Knapp interval)" in text
    assert "95% prediction interval, t(k-2)" in text
    assert "prediction" not in str(pool(evidence(2)))
    assert "(from Q, 90% CI 35–86%)" in str(pool(evidence(), CommonEffect(level=0.9)))
    assert text.count("from τ², 95% CI") == text.count("from Q, 95% CI") == 1
    assert "90% CI" in str(pool(evidence(), CommonEffect(level=0.9)))


def test_the_html_is_escaped():
    small = Evidence(tuple(trial(f"<b>{i}", -1.0 - i / 1000, 0.01) for i in range(3)))
    found = pool(small)
    assert isinstance(found, PooledResult)
    assert "P < 0.001" in str(found)
    assert "P &lt; 0.001" in found._repr_html_()
    assert "P < 0.001" not in found._repr_html_()
    assert "<b>" not in found._repr_html_()

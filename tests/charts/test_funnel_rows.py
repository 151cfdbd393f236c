"""The funnel plot as tables: where trials, contours and lines stand."""

from __future__ import annotations

from itertools import pairwise
from math import exp, log

import numpy as np
import pytest
from scipy.stats import norm

import netmeta as nm
from netmeta.charts.funnel_layout import funnel_signals
from netmeta.charts.funnel_rows import MOST, funnel_rows
from netmeta.pooling import CommonEffect


def evidence(k, seed=1):
    rng = np.random.default_rng(seed)
    se = rng.uniform(0.08, 0.6, k)
    return nm.Evidence(
        tuple(
            nm.Trial(
                study=f"T{at}", experimental="a", control="b", log_hr=float(rng.normal(-0.4 - s, s)), se=float(s)
            )
            for at, s in enumerate(se)
        )
    )


RESULT = nm.pool(evidence(14))


def path(table, kind):
    return [(row["hr"], row["se"]) for row in table.lines if row["kind"] == kind]


def test_every_trial_stands_at_its_hazard_ratio_and_standard_error():
    table = funnel_rows(RESULT)
    places = {row["id"]: (row["hr"], row["se"]) for row in table.rows}
    assert places == {trial.key: (exp(trial.log_hr), trial.se) for trial in RESULT.evidence}
    assert {row["kind"] for row in table.rows} == {"trial"}
    tip = next(row["tip"] for row in table.rows if row["label"] == "T0")
    assert tip.startswith("T0\na vs b\nHR ")
    assert all(table.axis.low <= row["hr"] <= table.axis.high and row["se"] <= table.top for row in table.rows)


def test_the_contours_are_where_a_trial_alone_has_that_p():
    table = funnel_rows(RESULT)
    edges = sorted({round(2 * norm.sf(abs(log(row[end])) / table.top), 9)
                    for row in table.regions if row["se"] == table.top and row["shade"] < 3 for end in ("low", "high")})  # fmt: skip
    assert edges == pytest.approx([0.01, 0.05, 0.10, 1.0])
    assert {(row["low"], row["high"]) for row in table.regions if row["se"] == 0 and row["shade"] < 3} == {
        (1.0, 1.0)
    }
    outer = [row for row in table.regions if row["shade"] == 3]
    assert min(row["low"] for row in outer) <= table.axis.low
    assert max(row["high"] for row in outer) >= table.axis.high


@pytest.mark.parametrize("k", [2, 3, 12, 100])
def test_regions_do_not_overlap(k):
    table = funnel_rows(nm.pool(evidence(k)))
    for se in (0.0, table.top):
        spans = sorted((row["low"], row["high"]) for row in table.regions if row["se"] == se)
        assert all(a[1] <= b[0] * (1 + 1e-12) for a, b in pairwise(spans))


def test_the_limits_hold_95_percent_around_the_pool():
    table = funnel_rows(RESULT)
    ends = [hr for hr, se in path(table, "limit") if se == table.top]
    assert ends == pytest.approx([RESULT.hr * exp(side * norm.ppf(0.975) * table.top) for side in (-1, 1)])
    assert path(table, "pooled") == [(RESULT.hr, 0.0), (RESULT.hr, table.top)]


@pytest.mark.parametrize("predictor", ["se", "variance"])
def test_eggers_line(predictor):
    line = nm.egger(RESULT.evidence, predictor=predictor)
    table = funnel_rows(RESULT, line=line)
    hr, se = path(table, "egger")[-1]
    size = table.top if predictor == "se" else table.top**2
    assert (log(hr), se) == pytest.approx((line.intercept + line.slope * size, table.top))
    assert path(table, "egger")[0] == pytest.approx((line.limit_hr, 0.0))


def test_imagined_trials_are_hollow_and_cannot_be_picked():
    filled = nm.trim_and_fill(RESULT.evidence, CommonEffect(), estimator="R0")
    table = funnel_rows(RESULT, filled=filled)
    hollow = [row for row in table.rows if row["kind"] == "filled"]
    assert len(hollow) == filled.missing > 0
    assert {row["id"] for row in hollow} == {""}
    assert "mirror image of T" in hollow[0]["tip"]
    assert path(table, "adjusted")[0][0] == filled.adjusted.hr


def test_the_key_says_what_is_drawn_and_no_more():
    texts = [row["text"] for row in funnel_rows(RESULT).key]
    assert texts == ["a trial", "pooled, 95% limits", "P > 0.10", "P 0.05–0.10", "P 0.01–0.05", "P < 0.01"]
    plain = funnel_rows(RESULT, contours=False, line=nm.egger(RESULT.evidence))
    assert [row["text"] for row in plain.key] == ["a trial", "pooled, 95% limits", "Egger's line"]
    assert plain.regions == ()


def test_the_caution_goes_by_the_number_of_trials():
    assert funnel_rows(nm.pool(evidence(9))).note.startswith("With 9 trials")
    assert "no proof" in funnel_rows(RESULT).note
    many = funnel_rows(nm.pool(evidence(MOST + 5)))
    assert len(many.rows) == MOST
    assert many.note == "The 1\u2009000 most precise of 1\u2009005 trials are drawn."


def test_ticks_are_round_and_few():
    for scale in (1e-3, 0.07, 0.2, 0.33, 0.52, 0.99, 1.4, 30):
        trials = [trial.change(se=trial.se * scale / 0.6) for trial in evidence(5)]
        table = funnel_rows(nm.pool(nm.Evidence(tuple(trials))))
        assert 3 <= len(table.ticks) <= 7
        assert table.ticks[0] == 0
        assert max(table.ticks) <= table.top


def test_other_trials_are_refused():
    other = evidence(12, seed=2)
    with pytest.raises(nm.PoolingError, match=r"draws 14 trials, and line was computed from other ones \(12\)"):
        funnel_rows(RESULT, line=nm.egger(other))
    with pytest.raises(nm.PoolingError, match="filled was computed from other ones"):
        funnel_rows(RESULT, filled=nm.trim_and_fill(other))


def test_a_line_over_patients_has_no_place():
    counted = nm.Evidence(
        tuple(trial.change(n_experimental=50 + at, n_control=50) for at, trial in enumerate(RESULT.evidence))
    )
    with pytest.raises(nm.PoolingError, match="no place for a line over '1/n'"):
        funnel_rows(nm.pool(counted), line=nm.egger(counted, predictor="1/n"))


def test_no_result_is_an_empty_plot():
    table = funnel_rows(None)
    assert table.tables == {"rows": [], "regions": [], "lines": [], "key": []}
    assert funnel_signals(table)["marks"] == 0

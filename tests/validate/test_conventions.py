"""The figures of docs/conventions.md are those of metafor, and of ours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from netmeta.errors import PoolingError
from netmeta.pooling import INTERVALS, PREDICTIONS, TAU2_METHODS, RandomEffects, fit
from netmeta.validate.reading import lines

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "conventions.md").read_text(encoding="utf-8")
# Where metafor has the numbers of each convention.
COLUMNS = {
    "t(k-2)": ("z", "pi_t2", "1", "2"), "t(k-1)": ("z", "pi_t1", "1", "2"), "normal": ("z", "predict", "_lb", "_ub"),
    "t(k-2) hartung-knapp": ("knha", "pi_t2_hk", "1", "2"), "t(k-1) hartung-knapp": ("knha", "predict", "_lb", "_ub"),
}  # fmt: skip


def table(head):
    """Rows of the table whose heading starts so, as lists of cells."""
    body = PAGE.split(f"| {head}")[1].split("\n\n")[0].splitlines()[2:]
    assert len(body) > 1
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in body]


def row_of(metafor, data, method, test):
    (row,) = metafor.rows(data, method=method, test=test, level=0.95)
    return row


def test_prediction_intervals(metafor):
    rows = table("`prediction=`")
    assert {re.search(r'"(.+)"', row[0])[1] for row in rows} == {*PREDICTIONS} - {"none"} == {*COLUMNS}
    for name, _, _, low, high, _ in rows:
        test, column, *ends = COLUMNS[re.search(r'"(.+)"', name)[1]]
        theirs = row_of(metafor, "bcg", "REML", test)
        assert (float(low), float(high)) == pytest.approx([theirs[column + end] for end in ends], abs=5.1e-4)


def test_intervals_of_the_mean(metafor):
    rows = table("`interval=`")
    assert [row[0].strip('`"') for row in rows] == list(INTERVALS)
    for _, low, high, test in rows:
        theirs = row_of(metafor, "hine1989", "REML", re.search(r'"(.+)"', test)[1])
        assert (float(low), float(high)) == pytest.approx((theirs["ci_lb"], theirs["ci_ub"]), abs=5.1e-5)


def test_i2_both_ways(metafor):
    for data, from_tau2, from_q in table("| from tau2"):
        theirs = row_of(metafor, data.strip("`"), "REML", "z")
        q, df = theirs["QE"], theirs["k"] - 1
        assert float(from_tau2.rstrip("%")) == pytest.approx(theirs["I2"], abs=0.051)
        assert float(from_q.rstrip("%")) == pytest.approx(100 * (q - df) / q, abs=0.051)


def test_an_estimate_outside_of_the_q_profile_interval(metafor):
    told = re.search(r"DL gives (\d+) and the interval is (\d+) to (\d+) \(REML gives (\d+)\)", PAGE)
    dl, reml = row_of(metafor, "normand1999", "DL", "z"), row_of(metafor, "normand1999", "REML", "z")
    theirs = (dl["tau2"], dl["tau2_lb"], reml["tau2_ub"], reml["tau2"])
    assert [float(x) for x in told.groups()] == pytest.approx(theirs, abs=0.51)
    assert dl["tau2_ub"] == pytest.approx(reml["tau2_ub"], rel=1e-12)


@pytest.mark.parametrize("line", lines("metafor", "stops"), ids=lambda line: line["data"])
def test_metafor_stops_below_the_highest_point_and_we_do_not(metafor, line):
    y, v = metafor.arrays(line["data"].removesuffix("_without_14"))
    if line["data"].endswith("_without_14"):
        y, v = y[:13] + y[14:], v[:13] + v[14:]
    found = fit(y, v, RandomEffects(line["method"], "wald")).tau2
    highest, low, high = (float(line[x]) for x in ("tau2_highest", "log_likelihood", "log_likelihood_highest"))
    assert found == pytest.approx(highest, rel=1e-8)
    assert float(line["tau2"]) == 0
    places = 4 if line["data"] == "two_optima" else 2
    assert f"higher at {highest:.3g} ({high:.{places}f} against {low:.{places}f})" in PAGE


def test_two_trials_have_a_prediction_interval_in_metafor_alone(metafor):
    theirs = row_of(metafor, "two_trials", "REML", "z")
    assert theirs["predict_lb"] < theirs["predict_ub"]
    for prediction in PREDICTIONS:
        assert fit(*metafor.arrays("two_trials"), RandomEffects("REML", "hartung-knapp", prediction)).pi is None


def test_hunter_and_schmidt_give_the_least_and_sidik_and_jonkman_alone_are_above_0(metafor):
    found = {method: row_of(metafor, "bcg", method, "z")["tau2"] for method in TAU2_METHODS}
    assert min(found, key=found.get) == "HS"
    assert f"For `bcg` it is {found['HS']:.3f}" in PAGE
    above = [method for method in TAU2_METHODS if row_of(metafor, "hine1989", method, "z")["tau2"] > 0]
    assert above == ["SJ"]


def test_what_is_refused():
    with pytest.raises(PoolingError, match="modified-hartung-knapp"):
        fit([0.3, 0.3, 0.3], [0.1, 0.2, 0.3], RandomEffects("REML", "hartung-knapp"))
    with pytest.raises(PoolingError, match="needs a Hartung-Knapp standard error"):
        RandomEffects("REML", "wald", "t(k-1) hartung-knapp")


def test_every_data_set_on_the_page_is_a_reference():
    known = {line["data"] for topic in ("metafor", "small_study") for line in lines(topic, "data")}
    named = set(re.findall(r"`([a-z_]+\d{4}[a-z]?|bcg|two_[a-z]+)`", PAGE)) - {"revman2025"}
    assert {
        "bcg",
        "li2007",
        "hine1989",
        "normand1999",
        "two_optima",
        "egger2001",
        "collins1985b",
        "dorn2007",
    } == named
    assert named <= known

"""Results as the last line of a cell: words, a short table, escaped HTML, one line of ``repr``, and a frame."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

import netmeta as nm
from netmeta.evidence.curves import PatientData, compare_arms
from netmeta.pooling import compare_priors
from netmeta.showing import ROWS, Table

PFS = nm.load_trials().where(endpoint="PFS", use="primary", control="placebo")
FAMILIES = {
    "leave_one_out": (nm.leave_one_out, "LeaveOneOut(9 fits, HR 0.39 to 0.43)"),
    "cumulative": (nm.cumulative, "Cumulative(9 fits, oldest first, HR 0.35 to 0.41)"),
    "influence": (nm.influence, "Influence(9 trials, 0 influential)"),
    "contribution": (nm.contribution, "Baujat(9 trials, Q = 9.9)"),
    "gosh": (nm.gosh, "Gosh(502 subsets, HR 0.30 to 0.52)"),
    "multiverse": (nm.multiverse, "Multiverse(242 analyses, HR 0.39 to 0.43)"),
}
HOSTILE = "<img src=x onerror=alert(1)>\n\u202e'\"&" + "a" * 500
TAGS = {"div", "br", "table", "caption", "thead", "tbody", "tr", "th", "td"}


class Reader(HTMLParser):
    """Collect the tags, their attributes and the text that a browser would show."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes, self.text = [], set(), []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data):
        self.text.append(data)


def trials(k, name="T"):
    made = (
        nm.Trial(study=f"{name}{at}", experimental="a", control="b", log_hr=-(at * 7 % 17) / 20, se=0.1 + at % 13 / 50, year=1990 + at % 30)
        for at in range(k)
    )  # fmt: skip
    return nm.Evidence(tuple(made))


def everything(evidence):
    """One result of every kind, with rows of those that have them."""
    families = [verb(evidence) for verb, _said in FAMILIES.values()]
    rows = [found.rows[0] for found in families if hasattr(found, "rows")]
    regression, groups = (
        nm.meta_regression(evidence, "~ year"),
        nm.subgroups(evidence, by=lambda trial: "odd" if trial.year % 2 else "even"),
    )
    priors, reason = compare_priors(evidence), {"override": "to see it"}
    return [
        *families, *rows, regression, nm.permutation_test(regression, most=100), groups, groups.groups[0],
        priors, priors.rows[0], priors.rows[0].trials[0], nm.pool(evidence), nm.egger(evidence, **reason),
        nm.begg(evidence, **reason), nm.trim_and_fill(evidence, **reason), nm.selection_model(evidence, **reason),
    ]  # fmt: skip


def kind(found):
    return type(found).__name__


PLAIN = everything(trials(12))


@pytest.mark.parametrize("name", FAMILIES)
def test_the_repr_is_one_short_line(name):
    verb, said = FAMILIES[name]
    assert repr(verb(PFS)) == said


@pytest.mark.parametrize("found", PLAIN, ids=kind)
def test_every_result_is_short_in_every_form(found):
    assert repr(found).startswith(f"{kind(found)}(")
    assert "\n" not in repr(found)
    assert len(repr(found)) < 200
    assert len(str(found)) < 4_000
    page = Reader(found._repr_html_())
    assert set(page.tags) <= TAGS
    assert page.attributes <= {"style", "class"}
    first = str(found).split("\n", maxsplit=1)[0]
    assert first in "".join(page.text)


@pytest.mark.parametrize("found", everything(trials(12, HOSTILE)), ids=kind)
def test_names_from_anyone_stay_text(found):
    page = Reader(found._repr_html_())
    assert set(page.tags) <= TAGS
    assert page.attributes <= {"style", "class"}
    assert "\n" not in repr(found)
    assert len(repr(found)) < 400
    assert str(found).partition("\n\n")[0].count("\n") == len(found._lines()) - 1
    table = str(found).partition("\n\n")[2] if hasattr(found, "rows") and kind(found) != "PriorComparison" else ""
    assert "\u202e" not in table
    assert all(len(line) < 200 for line in table.split("\n"))


@pytest.mark.parametrize(("view", "verb", "line"), [
    (nm.OmissionView, nm.leave_one_out, 0), (nm.CumulativeView, nm.cumulative, 1), (nm.BaujatView, nm.contribution, 0),
])  # fmt: skip
def test_the_words_are_those_of_the_view(view, verb, line):
    assert view(nm.Analysis(PFS)).said.text == str(verb(PFS)).split("\n")[line]


def test_the_table_is_aligned():
    said = str(nm.leave_one_out(PFS)).split("\n")
    assert said[2].split("  ")[0] == "Without"
    place = said[2].index("HR (95% CI)")
    assert said[4][place:].startswith("0.42 (0.35–0.50)")
    assert {line.rstrip()[-1] for line in said[3:]} == {"%"}
    assert len({len(line.rstrip()) for line in said[3:]}) == 1


def test_a_single_trial_has_no_spread_between_trials():
    line = next(line for line in str(nm.cumulative(PFS)).split("\n") if line.startswith("RADIANT-3"))
    assert line.endswith("< 0.001")


def test_of_many_rows_the_first_are_shown_and_the_rest_counted():
    found = nm.leave_one_out(trials(1000))
    assert str(found).count("\n") == 23
    assert str(found).endswith("These are the first 20 of 1\u2009000 rows; to_frame() has them all.")
    page = Reader(found._repr_html_())
    assert page.tags.count("tr") == ROWS + 1
    assert "These are the first 60 of 1\u2009000 rows; to_frame() has them all." in page.text
    assert len(found._repr_html_()) < 40_000
    assert len(found.to_frame()) == 1000


def test_a_baujat_of_random_effects_claims_no_share_of_q():
    assert "of all heterogeneity" not in str(nm.contribution(PFS, nm.RandomEffects()))
    assert "32% of all heterogeneity (Q = 9.9)" in str(nm.contribution(PFS))


@pytest.mark.parametrize("name", ["leave_one_out", "cumulative", "multiverse"])
def test_a_frame_has_every_row_and_the_very_numbers(name):
    found = FAMILIES[name][0](PFS)
    frame = found.to_frame()
    assert len(frame) == len(found.rows)
    for column, number in {
        "hr": lambda row: row.hr, "hr_low": lambda row: row.ci.exp().low, "hr_high": lambda row: row.ci.exp().high,
        "log_hr": lambda row: row.log_hr, "log_hr_se": lambda row: row.se, "log_hr_low": lambda row: row.ci.low,
        "log_hr_high": lambda row: row.ci.high, "p_value": lambda row: row.p_value, "tau2": lambda row: row.tau2,
        "i2_percent": lambda row: row.i2, "k": lambda row: row.k,
    }.items():  # fmt: skip
        assert frame[column].tolist() == [number(row) for row in found.rows], column
    assert str(frame["log_hr"].dtype) == "float64"


def test_frames_of_influence_and_baujat():
    found = nm.influence(PFS)
    frame = found.to_frame()
    assert frame["cov_ratio"].tolist() == [row.cov_r for row in found.rows]
    assert frame["weight_percent"].sum() == pytest.approx(100)
    assert frame["trial"].tolist() == list(PFS.labels)
    points = nm.contribution(PFS)
    assert points.to_frame()["heterogeneity"].sum() == pytest.approx(points.overall.q)


def test_the_frame_of_gosh_can_be_split_by_a_trial():
    found = nm.gosh(PFS)
    frame = found.to_frame()
    assert list(frame.columns) == ["k", "hr", "log_hr", "tau2", "i2_percent"]
    assert frame["log_hr"].tolist() == found.log_hr.tolist()
    assert len(frame[found.including("CLARINET")]) == 255


def test_the_frame_of_a_multiverse_says_what_was_asked():
    frame = nm.multiverse(PFS).to_frame()
    assert frame["prespecified"].tolist().count(True) == 1
    assert frame.loc[frame["prespecified"], "also"].tolist() == ["verified; primary"]
    assert set(frame.loc[frame["inclusion"] == "without CLARINET", "k"]) == {8}


def test_each_choice_of_a_multiverse_is_a_line():
    found = nm.multiverse(PFS)
    line = next(line for line in str(found).split("\n") if "common effect" in line)
    hrs = [row.hr for row in found.rows if row.method == "common"]
    assert line.split()[2] == str(len(hrs))
    assert f"{min(hrs):.2f}–{max(hrs):.2f}" in line
    assert "modified Hartung-Knapp (as asked)" in str(found)
    assert "to_frame() has them all" not in str(found)


def test_what_cannot_be_pooled_is_counted():
    found = nm.multiverse(trials(12))
    assert len(found.skipped) == 1
    assert "\n1 combination of choices cannot be pooled: see skipped.\n" in str(found)
    assert "cannot be pooled" not in str(nm.multiverse(PFS))


def test_frames_of_explanations():
    regression = nm.meta_regression(PFS, "~ year")
    assert regression.to_frame()["log_hr"].tolist() == [each.log_hr for each in regression.coefficients]
    tested = nm.permutation_test(regression, most=100)
    assert tested.to_frame()["permutation_p_value"].tolist() == list(tested.p_values)
    groups = nm.subgroups(PFS, by="assessor")
    assert groups.to_frame()["group"].tolist() == [group.name for group in groups.groups]
    priors = compare_priors(PFS)
    assert priors.to_frame()["new_trial_hr_high"].tolist() == [row.pi.exp().high for row in priors.rows]
    assert priors.rows[0].to_frame()["log_hr"].tolist() == [trial.effect.median for trial in priors.rows[0].trials]


def test_arms_and_curves():
    one = PatientData(times=(1, 2, 3, 5, 8), events=(1, 1, 0, 1, 0), label="<b>new")
    other = PatientData(times=(1, 1, 2, 3, 4), events=(1, 1, 1, 1, 0))
    found = compare_arms(one, other)
    assert repr(found).startswith("ArmComparison(HR ")
    assert str(found).startswith("From patient data: HR ")
    assert str(one) == "<b>new: patient data, 5 patients, 3 events, in months."
    assert "&lt;b&gt;new" in one._repr_html_()
    assert repr(found.survival[0]) == "Survival(5 patients, 3 events, median 5.0 (1.0 to not reached))"
    assert found.survival[0].to_frame()["survival"].tolist() == list(found.survival[0].survival)


def test_an_empty_table_has_its_headings():
    assert Table(("A", "B"), (), 0).as_text() == "A  B"

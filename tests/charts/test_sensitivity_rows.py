"""Charts of the sensitivity family as tables: rows against the pooling numbers, and the arithmetic of a brush."""

from __future__ import annotations

import json
import math
from itertools import pairwise

import numpy as np
import pytest
from scipy.stats import chi2

import netmeta as nm
from netmeta.charts.baujat_rows import HEIGHT, WIDTH, _box, _meet, baujat_rows, baujat_signals
from netmeta.charts.cumulative_rows import cumulative_rows
from netmeta.charts.curve_rows import COLUMNS, curve_rows, curve_signals
from netmeta.charts.gosh_rows import gosh_rows, gosh_signals
from netmeta.charts.influence_rows import PANELS, influence_rows, influence_signals
from netmeta.charts.narrow_axis import narrow_axis
from netmeta.charts.share_rows import inside, share_rows, share_signals
from netmeta.evidence.selection import opening

HOSTILE = [
    '<img src=x onerror="alert(1)">',
    "'; drop--",
    "datum.id",
    "𝔘" * 200,
    "a\nb",
    "\u202eright to left",
    "{{x}}",
]


def evidence(k, seed=3, names=None):
    rng = np.random.default_rng(seed)
    names = names or [f"T{at}" for at in range(k)]
    return nm.Evidence(
        tuple(
            nm.Trial(
                study=names[at],
                experimental="a",
                control="b",
                log_hr=rng.normal(-0.4, 0.3),
                se=rng.uniform(0.1, 0.4),
                year=1990 + at,
            )
            for at in range(k)
        )
    )


def of(table, kind):
    return [row for row in table.rows if row["kind"] == kind]


@pytest.fixture(scope="module")
def net():
    return nm.load_trials().where(endpoint="PFS", use="primary", control="placebo")


@pytest.fixture(scope="module")
def cloud():
    return nm.gosh(evidence(9))


@pytest.fixture(scope="module")
def universe():
    return nm.multiverse(nm.load_trials(), selection=opening(nm.load_trials()))


# ---- cumulative ------------------------------------------------------------------------------


def test_cumulative_lines_are_the_pools_so_far(net):
    found = nm.cumulative(net)
    lines = of(cumulative_rows(found), "trial")
    assert [line["id"] for line in lines] == [row.key for row in found.rows]
    assert [line["hr"] for line in lines] == pytest.approx([row.hr for row in found.rows])
    assert [line["n"] for line in lines] == [str(k) for k in range(1, 10)]
    assert lines[0]["treatment"] == "2011"
    assert [line["weight"] for line in lines][:2] == ["", "0%"]
    last, pooled = lines[-1], of(cumulative_rows(found), "pooled")[0]
    assert last["effect"] == pooled["effect"] == "0.41 (0.34–0.48)"


@pytest.mark.parametrize(
    ("order", "title", "first"),
    [
        ("precision", "SE of log HR", "0.130"),
        ("effect", "Its own HR", "0.23"),
        ("given", "", ""),
        ("year", "Year", "2011"),
    ],
)
def test_cumulative_says_what_it_is_ordered_by(net, order, title, first):
    table = cumulative_rows(nm.cumulative(net, order=order))
    assert of(table, "head")[0]["treatment"] == title
    assert of(table, "trial")[0]["treatment"] == first


# ---- influence -------------------------------------------------------------------------------


@pytest.mark.parametrize("k", [3, 12, 40])
def test_influence_cells_stand_where_their_numbers_are(k):
    found = nm.influence(evidence(k))
    table = influence_rows(found)
    assert table.lines == k
    assert len(of(table, "cell")) == k * len(PANELS)
    for at, panel in enumerate(PANELS):
        values = np.array([getattr(row, panel.field) for row in found.rows])
        places = np.array([cell["f"] for cell in of(table, "cell") if cell["panel"] == at])
        assert ((places > 0) & (places < 1)).all()
        if np.ptp(values) > 1e-12:
            slope = np.polyfit(values, places, 1)
            assert np.polyval(slope, values) == pytest.approx(places, abs=1e-9)
            assert slope[0] > 0


def test_influence_thresholds_are_those_that_flag():
    """metafor's rules (?influence.rma.uni): a mark beyond its dashed line is flagged, one within is not."""
    trials = evidence(10).add(nm.Trial(study="FAR", experimental="a", control="b", log_hr=1.6, se=0.08))
    found = nm.influence(trials, nm.RandomEffects(interval="wald"))
    table = influence_rows(found)
    seen = set()
    for field in ("dffits", "cook_d", "dfbetas", "weight"):
        at = next(place for place, panel in enumerate(PANELS) if panel.field == field)
        limits = [row["f"] for row in of(table, "rule") if row["panel"] == at and row["style"] == "threshold"]
        for cell in (cell for cell in of(table, "cell") if cell["panel"] == at):
            beyond = cell["f"] > max(limits) or (len(limits) == 2 and cell["f"] < min(limits))
            assert cell["flagged"] == beyond, (field, cell)
            seen.add(beyond)
    assert seen == {True, False}
    assert next(panel for panel in PANELS if panel.field == "cook_d").thresholds(11)[0] == pytest.approx(
        chi2.median(1)
    )
    assert [row["label"] for row in of(table, "trial") if row["flagged"]] == ["FAR"]
    assert "Beyond the rule of thumb: DFFITS, Cook's D" in of(table, "trial")[-1]["tip"]


def test_influence_ticks_do_not_touch():
    for k in (3, 9, 40):
        ticks = of(influence_rows(nm.influence(evidence(k))), "tick")
        for at in range(len(PANELS)):
            places = sorted(tick["f"] for tick in ticks if tick["panel"] == at)
            assert places
            assert all(high - low > 0.3 for low, high in pairwise(places))


# ---- Baujat ----------------------------------------------------------------------------------


def test_baujat_points_are_the_contributions(net):
    found = nm.contribution(net)
    rows = {row["id"]: row for row in baujat_rows(found).rows}
    assert {key: (row["x"], row["y"]) for key, row in rows.items()} == {
        row.key: (row.heterogeneity, row.influence) for row in found.rows
    }


@pytest.mark.parametrize("k", [3, 12, 100])
def test_baujat_names_cover_neither_names_nor_points(k):
    table = baujat_rows(nm.contribution(evidence(k)))
    dots = [(WIDTH * row["x"] / table.x_high, HEIGHT * (1 - row["y"] / table.y_high)) for row in table.rows]
    named = [at for at, row in enumerate(table.rows) if row["named"]]
    boxes = {
        at: _box(*dots[at], (table.rows[at]["align"], table.rows[at]["dy"]), table.rows[at]["label"])
        for at in named
    }
    assert named[0] == 0
    for at, box in boxes.items():
        assert not any(_meet(box, other) for place, other in boxes.items() if place != at)
        assert not any(
            box[0] < x < box[2] and box[1] < y < box[3] for place, (x, y) in enumerate(dots) if place != at
        )


def test_baujat_of_equal_trials_has_an_axis():
    alike = nm.Evidence(
        tuple(nm.Trial(study=f"T{at}", experimental="a", control="b", log_hr=0.2, se=0.2) for at in range(4))
    )
    table = baujat_rows(nm.contribution(alike))
    assert table.x_high > 0
    assert table.y_high > 0


# ---- GOSH ------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["i2", "tau2"])
def test_cells_count_every_subset_once(cloud, by):
    table = gosh_rows(cloud, by=by)
    assert sum(cell["n"] for cell in of(table, "cell")) == cloud.n
    spread = cloud.i2 if by == "i2" else cloud.tau2
    hr = np.exp(cloud.log_hr)
    for cell in of(table, "cell")[::17]:
        here = (hr >= cell["hr"] * (1 - 1e-9)) & (hr <= cell["hr_to"] * (1 + 1e-9))
        here &= (spread >= cell["spread"] - 1e-9) & (spread <= cell["spread_to"] + 1e-9)
        assert cell["n"] <= here.sum()
        assert cell["n"] > 0
    assert table.axis.low < hr.min() < hr.max() < table.axis.high


def test_cells_say_how_many_have_the_picked_trial(cloud):
    key = cloud.overall.evidence.keys[4]
    table = gosh_rows(cloud, picked=key)
    with_it = sum(cell["n"] * cell["share"] for cell in of(table, "cell"))
    assert with_it == pytest.approx(cloud.including(key).sum())
    for kind in ("top", "right"):
        bars = of(table, kind)
        assert max(bar["h"] for bar in bars) == 1
        ratio = sum(bar["h_with"] for bar in bars) / sum(bar["h"] for bar in bars)
        assert ratio == pytest.approx(cloud.including(key).mean())
    assert [row["text"] for row in of(table, "legend")] == ["■ subsets with T4", "■ subsets without"]
    assert not of(gosh_rows(cloud, picked="nobody"), "legend")


def test_a_cloud_is_never_sent_row_by_row():
    found = nm.gosh(evidence(16))
    assert found.n == 65_519
    assert len(json.dumps(gosh_rows(found, picked=found.overall.evidence.keys[0]).rows)) < 400_000


def test_the_cloud_has_two_axes_and_no_third(cloud):
    with pytest.raises(nm.SelectionError, match="Did you mean 'tau2'"):
        gosh_rows(cloud, by="tau")


@pytest.mark.parametrize(
    "region", [{"hr": (0.6, 0.8)}, {"spread": (40, 10)}, {"hr": (0.5, 0.75), "spread": (0, 20)}]
)
def test_brush_arithmetic(cloud, region):
    """A trial's share of a region, counted subset by subset."""
    low, high = sorted(region.get("hr", (0, math.inf)))
    floor, roof = sorted(region.get("spread", (-1, 101)))
    rows = [
        row for row in range(cloud.n)
        if low <= math.exp(cloud.log_hr[row]) <= high and floor <= cloud.i2[row] <= roof
    ]  # fmt: skip
    assert 0 < len(rows) < cloud.n
    table = share_rows(cloud, region)
    assert table.n == len(rows) == int(inside(cloud, region).sum())
    for row in of(table, "trial"):
        assert row["share"] == pytest.approx(sum(row["id"] in cloud.members(at) for at in rows) / len(rows))
        assert row["usual"] == pytest.approx(cloud.including(row["id"]).mean())
    gaps = [abs(row["share"] - row["usual"]) for row in of(table, "trial")]
    assert gaps == sorted(gaps, reverse=True)
    assert gaps[0] > 0.1


def test_without_a_brush_every_trial_is_in_half_of_the_subsets(cloud):
    table = share_rows(cloud)
    assert [row["id"] for row in of(table, "trial")] == list(cloud.overall.evidence.keys)
    # Of 2^9 subsets less ten that are too small, 2^8 less one have a given trial.
    assert {round(row["share"], 12) for row in of(table, "trial")} == {round(255 / 502, 12)}
    nobody = share_rows(cloud, {"hr": (50, 60)})
    assert nobody.n == 0
    assert all(row["share"] == 0 for row in of(nobody, "trial"))


# ---- specification curve ---------------------------------------------------------------------


def test_columns_are_the_analyses_in_order(universe):
    table = curve_rows(universe)
    columns = of(table, "column")
    assert len(columns) == universe.n == 594
    assert [column["y"] for column in columns] == sorted(column["y"] for column in columns)
    assert all(0 <= column["low"] <= column["y"] <= column["high"] <= 1 for column in columns)
    assert sum(column["tone"] == "settled" for column in columns) == round(universe.below_one * universe.n)
    assert "HR 0.41 (0.34–0.48)" in of(table, "own")[0]["text"]
    own = next(column for column in columns if column["tip"].endswith("Prespecified"))
    assert own["f"] == of(table, "own")[0]["f"]
    assert "The same trials as: each primary analysis, verified only" in own["tip"]


def test_the_matrix_says_which_analyses_made_a_choice(universe):
    table = curve_rows(universe)
    lines = {row["label"]: row for row in table.rows if row["kind"] == "choice"}
    covered = {
        label: sum(cell["f1"] - cell["f0"] for cell in of(table, "cell") if cell["line"] == row["line"])
        for label, row in lines.items()
    }
    assert covered["DerSimonian-Laird"] == pytest.approx(
        sum(row.method == "DL" for row in universe.rows) / universe.n
    )
    assert covered["Wald"] == pytest.approx(sum(row.interval == "wald" for row in universe.rows) / universe.n)
    verified = sum("verified" in {row.inclusion, *(way[1] for way in row.also)} for row in universe.rows)
    assert covered["verified only"] == pytest.approx(verified / universe.n)
    assert {label for label, row in lines.items() if row["own"]} == {
        "REML", "modified Hartung-Knapp", "each primary analysis", "all",
    }  # fmt: skip
    assert lines["without CLARINET"]["id"] == universe.overall.evidence["CLARINET"].key
    assert [row["line"] for row in table.rows if row["kind"] in ("group", "choice")] == list(range(table.lines))


def test_analyses_without_the_picked_trial_stand_out_whoever_read_it(universe):
    picked = universe.overall.evidence["RADIANT-3"].key
    columns = of(curve_rows(universe, picked=picked), "column")
    without = sum("RADIANT-3" not in row.labels for row in universe.rows)
    assert 0 < sum(column["tone"] == "without" for column in columns) == without < universe.n
    assert without != sum(picked not in row.keys for row in universe.rows)


def test_many_analyses_share_columns():
    found = nm.multiverse(evidence(60), axes=nm.MultiverseAxes(inclusions=("all", "without each")))
    assert found.n == 61 * 22 > COLUMNS
    table = curve_rows(found)
    columns = of(table, "column")
    assert len(columns) == 400
    assert sum(int(column["tip"].split()[0]) for column in columns) == found.n
    ratios = [row.hr for row in found.rows]
    assert f"HR from {nm.charts.curve_rows.numerals.ratio(min(ratios))}" in columns[0]["tip"]
    assert "all but one" in {row["label"] for row in table.rows if row["kind"] == "choice"}
    assert len(table.rows) < 5000


# ---- all -------------------------------------------------------------------------------------


@pytest.mark.parametrize("ends", [(0.3, 0.5), (0.9, 0.905), (0.01, 40), (1, 1), (0.34, 0.36)])
def test_a_narrow_axis_holds_its_ratios_and_has_ticks(ends):
    axis = narrow_axis(ends)
    assert axis.low < min(ends) <= max(ends) < axis.high
    assert 2 <= len(axis.ticks) <= 12
    assert list(axis.ticks) == sorted(axis.ticks)
    assert all(axis.low <= tick <= axis.high for tick in axis.ticks)


TABLES = {
    "influence": lambda e: (influence_rows(nm.influence(e)), influence_signals),
    "baujat": lambda e: (baujat_rows(nm.contribution(e)), baujat_signals),
    "gosh": lambda e: (gosh_rows(nm.gosh(e), picked=e.keys[0]), gosh_signals),
    "gosh_shares": lambda e: (share_rows(nm.gosh(e), {"hr": [0, 9]}), share_signals),
    "specifications": lambda e: (curve_rows(nm.multiverse(e), picked=e.keys[0]), curve_signals),
}


@pytest.mark.parametrize("name", TABLES)
def test_hostile_names_stay_text_and_every_row_can_be_sent(name):
    trials = evidence(len(HOSTILE), names=HOSTILE)
    table, signals = TABLES[name](trials)
    sent = json.loads(json.dumps([list(table.rows), signals(table)], allow_nan=False))
    if name != "gosh":
        labels = {row["label"] for row in sent[0] if row.get("id") and "label" in row}
        assert any(label.removeprefix("without ") == trials[0].label for label in labels)
        assert sent[1].get("w_label", 0) <= 260


@pytest.mark.parametrize("name", TABLES)
def test_every_signal_is_a_parameter_of_the_frozen_specification(name):
    from netmeta.charts.frozen import frozen
    from netmeta.charts.theme import LIGHT

    table, signals = TABLES[name](evidence(4))
    known = {param["name"] for param in json.loads(frozen(name))["params"]}
    assert set(signals(table)) | set(LIGHT) <= known

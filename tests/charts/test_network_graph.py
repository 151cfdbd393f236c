"""The network graph: what its rows say, where they stand, and the chart over them."""

from __future__ import annotations

import json
import math
from itertools import combinations, pairwise

import altair as alt
import numpy as np
import pytest

import netmeta as nm
from netmeta.charts.frozen import frozen
from netmeta.charts.network_graph_rows import (
    edge_id,
    network_graph_rows,
    network_graph_signals,
    node_id,
)
from netmeta.charts.network_layout import crossings, distances, spread_out
from netmeta.charts.theme import DARK, LIGHT, text_width

MERGE = nm.Merge("high-dose SSA", into="SSA")
HOSTILE = ("<img src=x onerror=alert(1)>", "a name of eighty characters " * 3, "Z" * 80, "placebo", "b & c < d + e")


@pytest.fixture(scope="module")
def result():
    trials = nm.select(nm.load_trials(), nm.Selection("PFS")).evidence
    return nm.compare(nm.connected_to(trials, "placebo", MERGE), assumptions=MERGE)


def network(pairs, names=lambda at: f"treatment {at} of some length", **more):
    rng = np.random.default_rng(7)
    trials = (
        nm.Trial(study=f"Trial {at}", experimental=names(one), control=names(other), log_hr=rng.normal(-0.3, 0.3),
                 se=rng.uniform(0.1, 0.4), **more)
        for at, (one, other) in enumerate(pairs)
    )  # fmt: skip
    return nm.compare(nm.Evidence(tuple(trials)))


def wide(count, more):
    """A made-up network: two hubs, chains, and some loops."""
    rng = np.random.default_rng(3)
    tree = [(at, int(rng.choice([0, 0, 1, max(0, at - 3)])) if at > 2 else 0) for at in range(1, count)]
    extra = [tuple(map(int, rng.choice(count, 2, replace=False))) for _ in range(more)]
    return network([(one, other) for one, other in [*tree, *extra] if one != other])


def three_arms():
    arms = dict.fromkeys(("n_experimental", "n_control"), 100)
    one = {"study": "Three", **arms}
    return nm.compare(
        nm.Evidence(
            (
                nm.Trial(**one, experimental="a", control="placebo", log_hr=-0.5, se=0.2),
                nm.Trial(**one, experimental="b", control="placebo", log_hr=-0.2, se=0.2),
                nm.Trial(**one, experimental="a", control="b", log_hr=-0.3, se=0.2),
                nm.Trial(study="Two", experimental="a", control="placebo", log_hr=-0.4, se=0.1, n_control=50),
                nm.Trial(study="Other", experimental="c", control="placebo", log_hr=-0.4, se=0.1),
                nm.Trial(study="Other 2", experimental="c", control="placebo", log_hr=-0.1, se=0.1),
            )
        )
    )


def node(table, name):
    return next(row for row in table.nodes if row["name"] == name)


def edge(table, one, other):
    return next(row for row in table.edges if row["id"] == edge_id(one, other))


class TestRows:
    def test_a_node_for_each_treatment_and_a_line_for_each_direct_comparison(self, result):
        table = network_graph_rows(result)
        assert [row["name"] for row in table.nodes] == list(result.treatments)
        assert {row["id"] for row in table.edges} == {edge_id(*one.treatments) for one in result.graph.edges}
        for row in table.edges:
            ends = [next(one for one in table.nodes if one["id"] == row[side]) for side in ("from", "to")]
            assert (row["x"], row["y"], row["x2"], row["y2"]) == tuple(end[axis] for end in ends for axis in "xy")
        assert table.reference == node_id("placebo")
        assert edge_id("b", "a") == edge_id("a", "b") == "edge:a|b"

    def test_the_area_of_a_circle_is_patients_randomised(self, result):
        table = network_graph_rows(result)
        everolimus = 207 + 205 + 102 + 81 + 90  # RADIANT-3, RADIANT-4, COMPETE, COOPERATE-2, STARTER-NET
        sunitinib = 86
        assert "685 patients randomised to it in 5 trials" in node(table, "everolimus")["tip"]
        ratio = node(table, "everolimus")["r"] ** 2 / node(table, "placebo")["r"] ** 2
        placebo = 69 + 31 + 203 + 97 + 85 + 103 + 59 + 69 + 74
        assert ratio == pytest.approx(everolimus / placebo, rel=0.02)
        assert node(table, "sunitinib")["r"] ** 2 / node(table, "placebo")["r"] ** 2 == pytest.approx(
            sunitinib / placebo, rel=0.02
        )
        assert table.note[0] == "Circle area: patients randomised (75 to 790). Ring: reference."

    def test_merged_arms_are_one_treatment(self, result):
        # RADIANT-2 213, CLARINET 101, AXINET 130, and NETTER-1 113 and NETTER-2 75 of high-dose SSA.
        assert "632 patients randomised to it in 5 trials" in node(network_graph_rows(result), "SSA")["tip"]
        assert table_notes(result)[-1] == f"Assumed: {MERGE}."

    def test_an_arm_of_a_study_of_three_counts_once_and_unknown_sizes_are_said(self):
        table = network_graph_rows(three_arms())
        assert "100 patients randomised to it in 1 trial" in node(table, "b")["tip"]
        assert "At least 150 patients randomised to it in 4 trials; 2 not reported" in node(table, "placebo")["tip"]
        assert "Patients randomised to it: not reported, in 2 trials" in node(table, "c")["tip"]

    def test_without_any_sizes_all_circles_are_alike(self):
        table = network_graph_rows(network([(1, 0), (2, 0), (2, 1)]))
        assert len({row["r"] for row in table.nodes}) == 1
        assert table.note[0] == "Circles: numbers randomised not reported. Ring: reference."

    def test_the_width_of_a_line_is_precision_or_trials(self):
        result = three_arms()
        precise = network_graph_rows(result)
        # The sums of 1/SE2: standard errors of 0.2 and 0.1 for a, twice 0.1 for c.
        widths = [edge(precise, name, "placebo")["width"] for name in "ac"]
        assert widths[0] / widths[1] == pytest.approx(125 / 200, rel=0.01)
        assert edge(precise, "a", "placebo")["trials"] == 2
        by_trials = network_graph_rows(result, by="trials")
        assert edge(by_trials, "a", "placebo")["width"] == edge(by_trials, "c", "placebo")["width"]
        assert edge(by_trials, "a", "b")["width"] == edge(by_trials, "a", "placebo")["width"] / 2
        assert by_trials.note[1] == "Line width and number: direct trials."

    def test_a_study_of_three_arms_is_shaded_and_nothing_else(self, result):
        areas = network_graph_rows(three_arms()).areas
        assert sorted(row["from"] for row in areas) == [node_id(name) for name in ("a", "b", "placebo")]
        assert network_graph_rows(result).areas == ()

    def test_the_tip_of_a_line_has_its_trials_and_the_network(self, result):
        lines = edge(network_graph_rows(result), "everolimus", "placebo")["tip"].split("\n")
        found = result.effect("everolimus", "placebo")
        ci = found.ci.exp()
        assert lines[:3] == [
            "everolimus vs placebo",
            "RADIANT-3: HR 0.35 (0.27–0.45)",
            "RADIANT-4: HR 0.48 (0.35–0.67)",
        ]
        assert lines[3] == f"Network: HR {nm.numerals.estimate(found.hr, ci.low, ci.high)}, 95% CI"

    def test_the_hazard_ratios_of_a_tip_all_point_the_same_way(self):
        trials = (
            nm.Trial(study="A", experimental="x", control="y", hr=0.5, ci_low=0.4, ci_high=0.625),
            nm.Trial(study="B", experimental="y", control="x", hr=2.0, ci_low=1.6, ci_high=2.5),
        )
        for reference, expected in (("y", "0.50 (0.40–0.62)"), ("x", "2.00 (1.60–2.50)")):
            tip = edge(network_graph_rows(nm.compare(nm.Evidence(trials), reference=reference)), "x", "y")["tip"]
            assert [line.split("HR ")[1] for line in tip.split("\n")[1:3]] == [expected] * 2

    def test_a_chosen_comparison_that_no_trial_makes_has_a_line_of_its_own(self, result):
        table = network_graph_rows(result, chosen=("pazopanib", "SSA"))
        row = edge(table, "SSA", "pazopanib")
        assert (row["kind"], row["trials"]) == ("indirect", 0)
        assert "No trial compares them directly" in row["tip"]
        plain = network_graph_rows(result)
        for chosen in (("SSA", "placebo"), ("SSA", "gone")):
            assert network_graph_rows(result, chosen=chosen).edges == plain.edges

    def test_another_reference_turns_the_tips(self, result):
        table = network_graph_rows(result, reference="SSA")
        assert table.reference == node_id("SSA")
        assert node(table, "SSA")["tip"].startswith("SSA (reference)\n")
        assert "Against SSA: HR" in node(table, "placebo")["tip"]

    def test_nothing_for_no_result(self):
        assert network_graph_rows(None).tables == {"nodes": [], "edges": [], "areas": []}

    @pytest.mark.parametrize("option", [{"by": "precsion"}, {"layout": "stres"}])
    def test_a_misspelt_option_is_refused(self, result, option):
        with pytest.raises(nm.SelectionError, match="Did you mean"):
            network_graph_rows(result, **option)


def table_notes(result):
    return network_graph_rows(result).note


def boxes(table, width):
    """Each name's box on the picture, from the text widths of the theme and not from the layout's own numbers."""
    left, above, _, _ = table.room
    across, down = table.inner(width)
    found = {}
    for row in table.nodes:
        weight = 1.07 if row["id"] == table.reference else 1.0
        wide_ = weight * max(text_width(line, table.size) for line in row["lines"])
        x, y = left + row["x"] * across + row["dx"], above + row["y"] * down + row["dy"]
        start = x - {"left": 0.0, "center": wide_ / 2, "right": wide_}[row["align"]]
        leading = table.size + 3
        found[row["name"]] = (start, y - leading / 2, start + wide_, y + leading * (len(row["lines"]) - 0.5))
    return found


def discs(table, width):
    left, above, _, _ = table.room
    across, down = table.inner(width)
    return {row["name"]: (left + row["x"] * across, above + row["y"] * down, row["r"]) for row in table.nodes}


NETWORKS = {
    "two": lambda: network([(1, 0)] * 3),
    "three": three_arms,
    "star": lambda: network([(at, 0) for at in range(1, 12)] * 2),
    "ring": lambda: network([(at, (at + 1) % 9) for at in range(9)]),
    "thirty": lambda: wide(30, 8),
    "forty": lambda: wide(40, 12),
    "hostile": lambda: network([(0, 3), (1, 3), (2, 3), (4, 3), (0, 1), (2, 4)], lambda at: HOSTILE[at]),
}


@pytest.mark.parametrize("width", [900, 420])
@pytest.mark.parametrize("name", ["net", *NETWORKS])
def test_names_that_are_written_meet_no_node_no_name_and_no_edge(result, name, width):
    table = network_graph_rows(result if name == "net" else NETWORKS[name](), width=width)
    found, circles = boxes(table, width), discs(table, width)
    written = [row["name"] for row in table.nodes if row["named"]]
    picture = min(max(width - 40, 280), 860), table.height
    for one, other in combinations(written, 2):
        a, b = found[one], found[other]
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1], (one, other)
    for one in written:
        low_x, low_y, high_x, high_y = found[one]
        assert low_x >= -1
        assert low_y >= -1
        assert high_x <= picture[0] + 1
        assert high_y <= picture[1] + 1
        for x, y, r in circles.values():
            assert math.hypot(max(low_x - x, 0, x - high_x), max(low_y - y, 0, y - high_y)) >= r - 0.5
    if width == 900 or len(table.nodes) < 20:
        assert written == [row["name"] for row in table.nodes]


@pytest.mark.parametrize("name", ["net", *NETWORKS])
def test_nodes_stand_apart_and_within(result, name):
    table = network_graph_rows(result if name == "net" else NETWORKS[name]())
    for (x, y, r), (x2, y2, r2) in combinations(discs(table, 900).values(), 2):
        assert math.hypot(x - x2, y - y2) > r + r2
    assert all(0.019 <= row[axis] <= 0.981 for row in table.nodes for axis in "xy")


class TestLayout:
    def test_the_hub_of_a_star_stands_in_the_middle(self):
        table = network_graph_rows(NETWORKS["star"]())
        hub = node(table, "treatment 0 of some length")
        assert (hub["x"], hub["y"]) == pytest.approx((0.5, 0.5), abs=0.12)

    def test_the_bundled_network_has_no_crossing(self, result):
        table = network_graph_rows(result)
        spots = np.array([[row["x"], row["y"]] for row in table.nodes])
        ids = [row["id"] for row in table.nodes]
        assert crossings(spots, tuple((ids.index(row["from"]), ids.index(row["to"])) for row in table.edges)) == 0

    def test_distances_on_paper_follow_those_in_the_network(self):
        chain = tuple(pairwise(range(6)))
        assert distances(6, chain)[0].tolist() == [0, 1, 2, 3, 4, 5]
        spots = spread_out(6, chain, (800, 300), (50, 50))
        steps = np.diff(np.sort(spots[:, 0]))
        assert steps == pytest.approx([140] * 5, rel=0.02)

    def test_is_the_same_each_time(self, result):
        fresh = nm.compare(nm.Evidence(tuple(result.evidence)), assumptions=MERGE)
        assert network_graph_rows(fresh) == network_graph_rows(result)

    def test_patients_move_nothing(self):
        pairs = [(1, 0), (2, 0), (3, 1), (3, 2)]
        with_, without = (network_graph_rows(network(pairs, **more)) for more in ({"n_control": 80}, {}))
        assert [(row["x"], row["y"]) for row in with_.nodes] == [(row["x"], row["y"]) for row in without.nodes]

    def test_places_by_hand_are_kept_and_leave_the_others(self, result):
        plain = network_graph_rows(result)
        moved = network_graph_rows(result, places={"sunitinib": (0.5, 0.25), "SSA": (1.0, 0.0), "gone": (0, 0)})
        places = {row["name"]: (row["x"], row["y"]) for row in moved.nodes}
        assert places.pop("sunitinib") == (0.5, 0.25)
        assert places.pop("SSA") == (0.98, 0.02)
        before = {row["name"]: (row["x"], row["y"]) for row in plain.nodes}
        assert all(before[name] == place for name, place in places.items())
        assert moved.room == plain.room
        assert edge(moved, "sunitinib", "placebo")["x2"] == 0.5

    def test_a_circle_has_the_treatments_in_alphabetical_order_from_the_top(self, result):
        table = network_graph_rows(result, layout="circle")
        turns = [math.atan2(row["x"] - 0.5, 0.5 - row["y"]) % (2 * math.pi) for row in table.nodes]
        assert turns[0] == pytest.approx(0, abs=0.01)
        assert turns == sorted(turns)

    def test_names_are_broken_at_plus_signs_and_cut_when_very_long(self, result):
        table = network_graph_rows(result)
        assert node(table, "everolimus + bevacizumab + SSA")["lines"] == [
            "everolimus\u00a0+",
            "bevacizumab\u00a0+ SSA",
        ]
        lines = node(network_graph_rows(NETWORKS["hostile"]()), "Z" * 80)["lines"]
        assert lines == ["Z" * 20, "Z" * 20, "Z" * 19 + "…"]


class TestChart:
    @pytest.mark.parametrize("name", ["net", *NETWORKS])
    @pytest.mark.parametrize(("theme", "width"), [("light", 900), ("dark", 420)])
    def test_draws_in_both_themes_and_shows_itself(self, result, name, theme, width):
        chart = nm.network_graph(result if name == "net" else NETWORKS[name](), theme=theme, width=width)
        assert isinstance(chart, alt.LayerChart)
        bundle = chart._repr_mimebundle_()
        svg = bundle["image/svg+xml"]
        assert "NaN" not in svg
        assert "<img" not in svg
        assert "Circle" in svg
        assert bundle["text/plain"].startswith("Network graph.")
        assert (DARK if theme == "dark" else LIGHT)["mark"] in svg

    def test_every_treatment_and_every_line_is_in_the_picture(self, result):
        svg = nm.network_graph(result)._repr_mimebundle_()["image/svg+xml"]
        for row in network_graph_rows(result).nodes:
            for line in row["lines"]:
                assert f">{line}<" in svg
        assert svg.count("mark-rule") >= 2

    def test_every_signal_that_a_view_pushes_is_a_parameter(self, result):
        known = {param["name"]: param.get("value") for param in json.loads(frozen("network_graph"))["params"]}
        assert set(network_graph_signals(network_graph_rows(result))) | set(LIGHT) <= set(known)
        assert {"total_width", "total_height"} <= set(known)
        assert known["drag"] == "nodes"

    def test_nothing_else_is_drawn(self, result):
        with pytest.raises(nm.NetworkError, match=r"network_graph\(\) draws what compare\(\) gives; got Evidence"):
            nm.network_graph(result.evidence)
        with pytest.raises(nm.SelectionError, match="Did you mean 'dark'"):
            nm.network_graph(result, theme="darc")

    @pytest.mark.parametrize("place", [(0.5,), (2, 0), (math.nan, 0.5), "ab", None, (True, "x")])
    def test_a_place_is_two_fractions(self, result, place):
        with pytest.raises(nm.NetworkError, match="The place of SSA is two fractions"):
            nm.network_graph(result, places={"SSA": place})

    def test_a_place_of_nobody_is_refused(self, result):
        with pytest.raises(nm.NetworkError, match=r"no treatment 'sunitinb'.*Did you mean 'sunitinib'"):
            nm.network_graph(result, places={"sunitinb": (0, 0)})

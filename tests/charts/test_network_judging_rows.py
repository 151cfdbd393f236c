"""Charts that judge a network as tables: rows against the numbers of `netmeta.network`."""

from __future__ import annotations

import math

import pytest

import netmeta as nm
from netmeta.charts.adjusted_funnel_rows import adjusted_funnel_rows, plot_size
from netmeta.charts.contribution_bars import contribution_bars
from netmeta.charts.contribution_rows import contribution_rows, estimates_shown
from netmeta.charts.heat_rows import design_id, heat_order, heat_rows
from netmeta.charts.matrix_names import most_columns
from netmeta.charts.network_omission_rows import most_moved, network_omission_rows
from netmeta.charts.rank_rows import rank_lines
from netmeta.charts.rankogram_rows import TINT, rankogram_rows
from netmeta.charts.split_rows import split_note, split_rows


def of(table, kind):
    return [row for row in table.rows if row["kind"] == kind]


def said(table):
    return " ".join(row.get("text", row.get("label")) for row in of(table, "note"))


# ---- ranks -----------------------------------------------------------------------------------


def test_a_rank_is_never_without_its_interval_and_its_hazard_ratio(net):
    found = nm.rank(net)
    lines = of(rank_lines(found), "line")
    assert [line["id"] for line in lines] == [f"node:{row.treatment}" for row in found.rows]
    assert [line["score"] for line in lines] == sorted((line["score"] for line in lines), reverse=True)
    for line, row in zip(lines, found.rows, strict=True):
        assert (line["rank_low"], line["rank_high"]) == (row.low, row.high)
        assert line["rank_low"] <= line["mean"] <= line["rank_high"]
        assert line["rank"]
        one = row.against_reference
        if one is not None:
            assert line["hr"] == pytest.approx(one.hr)
            assert line["pi_low"] <= line["low"] < line["hr"] < line["high"] <= line["pi_high"]
    first, last = lines[0], lines[-1]
    assert (first["effect"], first["score_text"], first["rank"]) == ("0.090 (0.047–0.17)", "1.00", "1–2")
    assert (last["effect"], last["reference"], last["low"]) == ("reference", True, None)
    assert "Rank 1–2 of 13 with 95% probability; the best in 97% of draws" in first["tip"]
    assert "In a new trial: 0.033–0.25, 95% prediction interval" in first["tip"]


def test_ranks_have_ticks_that_do_not_touch(net, large, two):
    for result in (net, large, two):
        ticks = [row["value"] for row in of(rank_lines(nm.rank(result)), "tick") if row["panel"] == "rank"]
        assert ticks[0] == 1
        assert ticks[-1] == len(result.treatments)
        assert ticks == sorted(set(ticks))


def test_the_side_that_favours_the_reference_follows_what_is_better(two):
    assert rank_lines(nm.rank(two)).favours == ("← favours therapy", "favours placebo →")
    other = nm.compare(two.evidence, reference="placebo", better="higher")
    assert rank_lines(nm.rank(other)).favours == ("← favours placebo", "favours therapy →")


def test_long_names_are_broken_and_never_wider_than_their_room(hostile):
    for space in (420, 900):
        table = rank_lines(nm.rank(hostile), space=space)
        assert all(line["label"].count("\n") <= 2 for line in of(table, "line"))
        assert table.tall >= 15 * max(line["label"].count("\n") + 1 for line in of(table, "line"))


# ---- rankogram -------------------------------------------------------------------------------


def test_cells_are_the_chances_and_spans_their_intervals(net):
    found = nm.rank(net)
    table = rankogram_rows(found)
    assert (table.lines, table.columns) == (13, 13)
    cells = {(cell["row"], cell["at"]): cell for cell in of(table, "cell")}
    for at, row in enumerate(found.rows):
        for place, chance in enumerate(row.chances):
            cell = cells.get((at, place))
            assert (cell is not None) == (chance >= 0.005)
            if cell:
                assert cell["tint"] == pytest.approx(TINT * math.sqrt(chance), abs=1e-4)
                assert cell["id"] == f"node:{row.treatment}"
    assert [(span["at"] + 1, span["to"] + 1) for span in of(table, "span")] == [
        (row.low, row.high) for row in found.rows
    ]
    assert cells[0, 0]["text"] == "97"
    assert cells[0, 0]["tip"] == "177Lu-dotatate + SSA\nRank 1 in 97% of draws; rank 1 or better in 97%"
    assert of(table, "line")[0]["side"] == "1.0 (1–2)"
    assert rankogram_rows(None).rows == ()


def test_no_chance_is_written_as_certain():
    rows = (("A", -3.0), ("B", -2.9))
    trials = tuple(nm.Trial(study=name, experimental="x", control="y", log_hr=hr, se=0.1) for name, hr in rows)
    cells = of(rankogram_rows(nm.rank(nm.compare(nm.Evidence(trials), reference="y"))), "cell")
    assert {cell["text"] for cell in cells} == {">99"}


# ---- net heat --------------------------------------------------------------------------------


def test_cells_are_warm_where_designs_disagree(senn):
    found = nm.net_heat(senn)
    order, table = heat_order(found), heat_rows(found)
    cells = {(cell["row"], cell["at"]): cell for cell in of(table, "cell")}
    for row, one in enumerate(order):
        for at, other in enumerate(order):
            change, share = found.heat[one][other], found.shares[one][other]
            cell = cells.get((row, at))
            if cell is None:
                assert abs(change) < 0.005
                assert share < 1
                continue
            assert (cell["tone"] == "warm") == (change > 0)
            assert cell["tint"] == pytest.approx(0.9 * abs(change) / 4, abs=1e-3)
            assert cell["share"] == pytest.approx(min(1, share / 100), abs=1e-4)
            assert cell["id"] == design_id(found.designs[one])
    assert {row for row, _at in cells} == set(range(len(order)))


def test_hot_designs_stand_together_and_the_cold_are_counted(net):
    found = nm.net_heat(net)
    order = heat_order(found)
    assert len(order) == 4
    assert found.parts[order[0]] == max(found.parts)
    table = heat_rows(found)
    assert (table.lines, table.columns) == (4, 4)
    assert "9 of 13 designs have no part in the inconsistency and are left out." in said(table)
    assert said(table).startswith("Q between designs = 2.37 at τ² = 0.024.")
    (tip,) = (cell["tip"] for cell in of(table, "cell") if (cell["row"], cell["at"]) == (1, 3))
    assert tip == (
        "Detaching everolimus : placebo lowers the part of placebo : SSA in the inconsistency by 0.82: they disagree\n"
        "everolimus : placebo weighs 35% in the network estimate of placebo : SSA"
    )


def test_every_design_of_the_order_is_tied_to_one_before_it(senn):
    found = nm.net_heat(senn)
    order = heat_order(found)
    assert len(set(order)) == len(order)
    ties = [
        max(abs(found.heat[at][other]) + abs(found.heat[other][at]) for other in order[:place])
        for place, at in enumerate(order)
        if place
    ]
    assert min(ties) > 0


def test_without_inconsistency_there_are_words_and_no_cells(two):
    table = heat_rows(nm.net_heat(two))
    assert (table.lines, len(of(table, "cell")), len(of(table, "key"))) == (0, 0, 0)
    assert said(table).startswith("No design disagrees with the network")


def test_a_large_matrix_stays_within_the_page(large):
    for space in (420, 900):
        table = heat_rows(nm.net_heat(large), space=space)
        assert table.columns == min(most_columns(space), len(heat_order(nm.net_heat(large))))
        assert table.w_label + 10 + table.columns * table.least + table.w_side + 12 <= space
        assert f"The first {table.columns} of" in said(table)


def test_a_design_of_several_arms_has_an_id_of_its_own():
    assert design_id(("b", "A")) == "edge:A|b"
    assert design_id(("a", "b", "c")) == "design:a|b|c"


# ---- contributions ---------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["comparison", "trial"])
def test_the_lines_of_contributions_are_the_shares(net, by):
    found = nm.network_contributions(net)
    table = contribution_rows(found, by=by)
    pairs = estimates_shown(found)
    assert [line["id"] for line in of(table, "line")] == [f"node:{name}" for name, _reference in pairs]
    columns = of(table, "column")
    totals = dict.fromkeys(range(len(pairs)), 0.0)
    for cell in of(table, "cell"):
        assert cell["id"] == columns[cell["at"]]["id"]
        totals[cell["row"]] += 100 * (cell["tint"] / TINT) ** 2
    assert list(totals.values()) == pytest.approx([100] * len(pairs), abs=1)
    shares = (
        found.of(*pairs[0])
        if by == "trial"
        else {f"edge:{'|'.join(edge)}": share for edge, share in found.of_comparisons(*pairs[0]).items()}
    )
    drawn = {cell["id"]: cell["text"] for cell in of(table, "cell") if cell["row"] == 0}
    assert drawn == {key: f"{share:.0f}" for key, share in shares.items() if share >= 0.05}


def test_direct_evidence_is_outlined(net):
    found = nm.network_contributions(net)
    table = contribution_rows(found)
    own = {of(table, "line")[span["row"]]["text"] for span in of(table, "span")}
    assert own == {name for name, reference in estimates_shown(found) if net.graph.edge(name, reference)}
    assert not of(contribution_rows(found, by="trial"), "span")


def test_every_pair_has_a_line_where_they_are_few(hostile, net, two):
    assert len(estimates_shown(nm.network_contributions(hostile))) == 10
    assert len(estimates_shown(nm.network_contributions(net))) == 12
    assert estimates_shown(nm.network_contributions(two)) == (("x", "placebo"),)


def test_columns_without_room_are_counted(large):
    table = contribution_rows(nm.network_contributions(large), by="trial")
    assert table.columns == most_columns(900)
    assert f"{75 - table.columns} more trials have no room here: none gives more than" in said(table)


def test_bars_are_the_trials_of_an_estimate_the_largest_first(net):
    found = nm.network_contributions(net)
    table = contribution_bars(found, ("everolimus", "placebo"))
    bars = of(table, "bar")
    assert {bar["id"]: 100 * bar["share"] for bar in bars} == pytest.approx(dict(found.of("everolimus", "placebo")))
    assert [bar["share"] for bar in bars] == sorted((bar["share"] for bar in bars), reverse=True)
    assert bars[0]["length"] == 1
    assert bars[0]["text"] == "48% · everolimus vs placebo"
    assert bars[0]["tip"] == "RADIANT-3\neverolimus vs placebo\n48% of the estimate"
    assert of(table, "head")[0]["title"] == "Trials that feed everolimus vs placebo"
    assert contribution_bars(None).rows == ()


def test_bars_of_comparisons_and_what_is_left_out(net, large):
    found = nm.network_contributions(net)
    table = contribution_bars(found, ("SSA", "placebo"), by="comparison")
    assert of(table, "bar")[0]["id"] == "edge:placebo|SSA"
    many = nm.network_contributions(large)
    pair = max(many.comparisons, key=lambda pair: len(many.of(*pair)))
    table = contribution_bars(many, pair)
    assert table.lines == 40
    assert f"{len(many.of(*pair)) - 40} more trials give" in said(table)


# ---- splits ----------------------------------------------------------------------------------


def test_each_comparison_with_both_sources_has_three_lines(net):
    found = nm.node_splits(net)
    table = split_rows(found)
    assert len(of(table, "group")) == len(of(table, "subtotal")) == len(found.split) == 4
    lines = of(table, "trial")
    sources = [one for split in found.split for one in (split.direct, split.indirect)]
    assert [line["hr"] for line in lines] == pytest.approx([one.hr for one in sources])
    assert [line["label"] for line in lines[:2]] == ["direct", "indirect"]
    assert (lines[0]["n"], lines[0]["weight"], lines[1]["weight"]) == ("1", "66%", "34%")
    assert [line["hr"] for line in of(table, "subtotal")] == pytest.approx(
        [split.network.hr for split in found.split]
    )
    first = of(table, "group")[0]
    assert (first["label"], first["effect"]) == ("everolimus + SSA vs everolimus", "difference: P = 0.124")
    assert said(table).startswith("9 of 13 direct comparisons have no indirect evidence and are left out.")
    assert [row["row"] for row in table.rows] == list(range(len(table.rows)))


def test_both_names_of_a_long_comparison_are_seen(hostile):
    headings = [row["label"] for row in of(split_rows(nm.node_splits(hostile), space=420), "group")]
    assert any(name.endswith("… vs") for name in headings)
    assert len(headings) > len(nm.node_splits(hostile).split)


def test_without_a_split_there_is_a_note_alone(two, senn):
    assert [row["kind"] for row in split_rows(nm.node_splits(two)).rows] == ["note"]
    assert split_note(nm.node_splits(two)).startswith("No comparison has both")
    assert "no indirect evidence" in split_note(nm.node_splits(senn))
    assert split_rows(None).rows == ()


# ---- omissions -------------------------------------------------------------------------------


def test_the_treatment_that_moves_most_is_shown_by_itself(net):
    found = nm.omit_trials(net)
    assert most_moved(found) == "axitinib + SSA"
    table = network_omission_rows(found)
    drawn = {line["id"]: line["hr"] for line in of(table, "trial")}
    assert drawn == pytest.approx(
        {row.keys[0]: row.effect("axitinib + SSA").hr for row in found.rows if row.effect("axitinib + SSA")}
    )
    (lost,) = of(table, "out")
    assert (lost["label"], lost["effect"], lost["hr"]) == ("AXINET", "not connected", None)
    assert of(table, "pooled")[0]["effect"] == "0.30 (0.15–0.61)"
    assert table.favours == ("← favours axitinib + SSA", "favours placebo →")
    assert "Without one trial, nothing joins the two." in said(table)


def test_another_treatment_by_name(net):
    found = nm.omit_trials(net)
    table = network_omission_rows(found, "everolimus")
    assert not of(table, "out")
    assert len(of(table, "trial")) == len(found.rows)
    assert said(table) == "everolimus against placebo, in the network without each trial in turn."
    assert network_omission_rows(None).rows == ()


# ---- comparison-adjusted funnel --------------------------------------------------------------


def test_points_are_the_centred_trials_and_those_alone_stand_at_one(senn):
    found = nm.adjusted_funnel_data(senn)
    points = {row["id"]: row for row in of(adjusted_funnel_rows(found), "point")}
    assert len(points) == len(found.rows)
    for row in found.rows:
        point = points[row.key]
        assert (point["ratio"], point["se"], point["alone"]) == (pytest.approx(row.ratio), row.se, row.alone)
        if row.alone:
            assert (point["ratio"], point["series"], point["named"]) == (1, 8, False)
            assert "by construction" in point["tip"]


def test_comparisons_with_several_trials_have_a_mark_each(senn):
    found = nm.adjusted_funnel_data(senn)
    table = adjusted_funnel_rows(found)
    telling = {row.comparison for row in found.rows if not row.alone}
    key = of(table, "key")
    assert len(key) == len(telling) + 1
    assert key[0]["text"] == "rosi vs plac (6)"
    assert key[-1]["text"] == "alone in their comparison (9)"
    assert key[-1]["alone"]
    assert {row["series"] for row in of(table, "point") if not row["alone"]} == set(range(len(telling)))


def test_further_comparisons_share_a_grey_mark():
    trials = tuple(
        nm.Trial(
            study=f"{at} {again}", experimental=f"t{at:02}", control="placebo", log_hr=0.1 * again - 0.2, se=0.2
        )
        for at in range(11)
        for again in range(2)
    )
    key = of(
        adjusted_funnel_rows(nm.adjusted_funnel_data(nm.compare(nm.Evidence(trials), reference="placebo"))), "key"
    )
    assert [row["series"] for row in key] == list(range(9))
    assert key[-1]["text"] == "other comparisons (6)"


def test_limits_hold_95_percent_and_end_with_the_axis(senn, net):
    for result in (senn, net):
        table = adjusted_funnel_rows(nm.adjusted_funnel_data(result))
        for limit in of(table, "limit"):
            assert table.axis.low * 0.999 <= limit["ratio_to"] <= table.axis.high * 1.001
            assert 0 < limit["se_to"] <= table.top
            if not limit["solid"]:
                assert abs(math.log(limit["ratio_to"])) == pytest.approx(1.96 * limit["se_to"], rel=1e-3)


def test_the_sides_follow_what_is_better(two):
    assert adjusted_funnel_rows(nm.adjusted_funnel_data(two)).favours == ("← favours newer", "favours older →")
    other = nm.compare(two.evidence, reference="placebo", better="higher")
    assert adjusted_funnel_rows(nm.adjusted_funnel_data(other)).favours == ("← favours older", "favours newer →")


def test_the_order_of_very_many_treatments_is_cut(large, two):
    assert "…, placebo." in said(adjusted_funnel_rows(nm.adjusted_funnel_data(large)))
    assert said(adjusted_funnel_rows(nm.adjusted_funnel_data(two))) == "Newer to older, an assumption: x, placebo."
    assert plot_size(420) == (340, 220)

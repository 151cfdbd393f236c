"""The checklists: every item of PRISMA 2020 and its network extension, and honest about what software cannot know."""

from __future__ import annotations

from dataclasses import replace

import netmeta as nm

# Page 2021, table 1: 27 items with their parts.
NUMBERS = [
    "1",
    "2",
    "3",
    "4",
    "5",
    "6",
    "7",
    "8",
    "9",
    "10a",
    "10b",
    "11",
    "12",
    "13a",
    "13b",
    "13c",
    "13d",
    "13e",
    "13f",
    "14",
    "15",
    "16a",
    "16b",
    "17",
    "18",
    "19",
    "20a",
    "20b",
    "20c",
    "20d",
    "21",
    "22",
    "23a",
    "23b",
    "23c",
    "23d",
    "24a",
    "24b",
    "24c",
    "25",
    "26",
    "27",
]
# What no analysis of trials at hand can say: abstract, search, screening, risk of bias, protocol, funding.
AUTHORS = {"2", "3", "7", "8", "9", "11", "20c", "22", "23a", "23b", "23c", "23d", "24a", "24b", "24c", "25", "26"}
ANALYSIS = nm.Analysis()


def test_all_items_are_there_in_order() -> None:
    assert [row.item.number for row in nm.prisma(ANALYSIS, network=False).rows] == NUMBERS
    wide = nm.prisma(ANALYSIS)
    assert [row.item.number for row in wide.rows] == [*NUMBERS, "S1", "S2", "S3", "S4", "S5"]
    assert wide.name == "PRISMA 2020 with PRISMA-NMA"


def test_what_software_cannot_know_is_left_to_the_authors() -> None:
    rows = {row.item.number: row for row in nm.prisma(ANALYSIS).rows}
    assert {number for number, row in rows.items() if row.status == "authors"} >= AUTHORS
    assert all(rows[number].said.startswith("To be written by the authors: ") for number in AUTHORS)
    assert "this is no systematic review" in rows["6"].said
    assert rows["6"].status == rows["1"].status == "partly"


def test_what_it_says_follows_the_analysis() -> None:
    rows = {row.item.number: row.said for row in nm.prisma(ANALYSIS).rows}
    assert nm.sentence(ANALYSIS.outcome) in rows["20b"]
    assert "9 comparisons of 8 studies answer the question." in rows["16a"]
    assert "PROMID was left out" in rows["16b"]
    assert rows["S5"] == " ".join(nm.inconsistency(ANALYSIS.network_outcome).findings())
    alone = replace(ANALYSIS.state, selection=nm.Selection("PFS", treatments=("pazopanib",)))
    few = {row.item.number: row.said for row in nm.prisma(alone).rows}
    assert "There is no pooled result." in few["20b"]
    assert few["13f"] == "None: they ask for three trials or more."


def test_two_treatments_are_no_network() -> None:
    rows = tuple(
        nm.Trial(study=name, experimental="a", control="b", hr=0.5, ci_low=0.3, ci_high=0.8) for name in ("x", "y")
    )
    state = nm.Analysis(nm.Evidence(rows), nm.Selection("PFS")).state
    assert state.network_outcome.treatments == ("a", "b")
    assert nm.prisma(state).name == "PRISMA 2020"
    wide = {row.item.number: row.here for row in nm.prisma(state, network=True).rows}
    assert {wide[number] for number in ("S3", "S4", "S5")} == {
        "A network of two treatments is a pool: see the forest plot."
    }
    assert all(
        part.title != "Network meta-analysis" for part in (*nm.methods(state).parts, *nm.results(state).parts)
    )


def test_risk_of_bias_is_counted_where_it_is_entered() -> None:
    trials = tuple(trial.change(risk_of_bias="low") for trial in ANALYSIS.included)
    state = replace(ANALYSIS.state, evidence=nm.Evidence(trials))
    rows = {row.item.number: row for row in nm.prisma(state, network=False).rows}
    assert rows["18"].here == "A judgement of risk of bias is entered for 9 of 9 rows."
    assert rows["18"].status == "partly"


def test_it_is_a_table() -> None:
    found = nm.prisma(ANALYSIS)
    assert list(found.to_frame().columns) == ["number", "section", "topic", "item", "here", "authors"]
    assert len(found.to_frame()) == 47
    counts = [found.count(status) for status in ("said", "partly", "authors")]
    assert sum(counts) == 47
    assert f"of 47 items, this analysis says {counts[0]}" in str(found)

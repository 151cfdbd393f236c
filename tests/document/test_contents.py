"""What a document says: the parts in order, every figure with words for it, and something for every analysis."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import netmeta as nm
from netmeta.document.blocks import Code, Figure, Heading, Paragraph, References, Table
from netmeta.document.contents import contents, one_page
from netmeta.document.pictures import ALL, figures_of


def headings(document, level: int = 1) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Heading) and block.level == level]


def test_the_parts_stand_in_order(document) -> None:
    assert headings(document) == [
        "Summary", "Summary of findings", "Trials", "Methods", "Results", "How to repeat it", "Reporting checklist",
        "References",
    ]  # fmt: skip
    assert document.title.startswith("Meta-analysis of progression-free survival in neuroendocrine tumours")
    assert document.subtitle == f"Made with netmeta {nm.__version__} on 2026-01-02."


def test_the_trials_table_has_each_row_with_its_reader_and_source(document, state) -> None:
    table = next(table for table in document.tables if table.name == "trials")
    assert [row[0] for row in table.rows] == list(state.selected.labels)
    assert table.rows[0] == (
        "CABINET epNET", "cabozantinib vs placebo", "203", "0.38 (0.25–0.59)", "9.5%", "BICR",
        "final; cut 2023-08-24", "[1]",
    )  # fmt: skip
    cited = next(block for block in document.blocks if isinstance(block, References))
    assert cited.items[0].startswith("CABINET. Chan JA et al., N Engl J Med 2025;392(7):653-665.")
    assert all(len(row) == len(table.head) for table in document.tables for row in table.rows)


def test_all_figures_that_the_trials_allow_are_there_with_words(document, state) -> None:
    names = [figure.name for figure in document.figures]
    assert names[0] == "forest"
    assert {picture.name for picture in ALL} - set(names) == {"posterior", "shrinkage"}
    assert len(names) == len(set(names))
    for figure in figures_of(state, ALL):
        assert re.search(r"\d", figure.alt), figure.name
        assert figure.caption.endswith(".")
        assert "\n" not in figure.alt


def test_captions_are_numbered_in_order(document) -> None:
    assert [document.label(figure) for figure in document.figures][:2] == ["Figure 1.", "Figure 2."]
    assert document.label(document.tables[-1]) == f"Table {len(document.tables)}."


def test_every_citation_has_its_reference(document) -> None:
    items = next(block.items for block in document.blocks if isinstance(block, References))
    texts = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    texts += [row[-1] for table in document.tables if table.name == "trials" for row in table.rows]
    cited = {int(n) for text in texts for found in re.findall(r"\[([\d, ]+)\]", text) for n in found.split(", ")}
    assert cited == set(range(1, len(items) + 1))
    assert document.bib.count("\n@") == len(items) - 1


def test_few_trials_get_their_bayesian_figures(state) -> None:
    pair = replace(state, selection=nm.Selection("PFS", control="placebo", treatments=("surufatinib",)))
    names = [figure.name for figure in contents(pair).figures]
    assert {"forest", "posterior", "shrinkage"} <= set(names)
    assert "leave-one-out" not in names


def under(document, title: str) -> list[str]:
    """Return the names of the figures under the last heading of this text."""
    blocks = list(document.blocks)
    start = max(at for at, block in enumerate(blocks) if isinstance(block, Heading) and block.text == title)
    end = next(at for at in range(start + 1, len(blocks)) if isinstance(blocks[at], Heading))
    return [block.name for block in blocks[start:end] if isinstance(block, Figure)]


def test_figures_are_shown_where_nothing_is_said_to_them(state) -> None:
    pair = replace(state, selection=nm.Selection("PFS", control="placebo", treatments=("surufatinib",)))
    found = contents(pair)
    results = nm.results(pair)
    assert "Sensitivity and small studies" not in [part.title for part in results.parts]
    assert under(found, "Sensitivity and small studies") == ["cumulative", "multiverse", "funnel"]
    heads = headings(found, 2)
    ends = heads[heads.index("Pooled result") :]
    order = ("Sensitivity and small studies", "Bayesian analysis", "Absolute effects", "Network meta-analysis")
    assert [head for head in ends if head in order] == list(order)


def test_benefit_and_harm_are_shown_without_a_baseline(state) -> None:
    rows = tuple(trial.change(median_experimental="", median_control="") for trial in state.evidence)
    bare = replace(state, evidence=nm.Evidence(rows))
    assert bare.baseline_in_use is None
    assert under(contents(bare), "Absolute effects") == ["benefit-harm"]


def test_a_part_without_words_and_figures_has_no_heading(state) -> None:
    found = contents(replace(state, selection=nm.Selection("TTP", population="pNET")))
    heads = headings(found, 2)
    assert "Bayesian analysis" not in heads
    assert "Absolute effects" not in heads


def test_an_analysis_without_a_result_still_says_what_can_be_said(state) -> None:
    for treatments in (("pazopanib",), ("no such drug",)):
        alone = replace(state, selection=nm.Selection("PFS", treatments=treatments))
        found = contents(alone)
        said = [block.text for block in found.blocks if isinstance(block, Paragraph) and block.kind == "answer"]
        assert said == [f"There is no pooled result. {alone.outcome.message}"]
        assert "Methods" in headings(found)
        assert "forest" not in [figure.name for figure in found.figures]


def test_the_one_page_is_short(state) -> None:
    found = one_page(state)
    assert headings(found) == ["Summary", "Trials", "How to repeat it", "References"]
    assert [type(block) for block in found.blocks].count(Figure) == 1
    assert [table.name for table in found.tables] == ["trials", "left-out"]
    code = next(block for block in found.blocks if isinstance(block, Code))
    compile(code.text, "analysis.py", "exec")


def test_a_document_is_a_value(document, state) -> None:
    assert hash(document) == hash(contents(state, day=dt.date(2026, 1, 2)))
    assert isinstance(document.tables[0], Table)

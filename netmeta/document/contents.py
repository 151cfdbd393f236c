"""What a document about an analysis says, block by block."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from netmeta.document.blocks import Block, Bullets, Code, Document, Heading, Paragraph, References
from netmeta.document.pictures import MAIN, figures_of, results_pictures
from netmeta.document.tables import checklist, findings_table, league, left_out_table, trials_table
from netmeta.pooling import PooledResult
from netmeta.report import cautions, prediction, sentence
from netmeta.report.citations import Citations
from netmeta.report.code import to_python
from netmeta.report.findings_table import summary_of_findings
from netmeta.report.methods import methods_section
from netmeta.report.question_words import asked, origin, title_of
from netmeta.report.results import results_section
from netmeta.report.section import Part, joined
from netmeta.state.version import own_version

if TYPE_CHECKING:
    from collections.abc import Mapping

    from netmeta.state import State

__all__ = ["contents", "one_page"]


def contents(
    state: State,
    *,
    day: dt.date | None = None,
    script: bool = True,
    certainty: Mapping[str, Mapping[str, str]] | None = None,
) -> Document:
    """Build the whole report: summary, forest plot, trials, methods, results with figures, appendix, references.

    Parameters
    ----------
    state
        The analysis as a value; one without a pooled result says why there is none.
    day
        The date under the title; today by default.
    script
        Whether the program that repeats the analysis is printed in full, or only named.
    certainty
        The reader's own judgements: see `netmeta.summary_of_findings`.
    """
    cite = Citations()
    blocks = (
        *_summary(state),
        *_findings(state, certainty),
        *_trials(state, cite),
        *_methods(state, cite),
        *_results(state, cite),
        *_appendix(state, cite, script=script),
    )
    return _document(state, blocks, cite, day)


def one_page(state: State, *, day: dt.date | None = None) -> Document:
    """Build the short document: question, answer, forest plot, trials with their sources, how to repeat it."""
    cite = Citations()
    blocks = (*_summary(state), *_trials(state, cite), *_repeat(state))
    return _document(state, blocks, cite, day)


def _document(state: State, blocks: tuple[Block, ...], cite: Citations, day: dt.date | None) -> Document:
    date = (day or dt.datetime.now(tz=dt.UTC).date()).isoformat()
    tail: tuple[Block, ...] = (Heading("References"), References(cite.texts)) if cite.texts else ()
    return Document(
        title=title_of(state),
        subtitle=f"Made with netmeta {own_version()} on {date}.",
        blocks=(*blocks, *tail),
        bib=cite.bibliography(),
    )


def _summary(state: State) -> tuple[Block, ...]:
    found = state.outcome
    start = (Heading("Summary"), Paragraph(joined(asked(state), origin(state))))
    if not isinstance(found, PooledResult):
        return (*start, Paragraph(f"There is no pooled result. {found.message}", "answer"))
    doubts = tuple(caution.message for caution in cautions(found))
    return (
        *start,
        Paragraph(joined(sentence(found), prediction(found)), "answer"),
        *((Paragraph("What to beware of:"), Bullets(doubts)) if doubts else ()),
        *figures_of(state, MAIN),
    )


def _trials(state: State, cite: Citations) -> tuple[Block, ...]:
    out = left_out_table(state)
    listed = (trials_table(state, cite),) if len(state.selected) else (Paragraph("No trial answers the question."),)
    return (Heading("Trials"), *listed, *((out,) if out else ()))


def _methods(state: State, cite: Citations) -> tuple[Block, ...]:
    section = methods_section(state, cite)
    return (Heading(section.title), *(block for part in section.parts for block in _part(part)))


def _results(state: State, cite: Citations) -> tuple[Block, ...]:
    """Say the results; a part with figures and nothing said has its heading too."""
    section, table = results_section(state, cite), league(state)
    shown: dict[str, tuple[Block, ...]] = {
        name: figures_of(state, pictures) for name, pictures in results_pictures(state).items()
    }
    if table is not None:
        shown["Network meta-analysis"] += (table,)
    said = [part for part in section.parts if part.title not in shown]
    blocks: list[Block] = [Heading(section.title), *(block for part in said for block in _part(part))]
    paragraphs = {part.title: part.paragraphs for part in section.parts}
    for title, figures in shown.items():
        if title in paragraphs or figures:
            blocks += [*_part(Part(title, paragraphs.get(title, ()))), *figures]
    return tuple(blocks)


def _part(part: Part) -> tuple[Block, ...]:
    return (Heading(part.title, 2), *map(Paragraph, part.paragraphs))


def _findings(state: State, certainty: Mapping[str, Mapping[str, str]] | None) -> tuple[Block, ...]:
    found = summary_of_findings(state, certainty=certainty)
    table = findings_table(found)
    if table is None:
        return ()
    return (
        Heading("Summary of findings"),
        table,
        Heading("To weigh when judging certainty", 2),
        Bullets(found.weighed),
    )


def _appendix(state: State, cite: Citations, *, script: bool) -> tuple[Block, ...]:
    marks = cite("page2021", "hutton2015")
    said = f"What a report of a systematic review should say {marks}, and what this analysis says to it."
    return (*_repeat(state, script=script), Heading("Reporting checklist"), Paragraph(said), checklist(state))


def _repeat(state: State, *, script: bool = True) -> tuple[Block, ...]:
    if not script:
        said = (
            "analysis.to_python() and analysis.to_r() write the programs that repeat this analysis with its data; "
            "netmeta.archive() puts them beside its figures and tables."
        )
        return (Heading("How to repeat it"), Paragraph(said))
    said = "This Python program repeats the analysis as it stands, with its data; it needs netmeta alone."
    return (Heading("How to repeat it"), Paragraph(said), Code(to_python(state), "python"))

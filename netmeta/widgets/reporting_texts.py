"""What a report of the analysis says, as text to be read and copied: methods, results, findings, checklist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netmeta.report.findings_table import summary_of_findings
from netmeta.report.methods import methods
from netmeta.report.prisma import prisma
from netmeta.report.results import results
from netmeta.widgets.textblock import TextBlock
from netmeta.widgets.texttable import TextTable
from netmeta.widgets.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from netmeta.report.section import Section
    from netmeta.widgets import controls as w

__all__ = ["ChecklistText", "FindingsText", "MethodsText", "ResultsText", "SectionText"]


class SectionText(View):
    """A section in words: headings, paragraphs, references."""

    def build(self) -> Sequence[w.Widget]:
        """Make the room for the text."""
        self.said = TextBlock()
        self.said.add_class("netmeta-report-text")
        return (self.said,)

    def show(self) -> None:
        """Write the section of the moment."""
        self.said.write(_lines(self.section()))

    def section(self) -> Section:
        """Return what is said."""
        raise NotImplementedError


class MethodsText(SectionText):
    """The methods section of the analysis."""

    def section(self) -> Section:
        """Return the methods."""
        return methods(self.analysis)


class ResultsText(SectionText):
    """The results section of the analysis."""

    def section(self) -> Section:
        """Return the results."""
        return results(self.analysis)


class FindingsText(View):
    """The summary of findings, and what may be weighed under it."""

    def build(self) -> Sequence[w.Widget]:
        """Make the table and the room under it."""
        self.table, self.said = TextTable(), TextBlock()
        return (self.table, self.said)

    def show(self) -> None:
        """Sum up the outcomes of the moment."""
        found = summary_of_findings(self.analysis)
        written = found.table(weighed=False)
        self.table.write(written.head, written.rows, "Summary of findings.")
        weighed = [("head", "To weigh when judging certainty"), *(("plain", line) for line in found.weighed)]
        missing = [("aside", "No trial answers the question.")]
        self.said.write([*weighed, *(("aside", note) for note in found.notes)] if found.rows else missing)


class ChecklistText(View):
    """The reporting checklist, filled in as far as software can know it."""

    def build(self) -> Sequence[w.Widget]:
        """Make the table and the count above it."""
        self.said, self.table = TextBlock(), TextTable()
        self.add_class("netmeta-checklist")
        return (self.said, self.table)

    def show(self) -> None:
        """Fill in the checklist of the moment."""
        found = prisma(self.analysis)
        counted, about = found.counted
        self.said.write([("plain", counted), ("aside", about)])
        head, rows = found.texts
        self.table.write(head, rows, f"{found.name}.")


def _lines(section: Section) -> Iterator[tuple[str, str]]:
    for part in section.parts:
        yield "head", part.title
        yield from (("plain", paragraph) for paragraph in part.paragraphs)
    if section.references:
        yield "head", "References"
        yield from (("reference", f"{at}. {source}") for at, source in enumerate(section.references, 1))

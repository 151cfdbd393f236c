"""The public verb: write the report of an analysis to a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from netmeta.document.contents import contents, one_page
from netmeta.errors import ReportError, hint, shown
from netmeta.language import speaking
from netmeta.report.given import state_of
from netmeta.report.saving import save

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from netmeta.document.blocks import Document
    from netmeta.state import State

__all__ = ["KINDS", "html_page", "made", "report"]

KINDS = (".html", ".docx", ".pdf")


def report(
    analysis: object,
    path: str | Path,
    *,
    language: str | None = None,
    certainty: Mapping[str, Mapping[str, str]] | None = None,
) -> Path:
    """Write everything about an analysis to one file; the end of its name says how.

    Parameters
    ----------
    analysis
        An `Analysis` or its state. One without a pooled result has a report too: the question, the trials, and why
        there is no result.
    path
        ``"report.html"`` (one self-contained page), ``"report.docx"`` (Word) or ``"report.pdf"``.
    language
        ``"en"`` or ``"zh"``; by default the language that is shown now.
    certainty
        The reader's own judgements for the summary of findings: see `netmeta.summary_of_findings`.

    Returns
    -------
    pathlib.Path
        The file.

    Raises
    ------
    ReportError
        For another end of the name, a program that is not installed, and a file that cannot be written.
    EntryError
        For what is no analysis.

    Examples
    --------
    >>> import netmeta as nm
    >>> nm.report(nm.Analysis(), "report.pdf")  # doctest: +SKIP
    """
    state, target = state_of(analysis), Path(path)
    kind = target.suffix.casefold()
    if kind not in KINDS:
        raise ReportError(
            f"The name of a report cannot end in {shown(target.suffix or target.name)}.{hint(kind, KINDS)}"
        )
    save(made(state, kind, language=language, certainty=certainty), target, error=ReportError)
    return target


def html_page(analysis: object, path: str | Path | None = None, *, language: str | None = None) -> str:
    """Return an analysis as one compact page: question, answer, forest plot, trials with sources, how to repeat it.

    Parameters
    ----------
    analysis
        An `Analysis` or its state.
    path
        Where to write it too; nowhere by default.
    language
        ``"en"`` or ``"zh"``; by default the language that is shown now.

    Returns
    -------
    str
        HTML that asks nothing of any host. The forest plot shows a trial's details on hover and on focus.

    Raises
    ------
    EntryError
        For what is no analysis.
    ReportError
        If the file cannot be written.
    """
    with speaking(language):
        made_page = _html(one_page(state_of(analysis)))
    return save(made_page, path, error=ReportError).decode()


def made(
    state: State,
    kind: str,
    *,
    language: str | None = None,
    certainty: Mapping[str, Mapping[str, str]] | None = None,
) -> bytes:
    """Make a report of a kind in `KINDS` as bytes."""
    with speaking(language):
        return _WRITERS[kind](contents(state, script=kind == ".html", certainty=certainty))


def _html(document: Document) -> bytes:
    from netmeta.document.page import html

    return html(document).encode("utf-8", "replace")


def _word(document: Document) -> bytes:
    from netmeta.document.word import word

    return word(document)


def _paper(document: Document) -> bytes:
    from netmeta.document.paper import paper

    return paper(document)


_WRITERS: Mapping[str, Callable[[Document], bytes]] = {".html": _html, ".docx": _word, ".pdf": _paper}

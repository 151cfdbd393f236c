"""What an analysis cites, as a file for a reference manager."""

from __future__ import annotations

from netmeta.report.citations import Citations
from netmeta.report.given import state_of
from netmeta.report.methods import methods_section
from netmeta.report.results import results_section

__all__ = ["bibliography"]


def bibliography(analysis: object) -> str:
    """Write what the methods and the results of an analysis cite as a .bib file.

    Parameters
    ----------
    analysis
        An `Analysis` or its state.

    Returns
    -------
    str
        BibTeX entries in UTF-8, in the order of first citation: the methods that were used, the programs, and the
        trials by the sources in their rows. Texts from anywhere are escaped. Nothing that is not used is in it.

    Raises
    ------
    EntryError
        For anything else than an analysis.
    """
    state, cite = state_of(analysis), Citations()
    methods_section(state, cite)
    results_section(state, cite)
    return cite.bibliography()

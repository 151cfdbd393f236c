"""One trial's card: design, arms, every result, outcomes, approvals and sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from netmeta.errors import SelectionError, hint, shown
from netmeta.evidence.evidence import Evidence
from netmeta.evidence.library import Treatment, load_treatments, load_trials
from netmeta.evidence.outcomes import Outcome, load_outcomes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from netmeta.evidence.trial import Trial

__all__ = ["TrialCard", "trial"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialCard:
    """Everything that is at hand of one trial.

    Parameters
    ----------
    study
        Its name.
    rows
        All its rows: every cohort, subgroup, endpoint, reader and data cut.
    outcomes
        Responders and adverse events.
    treatments
        Its treatments, with class, mechanism and approvals, where the library knows them.
    """

    study: str
    rows: Evidence
    outcomes: tuple[Outcome, ...] = ()
    treatments: tuple[Treatment, ...] = ()

    def __str__(self) -> str:
        from netmeta.evidence.card_show import card_text

        return card_text(self)

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        from netmeta.evidence.card_show import card_html

        return card_html(self)


def trial(name: str, evidence: Evidence | None = None) -> TrialCard:
    """Return the card of one trial.

    Parameters
    ----------
    name
        The trial's name in any case (``"CABINET"``), its label with a cohort or subgroup, or its registry number.
    evidence
        Where to look; by default in the bundled library.

    Raises
    ------
    SelectionError
        If there is no such trial; the nearest name is suggested.

    Examples
    --------
    >>> import netmeta as nm
    >>> nm.trial("cabinet").treatments[0].drug_class
    'VEGFR/MET/AXL TKI'
    """
    rows = load_trials() if evidence is None else evidence
    study = _study(str(name), rows)
    found = Evidence(tuple(row for row in rows if row.study == study))
    bundled = evidence is None or any(row in load_trials() for row in found)
    named = dict.fromkeys(arm for row in found for arm in (row.experimental, row.control))
    known = {one.label: one for one in load_treatments()}
    return TrialCard(
        study=study,
        rows=found,
        outcomes=tuple(one for one in load_outcomes() if one.study == study) if bundled else (),
        treatments=tuple(known[arm] for arm in named if arm in known),
    )


def _study(name: str, rows: Iterable[Trial]) -> str:
    wanted = " ".join(name.split()).casefold()
    names: dict[str, str] = {}
    for row in rows:
        for known in (row.study, row.label, row.nct, row.key):
            names.setdefault(known.casefold(), row.study)
    if wanted and wanted in names:
        return names[wanted]
    raise SelectionError(f"No trial is called {shown(name)}.{hint(name, names.values())}")

"""The question, and the one row that each trial gives to answer it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from netmeta.errors import SelectionError, hint, shown
from netmeta.evidence.evidence import Evidence
from netmeta.evidence.populations import ANY_SITE, SITES, in_population

if TYPE_CHECKING:
    from collections.abc import Iterable

    from netmeta.evidence.trial import Trial

__all__ = [
    "ANY",
    "PREFERRED",
    "PRIMARY",
    "READERS",
    "LeftOut",
    "Selected",
    "Selection",
    "choices",
    "opening",
    "populations",
    "select",
]

ANY = ""
PRIMARY = "primary"
READERS = (PRIMARY, "central", "investigator")
_FIRST = " first"
PREFERRED = ("central first", "investigator first")
"""A reader where a trial reports one, and else the trial's primary analysis: no trial is lost."""
_TRUSTED = ("verified", "entered")
_KEPT = ("primary", "sensitivity")


@dataclass(frozen=True, slots=True)
class Selection:
    """A question: which endpoint, in whom, of what against what, as read by whom.

    Parameters
    ----------
    endpoint
        ``"PFS"``, ``"OS"``, ``"TTP"``, ...; endpoints are never mixed.
    population, control
        One value of `Trial.population` (or ``"epNET of any site"``) and of `Trial.control`, or ``""`` for any.
    treatments
        Experimental treatments wanted; empty for any.
    assessor
        ``"primary"`` for each trial's own primary analysis, ``"central"`` or ``"investigator"``; ``"central
        first"`` or ``"investigator first"`` for that reader where a trial reports one, and its primary analysis
        where not.

    Raises
    ------
    SelectionError
        For an assessor that is none of these.
    """

    endpoint: str = "PFS"
    population: str = ANY
    control: str = ANY
    treatments: tuple[str, ...] = ()
    assessor: str = PRIMARY

    def __post_init__(self) -> None:
        one = isinstance(self.treatments, str)
        wanted = tuple(filter(None, (self.treatments,))) if one else tuple(self.treatments)
        object.__setattr__(self, "treatments", wanted)
        known = (*READERS, *PREFERRED)
        if self.assessor not in known:
            raise SelectionError(f"There is no reader {shown(self.assessor)}.{hint(str(self.assessor), known)}")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A trial that bears on the question but has no row that may answer it, and why."""

    trial: Trial
    reason: str


@dataclass(frozen=True, slots=True)
class Selected:
    """The rows that answer a question, and the trials left out of it."""

    evidence: Evidence
    left_out: tuple[LeftOut, ...]


@lru_cache(maxsize=64)
def select(evidence: Evidence, selection: Selection) -> Selected:
    """Take one row for each trial and cohort: verified, poolable, and read as asked.

    The row marked ``use="primary"`` is preferred, then the last one listed. Of several primary rows the last
    answers, and the others are left out by name. Subgroups, superseded and unverified rows never answer, nor
    do rows whose direction the source does not state.
    """
    chosen, left_out = [], []
    for rows in _groups(trial for trial in evidence if _in_question(trial, selection)):
        row, reason = _answer(rows, selection)
        if row is not None:
            chosen.append(row)
            left_out += [LeftOut(other, _outranked(row)) for other in _rivals(rows, row)]
        elif reason:
            left_out.append(LeftOut(_spokesman(rows, selection.endpoint), reason))
    return Selected(Evidence(tuple(chosen)), tuple(left_out))


def choices(evidence: Evidence, field: str) -> tuple[str, ...]:
    """Return the values of a field among whole-trial rows that could be pooled, most frequent first."""
    rows = [trial for trial in evidence if not trial.subgroup and _trusted(trial)]
    return tuple(value for value, _ in Counter(getattr(trial, field) for trial in rows).most_common() if value)


def populations(evidence: Evidence) -> tuple[str, ...]:
    """Return the populations that can be asked for, most frequent first; extra-pancreatic ones also as one."""
    found = choices(evidence, "population")
    return (*found, ANY_SITE) if len(SITES.intersection(found)) > 1 else found


def opening(evidence: Evidence) -> Selection:
    """Return the question with the most trials to answer it: PFS against placebo for the bundled trials."""
    rows = [trial for trial in evidence if _trusted(trial) and trial.use == PRIMARY]
    pairs = Counter((trial.endpoint, trial.control) for trial in rows).most_common(1)
    if not pairs:
        return Selection(endpoint=next((trial.endpoint for trial in evidence), "PFS"))
    (endpoint, control), found = pairs[0]
    return Selection(endpoint, control=control if found > 1 else ANY)


def _spokesman(rows: list[Trial], endpoint: str) -> Trial:
    """Choose the row that stands for a trial that is left out: on the endpoint, and rather primary."""
    near = [row for row in rows if row.endpoint == endpoint] or rows
    return next((row for row in near if row.use == PRIMARY), near[-1])


def _in_question(trial: Trial, selection: Selection) -> bool:
    return (
        not trial.subgroup
        and in_population(trial, selection.population)
        and selection.control in (ANY, trial.control)
        and (not selection.treatments or trial.experimental in selection.treatments)
    )


def _groups(trials: Iterable[Trial]) -> list[list[Trial]]:
    groups: dict[tuple[str, ...], list[Trial]] = {}
    for trial in trials:
        groups.setdefault((trial.study, trial.cohort, trial.experimental, trial.control), []).append(trial)
    return list(groups.values())


def _answer(rows: list[Trial], selection: Selection) -> tuple[Trial | None, str]:
    on_endpoint = [row for row in rows if row.endpoint == selection.endpoint]
    if not on_endpoint:
        return None, _other_endpoint(rows, selection.endpoint)
    sound = [row for row in on_endpoint if _trusted(row)]
    if not sound:
        return None, _unsound(on_endpoint[-1])
    stated = [row for row in sound if row.direction != "not stated"]
    if not stated:
        return None, _undirected(_preferred(sound))
    wanted = selection.assessor.removesuffix(_FIRST)
    read = [row for row in stated if _read_as(row, wanted)]
    if not read and wanted != selection.assessor:
        wanted = PRIMARY
        read = [row for row in stated if _read_as(row, wanted)]
    return (_preferred(read), "") if read else (None, _unread(stated, wanted))


def _preferred(rows: list[Trial]) -> Trial:
    return next((row for row in reversed(rows) if row.use == PRIMARY), rows[-1])


def _rivals(rows: list[Trial], chosen: Trial) -> list[Trial]:
    """Return the rows that claim to be the trial's primary result as much as the chosen one does."""
    if chosen.use != PRIMARY:
        return []
    same = [row for row in rows if row.use == PRIMARY and row.endpoint == chosen.endpoint]
    return [row for row in same if row is not chosen and _trusted(row)]


def _outranked(chosen: Trial) -> str:
    which = ", ".join(filter(None, (chosen.assessor_as_printed or chosen.assessor, chosen.data_cut)))
    return f"another row of the same trial answers{f' ({which})' if which else ''}"


def _undirected(row: Trial) -> str:
    effect = "" if row.hr is None else f" ({row.hr:g})"
    return f"the source does not say which arm its hazard ratio{effect} favours"


def _trusted(row: Trial) -> bool:
    return row.poolable and row.verification in _TRUSTED and row.use in _KEPT


def _read_as(row: Trial, assessor: str) -> bool:
    return row.use == PRIMARY if assessor == PRIMARY else row.assessor in (assessor, ANY)


def _unread(sound: list[Trial], assessor: str) -> str:
    readers = " and ".join(dict.fromkeys(row.assessor_as_printed or row.assessor for row in sound))
    if assessor == PRIMARY:
        return f"no verified primary result, only a sensitivity analysis ({readers or sound[-1].data_cut})"
    reader = "central review" if assessor == "central" else "the investigators"
    return f"no verified result read by {reader}, only by {readers}"


def _unsound(row: Trial) -> str:
    if not row.poolable:
        return row.why_not_poolable
    if row.verification in _TRUSTED:
        return f"only a result marked {row.use}"
    return f"not verified: {row.unverified}" if row.unverified else "not verified"


def _other_endpoint(rows: list[Trial], endpoint: str) -> str:
    others = dict.fromkeys(row.endpoint for row in rows if _trusted(row))
    return f"reports {' and '.join(others)}, not {endpoint}" if others else ""

"""The trials as an accessible table: a tick pools, a button unfolds source and details."""

from __future__ import annotations

import json
from itertools import count
from typing import TYPE_CHECKING, Any, ClassVar

import anywidget
import traitlets as t

from netmeta import numerals
from netmeta.evidence import findings
from netmeta.evidence.show import card_facts, hazard_ratio, verification_note
from netmeta.widgets.assets import script
from netmeta.widgets.spoken import Worded, in_json, one
from netmeta.widgets.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netmeta.evidence import Evidence, Finding, LeftOut, Trial
    from netmeta.widgets import controls as w

__all__ = ["TrialTable"]

MOST = 200
_PRINTED = frozenset({"Source", "Notes", "Data cut", "DOI", "Registry"})
_scopes = count(1)


def _rows_in_language(text: str) -> str:
    """Translate the rows, but for what a source prints: citations and notes stay as they are."""
    rows = json.loads(in_json("id", "facts")(text))
    for row in rows:
        row["facts"] = [[one(name), said if name in _PRINTED else one(said)] for name, said in row["facts"]]
    return json.dumps(rows, ensure_ascii=False)


class TableBody(Worded, anywidget.AnyWidget):
    """The table on screen: rows come as JSON text, ``included`` goes back as a list of keys."""

    _esm = t.Unicode(script("trialtable.js")).tag(sync=True)
    rows = t.Unicode("[]").tag(sync=True)
    caption = t.Unicode().tag(sync=True)
    scope = t.Unicode().tag(sync=True)
    included = t.List(t.Unicode()).tag(sync=True)
    picked = t.Unicode().tag(sync=True)
    spoken: ClassVar = {**Worded.spoken, "caption": one, "rows": _rows_in_language}


class TrialTable(View):
    """Trials that answer the question, then those left out with the reason."""

    verb = "pooled"

    def build(self) -> Sequence[w.Widget]:
        """Make the table."""
        self.body = TableBody(scope=f"netmeta-trials-{next(_scopes)}")
        self.body.observe(self.answer(self._ticked), "included")
        self.marked(self.body)
        return (self.body,)

    def show(self) -> None:
        """Write the rows of the moment."""
        included, endpoint, left_out = self._included(), self.analysis.selection.endpoint, self._left_out()
        away = {item.trial.key for item in left_out}
        selected = [trial for trial in self._rows() if trial.key not in away]
        rows = [_row(trial, trial.key in included, "", endpoint) for trial in selected]
        rows += [_row(item.trial, False, item.reason, endpoint) for item in left_out]
        doubts = _doubts([*selected, *(item.trial for item in left_out)][:MOST])
        rows = [_marked(row, doubts.get(row["id"], ())) for row in rows]
        self.body.caption = _caption(len(included), len(rows), self.verb)
        self._shown = tuple(row["id"] for row in rows[:MOST] if row["usable"])
        self.body.included = [key for key in self._shown if key in included]
        self.body.rows = json.dumps(rows[:MOST])

    def _rows(self) -> Evidence:
        return self.analysis.selected

    def _included(self) -> set[str]:
        return set(self.analysis.included.keys)

    def _left_out(self) -> tuple[LeftOut, ...]:
        return self.analysis.left_out

    def click(self, name: str) -> None:
        """Do what a click on the tick of the trial of this key or label does."""
        self.analysis.toggle(name)

    def _ticked(self, change: dict[str, Any]) -> None:
        wanted, shown = set(change["new"]), set(self._shown)
        self.analysis.excluded = (self.analysis.excluded - shown) | (shown - wanted)


def _caption(pooled: int, rows: int, verb: str) -> str:
    said = f"{numerals.count(pooled)} {verb}, {numerals.count(rows - pooled)} not {verb}."
    return f"{said} The table shows the first {MOST} rows." if rows > MOST else said


def _row(trial: Trial, included: bool, why: str, endpoint: str) -> dict[str, Any]:
    effect = hazard_ratio(trial)
    status = verification_note(trial)
    return {
        "id": trial.key,
        "label": trial.label,
        "comparison": trial.comparison,
        "n": "" if trial.n is None else numerals.count(trial.n),
        "effect": effect if trial.endpoint == endpoint or not effect else f"{trial.endpoint} {effect}",
        "reader": trial.assessor_as_printed or trial.assessor,
        "status": f"left out: {why}" if why else status.partition(";")[0],
        "hint": f"{trial.label}. {why or status}. Source: {trial.source or 'not given'}",
        "usable": not why,
        "included": included,
        "why": why,
        "facts": card_facts(trial),
    }


def _doubts(trials: list[Trial]) -> dict[str, tuple[Finding, ...]]:
    """Return what is to be checked of each row, by its key."""
    found: dict[str, tuple[Finding, ...]] = {}
    for finding in findings(trials):
        found[finding.key] = (*found.get(finding.key, ()), finding)
    return found


def _marked(row: dict[str, Any], found: tuple[Finding, ...]) -> dict[str, Any]:
    """Mark a row in words where something is to be checked; what it is stands among its facts."""
    kinds = dict.fromkeys(finding.kind for finding in found if finding.severity != "note")
    facts = [("Note" if finding.severity == "note" else "To check", _sentence(finding)) for finding in found]
    return {**row, "mark": f"check: {', '.join(kinds)}" if kinds else "", "facts": [*facts, *row["facts"]]}


def _sentence(finding: Finding) -> str:
    words = finding.mend.words if finding.mend and finding.mend.words not in finding.message else ""
    return f"{finding.message} {words}".strip()

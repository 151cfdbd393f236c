"""A form for a trial of the reader's own: add, edit, remove, with checks while one types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from netmeta import numerals
from netmeta.errors import EntryError, NetmetaError
from netmeta.evidence import Evidence, Finding, Trial, select
from netmeta.evidence.checks import refusal
from netmeta.evidence.selection import choices
from netmeta.widgets import controls as w
from netmeta.widgets.entry_fields import EntryFields
from netmeta.widgets.entry_groups import OPENING, in_labels
from netmeta.widgets.entry_ways import WayChoice
from netmeta.widgets.sendbutton import SendButton
from netmeta.widgets.textblock import TextBlock
from netmeta.widgets.view import View

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["TrialForm"]

_NEW = ""
_OFFERED = ("experimental", "control", "endpoint", "population")
_NAMELESS = {"study": "This trial", "experimental": "experimental", "control": "control"}
_KINDS = {"error": "error", "warning": "warning", "note": "aside"}


class TrialForm(View):
    """Add a trial by whatever its paper prints; edit or remove the ones you added.

    Every field is text and keeps what was typed, whatever is wrong with it. What the numbers give by every way that
    is open stands under them at once, and what a careful reader would check.
    """

    def build(self) -> Sequence[w.Widget]:
        """Make the fields and buttons."""
        self.which = w.Dropdown(options=[("a new trial", _NEW)], description="Enter")
        self.entry, self.ways = EntryFields(), WayChoice()
        self.fields, self.groups = self.entry.fields, self.entry.groups
        self.save = SendButton(self.entry.written, description="Add trial")
        self.remove = w.Button(description="Remove trial", layout={"display": "none"})
        self.clear = w.Button(description="Clear")
        self.mend = w.Button(description="Correct it so", layout={"display": "none"})
        self.findings, self.told = TextBlock(), TextBlock(urgent=True)
        self._filled: dict[str, Any] = {}
        self._mends: dict[str, Any] = {}
        self._listen()
        self._fill_new()
        buttons = w.HBox([self.save, self.remove, self.clear])
        box = w.VBox([self.which, self.entry, self.ways, self.findings, self.mend, buttons, self.told])
        box.add_class("netmeta-form")
        return (box,)

    def show(self) -> None:
        """Offer the reader's own trials for editing, and known names in the fields."""
        own = [(trial.label, trial.key) for trial in self.analysis.evidence if trial.verification == "entered"]
        options = [("a new trial", _NEW), *((f"{label}, to edit", key) for label, key in own[:200])]
        if list(self.which.options) != options:
            kept = self.which.value
            self.which.options = options
            self.which.value = kept if kept in [key for _, key in options] else _NEW
            self._mode()
        for name in _OFFERED:
            self.fields[name].options = tuple(sorted(choices(self.analysis.evidence, name), key=str.casefold))

    def draft(self) -> Trial:
        """Return the trial as typed; of a trial that is edited, what was not touched stays.

        Raises
        ------
        EntryError
            Naming the first field that cannot be right.
        """
        return self._draft({"study": "", "experimental": "", "control": ""})

    def _draft(self, nameless: dict[str, str]) -> Trial:
        old, read = self._edited(), self.entry.read()
        if old is None:
            given = {name: value for name, value in read.items() if value not in ("", None)}
            return self.ways.taken(Trial(**{**nameless, **given}))
        touched = {name: value for name, value in read.items() if value != self._filled.get(name)}
        return self.ways.taken(old.change(**{**touched, "route": ""}))

    def _listen(self) -> None:
        self.entry.on_change(self._check)
        self.ways.on_choice(self._check)
        self.which.observe(self.answer(lambda _change: self._pick()), "value")
        self.save.on_click(lambda _button: self._save())
        self.remove.on_click(lambda _button: self._remove())
        self.clear.on_click(lambda _button: self._fill_new())
        self.mend.on_click(lambda _button: self.entry.put(self._mends))

    def _edited(self) -> Trial | None:
        key = self.which.value
        return self.analysis.evidence[key] if key and key in self.analysis.evidence.keys else None

    def _check(self) -> None:
        """Say at once what the numbers give, by which ways, and what is to be checked."""
        trial, found = self._look() if self.entry.numbers_typed else (None, ())
        self.ways.offer(trial)
        self.findings.write([*_gives(trial, self._asks_interval), *_said(found)])
        self._mends = next((dict(one.mend.changes) for one in found if one.mend and one.mend.changes), {})
        self._mends = {
            name: value for name, value in self._mends.items() if name in self.fields or name == "p_relation"
        }
        self.mend.layout.display = "" if self._mends else "none"

    def _look(self) -> tuple[Trial | None, tuple[Finding, ...]]:
        try:
            trial = self._draft(_NAMELESS)
        except EntryError as error:
            return None, (refusal(error, ""),)
        return trial, trial.findings()

    @property
    def _asks_interval(self) -> bool:
        return [group.name for group in self.entry.shown] == [OPENING]

    def _save(self) -> None:
        try:
            trial, old = self.draft(), self._edited()
            if not trial.poolable:
                raise EntryError(_unpoolable(trial, plain=self._asks_interval))
            evidence = self.analysis.evidence
            self._take(evidence.replace(old, trial) if old else evidence.add(trial), trial, old)
        except NetmetaError as error:
            self.told.write([("error", str(error))])

    def _take(self, evidence: Evidence, trial: Trial, old: Trial | None) -> None:
        self.analysis.evidence = evidence
        answers = trial.key in select(evidence, self.analysis.selection).evidence.keys
        where = (
            "It answers the question above."
            if answers
            else "It does not answer the question above, so it is not pooled."
        )
        done = "Changed" if old else "Added"
        self._fill_new()
        self.told.write([("fine", f"{done}: {trial.label}. {where}")])

    def _remove(self) -> None:
        row = self._edited()
        if row is not None:
            self.analysis.evidence = self.analysis.evidence.without(row)
            self._fill_new()
            self.told.write([("fine", f"Removed: {row.label}. Undo brings it back.")])

    def _pick(self) -> None:
        row = self._edited()
        if row is None:
            self._fill_new()
        else:
            self.ways.route = row.route
            self.entry.fill_from(row)
            self._filled = self.entry.read()
            self._check()
        self._mode()

    def _mode(self) -> None:
        editing = self._edited() is not None
        self.save.description = "Save changes" if editing else "Add trial"
        self.remove.layout.display = "" if editing else "none"

    def _fill_new(self) -> None:
        """Empty the form; the question that is asked gives endpoint, control and population."""
        asked = self.analysis.selection
        self.which.value = _NEW
        self.entry.fill({"endpoint": asked.endpoint, "control": asked.control, "population": asked.population})
        self.ways.forget()
        self.told.write(())
        self._mode()


def _gives(trial: Trial | None, asks_interval: bool) -> list[tuple[str, str]]:
    if trial is None:
        return []
    if trial.log_hr is None or trial.se is None:
        return [("aside", _lacking(trial, plain=asks_interval))]
    log_hr, se = (numerals.decimal(value, 3) for value in (trial.log_hr, trial.se))
    return [("fine", f"Log HR {log_hr}, standard error {se}.")]


def _said(findings: Iterable[Finding]) -> list[tuple[str, str]]:
    lines = []
    for one in findings:
        words = one.mend.words if one.mend and one.mend.words not in one.message else ""
        lines.append((_KINDS[one.severity], f"{one.message} {words}".strip()))
    return lines


def _lacking(trial: Trial, *, plain: bool) -> str:
    if plain:
        return "Give the hazard ratio and both limits of its interval."
    begun = sorted((way for way in trial.closed_ways() if way.begun), key=lambda way: len(way.lacking))
    if not begun:
        return "No standard error yet."
    return in_labels(f"No standard error yet by {begun[0].title}: {begun[0].why_not}.")


def _unpoolable(trial: Trial, *, plain: bool) -> str:
    if not plain:
        return f"{trial.label} cannot be pooled. {_lacking(trial, plain=False)}"
    texts = {"hr": "hazard ratio", "ci_low": "lower limit", "ci_high": "upper limit"}
    lacking = [text for name, text in texts.items() if getattr(trial, name) is None]
    return f"{trial.label} cannot be pooled without its {' and '.join(lacking)}."

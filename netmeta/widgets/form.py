"""A form for a trial of the reader's own: add, edit, remove, with checks while one types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets as w

from netmeta import numerals
from netmeta.errors import NetmetaError
from netmeta.evidence import Evidence, Trial, findings, select
from netmeta.evidence.selection import choices
from netmeta.widgets.parsing import parse_count, parse_number, parse_percent
from netmeta.widgets.textblock import TextBlock
from netmeta.widgets.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["TrialForm"]

_NEW = ""
_NAMES = {
    "study": "Trial",
    "cohort": "Cohort, if several",
    "experimental": "Experimental arm",
    "control": "Control arm",
    "endpoint": "Endpoint",
    "population": "Population",
}
_NUMBERS = {"hr": "Hazard ratio", "ci_low": "Lower limit", "ci_high": "Upper limit"}
_COUNTS = {"n_experimental": "N experimental", "n_control": "N control"}
_OFFERED = ("experimental", "control", "endpoint", "population")
_READERS = [("not stated", ""), ("central review", "central"), ("the investigators", "investigator")]


class TrialForm(View):
    """Add a trial by its hazard ratio and interval of any level; edit or remove the ones you added.

    Every field is text and keeps what was typed, whatever is wrong with it.
    """

    def build(self) -> Sequence[w.Widget]:
        """Make the fields and buttons."""
        self.which = w.Dropdown(options=[("a new trial", _NEW)], description="Enter")
        self.fields: dict[str, Any] = {name: self._field(name, text) for name, text in _NAMES.items()}
        self.fields |= {name: _text(text, "0.38" if name == "hr" else "") for name, text in _NUMBERS.items()}
        self.fields["level"] = _text("Level of the interval (%)")
        self.fields |= {name: _text(text) for name, text in _COUNTS.items()}
        self.fields["assessor"] = w.Dropdown(options=_READERS, description="Read by")
        self.fields["source"] = _text("Source")
        self.save = w.Button(description="Add trial", button_style="primary")
        self.remove = w.Button(description="Remove trial", layout={"display": "none"})
        self.clear = w.Button(description="Clear")
        self.findings, self.told = TextBlock(), TextBlock(urgent=True)
        self._listen()
        self._fill_new()
        rows = [
            w.HBox([self.fields[name] for name in names])
            for names in (_NAMES, (*_NUMBERS, "level"), (*_COUNTS, "assessor", "source"))
        ]
        buttons = w.HBox([self.save, self.remove, self.clear])
        box = w.VBox([self.which, *rows, self.findings, buttons, self.told])
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
        old = self._edited()
        if old is None:
            given = {name: value for name, value in self._read().items() if value not in ("", None)}
            return Trial(**{"study": "", "experimental": "", "control": "", **given})
        read = self._read()
        touched = {name: read[name] for name, field in self.fields.items() if field.value != self._filled[name]}
        if touched.keys() & {*_NUMBERS, "level"}:
            touched |= {name: read[name] for name in (*_NUMBERS, "level")} | {"sides": 2}
        return old.change(**touched)

    def _read(self) -> dict[str, Any]:
        """Turn what is typed into values; the first one that cannot be right is an error."""
        read: dict[str, Any] = {name: self.fields[name].value.strip() for name in (*_NAMES, "source", "assessor")}
        read |= {name: parse_number(text, self.fields[name].value) for name, text in _NUMBERS.items()}
        read |= {name: parse_count(text, self.fields[name].value) for name, text in _COUNTS.items()}
        return read | {"level": parse_percent("Level of the interval", self.fields["level"].value)}

    def _field(self, name: str, text: str) -> w.Widget:
        if name not in _OFFERED:
            return _text(text)
        field = w.Combobox(description=text, ensure_option=False, continuous_update=True)
        field.style.description_width = "initial"
        return field

    def _listen(self) -> None:
        for field in self.fields.values():
            field.observe(lambda _change: self._check(), "value")
        self.which.observe(self.answer(lambda _change: self._pick()), "value")
        self.save.on_click(lambda _button: self._save())
        self.remove.on_click(lambda _button: self._remove())
        self.clear.on_click(lambda _button: self._fill_new())

    def _edited(self) -> Trial | None:
        key = self.which.value
        return self.analysis.evidence[key] if key and key in self.analysis.evidence.keys else None

    def _check(self) -> None:
        numbers = [self.fields[name].value.strip() for name in _NUMBERS]
        if not any(numbers):
            self.findings.write(())
            return
        self.findings.write(self._look(complete=all(numbers)))

    def _look(self, *, complete: bool) -> list[tuple[str, str]]:
        try:
            trial = self._numbers_only()
        except NetmetaError as error:
            return [("error", str(error))]
        if not complete or not trial.poolable:
            return [("aside", "Give the hazard ratio and both limits of its interval.")]
        log_hr, se = (numerals.decimal(value or 0.0, 3) for value in (trial.log_hr, trial.se))
        fine = f"Log HR {log_hr}, standard error {se}."
        return [("fine", fine), *(("warning", found.message) for found in findings((trial,)))]

    def _numbers_only(self) -> Trial:
        numbers = {name: value for name, value in self._read().items() if name in (*_NUMBERS, "level")}
        if numbers["hr"] is None:
            numbers = {"level": numbers["level"]}
        return Trial(study="This trial", experimental="experimental", control="control", **numbers)

    def _save(self) -> None:
        try:
            trial, old = self.draft(), self._edited()
            if not trial.poolable:
                _refuse_unpoolable(trial)
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
            self._fill(row)
        self._mode()

    def _mode(self) -> None:
        editing = self._edited() is not None
        self.save.description = "Save changes" if editing else "Add trial"
        self.remove.layout.display = "" if editing else "none"

    def _fill(self, trial: Trial) -> None:
        low, high = trial.interval(trial.level) if trial.poolable else (None, None)
        given = trial.hr is not None and trial.ci_low is not None
        numbers = (trial.hr, trial.ci_low, trial.ci_high) if given else (_middle(low, high), low, high)
        for name, number in zip(_NUMBERS, numbers, strict=True):
            self.fields[name].value = "" if number is None else f"{number:.6g}"
        for name in (*_NAMES, "source", "assessor"):
            self.fields[name].value = getattr(trial, name)
        for name in _COUNTS:
            found = getattr(trial, name)
            self.fields[name].value = "" if found is None else str(found)
        self.fields["level"].value = f"{trial.level * 100:g}"
        self._filled = {name: field.value for name, field in self.fields.items()}

    def _fill_new(self) -> None:
        """Empty the form; the question that is asked gives endpoint, control and population."""
        asked = self.analysis.selection
        known = {
            "endpoint": asked.endpoint,
            "control": asked.control,
            "population": asked.population,
            "level": "95",
        }
        self.which.value = _NEW
        for name, field in self.fields.items():
            field.value = known.get(name, "")
        self.told.write(())
        self._mode()


def _text(text: str, example: str = "") -> w.Text:
    field = w.Text(description=text, placeholder=example, continuous_update=True)
    field.style.description_width = "initial"
    return field


def _middle(low: float | None, high: float | None) -> float | None:
    return None if low is None or high is None else (low * high) ** 0.5


def _refuse_unpoolable(trial: Trial) -> None:
    from netmeta.errors import EntryError

    lacking = [text.lower() for name, text in _NUMBERS.items() if getattr(trial, name) is None]
    raise EntryError(f"{trial.label} cannot be pooled without its {' and '.join(lacking)}.")

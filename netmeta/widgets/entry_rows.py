"""The lines of the entry table: a trial and what was typed over it, and what can be taken of that."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from netmeta import numerals
from netmeta.errors import EntryError, NetmetaError
from netmeta.evidence import Trial
from netmeta.evidence.reading.cells import ColumnReader, decimal_sign, kind_of

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["COLUMNS", "Line", "cell_text", "decimals_of", "typed"]

COLUMNS = {
    "study": "Trial",
    "cohort": "Cohort",
    "subgroup": "Subgroup",
    "experimental": "Experimental arm",
    "control": "Control arm",
    "endpoint": "Endpoint",
    "assessor": "Read by",
    "hr": "HR",
    "ci_low": "Lower limit",
    "ci_high": "Upper limit",
    "level": "Level (%)",
    "n_experimental": "N experimental",
    "n_control": "N control",
    "population": "Population",
    "data_cut": "Data cut",
    "year": "Year",
    "source": "Source",
}
"""Fields of the entry table with their names on screen."""

_NEEDED = ("study", "experimental", "control")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: the trial that it stands for (``None``: not one yet), and what is typed and not taken.

    Parameters
    ----------
    id
        The trial's key, or a name of its own for a new line.
    trial
        The trial as it stands in the analysis.
    texts
        What is typed and could not be taken, by field.
    wrong
        Why, by field.
    hint
        What a new line still lacks.
    """

    id: str
    trial: Trial | None = None
    texts: Mapping[str, str] = field(default_factory=dict)
    wrong: Mapping[str, str] = field(default_factory=dict)
    hint: str = ""

    def cells(self) -> list[str]:
        """Return the text of every cell, typed texts before taken ones."""
        return [self.texts.get(name, cell_text(self.trial, name)) for name in COLUMNS]

    @property
    def name(self) -> str:
        """What to call the line."""
        return (self.trial.label if self.trial else self.texts.get("study", "")) or "new row"


def cell_text(trial: Trial | None, name: str) -> str:
    """Write a field for editing: the number itself, the level in percent."""
    value = getattr(trial, name) if trial else None
    if value is None or isinstance(value, str):
        return value or ""
    if name == "level":
        return f"{value * 100:.10g}"
    return f"{value:.12g}"


def decimals_of(block: list[list[str]]) -> list[str]:
    """Return the decimal sign that each column of a block proves; one that proves none has the block's."""
    width = max(map(len, block), default=0)
    own = [decimal_sign(row[at] for row in block if at < len(row)) for at in range(width)]
    proved = {sign for sign in own if sign}
    whole = proved.pop() if len(proved) == 1 else ""
    return [sign or whole for sign in own]


def typed(line: Line, texts: Mapping[str, str], decimals: Mapping[str, str] | None = None) -> Line:
    """Type texts into a line, and take all that is typed if together it makes a trial.

    Several cells may have to change before a row is right again (a hazard ratio and both its limits), so that what
    is not taken stays typed, marked and explained, and is tried again with the next cell.
    """
    kept = {
        name: text
        for name, text in {**line.texts, **texts}.items()
        if line.trial is None or text.strip() != cell_text(line.trial, name)
    }
    if line.trial is not None and not kept:
        return replace(line, texts={}, wrong={}, hint="")
    values, wrong = _values(kept, decimals or {})
    if wrong:
        return replace(line, texts=kept, wrong=wrong, hint="")
    lacking = [COLUMNS[name].lower() for name in _NEEDED if line.trial is None and not kept.get(name, "").strip()]
    if lacking:
        hint = f"Not in the analysis yet: it needs {' and '.join(lacking)}."
        return replace(line, texts=kept, wrong={}, hint=hint)
    try:
        trial = _trial(line.trial, values)
    except NetmetaError as error:
        blamed = {name: str(error) for name in kept if line.trial is not None or name in values}
        numbers = {name: why for name, why in blamed.items() if kind_of(name) != "str"}
        return replace(line, texts=kept, wrong=numbers or blamed, hint="")
    return Line(trial.key, trial)


def _trial(old: Trial | None, values: Mapping[str, Any]) -> Trial:
    if old is None:
        return Trial(**values)
    # Numbers that were verified at their source are not verified any more once they are typed over.
    return old.change(**{**values, "verification": "entered", "unverified": ""})


def _values(texts: Mapping[str, str], decimals: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    values: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for name, text in texts.items():
        try:
            given = _given(name, text, decimals.get(name, ""))
        except EntryError as error:
            wrong[name] = str(error)
            continue
        clash = next((other for other, value in given.items() if values.get(other, value) != value), None)
        if clash:
            wrong[name] = (
                f"{COLUMNS.get(clash, clash)} is {values[clash]} in another cell, and {given[clash]} here."
            )
        values |= given
    return values, wrong


def _given(name: str, text: str, decimal: str) -> dict[str, Any]:
    if not text.strip():
        return {name: "" if kind_of(name) == "str" else 0.95 if name == "level" else None}
    given = ColumnReader(COLUMNS[name], name, decimal, native=True).read(text.strip())
    if name == "year" and given:
        return {"year": _whole(given["year"])}
    return given or {name: None}


def _whole(value: float) -> float:
    if value != value // 1:
        raise EntryError(f"the year is {numerals.decimal(value)}; type a whole number.")
    return value

"""The columns of a table that is being loaded, with a choice of the field that each is taken for."""

from __future__ import annotations

import json
import re
from itertools import islice
from typing import TYPE_CHECKING, ClassVar, Final

import anywidget
import traitlets as t

from netmeta import numerals
from netmeta.errors import clipped
from netmeta.evidence.reading.mapping import TARGETS
from netmeta.widgets.assets import script
from netmeta.widgets.entry_groups import ABOUT, ARMS, GROUPS
from netmeta.widgets.spoken import Worded, in_json, one

if TYPE_CHECKING:
    from netmeta.evidence import ColumnMapping
    from netmeta.evidence.reading.grid import Grid

__all__ = ["MOST_SHOWN", "ColumnTable", "field_words"]

MOST_SHOWN: Final = 100
_SAMPLES, _LOOKED_AT, _WIDE = 3, 200, 28
_ORDER: Final = {
    "The trial": (
        "study experimental control endpoint population cohort subgroup setting assessor "
        "assessor_as_printed data_cut"
    ),
    "The hazard ratio": (
        "hr ci_low ci_high interval level sides p_value p_relation p_sides favours log_hr se variance "
        "printed_log_hr printed_se direction"
    ),
    "Patients and events": (
        "n_experimental n_control events_experimental events_control events_total allocation o_minus_e logrank_v "
        "expected_experimental expected_control"
    ),
    "Outcomes": (
        "median_experimental median_experimental_ci median_control median_control_ci response_experimental "
        "response_control response_basis grade3_experimental grade3_control grade3_definition"
    ),
}
_WORDS: Final = {
    one.name: one.text for one in (*ABOUT, *ARMS, *(one for group in GROUPS for one in group.fields))
} | {
    "cohort": "Cohort",
    "hr": "Hazard ratio, alone or with its interval",
    "interval": "Interval, both limits in one cell",
    "level": "Level of the interval (%)",
    "sides": "Sides of the interval",
    "p_relation": "Sign of the P value",
    "p_sides": "Sides of the P value",
    "log_hr": "Log hazard ratio",
    "se": "Standard error of the log hazard ratio",
    "variance": "Variance of the log hazard ratio",
    "printed_log_hr": "Log hazard ratio, as printed",
    "printed_se": "Its standard error, as printed",
    "curve_experimental": "Curve, experimental",
    "curve_control": "Curve, control",
    "assessor_as_printed": "Read by, as printed",
    "median_experimental_ci": "Interval of the median, experimental",
    "median_control_ci": "Interval of the median, control",
    "grade3_experimental": "Grade 3 or worse, experimental",
    "grade3_control": "Grade 3 or worse, control",
    "grade3_definition": "Grade 3 or worse, definition",
    "doi": "DOI",
    "nct": "Registry number",
    "seen_at": "Where it was seen",
}


def field_words(field: str) -> str:
    """Say a field in plain words; empty is a column that is left out."""
    return _WORDS.get(field, field.replace("_", " ").capitalize()) if field else "left out"


def _groups() -> list[tuple[str, list[tuple[str, str]]]]:
    ordered = {title: names.split() for title, names in _ORDER.items()}
    named = {name for names in ordered.values() for name in names}
    ordered["Other"] = sorted((name for name in TARGETS if name not in named), key=field_words)
    groups = [(title, [(name, field_words(name)) for name in names]) for title, names in ordered.items()]
    return [("", [("", field_words(""))]), *groups]


def _in_groups(text: str) -> str:
    """Translate the words of fields and their groups, not the names of fields."""
    groups = json.loads(text)
    return json.dumps([[one(title), [[name, one(words)] for name, words in fields]] for title, fields in groups])


class ColumnTable(Worded, anywidget.AnyWidget):
    """The table of columns on screen; only names and a few samples are sent, and choices come back as messages."""

    _esm = t.Unicode(script("columns.js")).tag(sync=True)
    fields = t.Unicode(json.dumps(_groups())).tag(sync=True)
    caption = t.Unicode().tag(sync=True)
    rows = t.Unicode("[]").tag(sync=True)
    spoken: ClassVar = {
        **Worded.spoken,
        "fields": _in_groups,
        "caption": one,
        "rows": in_json("name", "sample", "field"),
    }

    def write(self, grid: Grid, mapping: ColumnMapping) -> None:
        """Show the columns of a table and what they are taken for."""
        many, shown = len(grid.columns), mapping.columns[:MOST_SHOWN]
        left = sum(not one.field for one in mapping.columns)
        more = (
            f" The first {MOST_SHOWN} are shown; the others are understood by their names."
            if many > MOST_SHOWN
            else ""
        )
        columns = "1 column" if many == 1 else f"{numerals.count(many)} columns"
        self.caption = f"{columns}, {numerals.count(left)} left out.{more}"
        self.rows = json.dumps(
            [
                {"name": clipped(one.column), "sample": _sample(grid, at), "field": one.field, "why": _why(one.why)}
                for at, one in enumerate(shown)
            ]
        )

    def forget(self) -> None:
        """Show nothing."""
        self.rows = "[]"


def _sample(grid: Grid, at: int) -> str:
    """Return the first few values of a column as text."""
    cells = (str(row[at]).strip() for row in grid.rows[:_LOOKED_AT] if row[at] is not None)
    found = [clipped(cell) for cell in islice(filter(None, cells), _SAMPLES)]
    return " · ".join(cell if len(cell) <= _WIDE else f"{cell[: _WIDE - 1]}…" for cell in found) or "nothing"


def _why(why: str) -> str:
    """Say the reason of a mapping in the words of the choices."""
    said = why.removeprefix("left out: ")
    said = re.sub(r"did you mean '(\w+)'\?$", lambda found: f"did you mean “{field_words(found[1])}”?", said)
    return re.sub(r"^(\w+) is taken from ", lambda found: f"“{field_words(found[1])}” is taken from ", said)

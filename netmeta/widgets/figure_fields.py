"""What a figure of survival curves prints beside the curves, as fields to type into."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from netmeta.errors import EntryError, shown
from netmeta.widgets import controls as w
from netmeta.widgets.parsing import parse_count, parse_number
from netmeta.widgets.pixels import Axes

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

__all__ = ["FigureFields", "parse_row"]

_AXES = {"x1": ("Time, first mark", "0"), "x2": ("Time, second mark", ""), "y1": ("Survival, lower mark", "0")}
_AXES |= {"y2": ("Survival, upper mark", "100")}
_ARMS = ("experimental", "control")
_SCALES = [("percent (0 to 100)", "percent"), ("fractions (0 to 1)", "fraction")]
_CLICKS = [("anywhere on the curves", "along"), ("at the foot of each step", "steps")]
_OWN = ("study", "endpoint", "population", "source")
_WHOLE = {"percent": 100.0, "fraction": 1.0}


class FigureFields(w.VBox):  # type: ignore[misc]
    """Axis values, numbers at risk, and names; ``changed`` is called when one that is computed with changes."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self.axis = {name: _text(words, value) for name, (words, value) in _AXES.items()}
        self.scale = w.Dropdown(options=_SCALES, description="Survival axis in")
        self.clicks = w.Dropdown(options=_CLICKS, description="Points are")
        for wide in (self.scale, self.clicks):
            wide.layout.width = "190px"
        self.unit = _text("Unit of time", "months")
        self.risk_times = _text("Times of the numbers at risk", example="0 6 12 18 24")
        self.arms = {arm: _arm_fields(arm) for arm in _ARMS}
        self.own = {
            name: _text(words) for name, words in zip(_OWN, ("Trial", "", "Population", "Source"), strict=True)
        }
        self.own["endpoint"] = _combobox("Endpoint")
        self.published = _text("HR, if printed")
        computed = [
            *self.axis.values(),
            self.scale,
            self.clicks,
            self.unit,
            self.risk_times,
            self.own["endpoint"],
            self.published,
        ]
        for field in (*computed, *(field for arm in self.arms.values() for field in arm.values())):
            field.observe(lambda _change: changed(), "value")
        rows = [
            [*self.axis.values(), self.scale],
            [self.unit, self.clicks, self.risk_times],
            *([*fields.values()] for fields in self.arms.values()),
            [*self.own.values(), self.published],
        ]
        super().__init__(children=tuple(w.HBox(row) for row in rows))
        self.add_class("netmeta-form")

    @property
    def written(self) -> tuple[w.Widget, ...]:
        """The fields that are typed into."""
        arms = (field for fields in self.arms.values() for field in fields.values())
        return (*self.axis.values(), self.unit, self.risk_times, *arms, *self.own.values(), self.published)

    @property
    def arm_names(self) -> tuple[str, str]:
        """The two treatments, or the words for them."""
        first, second = (self.arms[arm]["name"].value.strip() or arm for arm in _ARMS)
        return first, second

    @property
    def endpoint(self) -> str:
        """The endpoint as typed."""
        return str(self.own["endpoint"].value).strip()

    def offer(self, known: Mapping[str, Collection[str]], asked: Mapping[str, str]) -> None:
        """Offer known names; the question that is asked fills what is empty."""
        for field, name in (
            (self.arms["experimental"]["name"], "experimental"),
            (self.arms["control"]["name"], "control"),
            (self.own["endpoint"], "endpoint"),
        ):
            field.options = tuple(sorted(known[name], key=str.casefold))
            field.value = field.value or asked.get(name, "")

    def axes(self) -> Axes:
        """Return the values at the axis marks.

        Raises
        ------
        EntryError
            If one is missing or no number.
        """
        values = {name: parse_number(field.description, field.value) for name, field in self.axis.items()}
        for name, value in values.items():
            if value is None:
                raise EntryError(f"Type the value at the mark: {self.axis[name].description.lower()}.")
        return Axes(**{name: value or 0.0 for name, value in values.items()}, whole=_WHOLE[self.scale.value])

    def printed(self, arm: int) -> dict[str, Any]:
        """Return what is printed for an arm, as `DigitisedCurve` takes it.

        Raises
        ------
        EntryError
            For text that is no number, or a row that is not as long as the row of its times.
        """
        fields = self.arms[_ARMS[arm]]
        times, counts = (
            parse_row("Times", self.risk_times.value),
            parse_row("Numbers at risk", fields["risk"].value),
        )
        if counts and len(times) != len(counts):
            raise EntryError(f"There are {len(times)} times and {len(counts)} numbers at risk; give one for each.")
        pairs = tuple(zip(times, counts, strict=True)) if counts else ()
        return {
            "numbers_at_risk": pairs,
            "n": parse_count("N", fields["n"].value),
            "total_events": parse_count("Events", fields["events"].value),
            "median": parse_number("Median", fields["median"].value),
            "unit": self.unit.value,
            "clicks": self.clicks.value,
        }

    @property
    def published_hr(self) -> float | None:
        """The hazard ratio that the paper prints, or nothing."""
        return parse_number(self.published.description, self.published.value)

    def names(self) -> dict[str, Any]:
        """Return the trial's own fields, as `curves.trial` takes them; an empty name is refused by `Trial`."""
        given = {name: field.value.strip() for name, field in self.own.items()}
        treatments = tuple(self.arms[arm]["name"].value.strip() for arm in _ARMS)
        if not given["endpoint"]:
            raise EntryError("Endpoint is empty; say what the curves show, such as PFS.")
        return {**given, "treatments": treatments}


def parse_row(name: str, text: str) -> tuple[float, ...]:
    """Read numbers apart by spaces, semicolons, or commas; a comma within a number is not guessed at.

    Raises
    ------
    EntryError
        For a word that is no number.
    """
    words = [word for word in re.split(r"[;\s]+|,\s+|,$", text.strip()) if word]
    if len(words) == 1 and words[0].count(",") > 1:
        words = words[0].split(",")
    for word in words:
        if not re.fullmatch(r"\d+(\.\d+)?", word):
            raise EntryError(
                f"{name}: {shown(word)} is not understood; put spaces between, and write 1200, not 1,200."
            )
    return tuple(float(word) for word in words)


def _arm_fields(arm: str) -> dict[str, Any]:
    return {
        "name": _combobox(f"{arm.capitalize()} arm"),
        "risk": _text("Its numbers at risk", example="150 98 52 20 4"),
        "n": _text("N, if not at time 0"),
        "events": _text("Events, if printed"),
        "median": _text("Median, if printed"),
    }


def _text(words: str, value: str = "", example: str = "") -> w.Text:
    field = w.Text(value=value, description=words, placeholder=example, continuous_update=True)
    field.style.description_width = "initial"
    return field


def _combobox(words: str) -> w.Combobox:
    field = w.Combobox(description=words, ensure_option=False, continuous_update=True)
    field.style.description_width = "initial"
    return field

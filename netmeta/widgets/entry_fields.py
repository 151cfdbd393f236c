"""The fields of the form: text that keeps what was typed, read only where its group is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from netmeta.widgets import controls as w
from netmeta.widgets.entry_groups import ABOUT, ARMS, GROUPS, OPENING, Asked, Group
from netmeta.widgets.parsing import parse_count, parse_number, parse_p, parse_percent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from netmeta.evidence import Trial

__all__ = ["EntryFields"]

_EMPTY = {"p_value": None, "p_relation": "=", "level": 0.95, "sides": 2, "p_sides": None, "favours": ""}


class EntryFields(w.VBox):  # type: ignore[misc]
    """Fields by name in ``fields``; groups of them that are shown or not by the ticks in ``groups``."""

    def __init__(self) -> None:
        asked = (*ABOUT, *ARMS, *(one for group in GROUPS for one in group.fields))
        self.asked = {one.name: one for one in asked}
        self.fields: dict[str, Any] = {one.name: _made(one) for one in asked}
        self.groups = {group.name: w.Checkbox(description=group.title, indent=False) for group in GROUPS}
        self._rows = {group.name: w.HBox([self.fields[one.name] for one in group.fields]) for group in GROUPS}
        asks = w.HBox([w.Label("What does the paper print?"), *self.groups.values()])
        asks.add_class("netmeta-printed")
        about, arms = (w.HBox([self.fields[one.name] for one in row]) for row in (ABOUT, ARMS))
        super().__init__(children=[about, asks, *self._rows.values(), arms])
        for group, tick in self.groups.items():
            tick.observe(lambda _change, group=group: self._unfold(group), "value")
        self.show_groups([OPENING])

    def on_change(self, handler: Callable[[], None]) -> None:
        """Call ``handler`` whenever something is typed, chosen, shown or hidden."""
        for control in (*self.fields.values(), *self.groups.values()):
            control.observe(lambda _change: handler(), "value")

    def show_groups(self, names: Iterable[str]) -> None:
        """Show these groups and hide the others."""
        wanted = set(names)
        for group, tick in self.groups.items():
            tick.value = group in wanted
            self._unfold(group)

    def _unfold(self, group: str) -> None:
        self._rows[group].layout.display = "" if self.groups[group].value else "none"

    @property
    def written(self) -> tuple[w.Widget, ...]:
        """The fields that are typed into."""
        return tuple(self.fields[name] for name, one in self.asked.items() if one.kind != "choice")

    @property
    def shown(self) -> tuple[Group, ...]:
        """The groups that are shown."""
        return tuple(group for group in GROUPS if self.groups[group.name].value)

    @property
    def numbers_typed(self) -> bool:
        """Whether anything of a result is typed where it is shown."""
        typed = (self.fields[one.name].value for group in self.shown for one in group.fields if _is_typed(one))
        return any(value.strip() for value in typed)

    def read(self) -> dict[str, Any]:
        """Turn what is typed into values of `Trial`; a group that is not shown is empty.

        Raises
        ------
        EntryError
            Naming the first field that cannot be read.
        """
        shown = {one.name for group in self.shown for one in group.fields}
        read: dict[str, Any] = {}
        for name, one in self.asked.items():
            if one in (*ABOUT, *ARMS) or name in shown:
                read |= _read(one, self.fields[name].value)
            else:
                read |= _nothing(one)
        if None not in (read["ci_low"], read["ci_high"]):
            read["sides"] = 2
        return read

    def fill(self, values: Mapping[str, Any]) -> None:
        """Put these values into their fields and empty the others."""
        for name, one in self.asked.items():
            self.fields[name].value = _written(one, values)

    def fill_from(self, trial: Trial) -> None:
        """Show what a trial prints, and the groups that it prints."""
        values = {name: getattr(trial, name) for name in (*self.asked, "p_relation")}
        self.fill(values)
        given = [group.name for group in GROUPS if any(_is_given(one, values) for one in group.fields)]
        self.show_groups(given or [OPENING])

    def put(self, changes: Mapping[str, Any]) -> None:
        """Change these fields only, and show the groups that they are in."""
        for name in changes.keys() & self.asked.keys():
            self.fields[name].value = _written(self.asked[name], changes)
        given = {name for name, value in changes.items() if value not in (None, "")}
        for group in GROUPS:
            if given & {one.name for one in group.fields}:
                self.groups[group.name].value = True


def _made(one: Asked) -> w.Widget:
    if one.kind == "choice":
        return w.Dropdown(options=one.options, value=one.options[0][1], description=one.text)
    made = {"known": _combobox, "points": w.Textarea}.get(one.kind, w.Text)
    field = made(description=one.text, placeholder=one.example, continuous_update=True)
    field.style.description_width = "initial"
    return field


def _combobox(**traits: Any) -> w.Combobox:  # noqa: ANN401
    return w.Combobox(ensure_option=False, **traits)


def _is_typed(one: Asked) -> bool:
    return one.kind not in ("choice", "percent")


def _is_given(one: Asked, values: Mapping[str, Any]) -> bool:
    return _is_typed(one) and values[one.name] not in (None, "")


def _read(one: Asked, typed: Any) -> dict[str, Any]:  # noqa: ANN401
    if one.kind == "choice":
        return {one.name: typed}
    if one.kind == "p":
        value, relation = parse_p(one.text, typed)
        return {"p_value": value, "p_relation": relation}
    if one.kind == "percent":
        return {one.name: parse_percent(one.text.removesuffix(" (%)"), typed)}
    numbers = {"number": parse_number, "count": parse_count}
    return {one.name: numbers[one.kind](one.text, typed) if one.kind in numbers else typed.strip()}


def _nothing(one: Asked) -> dict[str, Any]:
    names = ("p_value", "p_relation") if one.kind == "p" else (one.name,)
    empty = "" if one.kind == "points" else None
    return {name: _EMPTY.get(name, empty) for name in names}


def _written(one: Asked, values: Mapping[str, Any]) -> Any:  # noqa: ANN401
    """Write a value of `Trial` as it is typed."""
    value = values.get(one.name, _EMPTY.get(one.name))
    if one.kind == "choice":
        known = [option for _, option in one.options]
        return value if value in known else known[0]
    if value is None:
        return ""
    if one.kind == "percent":
        return f"{value * 100:g}"
    sign = values.get("p_relation", "=") if one.kind == "p" else "="
    text = f"{value:.10g}" if isinstance(value, float) else str(value)
    return f"{sign}{text}" if sign != "=" else text

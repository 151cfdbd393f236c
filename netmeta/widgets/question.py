"""The question, as a sentence with choices in it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from netmeta import numerals
from netmeta.evidence.selection import ANY, PREFERRED, READERS, choices, populations
from netmeta.report.words import listed
from netmeta.widgets import controls as w
from netmeta.widgets.textblock import TextBlock
from netmeta.widgets.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["QuestionView"]

_ENDPOINTS = {
    "PFS": "Progression-free survival",
    "OS": "Overall survival",
    "TTP": "Time to progression",
    "TTF": "Time to treatment failure",
    "PFS1": "Progression-free survival, first course",
}
_READ = {
    "primary": "each trial's primary analysis",
    "central": "central review",
    "investigator": "the investigators",
    "central first": "central review where reported",
    "investigator first": "the investigators where reported",
}
_SEVERAL = "\0several"


class QuestionView(View):
    """Endpoint, population, therapies, control and assessor as words of one sentence; changing one asks anew."""

    def build(self) -> Sequence[w.Widget]:
        """Make the sentence, the ticks for several therapies, and the count."""
        self.endpoint = self._word("endpoint", "Endpoint")
        self.population = self._word("population", "Population")
        self.treatment = self._word("treatments", "Therapy")
        self.control = self._word("control", "Control arm")
        self.assessor = self._word("assessor", "Who read progression")
        parts = (
            self.endpoint,
            "in",
            self.population,
            "on",
            self.treatment,
            "against",
            self.control,
            "as read by",
            self.assessor,
        )
        self.sentence = w.HBox([w.Label(part) if isinstance(part, str) else part for part in parts])
        self.sentence.add_class("netmeta-question")
        self.therapies = w.HBox(layout={"display": "none", "flex_flow": "row wrap"})
        self.therapies.add_class("netmeta-therapies")
        self.count = TextBlock()
        return (self.sentence, self.therapies, self.count)

    def show(self) -> None:
        """Offer what the evidence has, and show what is asked."""
        evidence, asked = self.analysis.evidence, self.analysis.selection
        _offer(
            self.endpoint,
            [(_ENDPOINTS.get(e, e), e) for e in _with(choices(evidence, "endpoint"), asked.endpoint)],
            asked.endpoint,
        )
        offered = _with(populations(evidence), asked.population)
        _offer(self.population, [("all NET", ANY), *((p, p) for p in offered)], asked.population)
        controls = _with(choices(evidence, "control"), asked.control)
        _offer(self.control, [("any control", ANY), *((c, c) for c in controls)], asked.control)
        _offer(self.assessor, [(_READ[reader], reader) for reader in (*READERS, *PREFERRED)], asked.assessor)
        self._show_therapies(choices(evidence, "experimental"), asked.treatments)
        self.count.write(self._counted())

    def _word(self, field: str, name: str) -> w.Dropdown:
        word = w.Dropdown(description=name, tooltip=name, layout={"width": "auto"})
        word.observe(self.answer(lambda change: self._ask(field, change["new"])), "value")
        return word

    def _ask(self, field: str, value: Any) -> None:  # noqa: ANN401
        if field == "treatments":
            self._ask_therapy(value)
        else:
            self.analysis.selection = replace(self.analysis.selection, **{field: value})

    def _ask_therapy(self, value: str) -> None:
        if value == _SEVERAL:
            self.therapies.layout.display = "flex"
            self.refresh()
            return
        self.therapies.layout.display = "none"
        self.analysis.selection = replace(self.analysis.selection, treatments=(value,) if value else ())

    def _show_therapies(self, offered: tuple[str, ...], asked: tuple[str, ...]) -> None:
        several = f"{len(asked)} therapies" if len(asked) > 1 else "several therapies …"
        names = sorted(dict.fromkeys((*offered, *asked)), key=str.casefold)
        opened = self.treatment.value == _SEVERAL and self.therapies.layout.display == "flex"
        value = _SEVERAL if len(asked) > 1 or opened else next(iter(asked), ANY)
        _offer(self.treatment, [("any therapy", ANY), *((n, n) for n in names), (several, _SEVERAL)], value)
        self.therapies.layout.display = "flex" if value == _SEVERAL else "none"
        # Some thirty ticks are made when they are wanted, not with the sentence.
        if value == _SEVERAL and tuple(box.description for box in self.therapies.children) != tuple(names):
            self.therapies.children = tuple(self._tick(name) for name in names)
        for box in self.therapies.children:
            box.value = box.description in asked

    def _tick(self, name: str) -> w.Checkbox:
        box = w.Checkbox(description=name, indent=False, layout={"width": "auto"})
        box.observe(self.answer(lambda _change: self._ask_several()), "value")
        return box

    def _ask_several(self) -> None:
        wanted = tuple(box.description for box in self.therapies.children if box.value)
        self.analysis.selection = replace(self.analysis.selection, treatments=wanted)

    def _counted(self) -> list[tuple[str, str]]:
        """Count what answers; not what the reader took out, so that a click above the plot moves nothing."""
        selected, left = len(self.analysis.selected), self.analysis.left_out
        rows = "1 comparison answers" if selected == 1 else f"{numerals.count(selected)} comparisons answer"
        names = listed(tuple(dict.fromkeys(item.trial.label for item in left)), most=5)
        why = f" Left out: {names} (why: see Trials below)." if left else ""
        return [("aside", f"{rows} this question.{why}")]


def _with(offered: tuple[str, ...], asked: str) -> tuple[str, ...]:
    return offered if not asked or asked in offered else (*offered, asked)


def _offer(word: w.Dropdown, options: list[tuple[str, str]], value: str) -> None:
    if list(word.options) != options:
        word.options = options
    if word.value != value:
        word.value = value

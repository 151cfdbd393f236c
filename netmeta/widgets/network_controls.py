"""The question to the network: read by whom, in whom, against what, by which model, under which assumptions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from netmeta import numerals
from netmeta.errors import NetmetaError
from netmeta.evidence.populations import ANY_SITE
from netmeta.evidence.selection import ANY, PREFERRED, PRIMARY, populations
from netmeta.network.asking import NetworkAnswer, offered
from netmeta.pooling import CommonEffect, RandomEffects
from netmeta.report.words import listed
from netmeta.widgets import controls as w
from netmeta.widgets.textblock import TextBlock
from netmeta.widgets.view import View

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from netmeta.network import Merge
    from netmeta.pooling import Model

__all__ = ["READ", "NetworkControls"]

READ: Final = {
    PRIMARY: "each trial's primary analysis",
    PREFERRED[0]: "central review where reported",
    PREFERRED[1]: "investigators where reported",
}
_OTHER: Final = "as asked above"
_VARIANCES: Final = (
    ("random effects, REML", "REML"),
    ("random effects, DerSimonian-Laird", "DL"),
    ("common effect", ""),
)
_INTERVALS: Final = (
    ("normal intervals", "wald"),
    ("Hartung-Knapp intervals, never narrower", "modified-hartung-knapp"),
)


class NetworkControls(View):
    """Switches over the network; the first two change the question of the whole workbench."""

    def build(self) -> Sequence[w.Widget]:
        """Make the switches, the assumptions that would join parts, and the count."""
        self.reader = _switch("Read by", "Who read progression, where a trial reports both")
        self.population = _switch("Patients", "Whose tumours")
        self.reference = _choice("Against", "The treatment that others are shown against")
        self.variance = _choice("Model", "One variance between trials for all comparisons, or none", _VARIANCES)
        self.interval = _choice("Intervals", "How intervals are drawn", _INTERVALS)
        self._hear(self.reader, self._read)
        self._hear(self.population, self._ask_population)
        self._hear(self.reference, lambda name: self._ask(reference=name))
        self._hear(self.variance, lambda _name: self._ask(model=self._model()))
        self._hear(self.interval, lambda _name: self._ask(model=self._model()))
        self.assumptions = w.VBox()
        self.said = TextBlock()
        bars = (w.HBox([self.reader, self.population]), w.HBox([self.reference, self.variance, self.interval]))
        for bar in bars:
            bar.add_class("netmeta-bar")
            bar.add_class("netmeta-switches")
        return (*bars, self.assumptions, self.said)

    def _hear(self, control: w.Widget, do: Callable[[Any], None]) -> None:
        control.observe(self.answer(lambda change: do(change["new"])), "value")

    def show(self) -> None:
        """Bring the switches in line with the analysis, and count what the network holds."""
        asked, found = self.analysis.network, self.analysis.network_answer
        selection = self.analysis.selection
        _set(self.reader, [(text, name) for name, text in READ.items()], selection.assessor)
        _set(self.population, self._populations(), selection.population)
        treatments = found.result.treatments if isinstance(found, NetworkAnswer) else ()
        known = dict.fromkeys((*treatments, *filter(None, [asked.reference])))
        own = found.result.reference if isinstance(found, NetworkAnswer) else asked.reference
        _set(self.reference, [(name, name) for name in known], own)
        random = isinstance(asked.model, RandomEffects)
        _set(
            self.variance,
            list(_VARIANCES),
            asked.model.tau2_method if isinstance(asked.model, RandomEffects) else "",
        )
        self.interval.layout.display = "" if random else "none"
        if isinstance(asked.model, RandomEffects):
            _set(self.interval, list(_INTERVALS), asked.model.interval)
        self._show_assumptions()
        self.said.write(self._counted(found) if isinstance(found, NetworkAnswer) else [("problem", found.message)])

    def _populations(self) -> list[tuple[str, str]]:
        there = populations(self.analysis.evidence)
        return [("all NET", ANY), *((name, name) for name in ("pNET", ANY_SITE) if name in there)]

    def _read(self, name: str) -> None:
        self.analysis.selection = replace(self.analysis.selection, assessor=name)

    def _ask_population(self, name: str) -> None:
        self.analysis.selection = replace(self.analysis.selection, population=name)

    def _ask(self, **changes: Any) -> None:  # noqa: ANN401
        self.analysis.network = replace(self.analysis.network, **changes)

    def _model(self) -> Model:
        level = self.analysis.network.model.level
        if not self.variance.value:
            return CommonEffect(level)
        return RandomEffects(self.variance.value, self.interval.value, "t(k-1)", level)

    def _show_assumptions(self) -> None:
        taken = self.analysis.network.assumptions
        wanted = tuple(dict.fromkeys((*taken, *self._offers())))
        if tuple(box.merge for box in self.assumptions.children) != wanted:
            self.assumptions.children = tuple(self._tick(merge) for merge in wanted)
        for box in self.assumptions.children:
            box.value = box.merge in taken

    def _offers(self) -> tuple[Merge, ...]:
        try:
            return offered(self.analysis.network_included)
        except NetmetaError:
            return ()

    def _tick(self, merge: Merge) -> w.Checkbox:
        names = dict.fromkeys(
            trial.label
            for trial in self.analysis.network_selected
            if merge.name in (trial.experimental, trial.control)
        )
        said = f"Assume: {merge} (joins {listed(tuple(names))})" if names else f"Assume: {merge}"
        box = w.Checkbox(description=said, indent=False, layout={"width": "auto"})
        box.merge = merge
        box.observe(self.answer(lambda change: self._assume(merge, taken=change["new"])), "value")
        return box

    def _assume(self, merge: Merge, *, taken: bool) -> None:
        others = tuple(one for one in self.analysis.network.assumptions if one != merge)
        self._ask(assumptions=(*others, merge) if taken else others)

    def _counted(self, found: NetworkAnswer) -> list[tuple[str, str]]:
        first, *rest = found.result._lines()  # noqa: SLF001
        lines = [("said", first), *(("aside", line) for line in rest)]
        if found.apart:
            names = listed(tuple(dict.fromkeys(out.trial.label for out in found.apart)))
            count = numerals.count(len(found.apart))
            verb = "comparison is" if len(found.apart) == 1 else "comparisons are"
            lines.append(("caution", f"{count} {verb} not in it, since no trial joins them to it: {names}."))
        return lines


def _choice(name: str, tooltip: str, options: Sequence[tuple[str, str]] = ()) -> w.Dropdown:
    made = w.Dropdown(options=list(options), description=name, tooltip=tooltip, layout={"width": "auto"})
    made.style.description_width = "initial"
    return made


def _switch(name: str, tooltip: str) -> w.ToggleButtons:
    made = w.ToggleButtons(options=[], description=name, tooltip=tooltip)
    made.style.description_width = "initial"
    made.style.button_width = "auto"
    return made


def _set(control: w.Dropdown | w.ToggleButtons, options: list[tuple[str, str]], value: str) -> None:
    """Offer options and show a value, also one that was set elsewhere."""
    if value not in [own for _text, own in options]:
        options = [*options, (value if isinstance(control, w.Dropdown) else _OTHER, value)]
    if list(control.options) != options:
        control.options = options
    if control.value != value:
        control.value = value

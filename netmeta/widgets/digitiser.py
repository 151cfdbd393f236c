"""Click published survival curves on their figure: approximate patient data, a hazard ratio, and a trial."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, ClassVar

import anywidget
import traitlets as t

from netmeta import numerals
from netmeta.charts.frozen import frozen
from netmeta.charts.kaplan_meier_rows import CurveRows, kaplan_meier_rows, kaplan_meier_signals
from netmeta.errors import EntryError, NetmetaError
from netmeta.evidence import curves, select
from netmeta.evidence.curves import DigitisedCurve, PatientData, compare_arms, reconstruct
from netmeta.evidence.selection import choices
from netmeta.widgets.assets import script
from netmeta.widgets.figure_fields import FigureFields
from netmeta.widgets.livechart import LiveChart
from netmeta.widgets.pixels import Marks, read_marks, to_pixels, to_readings
from netmeta.widgets.sendbutton import SendButton
from netmeta.widgets.spoken import Worded, in_json
from netmeta.widgets.textblock import TextBlock
from netmeta.widgets.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netmeta.evidence import Trial
    from netmeta.widgets import controls as w
    from netmeta.widgets.pixels import Axes

__all__ = ["Digitiser"]

_EMPTY = CurveRows((), 12.0, 2, 0, "No curve yet.")
_LEAST = 2


class Board(Worded, anywidget.AnyWidget):
    """The figure on screen: places of clicks come as JSON text, what is drawn over it goes back; no image comes."""

    _esm = t.Unicode(script("digitiser.js")).tag(sync=True)
    marks = t.Unicode("{}").tag(sync=True)
    drawn = t.Unicode("{}").tag(sync=True)
    spoken: ClassVar = {**Worded.spoken, "drawn": in_json("curves", "readings")}


class Digitiser(View):
    """Load a figure, click its axes and both curves, and add the trial to the analysis.

    The image stays in the page. Everything is recomputed at each click; `patients` are the arms as they stand.
    """

    def build(self) -> Sequence[w.Widget]:
        """Make the figure, the fields, the reconstruction beside them, and the button."""
        self.board, self.fields = Board(), FigureFields(self.recompute)
        self.said = TextBlock()
        self.chart = LiveChart(frozen("kaplan_meier"), *_drawn(_EMPTY), label=_EMPTY.words)
        self.add = SendButton(self.fields.written, description="Add trial to the analysis", disabled=True)
        self.told = TextBlock(urgent=True)
        self.patients: tuple[PatientData, ...] = ()
        self.board.observe(lambda _change: self.recompute(), "marks")
        self.add.on_click(lambda _button: self._add())
        self._compute()
        return (self.board, self.fields, self.said, self.chart, self.add, self.told)

    def show(self) -> None:
        """Offer the names that the analysis knows."""
        asked = self.analysis.selection
        known = {name: choices(self.analysis.evidence, name) for name in ("experimental", "control", "endpoint")}
        self.fields.offer(known, {"endpoint": asked.endpoint, "control": asked.control})

    def recompute(self) -> None:
        """Reconstruct both arms from the clicks and fields of the moment."""
        self.told.write(())
        self._compute()

    def trial(self) -> Trial:
        """Return the trial as it stands.

        Raises
        ------
        EntryError
            If a curve or a name is missing, or as `curves.trial`.
        """
        if len(self.patients) < _LEAST:
            raise EntryError("Click both curves first; a trial has two arms.")
        return curves.trial(self.patients[0], self.patients[1], **self.fields.names())

    def _compute(self) -> None:
        self.patients = ()
        names = self.fields.arm_names
        try:
            marks, axes = read_marks(self.board.marks), self.fields.axes()
            clicked = [to_readings(marks, axes, arm) for arm in (0, 1)]
        except NetmetaError as error:
            self._tell([("aside", str(error))], {"names": names}, _EMPTY)
            return
        found = [self._arm(arm, readings) for arm, readings in enumerate(clicked)]
        arms = [arm for arm in found if isinstance(arm, PatientData)]
        self.patients = tuple(arms) if len(arms) == _LEAST else ()
        lines = [(kind, text) for arm in found if not isinstance(arm, PatientData) for kind, text in arm]
        lines += _diagnosed(arms, names) if not lines else []
        table = self._table(arms)
        self._tell([*self._compared(), *lines], {"names": names, **_over(marks, axes, found, clicked)}, table)

    def _arm(self, arm: int, readings: tuple[tuple[float, float], ...]) -> PatientData | list[tuple[str, str]]:
        name = self.fields.arm_names[arm]
        if len(readings) < _LEAST:
            return [("aside", f"{name}: click along its curve, from left to right; some 40 points are plenty.")]
        try:
            return reconstruct(DigitisedCurve(points=readings, label=name, **self.fields.printed(arm)))
        except NetmetaError as error:
            return [("error", f"{name}: {error}")]

    def _compared(self) -> list[tuple[str, str]]:
        self.add.disabled = not self.patients
        if not self.patients:
            return []
        try:
            found = compare_arms(*self.patients, published_hr=self.fields.published_hr)
        except NetmetaError as error:
            self.add.disabled = True
            return [("error", str(error))]
        first, *rest = found.lines
        return [
            ("answer", first),
            *(("figures", line) for line in rest),
            *(("warning", one) for one in found.cautions),
        ]

    def _table(self, arms: list[PatientData]) -> CurveRows:
        try:
            return kaplan_meier_rows(arms, endpoint=self.fields.endpoint or "Survival") if arms else _EMPTY
        except NetmetaError:
            return _EMPTY

    def _tell(self, lines: list[tuple[str, str]], over: dict[str, Any], table: CurveRows) -> None:
        self.add.disabled = not self.patients or self.add.disabled
        self.said.write(lines)
        self.board.drawn = json.dumps(over)
        self.chart.push(*_drawn(table), label=table.words)
        self.chart.layout.display = "" if table.rows else "none"

    def _add(self) -> None:
        try:
            made = self.trial()
            evidence = self.analysis.evidence.add(made)
        except NetmetaError as error:
            self.told.write([("error", str(error))])
            return
        self.analysis.evidence = evidence
        answers = made.key in select(evidence, self.analysis.selection).evidence.keys
        where = (
            "It answers the question asked." if answers else "It does not answer the question asked: not pooled."
        )
        self.told.write([("fine", f"Added: {made.label}, from approximate patient data. {where}")])


def _drawn(table: CurveRows) -> tuple[dict[str, Any], dict[str, Any]]:
    return {"rows": list(table.rows)}, kaplan_meier_signals(table)


def _diagnosed(arms: Sequence[PatientData], names: Sequence[str]) -> list[tuple[str, str]]:
    lines = []
    for arm, name in zip(arms, names, strict=False):
        told = arm.diagnostics
        lines += [("figures", f"{name}. {' '.join(told.lines)}")]
        lines += [("caution", f"{name}: {caution}") for caution in told.cautions]
    return lines


def _over(
    marks: Marks,
    axes: Axes,
    found: Sequence[PatientData | list[tuple[str, str]]],
    clicked: Sequence[Sequence[tuple[float, float]]],
) -> dict[str, Any]:
    """Give what is drawn on the figure, reconstructed steps in its pixels, and the readings in order of clicks."""
    steps: list[list[list[float]]] = []
    for arm in found:
        rows = kaplan_meier_rows([arm]).rows if isinstance(arm, PatientData) else ()
        line = tuple((row["time"], row["level"]) for row in rows if row["kind"] == "line")
        steps.append(to_pixels(marks, axes, line))
    readings = []
    for places, values in zip(marks.arms, clicked, strict=True):
        order = [at for _, at in sorted((place, at) for at, place in enumerate(places))]
        told = {at: _told(*value) for at, value in zip(order, values, strict=True)}
        readings.append([told[at] for at in range(len(places))])
    return {"curves": steps, "readings": readings}


def _told(time: float, level: float) -> list[str]:
    return [numerals.decimal(time, 2), f"{numerals.decimal(100 * level, 1)}%"]

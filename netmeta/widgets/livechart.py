"""A chart that is embedded once and then takes rows: every live view is built on it."""

from __future__ import annotations

import json
from math import isfinite
from typing import TYPE_CHECKING, Any, ClassVar, Final

import anywidget
import traitlets as t
from ipywidgets import CallbackDispatcher

from netmeta.charts.spoken import data_in_language, spec_in_language
from netmeta.charts.theme import PALETTES
from netmeta.widgets.assets import ensure_engine, script, vega_bundle
from netmeta.widgets.spoken import Worded

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["DRAG_KEYS", "LINKED_KEYS", "LiveChart"]

_KEYS: Final = (
    "Arrow keys move between rows, Enter takes a row out or back in, Shift and Enter pick it in every plot."
)
DRAG_KEYS: Final = (
    "Arrow keys move between treatments and comparisons, Enter chooses one; Alt or Ctrl and an arrow key move "
    "a treatment about."
)
LINKED_KEYS: Final = "Arrow keys move between trials, Enter picks one in every plot or lets it go."


class LiveChart(Worded, anywidget.AnyWidget):
    """A Vega-Lite chart whose specification is sent once; `push` sends rows and signals.

    Parameters
    ----------
    spec
        Vega-Lite specification as JSON text, with named data and no rows.
    tables
        Rows by the name of their data set.
    signals
        Values of the specification's parameters.
    label
        The chart in words, for a reader who does not see it.
    choices
        ``{"id": ..., "label": ...}`` for each mark that a click or the keyboard may pick, in order.
    keys
        What the arrow keys and Enter do, for the same reader.
    measures
        Signals that are widths of text columns, ``{"w_label": {"table": "rows", "field": "label",
        "most": 250}}``: the page measures them in its own font.
    """

    _esm = t.Unicode(script("livechart.js")).tag(sync=True)
    spec = t.Unicode().tag(sync=True)
    data = t.Unicode().tag(sync=True)
    # The data take the specification beside them: see in_language.
    spoken: ClassVar = {**Worded.spoken, "spec": spec_in_language, "data": str}
    measures = t.Unicode("{}").tag(sync=True)
    palettes = t.Unicode(json.dumps(PALETTES)).tag(sync=True)
    picked = t.Unicode(help="Row id that the chart marks.").tag(sync=True)
    painted = t.Bool(False, help="Whether a page has drawn the chart.")

    def __init__(
        self,
        spec: str,
        tables: dict[str, Any],
        signals: dict[str, Any] | None = None,
        *,
        label: str = "",
        choices: tuple[dict[str, str], ...] = (),
        measures: dict[str, Any] | None = None,
        keys: str = _KEYS,
    ) -> None:
        ensure_engine()
        self._keys = keys
        self._heard = {kind: CallbackDispatcher() for kind in ("pick", "point", "brush", "drag")}
        data = self._payload(tables, signals, label, choices)
        super().__init__(spec=spec, data=data, measures=json.dumps(measures or {}))
        self.on_msg(self._receive)

    def push(
        self,
        tables: dict[str, Any],
        signals: dict[str, Any] | None = None,
        *,
        label: str = "",
        choices: tuple[dict[str, str], ...] = (),
    ) -> None:
        """Send rows and signals to every page that shows the chart; the specification stays."""
        self.data = self._payload(tables, signals, label, choices)

    def _payload(
        self,
        tables: dict[str, Any],
        signals: dict[str, Any] | None,
        label: str,
        choices: tuple[dict[str, str], ...],
    ) -> str:
        sent = {"tables": tables, "signals": signals or {}, "label": label, "choices": choices}
        sent["help"] = self._keys if choices else ""
        return json.dumps(sent, allow_nan=False, separators=(",", ":"))

    def in_language(self, name: str, value: Any) -> Any:  # noqa: ANN401
        """Translate a trait; which columns of the rows are texts, the specification says."""
        return data_in_language(value, self.spec) if name == "data" else super().in_language(name, value)

    def on_pick(self, handler: Callable[[str], None], *, remove: bool = False) -> None:
        """Call ``handler(id)`` whenever a mark is clicked or picked by keyboard; the same mark counts again."""
        self._heard["pick"].register_callback(handler, remove=remove)

    def on_point(self, handler: Callable[[str], None], *, remove: bool = False) -> None:
        """Call ``handler(id)`` for a click, or Enter, with the shift key held down."""
        self._heard["point"].register_callback(handler, remove=remove)

    def on_brush(self, handler: Callable[[str, dict[str, list[float]]], None], *, remove: bool = False) -> None:
        """Call ``handler(name, {field: [low, high]})`` when a region is brushed; no fields when it is cleared.

        ``name`` is that of the specification's interval selection; the fields are in the units of the data.
        """
        self._heard["brush"].register_callback(handler, remove=remove)

    def on_drag(self, handler: Callable[[str, float, float], None], *, remove: bool = False) -> None:
        """Call ``handler(id, x, y)`` when a row was moved by hand; places are fractions of the plot, from 0 to 1.

        The specification's parameter ``drag`` names the data set whose rows can be moved. Rows of other data sets
        whose ``from`` or ``to`` is the row's id follow it on the page; the kernel is told when it is let go.
        """
        self._heard["drag"].register_callback(handler, remove=remove)

    def pick(self, identity: str) -> None:
        """Do what a click on the mark of this id does."""
        self._heard["pick"](identity)

    def point(self, identity: str) -> None:
        """Do what a click with the shift key on the mark of this id does."""
        self._heard["point"](identity)

    def brush(self, name: str, region: dict[str, list[float]]) -> None:
        """Do what brushing a region does."""
        self._heard["brush"](name, region)

    def drag(self, identity: str, x: float, y: float) -> None:
        """Do what moving a row to a place does."""
        self._heard["drag"](identity, x, y)

    def _receive(self, _widget: object, content: dict[str, Any], _buffers: object) -> None:
        kind = content.get("kind")
        if kind in ("pick", "point"):
            self._heard[kind](str(content.get("id", "")))
        elif kind == "brush":
            self.brush(str(content.get("name", "")), _region(content.get("region")))
        elif kind == "drag" and (place := _place(content)) is not None:
            self.drag(str(content.get("id", "")), *place)
        elif kind == "painted":
            self.painted = True
        elif kind == "engine":
            self.send({"kind": "engine"}, buffers=[vega_bundle()])


def _region(sent: object) -> dict[str, list[float]]:
    """Take what a page sends for a region, and nothing else."""
    if not isinstance(sent, dict):
        return {}
    pairs = {str(name): ends for name, ends in sent.items() if isinstance(ends, list) and len(ends) == 2}  # noqa: PLR2004
    numbers = (int, float)
    return {
        name: sorted(float(end) for end in ends)
        for name, ends in pairs.items()
        if all(isinstance(end, numbers) and isfinite(end) for end in ends)
    }


def _place(sent: dict[str, Any]) -> tuple[float, float] | None:
    """Take a place within the plot, and nothing else."""
    given = [sent.get(axis) for axis in ("x", "y")]
    x, y = (
        float(part) if isinstance(part, int | float) and not isinstance(part, bool) and 0 <= part <= 1 else None
        for part in given
    )
    return None if x is None or y is None else (x, y)

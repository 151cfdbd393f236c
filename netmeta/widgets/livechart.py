"""A chart that is embedded once and then takes rows: every live view is built on it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets as t
from ipywidgets import CallbackDispatcher

from netmeta.charts.theme import PALETTES
from netmeta.widgets.assets import ensure_engine, script, vega_bundle

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["LiveChart"]


class LiveChart(anywidget.AnyWidget):
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
    measures
        Signals that are widths of text columns, ``{"w_label": {"table": "rows", "field": "label",
        "most": 250}}``: the page measures them in its own font.
    """

    _esm = t.Unicode(script("livechart.js")).tag(sync=True)
    spec = t.Unicode().tag(sync=True)
    data = t.Unicode().tag(sync=True)
    measures = t.Unicode("{}").tag(sync=True)
    palettes = t.Unicode(json.dumps(PALETTES)).tag(sync=True)
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
    ) -> None:
        ensure_engine()
        self._picked = CallbackDispatcher()
        data = _payload(tables, signals, label, choices)
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
        self.data = _payload(tables, signals, label, choices)

    def on_pick(self, handler: Callable[[str], None], *, remove: bool = False) -> None:
        """Call ``handler(id)`` whenever a mark is clicked or picked by keyboard; the same mark counts again."""
        self._picked.register_callback(handler, remove=remove)

    def pick(self, identity: str) -> None:
        """Do what a click on the mark of this id does."""
        self._picked(identity)

    def _receive(self, _widget: object, content: dict[str, Any], _buffers: object) -> None:
        kind = content.get("kind")
        if kind == "pick":
            self.pick(str(content.get("id", "")))
        elif kind == "painted":
            self.painted = True
        elif kind == "engine":
            self.send({"kind": "engine"}, buffers=[vega_bundle()])


def _payload(
    tables: dict[str, Any], signals: dict[str, Any] | None, label: str, choices: tuple[dict[str, str], ...]
) -> str:
    return json.dumps(
        {
            "tables": tables,
            "signals": signals or {},
            "label": label,
            "choices": choices,
            "help": _HELP if choices else "",
        },
        allow_nan=False,
        separators=(",", ":"),
    )


_HELP = "Arrow keys move between rows, Enter takes a row out or back in."

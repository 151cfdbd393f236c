"""A number on a line with a field beside it, both with a name that can be heard."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any, ClassVar

import anywidget
import traitlets as t

from netmeta.widgets.assets import script
from netmeta.widgets.spoken import Spoken, one

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Slider"]


class Slider(Spoken, anywidget.AnyWidget):
    """A slider and a number field of one value; the handle of an ipywidgets slider has no accessible name.

    Parameters
    ----------
    label
        What the number is.
    value, min, max, step
        Where it stands, its ends, and the steps from ``min`` on.
    """

    spoken: ClassVar = {"label": one}

    _esm = t.Unicode(script("slider.js")).tag(sync=True)
    label = t.Unicode().tag(sync=True)
    min = t.Float(0.0).tag(sync=True)
    max = t.Float(1.0).tag(sync=True)
    step = t.Float(0.1).tag(sync=True)
    value = t.Float(0.0).tag(sync=True)

    def on_rest(self, handler: Callable[[float], None]) -> None:
        """Call ``handler(value)`` when the reader lets the slider go, or is done with the field."""
        self.on_msg(lambda _widget, content, _buffers: self._rested(handler, content))

    def _rested(self, handler: Callable[[float], None], content: dict[str, Any]) -> None:
        value = content.get("value")
        if content.get("kind") == "rest" and isinstance(value, int | float) and isfinite(value):
            self.value = float(value)
            handler(self.value)

    @t.validate("value")
    def _within(self, proposal: dict[str, float]) -> float:
        """Keep the value between the ends."""
        return float(min(self.max, max(self.min, proposal["value"])))

"""A button that acts on what stands in the fields beside it, to the last letter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import anywidget
import traitlets as t

from netmeta.widgets.assets import ensure_page, script
from netmeta.widgets.spoken import Spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from netmeta.widgets import controls as w

__all__ = ["SendButton"]


class SendButton(Spoken, anywidget.AnyWidget):
    """A button for fields that are read letter by letter.

    A page sends the later letters of such a field when the kernel has answered the earlier ones, and a button of
    ipywidgets would be heard before them: 0.38 would be taken as 0.3. This one waits until all is sent, and takes
    the texts along.

    Parameters
    ----------
    fields
        The text fields whose values the press is about.
    description, tooltip
        What stands on the button, and what it says more.
    disabled
        Whether it cannot be pressed.
    """

    _esm = t.Unicode(script("send.js")).tag(sync=True)
    description = t.Unicode().tag(sync=True)
    tooltip = t.Unicode().tag(sync=True)
    disabled = t.Bool(False).tag(sync=True)
    of = t.List(t.Unicode()).tag(sync=True)

    def __init__(
        self, fields: Iterable[w.Widget], *, description: str, tooltip: str = "", disabled: bool = False
    ) -> None:
        ensure_page()
        self._fields = tuple(fields)
        self._handlers: list[Callable[[SendButton], None]] = []
        names = [field.model_id for field in self._fields]
        super().__init__(of=names, description=description, tooltip=tooltip, disabled=disabled)
        self.on_msg(self._heard)

    def on_click(self, handler: Callable[[SendButton], None]) -> None:
        """Call a function at each press."""
        self._handlers.append(handler)

    def click(self) -> None:
        """Do what a press does, with what the kernel knows of the fields."""
        for handler in self._handlers:
            handler(self)

    def _heard(self, _widget: object, message: Any, _buffers: object) -> None:  # noqa: ANN401
        if not isinstance(message, dict) or message.get("kind") != "press":
            return
        for field, value in zip(self._fields, message.get("values") or (), strict=False):
            if isinstance(value, str) and field.value != value:
                field.value = value
        if not self.disabled:
            self.click()

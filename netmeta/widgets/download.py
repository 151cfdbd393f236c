"""A button that hands the reader a file: made when it is asked for, saved by the page, through no host."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets as t

from netmeta.errors import NetmetaError
from netmeta.widgets.assets import ensure_page, script
from netmeta.widgets.spoken import Spoken

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Download", "FileMade"]


@dataclass(frozen=True, slots=True)
class FileMade:
    """A file for the reader.

    Parameters
    ----------
    name
        What the page proposes to call it.
    mime
        Its type: ``"application/json"``.
    content
        What is in it; text is written as UTF-8.
    """

    name: str
    mime: str
    content: str | bytes

    @property
    def raw(self) -> bytes:
        """Its bytes."""
        return self.content if isinstance(self.content, bytes) else self.content.encode("utf-8", "replace")


class Download(Spoken, anywidget.AnyWidget):
    """A button under which a file lies: nothing is computed or sent before it is pressed.

    The bytes go from the kernel to the page as a message, and the page saves them as a file of its own making: that
    works in JupyterLab, Notebook and Voila, without a network.

    Parameters
    ----------
    make
        Makes the file, each time that the button is pressed; what it refuses is told to ``refused``.
    description, tooltip
        What stands on the button, and what it says more.
    refused
        What to do with an error that says why there is no file; by default nothing.
    """

    _esm = t.Unicode(script("download.js")).tag(sync=True)
    description = t.Unicode().tag(sync=True)
    tooltip = t.Unicode().tag(sync=True)
    disabled = t.Bool(False).tag(sync=True)

    def __init__(
        self,
        make: Callable[[], FileMade],
        *,
        description: str,
        tooltip: str = "",
        refused: Callable[[NetmetaError], None] | None = None,
    ) -> None:
        ensure_page()
        self._make, self._refused = make, refused
        super().__init__(description=description, tooltip=tooltip)
        self.on_msg(self._heard)

    def press(self) -> FileMade | None:
        """Make the file and send it to the page, as a click does; return it, or ``None`` where it was refused."""
        try:
            made = self._make()
        except NetmetaError as error:
            if self._refused is not None:
                self._refused(error)
            return None
        self.send({"kind": "file", "name": made.name, "mime": made.mime}, buffers=[made.raw])
        return made

    def _heard(self, _widget: object, message: Any, _buffers: object) -> None:  # noqa: ANN401
        if isinstance(message, dict) and message.get("kind") == "press" and not self.disabled:
            self.press()

"""A panel that opens under the answer: closed until wanted, making nothing until seen, asleep while closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netmeta.widgets import controls as w
from netmeta.widgets.view import View

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Panel"]


_SHARED: dict[type, w.Widget] = {}


def _shared(kind: type) -> w.Widget:
    """Return the one layout or style of all titles, which nobody changes: each takes 1.7 kB to a page."""
    found = _SHARED.get(kind)
    if found is None or found.comm is None:
        found = _SHARED[kind] = kind()
    return found


class Panel(w.VBox):  # type: ignore[misc]
    """A title that opens and closes; what is inside is made when it is first opened.

    Parameters
    ----------
    title
        What is inside, in a few words.
    make
        Makes the view inside; called once, at the first opening.
    """

    def __init__(self, title: str, make: Callable[[], w.Widget]) -> None:
        self.title, self._make = title, make
        self.inside: w.Widget | None = None
        plain = {"layout": _shared(w.Layout), "style": _shared(w.ButtonStyle)}
        self.opener = w.Button(description=f"▸ {title}", tooltip=f"Show or hide: {title}", **plain)
        self.opener.add_class("netmeta-opener")
        self.opener.on_click(lambda _button: self.toggle())
        super().__init__(children=(self.opener,), layout=_shared(w.Layout))
        self.is_open = False

    def toggle(self) -> None:
        """Open what is closed, close what is open."""
        self.is_open = not self.is_open
        if self.inside is None:
            self._furnish()
        elif isinstance(self.inside, View):
            self.inside.attend(seen=self.is_open)
        self._room.layout.display = "" if self.is_open else "none"
        self.opener.description = f"{'▾' if self.is_open else '▸'} {self.title}"

    def _furnish(self) -> None:
        """Make the room and the view inside: a closed panel sends the page no more than its title."""
        self.inside = self._make()
        self._room = w.VBox(children=(self.inside,))
        self._room.add_class("netmeta-inside")
        self.children = (self.opener, self._room)

    def close(self) -> None:
        """Close what was made inside, too."""
        if self.inside is not None:
            self.inside.close()
        super().close()

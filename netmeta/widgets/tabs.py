"""A bar of choices over one view at a time."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from netmeta.errors import SelectionError, hint
from netmeta.widgets import controls as w
from netmeta.widgets.picked import PickedBar
from netmeta.widgets.view import View

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["TabbedView"]


class TabbedView(View):
    """A bar of choices over one view at a time; each is made when first seen and sleeps while another is shown.

    A subclass names its views (``kinds``: by the word on the button, the view and what it asks) and,
    for messages, what they are (``what``).
    """

    kinds: ClassVar[Mapping[str, tuple[type[View], str]]] = MappingProxyType({})
    what = "view"
    views: Mapping[str, View] = {}  # On the class: a view that was refused is still closed.

    def build(self) -> Sequence[w.Widget]:
        """Make the bar, and the first view."""
        self.views = {}
        self.which = w.ToggleButtons(options=list(self.kinds), tooltips=[ask for _view, ask in self.kinds.values()])
        self.which.style.button_width = "auto"
        self.which.observe(lambda _change: self._turn(), "value")
        self._room = w.VBox()
        self.bar = PickedBar(self.analysis)
        self._turn()
        return (*self.above(), self.which, self._room, self.bar)

    def above(self) -> Sequence[w.Widget]:
        """Make what stands above the bar."""
        return ()

    @property
    def current(self) -> View:
        """The view that is seen."""
        return self.views[self.which.value]

    def choose(self, name: str) -> View:
        """Show the view of this name, as its button does, and return it.

        Raises
        ------
        SelectionError
            For a name that no button has.
        """
        if name not in self.kinds:
            raise SelectionError(f"There is no {self.what} called {name!r}.{hint(str(name), self.kinds)}")
        self.which.value = name
        return self.current

    def attend(self, *, seen: bool) -> None:
        """Wake or sleep with the panel: only what is shown works."""
        super().attend(seen=seen)
        self.current.attend(seen=seen)
        self.bar.attend(seen=seen)

    def _turn(self) -> None:
        name = self.which.value
        if name not in self.views:
            self.views = {**self.views, name: self.kinds[name][0](self.analysis)}
            self._room.children = tuple(self.views.values())
        for other, view in self.views.items():
            view.layout.display = "" if other == name else "none"
            view.attend(seen=other == name)

    def close(self) -> None:
        """Close every view that was made."""
        for view in self.views.values():
            view.close()
        super().close()

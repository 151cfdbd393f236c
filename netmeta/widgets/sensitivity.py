"""Sensitivity, live: six ways to ask how much the answer hangs on single trials and single choices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import ipywidgets as w

from netmeta.errors import SelectionError, hint
from netmeta.widgets.baujat import BaujatView
from netmeta.widgets.cumulative import CumulativeView
from netmeta.widgets.gosh import GoshView
from netmeta.widgets.influence import InfluenceView
from netmeta.widgets.multiverse import MultiverseView
from netmeta.widgets.omission import OmissionView
from netmeta.widgets.picked import PickedBar
from netmeta.widgets.view import View

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["SensitivityView"]

_VIEWS: Final[Mapping[str, type[View]]] = {
    "Leave one out": OmissionView,
    "Cumulative": CumulativeView,
    "Influence": InfluenceView,
    "Baujat": BaujatView,
    "GOSH": GoshView,
    "Multiverse": MultiverseView,
}
_ASKS: Final = (
    "What if one trial were not there?",
    "How did the answer come about?",
    "Which trials move the result more than they should?",
    "Which trials disagree, and which pull?",
    "What do all subsets of the trials say?",
    "What if it had been analysed in another way?",
)


class SensitivityView(View):
    """A bar of choices over one view at a time; each is made when first seen and sleeps while another is shown.

    Examples
    --------
    >>> view = SensitivityView()
    >>> view.choose("Influence").said.text
    'None of the 9 trials is beyond a rule of thumb (the dashed lines).'
    """

    views: Mapping[str, View] = {}  # On the class: a view that was refused is still closed.

    def build(self) -> Sequence[w.Widget]:
        """Make the bar, and the first view."""
        self.views = {}
        self.which = w.ToggleButtons(options=list(_VIEWS), tooltips=list(_ASKS))
        self.which.style.button_width = "auto"
        self.which.observe(lambda _change: self._turn(), "value")
        self._room = w.VBox()
        self.bar = PickedBar(self.analysis)
        self._turn()
        return (self.which, self._room, self.bar)

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
        if name not in _VIEWS:
            raise SelectionError(f"There is no sensitivity analysis {name!r}.{hint(str(name), _VIEWS)}")
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
            self.views = {**self.views, name: _VIEWS[name](self.analysis)}
            self._room.children = tuple(self.views.values())
        for other, view in self.views.items():
            view.layout.display = "" if other == name else "none"
            view.attend(seen=other == name)

    def close(self) -> None:
        """Close every view that was made."""
        for view in self.views.values():
            view.close()
        super().close()

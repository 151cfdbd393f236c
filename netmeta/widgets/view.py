"""What every view of an analysis does: take it, watch it, let go of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import traitlets as t

from netmeta import language
from netmeta.errors import EntryError, SelectionError
from netmeta.widgets import controls as w
from netmeta.widgets.analysis import Analysis
from netmeta.widgets.assets import ensure_page
from netmeta.widgets.turns import in_turn

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from netmeta.widgets.livechart import LiveChart

__all__ = ["View"]


class View(w.VBox):  # type: ignore[misc]
    """A box of controls over one `Analysis`; `show` is called now and after each change until `close`.

    A view whose panel is closed sleeps (`attend`): it shows nothing and computes nothing until it is seen again.

    Parameters
    ----------
    analysis
        The analysis to show and change; a new one on the bundled trials by default.
    """

    watched: tuple[str, ...] = ("state",)
    # On the class: a view that was refused is still closed when it is collected.
    _quiet = _watching = _asleep = _stale = False
    _links: tuple[t.directional_link, ...] = ()

    def __init__(self, analysis: Analysis | None = None) -> None:
        found = Analysis() if analysis is None else analysis
        if not isinstance(found, Analysis):
            raise EntryError(f"A view shows an Analysis; got {type(found).__name__}. Try Analysis(evidence).")
        ensure_page()
        self.analysis = found
        super().__init__(children=tuple(self.build()))
        self.add_class("netmeta")
        self.refresh()
        found.observe(self._changed, self.watched)
        self._watching = True
        language.listen(self)

    def speak(self) -> None:
        """Show everything anew in another language: some texts are laid out here."""
        if self._watching:
            self._changed(None)

    def build(self) -> Sequence[w.Widget]:
        """Make the controls."""
        return ()

    def show(self) -> None:
        """Bring the controls in line with the analysis."""

    @in_turn
    def refresh(self) -> None:
        """Show the analysis without taking one's own updates for the reader's."""
        self._quiet = True
        try:
            self.show()
        finally:
            self._quiet = False

    def answer(self, handler: Callable[[Any], None]) -> Callable[[Any], None]:
        """Wrap a handler of a control so that it hears the reader and not `refresh`."""

        def heard(change: Any) -> None:  # noqa: ANN401
            if not self._quiet:
                handler(change)

        return heard

    def attend(self, *, seen: bool) -> None:
        """Wake up or fall asleep; what changed in between is shown on waking."""
        self._asleep = not seen
        if seen and self._stale:
            self._stale = False
            self.refresh()

    def linked(self, chart: LiveChart) -> LiveChart:
        """Mark the picked trial in a chart, and pick the trial whose mark is clicked there."""
        self.marked(chart)
        chart.on_pick(self.pick)
        chart.on_point(self.pick)
        return chart

    def marked(self, widget: w.Widget) -> None:
        """Mark the picked trial in a widget that has a trait ``picked``."""
        self._links += (t.dlink((self.analysis, "picked"), (widget, "picked")),)

    def pick(self, name: str) -> None:
        """Pick a trial in every view, or let it go; a click on what is gone means nothing."""
        try:
            self.analysis.pick(name)
        except SelectionError:
            self.refresh()

    def toggle_in_analysis(self, name: str) -> None:
        """Take a trial out or back in, as a click on its line asks; a click on what is gone means nothing."""
        try:
            self.analysis.toggle(name)
        except SelectionError:
            self.refresh()

    def _changed(self, _change: object) -> None:
        if self._asleep:
            self._stale = True
        else:
            self.refresh()

    def close(self) -> None:
        """Stop watching the analysis and take the view off the page."""
        if self._watching:
            self.analysis.unobserve(self._changed, self.watched)
            self._watching = False
        for link in self._links:
            link.unlink()
        self._links = ()
        for child in self.children:
            child.close()
        super().close()

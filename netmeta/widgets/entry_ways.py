"""Every way from what is typed to log HR and SE, side by side; one of them is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netmeta import numerals
from netmeta.widgets import controls as w
from netmeta.widgets.entry_groups import in_labels
from netmeta.widgets.textblock import TextBlock

if TYPE_CHECKING:
    from collections.abc import Callable

    from netmeta.evidence import Trial, Way

__all__ = ["WayChoice"]


class WayChoice(w.VBox):  # type: ignore[misc]
    """The ways that are open, the best first; hidden where there is no choice.

    ``route`` is what `Trial.route` takes: empty for the best.
    """

    def __init__(self) -> None:
        self.radio = w.RadioButtons(description="Log HR and SE from", layout={"display": "none"})
        self.closed = TextBlock()
        self._heard: Callable[[], None] = lambda: None
        self._quiet, self.route = False, ""
        self.radio.observe(self._chosen, "value")
        super().__init__(children=[self.radio, self.closed])
        self.add_class("netmeta-ways")

    def on_choice(self, handler: Callable[[], None]) -> None:
        """Call ``handler`` when the reader takes another way."""
        self._heard = handler

    def forget(self) -> None:
        """Take the best way again, and show nothing."""
        self.route = ""
        self.offer(None)

    def taken(self, trial: Trial) -> Trial:
        """Return the trial by the way that was chosen, where that is still open."""
        names = [way.name for way in trial.ways()]
        if self.route not in names or self.route == names[0]:
            return trial
        return trial.change(route=self.route)

    def offer(self, trial: Trial | None) -> None:
        """Show the ways of a trial as typed."""
        ways = () if trial is None else trial.ways()
        self._quiet = True
        self.radio.options = [(_line(way, best=at == 0), way.name) for at, way in enumerate(ways)]
        self.radio.value = next((way.name for way in ways if way.in_use), None)
        self._quiet = False
        self.radio.layout.display = "" if len(ways) > 1 else "none"
        self.closed.write([] if trial is None else _not_open(trial))

    def _chosen(self, change: dict[str, str | None]) -> None:
        if not self._quiet and change["new"] is not None:
            self.route = change["new"]
            self._heard()


def _line(way: Way, *, best: bool) -> str:
    numbers = (
        f"HR {numerals.ratio(way.hr)}, log HR {numerals.decimal(way.log_hr, 3)}, SE {numerals.decimal(way.se, 3)}"
    )
    said = f"{way.title}: {numbers}"
    if not way.in_use:
        said += f" (log HR {numerals.signed(way.shift, 3)}, SE {numerals.decimal(way.se_ratio, 2)} times)"
    return f"{said}, the best" if best else said


def _not_open(trial: Trial) -> list[tuple[str, str]]:
    """Say why a way is not open for which everything is given."""
    hindered = (way for way in trial.closed_ways() if way.begun and not way.lacking)
    reasons = {way.why_not: way.title for way in reversed(tuple(hindered))}
    return [("aside", in_labels(f"Not from {title}: {why}.")) for why, title in reversed(reasons.items())]

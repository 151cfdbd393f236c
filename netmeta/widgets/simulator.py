"""The simulator: choose the truth, and watch how often each interval holds it."""

from __future__ import annotations

import asyncio
from time import perf_counter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from netmeta import numerals
from netmeta.charts.coverage_rows import coverage_measures, coverage_rows, coverage_signals
from netmeta.charts.coverage_trials_rows import latest_rows, latest_signals
from netmeta.charts.frozen import frozen
from netmeta.errors import EntryError, PoolingError
from netmeta.pooling import SIZES, Coverage, Scenario
from netmeta.pooling.coverage_words import LABELS, coverage_in_words
from netmeta.pooling.coverages import none_yet
from netmeta.widgets import controls as w
from netmeta.widgets.assets import ensure_page
from netmeta.widgets.livechart import LiveChart
from netmeta.widgets.parsing import parse_count
from netmeta.widgets.simulator_forest import SimulatedForest
from netmeta.widgets.slider import Slider
from netmeta.widgets.textblock import TextBlock
from netmeta.widgets.work import Work

if TYPE_CHECKING:
    from collections.abc import Mapping

    from netmeta.pooling import Steps

__all__ = ["Simulator"]

MOST: Final = 5000
"""Meta-analyses after which the simulator rests: the coverage is then known to less than a percentage point."""

_BEAT: Final = 0.08
_SLOW: Final = ((10, 1), (100, 10), (MOST, 100))
_SPOKEN: Final = 0.8
_KEYS: Final = "Arrow keys move between methods, Enter draws the intervals of one."
_LINES: Final = "Arrow keys move between intervals, Enter shows the trials behind one."
_SIZED: Final = {
    "equal": "all alike",
    "one large": "one ten times as large",
    "one small": "one a tenth as large",
    "half small": "half of them a tenth as large",
}


class Simulator(w.VBox):  # type: ignore[misc]
    """Sliders for the truth, and the coverage of each interval method as it accumulates.

    Meta-analyses are simulated in slices between the reader's clicks, one at a time at first. A click on a method
    draws its latest intervals; a click on an interval shows the trials behind it.

    Parameters
    ----------
    scenario
        The truth to begin with; ``Scenario()`` by default.
    seed
        Number that the chances follow from.

    Examples
    --------
    >>> simulator = Simulator(Scenario(k=3))
    >>> simulator.add(200)
    >>> simulator.found.of("common").n
    200
    """

    # On the class: a simulator that was refused is still closed.
    sliders: Mapping[str, Slider] = MappingProxyType({})

    def __init__(self, scenario: Scenario | None = None, *, seed: int = 1) -> None:
        if not isinstance(scenario, Scenario | None):
            raise EntryError(f"Simulator takes a Scenario; got {type(scenario).__name__}. Try Scenario(k=5).")
        ensure_page()
        self.found: Coverage = none_yet(scenario or Scenario(), seed)
        self.method = "dl-wald"
        self.wanted = False
        super().__init__(children=self._built(self.found.scenario, seed))
        for name in ("netmeta", "netmeta-simulator"):
            self.add_class(name)
        self._draw()

    @property
    def running(self) -> bool:
        """Whether meta-analyses are being simulated."""
        return self.work.running

    def start(self) -> None:
        """Simulate until `MOST` or until `pause`; in a script, where no loop runs, at once."""
        self.wanted = True
        if self.found.n >= MOST:
            self._forget()
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            self.add(MOST - self.found.n)
        else:
            self.work.start(self._slices(), lambda _none: self._rest(), failed=self._failed)
            self._buttons()

    def pause(self) -> None:
        """Stop for a while; what was counted stays."""
        self.wanted = False
        self.work.stop()
        self._draw()

    def reset(self) -> None:
        """Forget what was counted, and wait."""
        self.wanted = False
        self.work.stop()
        self._forget()
        self._draw()

    def add(self, n: int = 1) -> None:
        """Simulate ``n`` more meta-analyses now."""
        self.found = self.found.more(n)
        self._draw()

    def choose(self, method: str) -> None:
        """Draw the latest intervals of a method, by its key."""
        self.method = method
        self._draw()

    def close(self) -> None:
        """Stop, and leave the page."""
        for child in (*self.sliders.values(), *self.children):
            child.close()
        super().close()

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, str]:  # noqa: ANN401
        bundle: dict[str, str] = super()._repr_mimebundle_(**kwargs) or {}
        return {**bundle, "text/plain": self.said.text}

    def _built(self, truth: Scenario, seed: int) -> tuple[w.Widget, ...]:
        self.sliders = {
            "hr": _slider("True hazard ratio", truth.hr, 0.2, 1.5, 0.01),
            "tau": _slider("True spread between trials, τ", truth.tau, 0.0, 1.0, 0.01),
            "k": _slider("Trials in a meta-analysis", truth.k, 2, 40, 1),
            "events": _slider("Events in a trial", truth.events, 10, 1000, 10),
        }
        self.sizes = w.Dropdown(
            options=[(_SIZED[name], name) for name in SIZES], value=truth.sizes, description="Trial sizes"
        )
        self.seed = w.Text(value=str(seed), description="Seed", continuous_update=False)
        inputs: tuple[w.Widget, ...] = (*self.sliders.values(), self.sizes, self.seed)
        for control in inputs:
            control.observe(self._changed, "value")
        self.problem, self.said = TextBlock(urgent=True), TextBlock()
        self.work = Work()
        self.work.stopper.layout.display = "none"
        self._make_charts()
        choices = w.HBox([self.sizes, self.seed])
        sliders = w.GridBox(list(self.sliders.values()))
        for box, name in ((sliders, "netmeta-sliders"), (choices, "netmeta-switches")):
            box.add_class(name)
        return (sliders, choices, self._bar(), self.problem, self.said, self.chart, self.intervals, self.forest)

    def _bar(self) -> w.Widget:
        self.starter = w.Button(description="Start", tooltip="Simulate meta-analyses until paused")
        self.single = w.Button(description="One more", tooltip="Simulate one meta-analysis")
        self.resetter = w.Button(description="Reset", tooltip="Forget what was counted")
        self.starter.on_click(lambda _button: self.pause() if self.running else self.start())
        self.single.on_click(lambda _button: self.add())
        self.resetter.on_click(lambda _button: self.reset())
        bar = w.HBox([self.starter, self.single, self.resetter, self.work])
        bar.add_class("netmeta-bar")
        return bar

    def _make_charts(self) -> None:
        table, latest = coverage_rows(self.found), latest_rows(None)
        self.chart = LiveChart(
            frozen("coverage"), {"rows": list(table.rows)}, coverage_signals(table), measures=coverage_measures(),
            keys=_KEYS,
        )  # fmt: skip
        self.intervals = LiveChart(
            frozen("coverage_trials"), {"rows": list(latest.rows)}, latest_signals(latest), keys=_LINES
        )
        self.forest = SimulatedForest()
        for chart, heard in ((self.chart, self.choose), (self.intervals, self.unfold)):
            chart.on_pick(heard)
            chart.on_point(heard)

    def unfold(self, number: str) -> None:
        """Show the trials behind one interval, by the number of its meta-analysis."""
        known = [str(one.number) for one in self.found.latest]
        if number in known:
            self.intervals.picked = number
            self.forest.show(self.found, int(number), self.method)

    def _changed(self, _change: object) -> None:
        again, self.wanted = self.wanted, False
        self.work.stop()
        self._forget()
        self._draw()
        if again and not self.problem.text:
            self.start()

    def _forget(self) -> None:
        """Begin anew with what the controls say; a seed that cannot be read is said, and the last one stays."""
        seed, self.problem.lines = self.found.seed, "[]"
        try:
            typed = parse_count("The seed", self.seed.value)
            seed = seed if typed is None else typed
        except EntryError as error:
            self.problem.write([("error", str(error))])
        hr, tau, k, events = (self.sliders[name].value for name in ("hr", "tau", "k", "events"))
        scenario = Scenario(
            hr=hr,
            tau=tau,
            k=round(k),
            events=round(events),
            sizes=self.sizes.value,
            level=self.found.scenario.level,
        )
        self.found = none_yet(scenario, seed)
        self.intervals.picked = ""
        self.forest.hide()

    def _slices(self) -> Steps[None]:
        """Simulate a few, draw, and wait for the next beat; the first ones come one by one."""
        said = perf_counter() - _SPOKEN
        while self.found.n < MOST:
            size = next(many for below, many in _SLOW if self.found.n < below)
            before = self.found.n
            self.found = self.found.more(min(size, MOST - before))
            now = perf_counter()
            self._draw(spoken=now > said + _SPOKEN)
            said, beat = now if now > said + _SPOKEN else said, now + _BEAT
            while perf_counter() < beat:
                yield self.found.n / MOST

    def _rest(self) -> None:
        self.wanted = True
        self._draw()

    def _failed(self, error: PoolingError | Exception) -> None:
        self.problem.write([("error", str(error))])
        self._buttons()

    def _draw(self, *, spoken: bool = True) -> None:
        if self.method not in [row.method for row in self.found.rows]:
            self.method = "dl-wald"
        table, latest = coverage_rows(self.found), latest_rows(self.found, self.method)
        said = coverage_in_words(self.found)
        if spoken:
            self.said.write([("aside" if at else "figures", line) for at, line in enumerate(said)])
        choices = tuple(
            {"id": row["id"], "label": f"{row['label']}, {row['held']}"} for row in table.rows if "id" in row
        )
        self.chart.push({"rows": list(table.rows)}, coverage_signals(table), label=" ".join(said), choices=choices)
        self.chart.picked = self.method
        self._draw_intervals(list(latest.rows), latest_signals(latest))
        self._buttons()

    def _draw_intervals(self, rows: list[dict[str, Any]], signals: dict[str, Any]) -> None:
        lines = tuple({"id": row["id"], "label": row["tip"]} for row in rows if "id" in row)
        head = f"{rows[0]['title']}. {rows[0]['text']}." if rows else f"{LABELS[self.method]}: no intervals yet."
        self.intervals.push({"rows": rows}, signals, label=head, choices=lines)

    def _buttons(self) -> None:
        self.starter.description = "Pause" if self.running else "Go on" if 0 < self.found.n < MOST else "Start"
        self.work.words.value = f"{numerals.count(self.found.n)} of {numerals.count(MOST)}"


def _slider(label: str, value: float, low: float, high: float, step: float) -> Slider:
    """Make a slider that reaches as far as the truth to begin with."""
    return Slider(label=label, min=min(low, value), max=max(high, value), step=step, value=value)

"""The fields of a prediction: a number, two limits, one of several options, or an order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from netmeta import numerals
from netmeta.teaching import ChoiceAsked, IntervalAsked, NumberAsked, OrderAsked
from netmeta.widgets import controls as w

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netmeta.teaching import Task
    from netmeta.teaching.kinds import Prediction

__all__ = ["PredictionFields"]

_PLACES: Final = ("First place", "Second place", "Third place", "Fourth place", "Fifth place", "Sixth place")
_NONE: Final = "choose…"


class PredictionFields(w.HBox):  # type: ignore[misc]
    """Fields for what a task asks; all of them are text in the end, so that nothing typed is lost."""

    def __init__(self, task: Task) -> None:
        self.asks = task.asks
        self.controls: tuple[w.Widget, ...] = tuple(self._made())
        super().__init__(children=self.controls)
        self.add_class("netmeta-prediction")

    @property
    def typed(self) -> tuple[str, ...]:
        """What stands in the fields; an empty text where nothing is chosen."""
        return tuple(control.value or "" for control in self.controls)

    def fill(self, typed: Sequence[str]) -> None:
        """Put texts into the fields."""
        for control, text in zip(self.controls, typed, strict=False):
            control.value = text

    def written(self, prediction: Prediction) -> str:
        """Write a prediction as feedback names it."""
        if isinstance(prediction, str):
            return f"“{prediction}”"
        if isinstance(prediction, tuple):
            low, high = prediction[0], prediction[1]
            if isinstance(low, float) and isinstance(high, float):
                return numerals.interval(low, high)
            return ", ".join(map(str, prediction))
        if isinstance(self.asks, NumberAsked) and self.asks.scale == "percent":
            return numerals.percent(prediction)
        hr = isinstance(self.asks, NumberAsked) and self.asks.scale == "HR"
        return numerals.ratio(prediction) if hr else numerals.decimal(prediction, 0 if prediction % 1 == 0 else 1)

    def _made(self) -> list[w.Widget]:
        if isinstance(self.asks, NumberAsked):
            return [_field(self.asks.label)]
        if isinstance(self.asks, IntervalAsked):
            return [_field("Lower limit"), _field("Upper limit")]
        if isinstance(self.asks, ChoiceAsked):
            return [w.RadioButtons(options=list(self.asks.options), value=None, description="Your prediction")]
        return _places(self.asks)


def _field(label: str) -> w.Text:
    # Letter by letter, a busy kernel hears of a press on Check before it hears of the last letters.
    return w.Text(description=label, placeholder="your prediction", continuous_update=False)


def _places(asks: OrderAsked) -> list[w.Widget]:
    options = [(_NONE, ""), *((item, item) for item in asks.items)]
    return [w.Dropdown(options=options, value="", description=place) for place in _PLACES[: len(asks.items)]]

"""How to pool: estimator, interval, prediction convention and level."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ipywidgets as w

from netmeta.errors import NetmetaError
from netmeta.pooling import INTERVALS, PREDICTIONS, TAU2_METHODS, CommonEffect, Model, RandomEffects
from netmeta.widgets.parsing import parse_percent
from netmeta.widgets.textblock import TextBlock
from netmeta.widgets.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["ModelControls"]

_METHODS = {
    "REML": "random effects, REML",
    "DL": "random effects, DerSimonian-Laird",
    "HE": "random effects, Hedges",
    "ML": "random effects, maximum likelihood",
    "PM": "random effects, Paule-Mandel",
    "SJ": "random effects, Sidik-Jonkman",
    "EB": "random effects, empirical Bayes",
    "HS": "random effects, Hunter-Schmidt",
    "common": "common effect",
}
_CI = {"wald": "Wald", "hartung-knapp": "Hartung-Knapp", "modified-hartung-knapp": "modified Hartung-Knapp"}


class ModelControls(View):
    """Choices of the model; each is applied at once."""

    def build(self) -> Sequence[w.Widget]:
        """Make the choices."""
        methods = [(_METHODS.get(name, name), name) for name in (*TAU2_METHODS, "common")]
        self.method = w.Dropdown(options=methods, description="Model")
        self.interval = w.Dropdown(
            options=[(_CI.get(name, name), name) for name in INTERVALS], description="Interval"
        )
        self.prediction = w.Dropdown(options=list(PREDICTIONS), description="Prediction interval")
        self.level = w.Text(description="Level (%)", continuous_update=False, layout={"width": "150px"})
        self.problem = TextBlock(urgent=True)
        for control in (self.method, self.interval, self.prediction, self.level):
            control.style.description_width = "initial"
            control.observe(self.answer(lambda _change: self._apply()), "value")
        box = w.HBox([self.method, self.interval, self.prediction, self.level])
        box.add_class("netmeta-model")
        return (box, self.problem)

    def show(self) -> None:
        """Show the model of the moment."""
        model = self.analysis.model
        random = isinstance(model, RandomEffects)
        self.method.value = model.tau2_method if isinstance(model, RandomEffects) else "common"
        if isinstance(model, RandomEffects):
            self.interval.value, self.prediction.value = model.interval, model.prediction
        self.interval.disabled = self.prediction.disabled = not random
        self.level.value = f"{model.level * 100:g}"
        self.problem.write(())

    def _apply(self) -> None:
        try:
            self.analysis.model = self._asked()
        except NetmetaError as error:
            self.problem.write([("error", str(error))])
        else:
            self.problem.write(())

    def _asked(self) -> Model:
        level = parse_percent("Level", self.level.value)
        if self.method.value == "common":
            return CommonEffect(level=level)
        return RandomEffects(self.method.value, self.interval.value, self.prediction.value, level)

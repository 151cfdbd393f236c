"""How to pool: a preset, or estimator, interval, prediction convention and level; and the chance of a benefit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from netmeta import numerals
from netmeta.errors import NetmetaError
from netmeta.pooling import (
    INTERVALS,
    PREDICTIONS,
    TAU2_METHODS,
    CommonEffect,
    Model,
    PooledResult,
    RandomEffects,
    presets,
)
from netmeta.widgets import controls as w
from netmeta.widgets.parsing import parse_number, parse_percent
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
_PRESETS: Final = {
    "netmeta_default": "netmeta's default",
    "revman2025": "RevMan and Cochrane since 2025",
    "cochrane_legacy": "Cochrane before 2025",
    "dersimonian_laird": "DerSimonian-Laird with prediction interval",
    "metafor_default": "R metafor, rma(yi, vi)",
    "metafor_knha": 'R metafor, test="knha"',
    "partlett_riley": "Partlett and Riley 2017",
    "hartung_knapp_dl": "Hartung-Knapp around DerSimonian-Laird",
    "paule_mandel": "Paule-Mandel",
    "common_effect": "Common effect",
}
_OWN: Final = ("of your own", "")


class ModelControls(View):
    """Choices of the model; each is applied at once."""

    def build(self) -> Sequence[w.Widget]:
        """Make the choices."""
        names = [(_PRESETS.get(name, name), name) for name in presets.PRESETS]
        self.preset = w.Dropdown(options=[_OWN, *names], description="Convention")
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
        self.preset.observe(self.answer(lambda _change: self._apply_preset()), "value")
        self.threshold = w.Text(
            value="0.80", description="Chance of an HR below", continuous_update=False, layout={"width": "150px"}
        )
        self.threshold.observe(self.answer(lambda _change: self.refresh()), "value")
        self.chance = TextBlock()
        box = w.HBox([self.preset, self.method, self.interval, self.prediction, self.level, self.threshold])
        box.add_class("netmeta-model")
        return (box, self.problem, self.chance)

    def show(self) -> None:
        """Show the model of the moment."""
        model = self.analysis.model
        random = isinstance(model, RandomEffects)
        self.method.value = model.tau2_method if isinstance(model, RandomEffects) else "common"
        if isinstance(model, RandomEffects):
            self.interval.value, self.prediction.value = model.interval, model.prediction
        self.interval.disabled = self.prediction.disabled = not random
        self.level.value = f"{model.level * 100:g}"
        self.preset.value = _preset_of(model)
        self.problem.write(())
        self.chance.write([self._chance()])

    def _chance(self) -> tuple[str, str]:
        try:
            threshold = parse_number("Chance of an HR below", self.threshold.value)
            return ("aside", _chance_in_words(self.analysis.outcome, 1.0 if threshold is None else threshold))
        except NetmetaError as error:
            return ("error", str(error))

    def _apply_preset(self) -> None:
        if self.preset.value:
            model = presets.PRESETS[self.preset.value]
            self.analysis.model = replace(model, level=self.analysis.model.level)
        self.refresh()

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


def _preset_of(model: Model) -> str:
    """Name the preset that this model is, at whatever level."""
    same = (name for name, known in presets.PRESETS.items() if replace(known, level=model.level) == model)
    return next(same, "")


def _chance_in_words(outcome: object, threshold: float) -> str:
    if not isinstance(outcome, PooledResult):
        return ""
    chance = numerals.chance(outcome.probability_below(threshold))
    return (
        f"The chance that the HR in a new trial like these is below {numerals.ratio(threshold)} is {chance} "
        "(from the distribution of the prediction interval)."
    )

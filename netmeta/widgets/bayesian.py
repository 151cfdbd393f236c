"""What to believe, live: a prior, the chance of a benefit, two plots, and how much the prior matters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from netmeta.charts.axis import ratio_axis
from netmeta.charts.forest_layout import forest_measures, forest_signals
from netmeta.charts.forest_rows import ForestRows, forest_rows
from netmeta.charts.frozen import frozen
from netmeta.charts.posterior_rows import (
    PosteriorRows,
    posterior_measures,
    posterior_rows,
    posterior_signals,
)
from netmeta.charts.shrinkage_rows import shrinkage_rows
from netmeta.errors import EntryError, NetmetaError
from netmeta.pooling import HalfCauchy, HalfNormal, TauPrior, Uniform, bayesian, compare_priors
from netmeta.report import belief, prior_matters, prior_table
from netmeta.widgets import controls as w
from netmeta.widgets.livechart import LINKED_KEYS, LiveChart
from netmeta.widgets.parsing import parse_number
from netmeta.widgets.textblock import TextBlock
from netmeta.widgets.view import View

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from netmeta.pooling import BayesianResult

__all__ = ["BayesianView"]

_PRIORS: Final[dict[str, tuple[str, Callable[[float], TauPrior], str]]] = {
    "half-normal": ("half-normal, with scale", HalfNormal, "0.5"),
    "half-cauchy": ("half-Cauchy, with scale", HalfCauchy, "0.5"),
    "uniform": ("uniform, from 0 to", Uniform, "4"),
}
_USUAL: Final = (HalfNormal(0.5), HalfNormal(1.0), HalfCauchy(0.5), Uniform(4.0))
_SMALLEST, _LARGEST, _COLUMNS = 0.001, 100.0, 5
_NO_CURVES: Final = PosteriorRows((), (), ratio_axis([], []), ("", ""), 1.0)
_NO_TRIALS: Final = forest_rows((), None)


class BayesianView(View):
    """The Bayesian analysis of the pooled trials: one trial is enough, and the prior is in plain sight."""

    def build(self) -> Sequence[w.Widget]:
        """Make the choices, the sentence, the plots and the table of priors."""
        options = [(label, name) for name, (label, _, _) in _PRIORS.items()]
        self.prior = w.Dropdown(options=options, description="How much trials may differ (prior of τ)")
        self.scale = w.Text(value="0.5", description="Scale", continuous_update=False, layout={"width": "80px"})
        self.threshold = w.Text(
            value="1", description="Chance of an HR below", continuous_update=False, layout={"width": "230px"}
        )
        self.prior.observe(self.answer(lambda _change: self._another_prior()), "value")
        for control in (self.scale, self.threshold):
            control.observe(self.answer(lambda _change: self.refresh()), "value")
        for control in (self.prior, self.threshold):
            control.style.description_width = "initial"
        self.problem, self.said, self.matters = TextBlock(urgent=True), TextBlock(), TextBlock()
        self.table = w.GridBox(
            layout={"grid_template_columns": f"repeat({_COLUMNS}, max-content)", "grid_gap": "0 18px"}
        )
        self._asked: tuple[TauPrior, float] = (HalfNormal(0.5), 1.0)
        self.curves = LiveChart(frozen("posterior"), *_curves(_NO_CURVES), measures=posterior_measures())
        chart = LiveChart(frozen("shrinkage"), *_lines(_NO_TRIALS), measures=forest_measures(), keys=LINKED_KEYS)
        self.chart = self.linked(chart)
        box = w.HBox([self.prior, self.scale, self.threshold])
        box.add_class("netmeta-model")
        return (box, self.problem, self.said, self.curves, self.chart, self.matters, self.table)

    def show(self) -> None:
        """Show the posterior of the moment; what cannot be read is said, and the last good choice stays."""
        self.problem.write([("error", said) for said in self._read()])
        prior, below = self._asked
        evidence, level = self.analysis.included, self.analysis.model.level
        try:
            found = bayesian(evidence, prior, level=level)
        except NetmetaError as error:
            self._empty(str(error))
            return
        words = belief(found, below=below)
        self.said.write([("aside", words)])
        self.curves.push(*_curves(posterior_rows(found, below=below)), label=f"Posterior curves. {words}")
        lines = shrinkage_rows(found)
        self.chart.push(*_lines(lines), label=f"Shrunken trial effects. {words}", choices=_choices(lines))
        self._show_priors(found, below)

    def _another_prior(self) -> None:
        """Take the usual scale of a prior when another one is chosen."""
        self._quiet = True
        self.scale.value = _PRIORS[self.prior.value][2]
        self.refresh()

    def _read(self) -> list[str]:
        """Read both fields, keep what can be read, and return what is wrong with the rest."""
        prior, below = self._asked
        wrong = []
        try:
            prior = _PRIORS[self.prior.value][1](_within("Scale of the prior", self.scale.value))
        except NetmetaError as error:
            wrong.append(str(error))
        try:
            below = _within("Chance of an HR below", self.threshold.value)
        except NetmetaError as error:
            wrong.append(str(error))
        self._asked = prior, below
        return wrong

    def _show_priors(self, found: BayesianResult, below: float) -> None:
        priors = (found.prior, *(prior for prior in _USUAL if prior != found.prior))
        compared = compare_priors(found.evidence, priors, level=found.level)
        self.matters.write([("aside", prior_matters(compared))])
        texts = [text for row in prior_table(compared, below=below) for text in row]
        if len(texts) != len(self.table.children):
            self._cells(len(texts))
        for cell, text in zip(self.table.children, texts, strict=True):
            cell.value = text

    def _cells(self, count: int) -> None:
        """Make as many cells as there are texts; a cell is text, never HTML."""
        for cell in self.table.children:
            cell.close()
        self.table.children = tuple(
            w.Label(layout={"margin": "0"}, style={"font_weight": "600" if at < _COLUMNS else "400"})
            for at in range(count)
        )

    def _empty(self, why: str) -> None:
        self.said.write([("aside", why)])
        self.matters.write(())
        self._cells(0)
        self.curves.push(*_curves(_NO_CURVES), label=why)
        self.chart.push(*_lines(_NO_TRIALS), label=why)


def _within(name: str, text: str) -> float:
    """Read a number between bounds that no prior and no threshold of use leaves."""
    found = parse_number(name, text)
    if found is None or not _SMALLEST <= found <= _LARGEST:
        raise EntryError(f"{name} is {text!r}; type a number from {_SMALLEST:g} to {_LARGEST:g}, such as 0.5.")
    return found


def _curves(found: PosteriorRows) -> tuple[dict[str, Any], dict[str, Any]]:
    return {"rows": list(found.rows), "curves": list(found.curves)}, posterior_signals(found)


def _lines(table: ForestRows) -> tuple[dict[str, Any], dict[str, Any]]:
    return {"rows": list(table.rows)}, forest_signals(table)


def _choices(table: ForestRows) -> tuple[dict[str, str], ...]:
    return tuple(
        {"id": row["id"], "label": f"{row['label']}, own HR {row['treatment']}, given the others {row['effect']}"}
        for row in table.rows
        if row["id"]
    )

"""Meta-regression, live: covariates or a formula, the bubble plot, and the permutation test on demand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from netmeta.charts.bubble_rows import BubbleRows, bubble_rows, bubble_signals
from netmeta.charts.frozen import frozen
from netmeta.errors import NetmetaError
from netmeta.pooling import MetaRegression, PermutationTest, meta_regression, permutation_steps
from netmeta.pooling.regression_words import permuted_in_words
from netmeta.widgets import controls as w
from netmeta.widgets.fields import categories, numbers, titled
from netmeta.widgets.livechart import LINKED_KEYS, LiveChart
from netmeta.widgets.textblock import TextBlock
from netmeta.widgets.view import View
from netmeta.widgets.work import Work

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["RegressionView"]

_NOTHING = bubble_rows(None)
_ASK = "Choose a covariate, or write a formula such as ~ year + assessor."


class RegressionView(View):
    """How the effect depends on facts of the trials: choose covariates, or write a formula."""

    found: MetaRegression | None = None

    def build(self) -> Sequence[w.Widget]:
        """Make the choices, the chart, the sentences and the permutation test."""
        self.covariates = w.SelectMultiple(options=[], rows=4, description="Explain by")
        self.formula = w.Text(value="~ year", description="Formula", continuous_update=False)
        self.over = w.Dropdown(options=[], description="Plot over")
        self.new = w.Checkbox(value=True, description="Band of new trials", indent=False)
        self.covariates.observe(self.answer(lambda _change: self._written()), "value")
        self.formula.observe(self.answer(lambda _change: self.refresh()), "value")
        for control in (self.over, self.new):
            control.observe(self.answer(lambda _change: self._draw()), "value")
        for control in (self.covariates, self.formula, self.over):
            control.style.description_width = "initial"
        self.problem, self.said, self.careful, self.chance = (TextBlock(urgent=at == 0) for at in range(4))
        self.chart = self.linked(LiveChart(frozen("bubble"), *_drawn(_NOTHING), keys=LINKED_KEYS))
        self.button = w.Button(description="Permutation test", tooltip="See what chance alone makes")
        self.button.on_click(lambda _button: self.permute())
        self.work = Work()
        self.bar = w.HBox([self.covariates, w.VBox([self.formula, w.HBox([self.over, self.new])])])
        test = w.HBox([self.button, self.work])
        for box in (self.bar, test):
            box.add_class("netmeta-bar")
        return (self.bar, self.problem, self.chart, self.said, test, self.chance, self.careful)

    def show(self) -> None:
        """Fit the formula to the pooled trials anew; a test of what stood before is dropped."""
        evidence = self.analysis.included
        self._offer((*numbers(evidence), *categories(evidence)))
        self.work.stop()
        self.chance.write(())
        try:
            self.found = meta_regression(evidence, self.formula.value, self.analysis.model)
        except NetmetaError as error:
            self.found = None
            self.problem.write([("error", str(error) if self.formula.value.strip() else _ASK)])
        else:
            self.problem.write(())
        self._mark()
        self._say()
        self._draw()

    def permute(self) -> None:
        """Run the permutation test; it shows how far it is and can be stopped."""
        if self.found is None:
            return
        self.chance.write([("aside", "Trying orders of the trials …")])
        self.work.start(
            permutation_steps(self.found),
            self._tested,
            failed=lambda error: self.chance.write([("error", str(error))]),
            stopped=lambda: self.chance.write([("aside", "Stopped: no permutation test.")]),
            words="Permutation test",
        )

    def _written(self) -> None:
        """Write the formula of the covariates that were chosen."""
        self.formula.value = f"~ {' + '.join(self.covariates.value)}" if self.covariates.value else ""

    def _offer(self, names: tuple[str, ...]) -> None:
        options = titled(names)
        if tuple(self.covariates.options) != tuple(options):
            self.covariates.options = options

    def _mark(self) -> None:
        """Choose in the list, and offer to plot over, what the formula names."""
        names = self.found.design.formula.names if self.found else ()
        offered = {name for _title, name in self.covariates.options}
        self.covariates.value = tuple(name for name in names if name in offered)
        if tuple(self.over.options) != tuple(titled(names)):
            self.over.options = titled(names)
            self.over.value = next(iter(names), None)

    def _say(self) -> None:
        found = self.found
        self.button.disabled = found is None
        self.said.write([("aside", line) for line in str(found).split("\n")] if found else ())
        self.careful.write([("caution", line) for line in found.cautions] if found else ())

    def _draw(self) -> None:
        if self.found is None:
            self.chart.push(*_drawn(_NOTHING), label="Bubble plot without a regression.")
            return
        table = bubble_rows(self.found, self.over.value, prediction=self.new.value)
        label = f"Bubble plot over {table.title}. {self.found}"
        self.chart.push(*_drawn(table), label=label, choices=_choices(table))

    def _tested(self, found: PermutationTest) -> None:
        self.chance.write([("aside", permuted_in_words(found))])

    def close(self) -> None:
        """Stop the test, and take the view off the page."""
        if self._watching:
            self.work.close()
        super().close()


def _drawn(table: BubbleRows) -> tuple[dict[str, Any], dict[str, Any]]:
    return {"rows": list(table.rows)}, bubble_signals(table)


def _choices(table: BubbleRows) -> tuple[dict[str, str], ...]:
    trials = sorted((row for row in table.rows if row["id"]), key=lambda row: row["x"])
    return tuple({"id": row["id"], "label": row["tip"]} for row in trials)

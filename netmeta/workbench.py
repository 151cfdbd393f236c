"""The workbench: the views of one analysis, laid out from question to answer."""

from __future__ import annotations

from typing import Any

import ipywidgets as w

from netmeta.errors import EntryError
from netmeta.evidence import Evidence
from netmeta.widgets import (
    Analysis,
    AnswerView,
    BayesianView,
    Digitiser,
    EvidenceTable,
    ForestView,
    HistoryBar,
    ModelControls,
    Panel,
    QuestionView,
    RegressionView,
    SensitivityView,
    SmallStudiesView,
    SubgroupView,
    TrialForm,
    TrialTable,
)

__all__ = ["Workbench"]


class Workbench(w.VBox):  # type: ignore[misc]
    """The whole workbench: question, forest plot, answer, and panels that open under it.

    Parameters
    ----------
    evidence
        Trials to work on, or an `Analysis` to show; the bundled trials by default.

    Examples
    --------
    >>> bench = Workbench()
    >>> bench.forest.click("CABINET pNET")  # what a click on its line does
    >>> bench.analysis.outcome.k
    8
    """

    _views: tuple[w.Widget, ...] = ()  # On the class: a workbench that was refused is still closed.

    def __init__(self, evidence: Evidence | Analysis | None = None) -> None:
        if not isinstance(evidence, Evidence | Analysis | None):
            raise EntryError(
                f"Workbench shows Evidence or an Analysis; got {type(evidence).__name__}. "
                "From a table: Workbench(Evidence.from_frame(frame))."
            )
        self.analysis = evidence if isinstance(evidence, Analysis) else Analysis(evidence)
        self.history = HistoryBar(self.analysis)
        self.question = QuestionView(self.analysis)
        self.forest = ForestView(self.analysis)
        self.answer = AnswerView(self.analysis)
        self.trials = Panel("Trials: sources, and which are pooled", lambda: TrialTable(self.analysis))
        self.form = Panel("Add or edit a trial", lambda: TrialForm(self.analysis))
        self.data = Panel("Edit the data, or paste a table", lambda: EvidenceTable(self.analysis))
        self.digitiser = Panel("Read a survival curve off a figure", lambda: Digitiser(self.analysis))
        self.model = Panel("Model", lambda: ModelControls(self.analysis))
        self.sensitivity = Panel(
            "Sensitivity: does the answer hang on one trial?", lambda: SensitivityView(self.analysis)
        )
        self.subgroups = Panel("Subgroups", lambda: SubgroupView(self.analysis))
        self.regression = Panel("Meta-regression", lambda: RegressionView(self.analysis))
        self.small = Panel("Small studies: is the funnel lopsided?", lambda: SmallStudiesView(self.analysis))
        self.bayesian = Panel("Bayesian analysis", lambda: BayesianView(self.analysis))
        between = (self.sensitivity, self.subgroups, self.regression, self.small)
        self.panels = (self.trials, self.form, self.data, self.digitiser, self.model, *between, self.bayesian)
        panels = w.VBox(self.panels)
        panels.add_class("netmeta-panels")
        self._views = (self.question, self.forest, self.answer, self.history, *self.panels)
        super().__init__(children=(self.question, self.forest, self.answer, self.history, panels))
        for name in ("netmeta", "netmeta-workbench"):
            self.add_class(name)

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, str]:  # noqa: ANN401
        from netmeta.widgets.forest import static_picture

        bundle: dict[str, str] = super()._repr_mimebundle_(**kwargs) or {}
        said = self.answer.text
        return {**bundle, **static_picture(self.forest), "text/plain": said}

    def close(self) -> None:
        """Close every view; the analysis stays as it is."""
        for view in self._views:
            view.close()
        super().close()

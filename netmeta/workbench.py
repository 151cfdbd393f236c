"""The workbench: the views of one analysis, laid out from question to answer."""

from __future__ import annotations

from typing import Any

from netmeta.errors import EntryError
from netmeta.evidence import Evidence
from netmeta.widgets import (
    AbsoluteView,
    Analysis,
    AnswerView,
    BayesianView,
    Digitiser,
    EvidenceTable,
    ForestView,
    HarmView,
    HistoryBar,
    KeepingView,
    LanguageChoice,
    LoadView,
    ModelControls,
    NetworkView,
    Panel,
    QuestionView,
    RegressionView,
    RepeatView,
    ReportView,
    SensitivityView,
    SmallStudiesView,
    SubgroupView,
    TrialForm,
    TrialTable,
    View,
)
from netmeta.widgets import controls as w

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

    panels: tuple[Panel, ...] = ()
    _views: tuple[w.Widget, ...] = ()  # On the class: a workbench that was refused is still closed.

    def __init__(self, evidence: Evidence | Analysis | None = None) -> None:
        if not isinstance(evidence, Evidence | Analysis | None):
            raise EntryError(
                f"Workbench shows Evidence or an Analysis; got {type(evidence).__name__}. "
                "From a table: Workbench(Evidence.from_frame(frame))."
            )
        self.analysis = evidence if isinstance(evidence, Analysis) else Analysis(evidence)
        self.language = LanguageChoice()
        self.history = HistoryBar(self.analysis)
        self.question = QuestionView(self.analysis)
        self.forest = ForestView(self.analysis)
        self.answer = AnswerView(self.analysis)
        self.trials = self._panel("Trials: sources, and which are pooled", TrialTable)
        self.form = self._panel("Add or edit a trial", TrialForm)
        self.load = self._panel("Load a table", LoadView)
        self.data = self._panel("Edit the data", EvidenceTable)
        self.digitiser = self._panel("Read a survival curve off a figure", Digitiser)
        self.model = self._panel("Model", ModelControls)
        self.sensitivity = self._panel("Sensitivity: does the answer hang on one trial?", SensitivityView)
        self.subgroups = self._panel("Subgroups", SubgroupView)
        self.regression = self._panel("Meta-regression", RegressionView)
        self.small = self._panel("Small studies: is the funnel lopsided?", SmallStudiesView)
        self.bayesian = self._panel("Bayesian analysis", BayesianView)
        self.network = self._panel("Network: which therapy?", NetworkView)
        self.absolute = self._panel("What it means for patients", AbsoluteView)
        self.harm = self._panel("Benefit and harm", HarmView)
        self.keeping = self._panel("Keep and compare", KeepingView)
        self.repeat = self._panel("Code that repeats this", RepeatView)
        self.report = self._panel("Report", ReportView)
        panels = w.VBox(self.panels)
        panels.add_class("netmeta-panels")
        self._views = (self.language, self.question, self.forest, self.answer, self.history, *self.panels)
        super().__init__(children=(self.language, self.question, self.forest, self.answer, self.history, panels))
        for name in ("netmeta", "netmeta-workbench"):
            self.add_class(name)

    def _panel(self, title: str, view: type[View]) -> Panel:
        """Make a closed panel; the view inside is made at its first opening."""
        panel = Panel(title, lambda: view(self.analysis))
        self.panels = (*self.panels, panel)
        return panel

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, str]:  # noqa: ANN401
        from netmeta.widgets.forest import static_picture

        bundle: dict[str, str] = super()._repr_mimebundle_(**kwargs) or {}
        return {**bundle, **static_picture(self.forest, self.answer.text)}

    def close(self) -> None:
        """Close every view; the analysis stays as it is."""
        for view in self._views:
            view.close()
        super().close()

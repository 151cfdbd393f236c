"""The methods section of an analysis, written from its state."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from netmeta.evidence.routes.kinds import KINDS
from netmeta.pooling import PooledResult
from netmeta.report.citations import Citations
from netmeta.report.given import BAYESIAN, OMISSIONS, TESTS, state_of
from netmeta.report.methods_network import network_said
from netmeta.report.model_words import heterogeneity_said, model_said
from netmeta.report.question_words import asked, origin, reader_rule
from netmeta.report.section import Part, Section, filled, joined
from netmeta.report.software import software_said
from netmeta.report.words import listed

if TYPE_CHECKING:
    from netmeta.state import State

__all__ = ["methods", "methods_section"]

_TITLES: Final = {kind.name: kind.title for kind in KINDS.values()}


def methods(analysis: object) -> Section:
    """Write the methods section of an analysis as it stands.

    Parameters
    ----------
    analysis
        An `Analysis` or its state.

    Returns
    -------
    Section
        The question and whose rows answer it, the effect measure, the model with its estimator, interval and
        prediction convention, what was looked at beside it, the network, and the programs with their versions;
        with numbered references. What software cannot know (a protocol, a search) is not in it: see
        `netmeta.prisma`.

    Raises
    ------
    EntryError
        For anything else than an analysis.

    Examples
    --------
    >>> import netmeta as nm
    >>> nm.methods(nm.Analysis()).parts[0].title
    'Question and trials'
    """
    cite = Citations()
    return methods_section(state_of(analysis), cite, references=True)


def methods_section(state: State, cite: Citations, *, references: bool = False) -> Section:
    """Write the methods section with the citations of a larger text."""
    parts = filled(
        Part("Question and trials", (_trials_said(state), _effects_said(state, cite))),
        Part("Pooling", (joined(model_said(state.model, cite), heterogeneity_said(state.model, cite)),)),
        Part("Sensitivity and small studies", (_sensitivity_said(state, cite),)),
        *_network(state, cite),
        *_absolute(state, cite),
        Part("Software", (software_said(cite),)),
    )
    return Section(title="Methods", parts=parts, references=cite.texts if references else ())


def _trials_said(state: State) -> str:
    return joined(
        asked(state),
        origin(state),
        "One row was taken for each trial and cohort: verified against a public source or entered by the authors, "
        "with a hazard ratio and a standard error, and never a subgroup or a superseded data cut.",
        reader_rule(state.selection),
    )


def _effects_said(state: State, cite: Citations) -> str:
    ways = Counter(trial.effect.kind.name for trial in state.included if trial.effect is not None)
    said = tuple(f"{_TITLES[name]} in {count}" for name, count in ways.most_common())
    if not said:
        return "The effect measure is the hazard ratio, analysed on the log scale; below 1 it favours the therapy."
    return (
        "The effect measure is the hazard ratio, analysed on the log scale; below 1 it favours the therapy. "
        "Log hazard ratios and standard errors were taken from what the papers print "
        f"{cite('parmar1998', 'tierney2007')}: {listed(said, 12)}."
    )


def _sensitivity_said(state: State, cite: Citations) -> str:
    """Say what stands beside the pooled result; nothing where there is none."""
    found = state.outcome
    if not isinstance(found, PooledResult):
        return ""
    return joined(_omissions_said(found.k, cite), _small_said(found.k, cite), _bayesian_said(found.k, cite))


def _omissions_said(k: int, cite: Citations) -> str:
    if k < OMISSIONS:
        return f"With {k} trials, no trial can be left out in turn."
    return (
        "Whether the result hangs on one trial was looked at by leaving out each in turn and by influence "
        f"diagnostics {cite('viechtbauer2010b')}."
    )


def _small_said(k: int, cite: Citations) -> str:
    if k < TESTS:
        return (
            f"Tests of small-study effects ask for ten trials or more {cite('sterne2011')}: "
            "none was made, and a funnel plot is shown for looking at only."
        )
    return (
        f"Small-study effects were looked for in a funnel plot {cite('sterne2011')}, by Egger's regression test "
        f"{cite('egger1997')} and, where events are known, by the test for hazard ratios of Debray "
        f"{cite('debray2018')}."
    )


def _bayesian_said(k: int, cite: Citations) -> str:
    if k > BAYESIAN:
        return ""
    return (
        f"With {k} trials, a Bayesian random-effects analysis with a half-normal prior of scale 0.5 for τ stands "
        f"beside the pooled result {cite('rover2020')}."
    )


def _network(state: State, cite: Citations) -> tuple[Part, ...]:
    said = network_said(state, cite)
    return (Part("Network meta-analysis", (said,)),) if said else ()


def _absolute(state: State, cite: Citations) -> tuple[Part, ...]:
    assumed = state.baseline_in_use
    if assumed is None or not isinstance(state.outcome, PooledResult):
        return ()
    said = (
        "Absolute effects were calculated from the pooled hazard ratio and an assumed risk of the control arm, "
        f"under proportional hazards {cite('altman1999')}. {assumed.in_words}"
    )
    return (Part("Absolute effects", (said,)),)

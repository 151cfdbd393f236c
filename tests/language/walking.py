"""Walks through the whole workbench, so that every text of it goes to the page once."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import netmeta as nm
from netmeta.widgets.panel import Panel
from netmeta.widgets.tabs import TabbedView
from netmeta.widgets.work import Work


def below(widget):
    """Give a widget and all widgets in it."""
    yield widget
    for child in getattr(widget, "children", ()):
        yield from below(child)


def opened(bench):
    """Open every panel and every tab, and wait for what is computed."""
    for panel in bench.panels:
        if not panel.is_open:
            panel.toggle()
    for panel in bench.panels:
        for view in [one for one in below(panel) if isinstance(one, TabbedView)]:
            for name in view.kinds:
                view.choose(name)
    settle(bench)


def settle(bench):
    """Let all work that runs come to its end."""

    async def wait():
        for widget in below(bench):
            if isinstance(widget, Work):
                await widget.settled()

    asyncio.run(wait())


def states(analysis):
    """Put the analysis into states that say different things, one after the other."""
    start = analysis.state
    yield "as it opens"
    for model in MODELS:
        analysis.model = model
        yield str(model)
    analysis.reset()
    for selection in SELECTIONS:
        analysis.selection = selection
        yield str(selection)
    analysis.state = start
    labels = [trial.label for trial in analysis.included]
    for label in labels[:-1]:
        analysis.toggle(label)
        yield f"without {label}"
    analysis.toggle(labels[-1])
    yield "without any"
    analysis.reset()
    analysis.pick(labels[0])
    yield "one picked"
    analysis.let_go()
    analysis.network = replace(analysis.network, reference="SSA")
    yield "another reference"
    analysis.reset()


MODELS = (
    nm.CommonEffect(),
    nm.RandomEffects("DL", "wald", "none"),
    nm.RandomEffects("PM", "hartung-knapp", "t(k-1)"),
    nm.RandomEffects("SJ", level=0.9),
)
SELECTIONS = (
    nm.Selection("OS"),
    nm.Selection("OS", control="placebo"),
    nm.Selection("PFS", population="pNET"),
    nm.Selection("PFS", assessor="central"),
    nm.Selection("PFS", assessor="investigator first"),
    nm.Selection("PFS", treatments=("everolimus",)),
    nm.Selection("PFS", treatments=("cabozantinib",)),
    nm.Selection("TTP"),
    nm.Selection("nothing"),
)


def panels(bench):
    """Return the panels by their titles."""
    return {one.title: one for one in below(bench) if isinstance(one, Panel)}

"""Sensitivity, live: six ways to ask how much the answer hangs on single trials and single choices."""

from __future__ import annotations

from types import MappingProxyType

from netmeta.widgets.baujat import BaujatView
from netmeta.widgets.cumulative import CumulativeView
from netmeta.widgets.gosh import GoshView
from netmeta.widgets.influence import InfluenceView
from netmeta.widgets.multiverse import MultiverseView
from netmeta.widgets.omission import OmissionView
from netmeta.widgets.tabs import TabbedView

__all__ = ["SensitivityView"]


class SensitivityView(TabbedView):
    """A bar of choices over one view at a time; each is made when first seen and sleeps while another is shown.

    Examples
    --------
    >>> view = SensitivityView()
    >>> view.choose("Influence").said.text
    'None of the 9 trials is beyond a rule of thumb (the dashed lines).'
    """

    kinds = MappingProxyType(
        {
            "Leave one out": (OmissionView, "What if one trial were not there?"),
            "Cumulative": (CumulativeView, "How did the answer come about?"),
            "Influence": (InfluenceView, "Which trials move the result more than they should?"),
            "Baujat": (BaujatView, "Which trials disagree, and which pull?"),
            "GOSH": (GoshView, "What do all subsets of the trials say?"),
            "Multiverse": (MultiverseView, "What if it had been analysed in another way?"),
        }
    )
    what = "sensitivity analysis"

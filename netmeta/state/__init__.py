"""An analysis as one value: what a reader can change, what follows from it, and how it is kept."""

from netmeta.state.difference import Differences, differences
from netmeta.state.saving import read_saved, state_from_json, state_to_json
from netmeta.state.snapshot import Saved, Snapshot, checked_name
from netmeta.state.state import Problem, State

__all__ = [
    "Differences",
    "Problem",
    "Saved",
    "Snapshot",
    "State",
    "checked_name",
    "differences",
    "read_saved",
    "state_from_json",
    "state_to_json",
]

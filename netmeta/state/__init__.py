"""An analysis as one value: what a reader can change, and what follows from it."""

from netmeta.state.state import Problem, State

__all__ = ["Problem", "State"]

"""Results in words: the answer, and what to beware of."""

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

from netmeta.report.bayesian_words import belief, prior_in_words, prior_matters, prior_table
from netmeta.report.caution import Caution, cautions
from netmeta.report.league import LeagueTable, league_table
from netmeta.report.words import alone, description, figures, listed, prediction, sentence, summary

__all__ = [
    "Caution",
    "LeagueTable",
    "alone",
    "belief",
    "cautions",
    "description",
    "figures",
    "league_table",
    "listed",
    "prediction",
    "prior_in_words",
    "prior_matters",
    "prior_table",
    "sentence",
    "summary",
]


class _Room(ModuleType):
    """A package that is called as well: ``netmeta.report(analysis, path)`` is the verb of the same name."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        """Write a report: see `netmeta.document.writing.report`."""
        return import_module("netmeta.document.writing").report(*args, **kwargs)


# The name means a room and a verb: whoever imports the room would hide the verb in ``netmeta``.
sys.modules[__name__].__class__ = _Room

"""Results in words: the answer, and what to beware of."""

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

"""Results in words: the answer, and what to beware of."""

from netmeta.report.caution import Caution, cautions
from netmeta.report.words import description, figures, listed, prediction, sentence, summary

__all__ = ["Caution", "cautions", "description", "figures", "listed", "prediction", "sentence", "summary"]

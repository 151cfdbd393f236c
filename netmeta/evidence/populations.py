"""Populations that are one for a question though papers name them differently."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from netmeta.evidence.trial import Trial

__all__ = ["ANY_SITE", "SITES", "in_population"]

ANY_SITE: Final = "epNET of any site"
SITES: Final = frozenset(
    {"epNET", "carcinoid", "GI", "lung", "lung and GI", "lung/thymus", "midgut", "unknown primary"}
)
"""Populations of extra-pancreatic tumours alone: `ANY_SITE` takes them as one. Carcinoid, in the trials of its
syndrome, counts as extra-pancreatic; a mixed population (GEP) is neither this nor pNET."""


def in_population(trial: Trial, asked: str) -> bool:
    """Say whether a trial is of the population asked for: a value of `Trial.population`, `ANY_SITE`, or ``""``."""
    return not asked or trial.population == asked or (asked == ANY_SITE and trial.population in SITES)

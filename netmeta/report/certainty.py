"""What a reader judges of the certainty in an outcome: entered by the reader, never made by software."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from netmeta.errors import EntryError, hint, shown
from netmeta.signs import cleaned

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Certainty", "judgements"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Certainty:
    """The reader's judgement of one outcome, by the domains of GRADE (Guyatt 2008, BMJ 336:924).

    Parameters
    ----------
    certainty
        The level, in the reader's words: ``"moderate"``.
    risk_of_bias, inconsistency, indirectness, imprecision, publication_bias
        What the reader thinks of each domain: ``"serious"``, ``"not serious"``.
    why
        The reasons.
    """

    certainty: str = ""
    risk_of_bias: str = ""
    inconsistency: str = ""
    indirectness: str = ""
    imprecision: str = ""
    publication_bias: str = ""
    why: str = ""

    @property
    def in_words(self) -> str:
        """What the reader judged, or that nobody has."""
        named = ((field.name.replace("_", " "), cleaned(getattr(self, field.name))) for field in fields(self))
        domains = "; ".join(f"{name}: {said}" for name, said in named if said and name not in ("certainty", "why"))
        level = cleaned(self.certainty) or "Not judged"
        return ". ".join(filter(None, (level, domains, cleaned(self.why)))).removesuffix(".") + "."


def judgements(given: Mapping[str, Mapping[str, str]] | None) -> dict[str, Certainty]:
    """Read the judgements by outcome.

    Raises
    ------
    EntryError
        For what is no mapping of texts, and a domain that does not exist.
    """
    return {outcome: _one(outcome, domains) for outcome, domains in (given or {}).items()}


def _one(outcome: str, domains: Mapping[str, str]) -> Certainty:
    known = tuple(field.name.replace("_", " ") for field in fields(Certainty))
    if not hasattr(domains, "items"):
        raise EntryError(
            f"The certainty of {shown(outcome)} is {shown(domains)}; give domains, as {{'certainty': 'low'}}."
        )
    for name, said in domains.items():
        if str(name).replace("_", " ") not in known:
            raise EntryError(f"GRADE has no domain {shown(name)}.{hint(str(name), known)}")
        if not isinstance(said, str):
            raise EntryError(f"The judgement on {shown(name)} is {shown(said)}; give it in words.")
    return Certainty(**{str(name).replace(" ", "_"): said for name, said in domains.items()})

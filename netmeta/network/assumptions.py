"""Assumptions that make two names one: recorded with every result, and printed with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from netmeta.errors import NetworkError, SelectionError, hint, shown
from netmeta.pooling.words import listed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from netmeta.evidence import Trial

__all__ = [
    "KINDS",
    "Assumptions",
    "Merge",
    "as_assumptions",
    "assumptions_in_words",
    "bearing",
    "likely_merges",
    "merged_arms",
    "merged_endpoint",
]

KINDS: Final = ("treatment", "endpoint")


@dataclass(frozen=True, slots=True)
class Merge:
    """The assumption that two treatments, or two endpoints, may be taken as one.

    Parameters
    ----------
    name
        What is no longer told apart.
    into
        What it is taken as.
    what
        ``"treatment"`` or ``"endpoint"``.

    Raises
    ------
    SelectionError
        For a kind that is neither, an empty name, and a name that is merged into itself.

    Examples
    --------
    >>> print(Merge("high-dose SSA", into="SSA"))
    high-dose SSA is taken to be the same treatment as SSA
    """

    name: str
    into: str
    what: str = "treatment"

    def __post_init__(self) -> None:
        if self.what not in KINDS:
            raise SelectionError(f"What is merged is one of {', '.join(KINDS)}, not {shown(self.what)}.")
        if not (isinstance(self.name, str) and isinstance(self.into, str) and self.name and self.into):
            raise SelectionError(f"Merge takes two names; got {shown(self.name)} and {shown(self.into)}.")
        if self.name == self.into:
            raise SelectionError(f"{shown(self.name)} cannot be merged into itself.")

    def __str__(self) -> str:
        return f"{self.name} is taken to be the same {self.what} as {self.into}"


Assumptions = tuple[Merge, ...]


def as_assumptions(given: object) -> Assumptions:
    """Return assumptions as a tuple, or raise naming what is none, or what contradicts another."""
    many = isinstance(given, Iterable) and not isinstance(given, str)
    found = tuple(dict.fromkeys(given if many else (given,)))  # type: ignore[call-overload]
    into: dict[tuple[str, str], str] = {}
    for one in found:
        if not isinstance(one, Merge):
            raise SelectionError(f'An assumption is Merge("a", into="b"), not {shown(one)}.')
        if into.setdefault((one.what, one.name), one.into) != one.into:
            raise NetworkError(
                f"Two assumptions take {shown(one.name)} as different {one.what}s, "
                f"{shown(into[one.what, one.name])} and {shown(one.into)}: leave one of them out."
            )
    return found


def merged_arms(trial: Trial, assumptions: Assumptions) -> tuple[str, str]:
    """Return the experimental and the control treatment of a trial under the assumptions."""
    return (
        _merged(trial.experimental, "treatment", assumptions),
        _merged(trial.control, "treatment", assumptions),
    )


def merged_endpoint(trial: Trial, assumptions: Assumptions) -> str:
    """Return the endpoint of a trial under the assumptions."""
    return _merged(trial.endpoint, "endpoint", assumptions)


def _merged(name: str, what: str, assumptions: Assumptions) -> str:
    seen = {name}
    while (one := next((a for a in assumptions if a.what == what and a.name == name), None)) is not None:
        name = one.into
        if name in seen:
            raise NetworkError(f"The assumptions go round in a circle at {shown(name)}: leave one of them out.")
        seen.add(name)
    return name


def bearing(assumptions: Assumptions, trials: Iterable[Trial]) -> Assumptions:
    """Return the assumptions that bear on some trial; the others change nothing, and are not told of.

    Raises
    ------
    NetworkError
        For a name that no trial has, where the name that it is merged into is known: it is probably misspelt.
    """
    rows = tuple(trials)
    known = {
        "treatment": {arm for trial in rows for arm in (trial.experimental, trial.control)},
        "endpoint": {trial.endpoint for trial in rows},
    }
    there = {what: names | {one.into for one in assumptions if one.what == what} for what, names in known.items()}
    for one in assumptions:
        if one.name not in there[one.what] and one.into in known[one.what]:
            raise NetworkError(f"No trial has the {one.what} {shown(one.name)}.{hint(one.name, known[one.what])}")
    return _reached(assumptions, known)


def _reached(assumptions: Assumptions, known: Mapping[str, set[str]]) -> Assumptions:
    """Return the assumptions whose name a trial has, or another assumption leads to from there."""
    names, found = {what: set(own) for what, own in known.items()}, dict.fromkeys(assumptions, False)
    while fresh := [one for one, used in found.items() if not used and one.name in names[one.what]]:
        for one in fresh:
            found[one] = True
            names[one.what].add(one.into)
    return tuple(one for one, used in found.items() if used)


def likely_merges(parts: tuple[tuple[str, ...], ...]) -> Assumptions:
    """Return the merges that would join two parts of a network and that somebody may want to assume.

    Those are names of as many components (``a + b``), each the same as, or a variant of, the other's: "high-dose
    SSA" and "SSA". The name of the smaller part is merged into that of the larger.
    """
    pairs = [
        Merge(other, into=one)
        for at, part in enumerate(parts)
        for later in parts[at + 1 :]
        for one in part
        for other in later
        if _variants(one, other)
    ]
    return tuple(pairs)


def _variants(one: str, other: str) -> bool:
    mine, theirs = (name.casefold().split(" + ") for name in (one, other))
    if len(mine) != len(theirs):
        return False
    words = ((set(a.split()), set(b.split())) for a, b in zip(sorted(mine), sorted(theirs), strict=True))
    return all(a <= b or b <= a for a, b in words)


def assumptions_in_words(assumptions: Assumptions) -> str:
    """Say what was taken as one; empty where nothing was."""
    return f"Assumed: {listed(tuple(map(str, assumptions)))}." if assumptions else ""

"""Which of the trials at hand are pooled: the inclusion axis of a multiverse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from netmeta.errors import PoolingError, shown

if TYPE_CHECKING:
    from netmeta.evidence import Evidence, Trial

__all__ = ["ALL", "EACH", "INCLUSIONS", "TrialFilter", "family", "included"]

ALL: Final = "all"
EACH: Final = "without each"

INCLUSIONS: Final = (ALL, EACH, "verified", "primary", "one class")
"""Which trials: all; all but each of them in turn; those whose hazard ratio was seen in a public source; those
whose row is the trial's primary analysis; those of the class of therapy that most of them test."""

_Conditions: TypeAlias = tuple[tuple[str, tuple[object, ...]], ...]


@dataclass(frozen=True, slots=True)
class TrialFilter:
    """A named choice of trials: those that meet conditions.

    Parameters
    ----------
    name
        How a reader shall call it: ``"phase 3 only"``.
    conditions
        Fields of `netmeta.Trial` with the value wanted, or several: ``{"phase": "3"}``,
        ``{"blinding": ["double-blind", "open-label"]}``. Kept as a tuple of pairs.

    Raises
    ------
    PoolingError
        For an empty or reserved name, and for what are no conditions.

    Examples
    --------
    >>> TrialFilter("phase 3 only", {"phase": "3"}).conditions
    (('phase', ('3',)),)
    """

    name: str
    conditions: Mapping[str, object] | _Conditions

    def __post_init__(self) -> None:
        if not isinstance(self.name, str) or not self.name.strip() or self.name in INCLUSIONS:
            raise PoolingError(
                f"A filter of trials has a name of its own, not {shown(self.name)}: for example 'phase 3 only'."
            )
        pairs = self.conditions.items() if isinstance(self.conditions, Mapping) else self.conditions
        try:
            read = tuple((str(field), _values(wanted)) for field, wanted in pairs)
            hash(read)
        except (TypeError, ValueError):
            read = ()
        if not read:
            raise PoolingError(
                f"The filter {shown(self.name)} has no conditions that can be read: {shown(self.conditions)}. "
                "Give fields with their values, such as {'phase': '3'}."
            )
        object.__setattr__(self, "conditions", read)

    def keys(self, evidence: Evidence) -> frozenset[str]:
        """Return the keys of the rows that meet every condition.

        Raises
        ------
        SelectionError
            For a field that trials do not have, and for a value that no row has.
        """
        wanted: dict[str, Any] = dict(self.conditions)
        return frozenset(evidence.where(**wanted).keys)


def _values(wanted: object) -> tuple[object, ...]:
    many = isinstance(wanted, Iterable) and not isinstance(wanted, str)
    return tuple(wanted) if many else (wanted,)  # type: ignore[arg-type]


def included(
    selected: Evidence, inclusions: tuple[str, ...], filters: Mapping[str, frozenset[str]]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Spell every inclusion out as the keys of the trials that it pools.

    Parameters
    ----------
    selected
        The rows that answer the question as one reader reads it.
    inclusions
        Some of `INCLUSIONS`.
    filters
        Keys that a named filter keeps.

    Returns
    -------
    tuple of (name, keys)
        ``"without each"`` becomes one entry a trial, ``"without CLARINET"``. Keys are in the order of ``selected``.

    Raises
    ------
    PoolingError
        For a filter with the name of another inclusion.
    """
    found: list[tuple[str, tuple[str, ...]]] = []
    for name in inclusions:
        if name == EACH:
            found += _each(selected)
        else:
            found.append((name, tuple(trial.key for trial in selected if _KEEP[name](trial, selected))))
    taken = {name for name, _ in found}
    for name, kept in filters.items():
        if name in taken:
            raise PoolingError(
                f"The filter {shown(name)} has the name of a choice that is there already; give it another name."
            )
        found.append((name, tuple(key for key in selected.keys if key in kept)))
    return tuple(found)


def _each(selected: Evidence) -> list[tuple[str, tuple[str, ...]]]:
    named = Counter(selected.labels)
    keys = selected.keys
    return [
        (f"without {trial.label if named[trial.label] == 1 else trial.key}", (*keys[:at], *keys[at + 1 :]))
        for at, trial in enumerate(selected)
    ]


@lru_cache(maxsize=1)
def _classes() -> dict[str, str]:
    from netmeta.evidence import load_treatments

    return {treatment.label: treatment.drug_class for treatment in load_treatments()}


def family(treatment: str) -> str:
    """Return the class of a therapy: ``"TKI"`` for every kinase inhibitor of that name, its own name if unknown."""
    found = _classes().get(treatment, treatment)
    return "TKI" if found.endswith(" TKI") else found


@lru_cache(maxsize=64)
def _commonest(selected: Evidence) -> str:
    """Name the class that most trials test; nothing where two classes have as many."""
    first = Counter(family(trial.experimental) for trial in selected).most_common(2)
    tied = len(first) > 1 and first[0][1] == first[1][1]
    return "" if tied or not first else first[0][0]


_KEEP: Final[Mapping[str, Callable[[Trial, Evidence], bool]]] = MappingProxyType(
    {
        ALL: lambda _trial, _selected: True,
        "verified": lambda trial, _selected: trial.verification == "verified",
        "primary": lambda trial, _selected: trial.use == "primary",
        "one class": lambda trial, selected: family(trial.experimental) == _commonest(selected),
    }
)

"""An ordered, validated set of trials: the value that everything else is computed from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, overload

from netmeta import numerals
from netmeta.errors import EntryError, SelectionError, clipped, hint, shown
from netmeta.evidence.trial import FIELDS, Trial

if TYPE_CHECKING:
    import pandas as pd

    from netmeta.evidence.checks import Findings

__all__ = ["Evidence", "size_in_words"]

_DERIVED = ("label", "key", "n", "poolable", "comparison")


@dataclass(frozen=True, repr=False)
class Evidence:
    """An ordered set of trials in which no row stands twice.

    Parameters
    ----------
    trials
        The trials, in the order in which they are to be shown.

    Raises
    ------
    EntryError
        If something is not a `Trial`, or two rows have the same `Trial.key`.
    """

    trials: tuple[Trial, ...] = ()

    def __post_init__(self) -> None:
        given: tuple[object, ...] = tuple(self.trials) if isinstance(self.trials, Iterable) else (self.trials,)
        for row in given:
            if not isinstance(row, Trial):
                raise EntryError(
                    f"Evidence is made of Trial values; got {type(row).__name__}. "
                    "From a table: Evidence.from_frame(frame)."
                )
        object.__setattr__(self, "trials", given)
        self._refuse_duplicates()

    def _refuse_duplicates(self) -> None:
        if len(self._by_key) == len(self.trials):
            return
        key, times = Counter(trial.key for trial in self.trials).most_common(1)[0]
        raise EntryError(
            f"The same row stands {times} times: {clipped(key)}. Leave one out, or tell them apart by cohort=, "
            "assessor= or data_cut=."
        )

    @cached_property
    def _by_key(self) -> dict[str, Trial]:
        return {trial.key: trial for trial in self.trials}

    @cached_property
    def _hash(self) -> int:
        return hash(self.trials)

    def __hash__(self) -> int:
        return self._hash

    def __reduce__(self) -> tuple[type[Evidence], tuple[tuple[Trial, ...]]]:
        """Pickle the trials alone: a remembered hash would be wrong in another process, where text hashes anew."""
        return Evidence, (self.trials,)

    def __repr__(self) -> str:
        return f"Evidence({size_in_words(self.trials)})"

    def __len__(self) -> int:
        return len(self.trials)

    def __iter__(self) -> Iterator[Trial]:
        return iter(self.trials)

    def __contains__(self, item: object) -> bool:
        return self._by_key.get(item.key) == item if isinstance(item, Trial) else bool(self._named(str(item)))

    @overload
    def __getitem__(self, which: int | str) -> Trial: ...
    @overload
    def __getitem__(self, which: slice) -> Evidence: ...
    def __getitem__(self, which: int | str | slice) -> Trial | Evidence:
        """One trial by position, label or key; a slice is again an Evidence."""
        if isinstance(which, slice):
            return Evidence(self.trials[which])
        return self._one(which) if isinstance(which, str) else self.trials[which]

    @property
    def labels(self) -> tuple[str, ...]:
        """The trials' labels, in order; a study with several rows has its label several times."""
        return tuple(trial.label for trial in self.trials)

    @property
    def keys(self) -> tuple[str, ...]:
        """What tells each row from every other, in order."""
        return tuple(self._by_key)

    def add(self, *trials: Trial) -> Evidence:
        """Return the evidence with these trials at its end; a row that is there already is an error."""
        return Evidence((*self.trials, *trials))

    def without(self, *names: str | Trial) -> Evidence:
        """Return the evidence without the rows of these labels or keys (every row of a label)."""
        gone = {trial.key for name in names for trial in self._some(name)}
        return Evidence(tuple(trial for trial in self.trials if trial.key not in gone))

    def replace(self, name: str | Trial, trial: Trial) -> Evidence:
        """Return the evidence with ``trial`` in the place of the row of this label or key."""
        old = self._one(name)
        return Evidence(tuple(trial if row is old else row for row in self.trials))

    def where(self, **conditions: Any) -> Evidence:  # noqa: ANN401
        """Return the rows that meet every condition, in order.

        Parameters
        ----------
        **conditions
            A field of `Trial` (or ``label``, ``key``, ``n``, ``poolable``, ``comparison``) with the value
            wanted, or a list, tuple or set of values: ``where(endpoint="PFS", control=["placebo", "SSA"])``.

        Raises
        ------
        SelectionError
            For a field that trials do not have, and for a value that no row has, with the nearest one named.
        """
        rows = self.trials
        for name, wanted in conditions.items():
            values = self._values(name, wanted)
            rows = tuple(row for row in rows if getattr(row, name) in values)
        return Evidence(rows)

    def _values(self, name: str, wanted: object) -> frozenset[object]:
        known = (*FIELDS, *_DERIVED)
        if name not in known:
            raise SelectionError(f"Trials have no field {name!r}.{hint(name, known)}")
        many = isinstance(wanted, Iterable) and not isinstance(wanted, str)
        values = tuple(wanted) if many else (wanted,)  # type: ignore[arg-type]
        present = dict.fromkeys(getattr(row, name) for row in self.trials)
        for value in values:
            if present and not (isinstance(value, Hashable) and value in present):
                there = [str(item) for item in present if item not in (None, "")]
                raise SelectionError(f"No trial has {name}={shown(value)}.{hint(str(value), there)}")
        return frozenset(value for value in values if isinstance(value, Hashable))

    def _named(self, name: str) -> tuple[Trial, ...]:
        if name in self._by_key:
            return (self._by_key[name],)
        return tuple(trial for trial in self.trials if trial.label == name)

    def _some(self, name: str | Trial) -> tuple[Trial, ...]:
        found = self._named(name.key if isinstance(name, Trial) else name)
        if not found:
            label = name.label if isinstance(name, Trial) else str(name)
            raise SelectionError(f"No trial is called {shown(label)}.{hint(label, self.labels)}")
        return found

    def _one(self, name: str | Trial) -> Trial:
        found = self._some(name)
        if len(found) > 1:
            keys = "; ".join(clipped(trial.key) for trial in found[:6])
            raise SelectionError(f"{len(found)} rows are called {shown(name)}; name one by its key: {keys}")
        return found[0]

    def findings(self, *, pooled: bool = False) -> Findings:
        """Return what a careful reader would check: each row, the same trial twice, a subgroup beside its overall.

        Parameters
        ----------
        pooled
            Whether the rows are to be pooled in one model: mixed endpoints and assessors are then told too.
        """
        from netmeta.evidence.checks import findings

        return findings(self.trials, pooled=pooled)

    @classmethod
    def from_frame(cls, frame: pd.DataFrame) -> Evidence:
        """Make an Evidence from a table with one row a trial and `Trial`'s fields as columns.

        Missing cells mean that nothing was given. See `netmeta.evidence.tables.read_frame` for errors.
        """
        from netmeta.evidence.tables import read_frame

        return cls(read_frame(frame))

    def to_frame(self) -> pd.DataFrame:
        """Return a table with one row a trial and every field of `Trial`; `from_frame` gives the same back."""
        from netmeta.evidence.tables import write_frame

        return write_frame(self.trials)

    def _repr_html_(self) -> str:
        from netmeta.evidence.show import evidence_table

        return evidence_table(self.trials)


def size_in_words(trials: tuple[Trial, ...]) -> str:
    """Count rows and studies: ``111 rows from 39 studies``."""
    number = len({trial.study for trial in trials})
    rows = "1 row" if len(trials) == 1 else f"{numerals.count(len(trials))} rows"
    studies = "1 study" if number == 1 else f"{numerals.count(number)} studies"
    return f"{rows} from {studies}"

"""Covariates of trials: fields of `Trial`, or columns that the reader brings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, isnan
from numbers import Real
from typing import TYPE_CHECKING, Any, Final

from netmeta.errors import PoolingError, SelectionError, hint, shown
from netmeta.evidence.trial import FIELDS

if TYPE_CHECKING:
    from netmeta.evidence import Evidence, Trial

__all__ = ["KNOWN", "Covariate", "covariates", "fact", "without_value"]

_OUTCOME: Final = ("hr", "log_hr", "ci_low", "ci_high", "p_value")
KNOWN: Final = tuple(
    name for name in (*FIELDS, "label", "key", "n", "comparison") if name not in (*_OUTCOME, "p_relation")
)
"""Fields that may serve as covariate or as group: not the effect itself."""
_NAMES: Final = ("key", "label")
_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class Covariate:
    """One value a trial, in the order of the evidence.

    Parameters
    ----------
    name
        What it is called.
    values
        Numbers, or words; ``None`` where nothing is given.
    """

    name: str
    values: tuple[float | str | None, ...]

    @property
    def continuous(self) -> bool:
        """Whether its values are numbers."""
        return all(isinstance(value, float) for value in self.values if value is not None)


def covariates(evidence: Evidence, names: Iterable[str], data: object = None) -> tuple[Covariate, ...]:
    """Collect covariates by name.

    Parameters
    ----------
    evidence
        The trials.
    names
        Fields of `Trial` (or ``label``, ``key``, ``n``, ``comparison``), or columns of ``data``; a name that
        both have is taken from ``data``.
    data
        Further columns: a pandas DataFrame with the trials' labels or keys as index or in a column ``label`` or
        ``key``; a mapping of such columns; or a mapping of names to ``{trial: value}`` or to one value a trial, in
        the order of the evidence. Trials that the evidence does not hold are passed over.

    Returns
    -------
    tuple of Covariate
        In the order of ``names``.

    Raises
    ------
    SelectionError
        For a name that neither has, the effect itself as covariate, and ``data`` that cannot be matched to trials.
    PoolingError
        For values that are neither numbers nor words, or a mixture of both.
    """
    brought = {} if data is None else _brought(evidence, data)
    return tuple(_covariate(evidence, name, brought) for name in names)


def _covariate(evidence: Evidence, name: str, brought: dict[str, tuple[object, ...]]) -> Covariate:
    if name in brought:
        raw = brought[name]
    elif name in _OUTCOME:
        raise SelectionError(f"{shown(name)} is the effect itself, and cannot explain it; choose another field.")
    elif name in KNOWN:
        raw = tuple(fact(trial, name) for trial in evidence)
    else:
        raise SelectionError(f"There is no covariate {shown(name)}.{hint(name, (*brought, *KNOWN))}")
    values = tuple(_read(name, value, trial) for value, trial in zip(raw, evidence, strict=True))
    return _one_kind(Covariate(name, values), evidence)


def fact(trial: Trial, name: str) -> object:
    """Return the field of a trial as it stands; ``None`` and ``""`` where nothing is given."""
    return getattr(trial, name)


def without_value(found: Covariate, evidence: Evidence) -> tuple[Trial, ...]:
    """Return the trials for which nothing is given."""
    return tuple(trial for value, trial in zip(found.values, evidence, strict=True) if value is None)


def _read(name: str, value: object, trial: Trial) -> float | str | None:
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, bool) or type(value).__name__ in ("bool", "bool_"):
        return "yes" if value else "no"
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return None
    if not isinstance(value, Real):
        raise PoolingError(f"{name} of {trial.label} is {shown(value)}: a covariate is a number or a word.")
    number = float(value)
    if isnan(number):
        return None
    if not isfinite(number):
        raise PoolingError(f"{name} of {trial.label} is {number}: a covariate is a finite number.")
    return number


def _one_kind(found: Covariate, evidence: Evidence) -> Covariate:
    words = [trial.label for value, trial in zip(found.values, evidence, strict=True) if isinstance(value, str)]
    numbers = [trial.label for value, trial in zip(found.values, evidence, strict=True) if isinstance(value, float)]
    if words and numbers:
        raise PoolingError(
            f"{found.name} holds words ({', '.join(words[:_NAMED])}) and numbers ({', '.join(numbers[:_NAMED])}): "
            "give one of them throughout."
        )
    return found


def _brought(evidence: Evidence, data: object) -> dict[str, tuple[object, ...]]:
    table = _from_frame(data) if hasattr(data, "columns") else data
    if not isinstance(table, Mapping):
        raise SelectionError(
            f"Further covariates are a table or a mapping, not {type(data).__name__}: "
            'for example data={"dose": {"CABINET pNET": 60}}.'
        )
    by = next((name for name in _NAMES if name in table), None)
    columns = {str(name): column for name, column in table.items() if name != by}
    if by is None:
        return {name: _matched(evidence, name, column) for name, column in columns.items()}
    trials = tuple(table[by])
    return {
        name: _looked_up(evidence, name, _paired(name, trials, tuple(column))) for name, column in columns.items()
    }


def _from_frame(frame: Any) -> dict[str, Any]:  # noqa: ANN401
    columns = {str(name): list(frame[name]) for name in frame.columns}
    if any(name in columns for name in _NAMES) or not hasattr(frame, "index"):
        return columns
    return {"label": list(frame.index), **columns}


def _paired(name: str, trials: tuple[object, ...], values: tuple[object, ...]) -> dict[str, object]:
    if len(trials) != len(values):
        raise SelectionError(f"{name} has {len(values)} values for {len(trials)} trials; give one for each.")
    found: dict[str, object] = {}
    for trial, value in zip(trials, values, strict=True):
        if str(trial) in found and found[str(trial)] != value:
            raise SelectionError(
                f"{name} of {trial} is given twice, as {shown(found[str(trial)])} and {shown(value)}."
            )
        found[str(trial)] = value
    return found


def _matched(evidence: Evidence, name: str, column: object) -> tuple[object, ...]:
    if isinstance(column, Mapping):
        return _looked_up(evidence, name, {str(trial): value for trial, value in column.items()})
    if isinstance(column, str) or not isinstance(column, Sequence | Iterable):
        raise SelectionError(f"{name} is {shown(column)}: give one value for each trial, or {{trial: value}}.")
    values = tuple(column)
    if len(values) != len(evidence):
        raise SelectionError(f"{name} has {len(values)} values for {len(evidence)} trials; give one for each.")
    return values


def _looked_up(evidence: Evidence, name: str, table: dict[str, object]) -> tuple[object, ...]:
    if table and not any(trial.key in table or trial.label in table for trial in evidence):
        first = next(iter(table))
        raise SelectionError(f"{name} is given for no trial here: {shown(first)}?{hint(first, evidence.labels)}")
    return tuple(table.get(trial.key, table.get(trial.label)) for trial in evidence)

"""The design matrix of a meta-regression: formula and covariates become columns of numbers."""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

import numpy as np

from netmeta.errors import PoolingError, SelectionError, hint, shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from netmeta.pooling.arrays import Floats
    from netmeta.pooling.covariates import Covariate
    from netmeta.pooling.formula import Factor, Formula

__all__ = ["Design", "Part", "design"]

# What is left of a column beside the others, relative to it, where it is one of their sums.
_ALIASED = 1e-11


@dataclass(frozen=True, slots=True)
class Part:
    """A factor with what it has learnt from the data.

    Parameters
    ----------
    factor
        What the formula asks for.
    levels
        Its categories, the reference first; empty for a number.
    mean
        What ``center`` takes off.
    """

    factor: Factor
    levels: tuple[str, ...]
    mean: float

    def numbers(self, values: Sequence[float | str]) -> list[float]:
        """Return one number a value: the index of its category, or the value in the factor's form.

        Raises
        ------
        PoolingError
            For words where numbers are needed, and the logarithm of what is not positive.
        SelectionError
            For a category that no trial has.
        """
        return [self._category(value) if self.levels else self._number(value) for value in values]

    def _category(self, value: float | str) -> float:
        word = _word(value)
        if word not in self.levels:
            raise SelectionError(f"No trial has {self.factor.name} {shown(word)}.{hint(word, self.levels)}")
        return float(self.levels.index(word))

    def _number(self, value: float | str) -> float:
        if isinstance(value, str):
            raise PoolingError(f"{self.factor.name} is {shown(value)}; {self.factor.label} needs a number.")
        if self.factor.form == "log" and value <= 0:
            raise PoolingError(f"{self.factor.name} is {value:g}: only a positive number has a logarithm.")
        if self.factor.form == "I" and abs(value) > 1e40:  # noqa: PLR2004
            raise PoolingError(f"{self.factor.name} is {value:g}, too large to be raised to a power.")
        return log(value) if self.factor.form == "log" else (value - self.mean) ** self.factor.power


@dataclass(frozen=True, slots=True)
class Design:
    """A design matrix, its columns by name, and how to make further rows of it.

    Parameters
    ----------
    formula
        What was asked for.
    covariates
        The values that it was made of, one a trial.
    parts
        The formula's factors with what they learnt.
    names
        Name of each column: ``"intercept"``, ``"year"``, ``"assessor[investigator]"``, ``"year:assessor[...]"``.
    matrix
        One row a trial, one number a column.
    """

    formula: Formula
    covariates: tuple[Covariate, ...]
    parts: tuple[Part, ...]
    names: tuple[str, ...]
    matrix: tuple[tuple[float, ...], ...]

    @property
    def tested(self) -> tuple[int, ...]:
        """Columns that the joint test is of: all but the intercept."""
        return tuple(at for at, name in enumerate(self.names) if name != "intercept")

    def array(self) -> Floats:
        """Return the matrix as an array of shape (k, p)."""
        return np.array(self.matrix, dtype=float)

    def rows(self, values: Mapping[str, Sequence[float | str]]) -> Floats:
        """Return rows of the matrix for further values of the covariates, shape (n, p).

        Raises
        ------
        SelectionError
            For a covariate that is lacking or not in the formula, and for an unknown category.
        PoolingError
            For a number that cannot be taken.
        """
        names = self.formula.names
        for name in values:
            if name not in names:
                raise SelectionError(f"The regression has no covariate {shown(name)}.{hint(str(name), names)}")
        lacking = [name for name in names if name not in values]
        if lacking:
            raise SelectionError(f"Give a value of {', '.join(lacking)} as well.")
        return _matrix(self.formula, self.parts, values)[1]


def design(formula: Formula, found: tuple[Covariate, ...]) -> Design:
    """Make the design matrix of complete covariates.

    Parameters
    ----------
    formula
        From `netmeta.pooling.formula.parse`.
    found
        Its covariates, every value given.

    Returns
    -------
    Design
        Categories are coded against a reference, the first in alphabetical order unless the formula names one.

    Raises
    ------
    PoolingError
        For a covariate with one value only, more columns than the trials can bear (k <= p), and columns that
        are sums of others, by name.
    SelectionError
        For a reference that no trial has.
    """
    _varying(found)
    values = {each.name: [value for value in each.values if value is not None] for each in found}
    parts = tuple(_part(factor, values[factor.name]) for factor in formula.factors)
    names, matrix = _matrix(formula, parts, values)
    _enough(len(matrix), names)
    _independent(names, matrix)
    return Design(formula, found, parts, names, tuple(map(tuple, matrix.tolist())))


def _varying(found: tuple[Covariate, ...]) -> None:
    for each in found:
        different = {value for value in each.values if value is not None}
        if len(different) == 1:
            raise PoolingError(
                f"{each.name} is {shown(next(iter(different)))} in all {len(each.values)} trials, so that nothing "
                "can be learnt of it. Leave it out of the formula."
            )


def _word(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:g}"


def _order(value: float | str) -> tuple[float, str, str]:
    return (0.0, value.casefold(), value) if isinstance(value, str) else (value, "", "")


def _part(factor: Factor, values: list[float | str]) -> Part:
    words = any(isinstance(value, str) for value in values)
    if factor.form != "C" and not (words and factor.form == ""):
        mean = sum(value for value in values if isinstance(value, float)) / max(1, len(values))
        return Part(factor, (), mean if factor.form == "center" else 0.0)
    levels = [_word(value) for value in sorted(set(values), key=_order)]
    if factor.reference and factor.reference not in levels:
        raise SelectionError(
            f"No trial has {factor.name} {shown(factor.reference)}.{hint(factor.reference, levels)}"
        )
    first = factor.reference or levels[0]
    return Part(factor, (first, *(level for level in levels if level != first)), 0.0)


def _matrix(
    formula: Formula, parts: tuple[Part, ...], values: Mapping[str, Sequence[float | str]]
) -> tuple[tuple[str, ...], Floats]:
    """Let formulaic code and cross the columns: it is given names of our own making, and nothing to evaluate."""
    import pandas as pd
    from formulaic import Formula as Asked

    columns = {f"f{at}": part.numbers(values[part.factor.name]) for at, part in enumerate(parts)}
    frame = pd.DataFrame(
        {
            name: pd.Categorical.from_codes(
                [int(code) for code in column], categories=pd.Index(range(len(part.levels)))
            )
            if part.levels
            else column
            for part, (name, column) in zip(parts, columns.items(), strict=True)
        }
    )
    terms = [":".join(f"f{at}" for at in term) or "1" for term in formula.terms]
    text = " + ".join(terms if formula.intercept else ["0", *terms])
    found = Asked(text).get_model_matrix(frame, context={}, output="numpy")
    return tuple(_named(name, parts) for name in found.model_spec.column_names), np.asarray(found, dtype=float)


def _named(column: str, parts: tuple[Part, ...]) -> str:
    if column == "Intercept":
        return "intercept"
    return ":".join(_piece(piece, parts) for piece in column.split(":"))


def _piece(piece: str, parts: tuple[Part, ...]) -> str:
    name, _, level = piece.partition("[")
    part = parts[int(name.removeprefix("f"))]
    return f"{part.factor.label}[{part.levels[int(level.strip('T.]'))]}]" if level else part.factor.label


def _enough(k: int, names: tuple[str, ...]) -> None:
    if k <= len(names):
        raise PoolingError(
            f"The regression has {len(names)} coefficients ({', '.join(names)}) and {k} trials: it needs at least "
            f"{len(names) + 1}. Take fewer covariates or categories."
        )


def _independent(names: tuple[str, ...], matrix: Floats) -> None:
    basis: list[Floats] = []
    aliased = []
    centre = matrix.mean(0) if "intercept" in names else np.zeros(len(names))
    for name, column, mean in zip(names, matrix.T, centre, strict=True):
        rest = start = column if name == "intercept" else column - mean
        for _ in range(2):
            for unit in basis:
                rest = rest - unit * float(unit @ rest)
        size = float(np.linalg.norm(rest))
        if size <= _ALIASED * max(float(np.linalg.norm(start)), np.finfo(float).tiny):
            aliased.append(name)
        else:
            basis.append(rest / size)
    if aliased:
        raise PoolingError(
            f"{', '.join(aliased)} {'is' if len(aliased) == 1 else 'are'} already said by the other columns "
            f"({', '.join(name for name in names if name not in aliased)}). Leave out one of the covariates."
        )

"""The formula of a meta-regression, read as grammar and never run.

Libraries that read formulas evaluate the Python in them. Here a formula is taken apart into names, a few
named forms and four operators, and whatever else is in it is refused: a formula from a form field, a file or
a colleague cannot do anything but name covariates.
"""

from __future__ import annotations

import ast
import io
import tokenize
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from netmeta.errors import SelectionError, hint, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Factor", "Formula", "listed", "parse"]

_LONGEST, _MOST_TERMS, _MOST_FACTORS, _MOST_POWER = 500, 40, 20, 6
_FORMS: Final = ("C", "I", "center", "log")
_ADVICE: Final = (
    'A formula names covariates, as in "~ year + C(assessor)", with + : * - between them, and may hold '
    'C(name), C(name, "reference"), log(name), center(name) and I(name**2).'
)

Term: TypeAlias = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Factor:
    """One covariate in the form in which a formula asks for it.

    Parameters
    ----------
    name
        The covariate.
    form
        ``""`` as it is, ``"C"`` as categories, ``"log"`` natural logarithm, ``"center"`` less its mean, ``"I"``
        power.
    reference
        Reference category; ``""`` for the first in alphabetical order.
    power
        The power of ``"I"``.
    """

    name: str
    form: str = ""
    reference: str = ""
    power: int = 1

    @property
    def label(self) -> str:
        """How the factor is written: ``year``, ``log(n)``, ``year**2``."""
        if self.form == "I":
            return f"{self.name}**{self.power}"
        return self.name if self.form in ("", "C") else f"{self.form}({self.name})"


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula, taken apart.

    Parameters
    ----------
    text
        As it was written.
    factors
        What stands in it, once each.
    terms
        Each a product of factors, by their index; the empty product is the intercept.
    """

    text: str
    factors: tuple[Factor, ...]
    terms: tuple[Term, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the covariates, once each, in order."""
        return tuple(dict.fromkeys(factor.name for factor in self.factors))

    @property
    def intercept(self) -> bool:
        """Whether there is an intercept."""
        return () in self.terms


def listed(names: Iterable[object]) -> Formula:
    """Make a formula of covariates by name: an intercept and each of them.

    Raises
    ------
    SelectionError
        For no name, a name that is no text, and one that stands twice.
    """
    given = tuple(names)
    for name in given:
        if not isinstance(name, str) or not name:
            raise SelectionError(f"A covariate is called by its name, not {shown(name)}. {_ADVICE}")
        if given.count(name) > 1:
            raise SelectionError(f"{shown(name)} is listed {given.count(name)} times; name each covariate once.")
    factors = tuple(Factor(str(name)) for name in given)
    found = Formula(f"~ {' + '.join(map(str, given))}", factors, ((), *((at,) for at in range(len(given)))))
    return _with_covariates(found)


def parse(text: str) -> Formula:
    """Take a formula apart: ``"~ year + C(assessor)"``, with ``+``, ``:``, ``*``, ``-`` and ``- 1``.

    Parameters
    ----------
    text
        Right-hand side of a formula; a leading ``~`` may be left out. The effect is always the log HR.

    Returns
    -------
    Formula
        With each ``a * b`` as ``a + b + a:b``.

    Raises
    ------
    SelectionError
        For anything that is no name, number 0 or 1, operator or form named here. Nothing of it is evaluated.
    """
    reader = _Reader([])
    terms = reader.expand(_tree(text))
    kept = dict.fromkeys(((), *terms)) if reader.intercept else dict.fromkeys(terms)
    return _with_covariates(Formula(" ".join(text.split()), tuple(reader.factors), tuple(kept)))


def _with_covariates(found: Formula) -> Formula:
    if not found.factors or found.terms == ((),) or not found.terms:
        raise SelectionError(f"{shown(found.text)} names no covariate; without one, pool() pools. {_ADVICE}")
    return found


def _refuse(text: str, what: str) -> SelectionError:
    return SelectionError(f"The formula {shown(text)} {what}. {_ADVICE}")


def _tree(text: str) -> ast.expr:
    if len(text) > _LONGEST:
        raise _refuse(text, f"has {len(text)} characters, and may have {_LONGEST}")
    right = text.strip().removeprefix("~")
    if "~" in right:
        raise _refuse(text, "has a left side: the effect is always the log hazard ratio, so begin with ~")
    try:
        return ast.parse(_interactions(" ".join(right.split())), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError, tokenize.TokenError) as error:
        raise _refuse(text, "cannot be read") from error


def _interactions(text: str) -> str:
    """Write ``:`` as Python's ``**``, which binds closer than ``*``, as it does; and ``**`` as ``//``."""
    # Ranks, and nothing but ranks, are what Python's grammar is used for: the tree is never compiled.
    swap = {":": "**", "**": "//"}
    words = []
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT or token.string == "//":
            raise SyntaxError(token.string)
        words.append(swap.get(token.string, token.string) if token.type == tokenize.OP else token.string)
    return " ".join(words).strip()


@dataclass(slots=True)
class _Reader:
    """Walks the tree; collects factors, and whether the intercept was taken away."""

    factors: list[Factor]
    intercept: bool = True

    def expand(self, node: ast.expr) -> dict[Term, None]:
        found = self._expanded(node)
        if len(found) > _MOST_TERMS or len(self.factors) > _MOST_FACTORS:
            raise SelectionError(
                f"The formula has more than {_MOST_TERMS} terms or {_MOST_FACTORS} covariates. {_ADVICE}"
            )
        return found

    def _expanded(self, node: ast.expr) -> dict[Term, None]:
        if isinstance(node, ast.BinOp):
            return self._joined(node)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and _number(node.operand) == 1:
            self.intercept = False
            return {}
        if _number(node) in (0, 1):
            self.intercept = _number(node) == 1
            return {}
        return {(self._index(_factor(node)),): None}

    def _joined(self, node: ast.BinOp) -> dict[Term, None]:
        if isinstance(node.op, ast.Sub):
            return self._less(node)
        left, right = self.expand(node.left), self.expand(node.right)
        if isinstance(node.op, ast.Add):
            return {**left, **right}
        crossed = {tuple(sorted({*a, *b})): None for a in left for b in right}
        if isinstance(node.op, ast.Pow):
            return crossed
        if isinstance(node.op, ast.Mult):
            return {**left, **right, **crossed}
        raise SelectionError(f"A formula has no operator {_sign(node)}. {_ADVICE}")

    def _less(self, node: ast.BinOp) -> dict[Term, None]:
        left = self.expand(node.left)
        if _number(node.right) == 1:
            self.intercept = False
            return left
        right = self.expand(node.right)
        return {term: None for term in left if term not in right}

    def _index(self, factor: Factor) -> int:
        if factor not in self.factors:
            self.factors.append(factor)
        return self.factors.index(factor)


def _sign(node: ast.BinOp) -> str:
    signs = {ast.FloorDiv: "** outside of I()", ast.Div: "/", ast.Mod: "%", ast.MatMult: "@", ast.BitXor: "^"}
    return signs.get(type(node.op), type(node.op).__name__)


def _number(node: ast.expr) -> int | None:
    whole = isinstance(node, ast.Constant) and type(node.value) is int
    return node.value if whole else None  # type: ignore[attr-defined]


def _factor(node: ast.expr) -> Factor:
    if isinstance(node, ast.Name):
        return Factor(node.id)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.keywords:
        return _called(node.func.id, node.args)
    raise SelectionError(f"A formula may not hold {shown(_source(node))}. {_ADVICE}")


def _source(node: ast.expr) -> str:
    try:
        return ast.unparse(node).replace(" ** ", ":").replace(" // ", "**")
    except (RecursionError, ValueError):
        return type(node).__name__


def _called(form: str, given: list[ast.expr]) -> Factor:
    if form not in _FORMS:
        raise SelectionError(f"A formula has no {shown(form)}.{hint(form, _FORMS)} {_ADVICE}")
    match given:
        case [ast.Name(id=name)] if form != "I":
            return Factor(name, form)
        case [ast.Name(id=name), ast.Constant(value=str() | int() | float() as reference)] if form == "C":
            return Factor(name, form, reference=str(reference))
        case [ast.BinOp(left=ast.Name(id=name), op=ast.FloorDiv(), right=power)] if form == "I":
            if 1 < (_number(power) or 0) <= _MOST_POWER:
                return Factor(name, form, power=_number(power) or 1)
    raise SelectionError(f"{form}() cannot be read. {_ADVICE}")

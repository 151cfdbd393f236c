"""A meta-regression in a few lines of plain words, and what to be careful about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from netmeta import numerals
from netmeta.pooling.interval import hazard_ratio
from netmeta.pooling.words import model_in_words

if TYPE_CHECKING:
    from netmeta.pooling.permutations import PermutationTest
    from netmeta.pooling.regressed import Coefficient, MetaRegression

__all__ = ["PER_COVARIATE", "cautions", "coefficient_words", "permuted_in_words", "sentences", "test_words"]

PER_COVARIATE: Final = 10
"""Trials a coefficient that Deeks, Higgins & Altman ask for (Cochrane Handbook, section 10.11.5.1)."""


def sentences(found: MetaRegression) -> tuple[str, ...]:
    """Say what came out: the test, each coefficient, and the heterogeneity that is left."""
    head = f"Meta-regression {found.formula}: {numerals.count(found.k)} trials, {model_in_words(found.model)}."
    shown = (each for each in found.coefficients if each.name != "intercept" or _meets_zero(found))
    slopes = tuple(coefficient_words(found, each) for each in shown)
    return (head, test_words(found), *slopes, _left(found))


def _meets_zero(found: MetaRegression) -> bool:
    """Whether 0 lies among the values of every number: an intercept at the year 0 tells nobody anything."""
    columns = zip(*found.design.matrix, strict=True)
    named = zip(found.design.names, columns, strict=True)
    return all(name == "intercept" or min(column) <= 0 <= max(column) for name, column in named)


def test_words(found: MetaRegression) -> str:
    """Say whether the covariates together explain anything."""
    test = found.test
    if test.df_residual is None:
        value = f"χ² = {numerals.decimal(test.statistic)} on {test.df} df"
    else:
        value = f"F = {numerals.decimal(test.statistic)} on {test.df} and {test.df_residual} df"
    return f"All covariates together: {value}, {numerals.p_value(test.p_value)}."


def coefficient_words(found: MetaRegression, each: Coefficient) -> str:
    """Say what one coefficient means, on the ratio scale."""
    level = f"{found.model.level * 100:g}%"
    ci = each.ci.exp()
    numbers = f"{numerals.ratio(hazard_ratio(each.log_hr))} ({level} CI {numerals.interval(ci.low, ci.high)})"
    return f"{_meaning(found, each.name)} {numbers}, {numerals.p_value(each.p_value)}."


def _meaning(found: MetaRegression, name: str) -> str:
    if name == "intercept":
        return "Hazard ratio at the reference (every number 0, every category its first):"
    if ":" in name:
        return f"{name}, interaction: ratio of hazard ratios"
    for part in found.design.parts:
        if part.levels and name.startswith(f"{part.factor.label}["):
            level = name[len(part.factor.label) + 1 : -1]
            if not found.design.formula.intercept and level == part.levels[0]:
                return f"{part.factor.name} {level}: hazard ratio"
            return f"{part.factor.name} {level} against {part.levels[0]}: ratio of hazard ratios"
    return f"{name}, one more: ratio of hazard ratios"


def permuted_in_words(found: PermutationTest) -> str:
    """Say the P values of a permutation test."""
    kind = "every order" if found.every else "orders drawn at random"
    head = f"Permutation test ({numerals.count(found.n)} fits, {kind}):"
    names = zip(found.regression.design.names, found.p_values, strict=True)
    each = "; ".join(f"{name} {numerals.p_value(p)}" for name, p in names if name != "intercept")
    return f"{head} {each}; all together {numerals.p_value(found.test_p)}."


def _left(found: MetaRegression) -> str:
    rest = (
        f"Q = {numerals.decimal(found.qe)} on {found.qe_df} df, {numerals.p_value(found.qe_p)}, "
        f"I² = {numerals.percent(found.i2)}"
    )
    if found.tau2_ci is None:
        return f"Left between trials: {rest} (from Q)."
    explained = "" if found.r2 is None else f"; {numerals.percent(found.r2)} of τ² is explained (R²)"
    return f"Left between trials: τ² = {found.tau2:.3g}, {rest} (from τ²){explained}."


def cautions(found: MetaRegression) -> tuple[str, ...]:
    """Say what has to be known before the numbers are believed."""
    said = (_few(found), _left_out(found), _missing_interval(found))
    always = (
        "Trials were not randomised to their covariates: an association between trials may have other causes, and "
        "need not hold between patients."
    )
    return (*(line for line in said if line), always)


def _few(found: MetaRegression) -> str:
    slopes = len(found.design.tested)
    if found.k >= PER_COVARIATE * slopes:
        return ""
    each = "1 coefficient" if slopes == 1 else f"{slopes} coefficients"
    return (
        f"{numerals.count(found.k)} trials for {each} beside the intercept: fewer than {PER_COVARIATE} trials for "
        "each, so that chance findings are likely and real ones are easily missed. The permutation test guards "
        "against the first."
    )


def _left_out(found: MetaRegression) -> str:
    if not found.left_out:
        return ""
    named = "; ".join(f"{out.trial.label} ({out.reason})" for out in found.left_out[:5])
    more = f"; and {len(found.left_out) - 5} more" if len(found.left_out) > 5 else ""  # noqa: PLR2004
    return f"Left out: {named}{more}."


def _missing_interval(found: MetaRegression) -> str:
    if found.factor >= 1 or found.df is None:
        return ""
    return (
        "The trials lie closer to the line than their own errors let expect (Knapp-Hartung factor "
        f"{numerals.decimal(found.factor)}), which makes the plain Hartung-Knapp intervals narrower than Wald's."
    )

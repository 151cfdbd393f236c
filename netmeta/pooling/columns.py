"""The columns of results of sensitivity analyses: texts for a table, numbers for a frame."""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from netmeta import numerals
from netmeta.pooling.choice_lines import choice_lines, choices_made, leaving_one_out
from netmeta.pooling.interval import hazard_ratio
from netmeta.pooling.sensitivity_words import DIAGNOSTICS, ratios, reasons_in_words
from netmeta.pooling.words import effect
from netmeta.showing import ROWS, Columns, Table, table_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from netmeta.pooling.specifications import Multiverse, Specification
    from netmeta.pooling.subsets import Gosh

__all__ = [
    "COEFFICIENTS",
    "CONTRIBUTIONS",
    "INFLUENCES",
    "PERMUTED",
    "PRIORS",
    "SHRUNKEN",
    "SPECIFICATIONS",
    "SUBGROUPS",
    "SUBSETS",
    "choices_table",
    "contribution_columns",
    "effects",
    "influence_columns",
    "spread_table",
    "subset_columns",
]

_EDGES: Final = (("lowest", 0), ("lower quarter", 25), ("middle", 50), ("upper quarter", 75), ("highest", 100))


def effects() -> Columns:
    """Return the columns of an effect for a frame: hazard ratio, log hazard ratio, their intervals and P."""
    return (
        ("hr", lambda row: row.hr),
        ("hr_low", lambda row: hazard_ratio(row.ci.low)),
        ("hr_high", lambda row: hazard_ratio(row.ci.high)),
        ("log_hr", lambda row: row.log_hr),
        ("log_hr_se", lambda row: row.se),
        ("log_hr_low", lambda row: row.ci.low),
        ("log_hr_high", lambda row: row.ci.high),
        ("p_value", lambda row: row.p_value),
    )


_TRIAL: Final[Columns] = (("trial", lambda row: row.label), ("key", lambda row: row.key))
_SPREAD: Final[Columns] = (("tau2", lambda row: row.tau2), ("i2_percent", lambda row: row.i2))

SUBSETS: Final[Columns] = (
    *_TRIAL,
    ("k", lambda row: row.k),
    *effects(),
    *_SPREAD,
    ("q", lambda row: row.q),
    ("q_p_value", lambda row: row.q_p),
)
"""Columns of a frame of `netmeta.pooling.SubsetFit`."""

INFLUENCES: Final[Columns] = (
    *_TRIAL,
    ("rstudent", lambda row: row.rstudent),
    ("dffits", lambda row: row.dffits),
    ("cook_d", lambda row: row.cook_d),
    ("cov_ratio", lambda row: row.cov_r),
    ("tau2_without", lambda row: row.tau2_del),
    ("q_without", lambda row: row.q_del),
    ("weight_percent", lambda row: row.weight),
    ("dfbetas", lambda row: row.dfbetas),
    ("influential", lambda row: row.influential),
    ("reasons", lambda row: ", ".join(row.reasons)),
)
"""Columns of a frame of `netmeta.pooling.TrialInfluence`."""

CONTRIBUTIONS: Final[Columns] = (
    *_TRIAL,
    ("heterogeneity", lambda row: row.heterogeneity),
    ("influence", lambda row: row.influence),
)
"""Columns of a frame of `netmeta.pooling.BaujatPoint`."""

SPECIFICATIONS: Final[Columns] = (
    ("tau2_method", lambda row: row.method),
    ("interval", lambda row: row.interval),
    ("assessor", lambda row: row.assessor),
    ("inclusion", lambda row: row.inclusion),
    ("also", lambda row: "; ".join(": ".join(filter(None, way)) for way in row.also)),
    ("k", lambda row: row.k),
    *effects(),
    *_SPREAD,
    ("prespecified", lambda row: row.prespecified),
    ("trials", lambda row: "; ".join(row.labels)),
)
"""Columns of a frame of `netmeta.pooling.Specification`."""


SUBGROUPS: Final[Columns] = (
    ("group", lambda row: row.name),
    ("k", lambda row: row.k),
    *effects(),
    *_SPREAD,
    ("q", lambda row: row.q),
    ("q_p_value", lambda row: row.q_p),
    ("weight_percent", lambda row: row.weight),
)
"""Columns of a frame of `netmeta.pooling.Subgroup`."""

COEFFICIENTS: Final[Columns] = (("coefficient", lambda row: row.name), *effects())
"""Columns of a frame of `netmeta.pooling.Coefficient`: ratios of hazard ratios, but for an intercept."""

PERMUTED: Final[Columns] = (("coefficient", lambda row: row[0]), ("permutation_p_value", lambda row: row[1]))
"""Columns of a frame of `netmeta.pooling.PermutationTest`."""


def _posterior(start: str, name: str) -> Columns:
    """Return the columns of a posterior, the field ``name`` of a row: median and interval."""
    of = attrgetter(name)
    return (
        (f"{start}hr", lambda row: of(row).hr),
        (f"{start}hr_low", lambda row: hazard_ratio(of(row).ci.low)),
        (f"{start}hr_high", lambda row: hazard_ratio(of(row).ci.high)),
        (f"{start}log_hr", lambda row: of(row).median),
        (f"{start}log_hr_low", lambda row: of(row).ci.low),
        (f"{start}log_hr_high", lambda row: of(row).ci.high),
    )


SHRUNKEN: Final[Columns] = (
    *_TRIAL,
    ("own_hr", lambda row: hazard_ratio(row.log_hr)),
    ("own_log_hr", lambda row: row.log_hr),
    ("own_log_hr_se", lambda row: row.se),
    *_posterior("", "effect"),
    ("pull", lambda row: row.pull),
)
"""Columns of a frame of `netmeta.pooling.ShrunkenTrial`: its own estimate, and what is believed of its effect."""

PRIORS: Final[Columns] = (
    ("prior", lambda row: str(row.prior)),
    *_posterior("", "pooled"),
    *_posterior("new_trial_", "new_trial"),
    ("tau", lambda row: row.tau.median),
    ("tau_low", lambda row: row.tau.ci.low),
    ("tau_high", lambda row: row.tau.ci.high),
)
"""Columns of a frame of `netmeta.pooling.BayesianResult`, one a prior; medians and intervals with equal tails."""


def subset_columns(said: str, level: float) -> Columns:
    """Return the columns of a table of `netmeta.pooling.SubsetFit`; ``said`` is what became of the trial."""
    return (
        (said, lambda row: row.label),
        ("k", lambda row: numerals.count(row.k)),
        (f"HR ({100 * level:g}% CI)", effect),
        ("P", lambda row: numerals.p_value(row.p_value).removeprefix("P ").removeprefix("= ")),
        ("τ²", lambda row: numerals.decimal(row.tau2, 3) if row.k > 1 else ""),
        ("I²", lambda row: numerals.percent(row.i2) if row.k > 1 else ""),
    )


def influence_columns() -> Columns:
    """Return the columns of a table of `netmeta.pooling.TrialInfluence`."""
    middle = tuple((title, _decimal(name, places)) for name, (title, places) in DIAGNOSTICS.items())
    return (("Trial", lambda row: row.label), *middle, ("Beyond a rule of thumb", reasons_in_words))


def _decimal(name: str, places: int) -> Callable[[Any], str]:
    return lambda row: numerals.decimal(getattr(row, name), places)


def contribution_columns() -> Columns:
    """Return the columns of a table of `netmeta.pooling.BaujatPoint`."""
    return (
        ("Trial", lambda row: row.label),
        ("Heterogeneity", lambda row: numerals.decimal(row.heterogeneity)),
        ("Influence", lambda row: numerals.decimal(row.influence, 3)),
    )


def spread_table(found: Gosh) -> Table:
    """Sum the subsets up: quarters of their hazard ratios and of I2, each in its own order."""
    import numpy as np

    at = [percent for _name, percent in _EDGES]
    names = [name.capitalize() for name, _percent in _EDGES]
    hrs = (numerals.ratio(hazard_ratio(edge)) for edge in np.percentile(found.log_hr, at).tolist())
    i2s = (numerals.percent(edge) for edge in np.percentile(found.i2, at).tolist())
    rows = tuple(zip(names, hrs, i2s, strict=True))
    return Table(("Of all subsets", "HR", "I²"), rows, len(rows))


def choices_table(found: Multiverse) -> Table:
    """Sum a multiverse up: for each choice, how many analyses made it and what they give."""
    made, title = _by_choice(found), ""
    lines: list[tuple[str, str, list[Specification]]] = []
    for line in choice_lines(found):
        if line.title:
            title = line.label
            continue
        label = f"{line.label} (as asked)" if line.own else line.label
        lines.append((title, label, made[line.field, line.value]))
        title = ""
    return replace(table_of(_CHOICE, lines), lines=ROWS, whole="")


def _by_choice(found: Multiverse) -> dict[tuple[str, str], list[Specification]]:
    singles = leaving_one_out(found)
    made: dict[tuple[str, str], list[Specification]] = {}
    for row in found.rows:
        for choice in choices_made(row, singles):
            made.setdefault(choice, []).append(row)
    return made


def _range(rows: list[Specification]) -> str:
    low, high = ratios(row.hr for row in rows)
    return low if low == high else f"{low}{numerals.DASH}{high}"


def _decided(rows: list[Specification]) -> str:
    share = sum(row.ci.high < 0 or row.ci.low > 0 for row in rows) / len(rows)
    return numerals.percent(100) if share == 1 else numerals.percent(0) if share == 0 else numerals.chance(share)


_CHOICE: Final[Columns] = (
    ("Choice", lambda line: line[0]),
    ("", lambda line: line[1]),
    ("Analyses", lambda line: numerals.count(len(line[2]))),
    ("HRs", lambda line: _range(line[2])),
    ("Interval leaves out 1", lambda line: _decided(line[2])),
)

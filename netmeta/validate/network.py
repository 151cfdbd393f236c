"""Network meta-analysis: against R's netmeta, and against metafor's ``rma.mv`` with the full covariance.

Three things are left out. netmeta's REML numbers: there it takes the contrasts of a study of several arms for
independent. Its interval of I2 where Q is below its degrees of freedom: it takes H for 1 before the interval is
drawn. The estimator of Sidik and Jonkman: its first guess is the scatter of effects about their mean, which in a
network depends on the direction in which each trial is written down.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from netmeta.validate import network_numbers as ours
from netmeta.validate.family import family
from netmeta.validate.reading import lines

if TYPE_CHECKING:
    from collections.abc import Callable

    from netmeta.validate.quantity import Line, Quantity

__all__ = ["QUANTITIES"]

_CASE: Final = ("method", "omitted", "quantity", "at", "treat1", "treat2", "treatment")
_NOTHING: Final = 1e-15


def _theirs(name: str) -> list[Line]:
    """Return the rows of a table of netmeta's, but for its REML; of comparisons only those that trials make."""
    found = lines("network", f"netmeta_{name}")
    return [line for line in found if line["method"] != "REML" and line.get("k") != "0"]


def _fits(*names: str) -> Callable[[], list[Line]]:
    return lambda: [line for line in _theirs("fits") if line["quantity"] in names and not _moved(line)]


def _moved(line: Line) -> bool:
    """Say whether a number is a bound of I2 where Q is below its degrees of freedom."""
    if not line["quantity"].endswith(".I2"):
        return False
    found = ours.result(line)
    return found.q < found.q_df


def _decompositions(*names: str) -> Callable[[], list[Line]]:
    found = partial(lines, "network", "netmeta_designs")
    return lambda: [line for line in found() if not names or line["quantity"] in names]


def _by(*methods: str) -> Callable[[], list[Line]]:
    return lambda: [line for line in lines("network", "rma_two_arm") if line["method"] in methods]


_ALIKE: Final = _by("DL", "REML", "PM", "ML", "HE", "EB", "HS")
# Ours is the I2 of Q. metafor's is made of tau2, and by DL the two are one.
_OF_Q: Final = _by("DL")


def _source(name: str, columns: tuple[str, ...], attribute: str) -> list[Any]:
    """Return the parts of a source of evidence: effect, standard error and, with a third column, P value."""

    def effect(found: ours.Turned) -> float:
        return found.of(getattr(found.split, attribute))

    paths = (effect, f"split.{attribute}.se", f"split.{attribute}.p_value")
    said = ("effect", "standard error", "P value")
    return [(f"{name}, {what}", (column, path)) for what, column, path in zip(said, columns, paths, strict=False)]


def _columns(prefix: str) -> tuple[str, str, str]:
    return f"{prefix}_effect", f"{prefix}_se", f"{prefix}_p"


def _of(title: str, source: str, rows: Any, result: Callable[[Line], Any], *parts: Any) -> list[Quantity]:  # noqa: ANN401
    """Make quantities; numbers of rounding are 0, as a covariance of treatments that share no trial."""
    found = partial(lines, "network", rows) if isinstance(rows, str) else rows
    made = family(title, source, found, result, parts, _CASE)
    return [replace(one, zero=max(one.zero, _NOTHING)) for one in made]


_VALUE: Final = ("value", "value")
_INTERVAL: Final = ("interval", ("lower", "ci.low"), ("upper", "ci.high"))
_PARTS: Final = tuple(name for name in ours.OF_FIT if name.endswith(("heterogeneity", "inconsistency")))
_NETWORK, _SPLIT, _NODE = "Network", "Network, direct and indirect", "Network, node-splitting"
_DESIGNS, _INTERACTION, _LESS = "Network, designs", "Network, design by treatment", "Network, leave-one-out"
_TWO: Final = "Network of two-arm trials"

_OF_NETMETA: Final = (
    *_of(
        _NETWORK, "netmeta", partial(_theirs, "effects"), ours.effect,
        ("effect", ("effect", "log_hr")),
        ("standard error", ("se", "se")),
        _INTERVAL,
        ("P value", ("p", "p_value")),
        ("prediction interval", ("predict_lower", "pi.low"), ("predict_upper", "pi.high")),
    ),
    *_of(_NETWORK, "netmeta", _fits("k", "m", "n", "d"), ours.of_fit, ("counts", _VALUE)),
    *_of(_NETWORK, "netmeta", _fits("Q", "df.Q", "pval.Q"), ours.of_fit, ("Q", _VALUE)),
    *_of(_NETWORK, "netmeta", _fits("I2", "lower.I2", "upper.I2"), ours.of_fit, ("I2 and its interval", _VALUE)),
    *_of(_NETWORK, "netmeta", _fits("tau", "tau2"), ours.of_fit, ("tau2, DL", _VALUE)),
    *_of(_NETWORK, "netmeta", _fits(*_PARTS), ours.of_fit, ("Q within and between designs", _VALUE)),
    *_of(_NETWORK, "netmeta, netrank", partial(_theirs, "ranks"), ours.score, ("P-score", ("p_score", "value"))),
    *_of(
        _SPLIT, "netmeta, netsplit", partial(_theirs, "splits"), ours.back_calculated,
        ("number of trials", ("k", "split.k")),
        ("direct share", ("prop", lambda found: found.split.share / 100)),
        *_source("network", _columns("nma"), "network"),
        *_source("direct", _columns("direct"), "direct"),
        *_source("indirect", _columns("indirect"), "indirect"),
        *_source("difference", _columns("difference"), "difference"),
        ("difference, z", ("difference_z", ours.difference_z)),
    ),
    *_of(
        _DESIGNS, "netmeta, decomp.design", _decompositions(), ours.decomposed,
        ("Q", ("Q", "q")),
        ("degrees of freedom", ("df", "df")),
        ("P value", ("pval", "p_value")),
    ),
    *_of(
        _DESIGNS, "netmeta, decomp.design", _decompositions("Q.inc.random"), ours.within,
        ("tau within designs, DL", ("tau_within", "value")),
    ),
)  # fmt: skip

_OF_METAFOR: Final = (
    *_of(
        _NETWORK, "rma.mv", "rma_mv_fits", ours.result,
        ("tau2, REML and ML", ("tau2", "tau2")),
        ("Q", ("QE", "q")),
        ("degrees of freedom", ("QEdf", "q_df")),
        ("P of Q", ("QEp", "q_p")),
        ("counts", ("studies", "k"), ("treatments", lambda found: len(found.treatments)),
         ("multiarm", ours.several_arms), ("contrasts", lambda found: len(found.evidence)), ("basic", "m"),
         ("designs", "designs")),
    ),
    *_of(
        _NETWORK, "rma.mv", "rma_mv_coefficients", ours.coefficient,
        ("effect", ("estimate", "log_hr")),
        ("standard error", ("se", "se")),
        _INTERVAL,
        ("z", ("z", "statistic")),
        ("P value", ("p", "p_value")),
    ),
    *_of(_NETWORK, "rma.mv", "rma_mv_covariance", ours.covariance, ("covariance", _VALUE)),
    *_of(
        _NODE, "rma.mv", "rma_mv_splits", ours.node_split,
        ("number of trials", ("studies", "split.k")),
        *_source("direct", ("direct", "direct_se"), "direct"),
        *_source("indirect", ("indirect", "indirect_se"), "indirect"),
        *_source("difference", ("omega", "se", "p"), "difference"),
        ("difference, z", ("z", ours.difference_z)),
        ("tau2", ("tau2", "split.tau2")),
    ),
    *_of(
        _INTERACTION, "rma.mv", "rma_mv_designs", ours.designs,
        ("number of designs", ("designs", lambda found: len(found.rows))),
        ("Q and its parts", ("Q", "total.q"), ("Q_within", "within.q"), ("Q_between", "between.q")),
        ("degrees of freedom", ("Q_df", "total.df"), ("Q_within_df", "within.df"), ("Q_between_df", "between.df")),
        ("P of Q", ("Q_p", "total.p_value"), ("Q_within_p", "within.p_value"),
         ("Q_between_p", "between.p_value")),
        ("tau2", ("tau2", "tau2")),
        ("Wald test", ("wald", "interaction.q"), ("wald_df", "interaction.df")),
        ("P of the Wald test", ("wald_p", "interaction.p_value")),
    ),
    *_of(
        _LESS, "rma.mv", "rma_mv_omissions", ours.omitted,
        ("effect", ("estimate", "effect.log_hr")),
        ("standard error", ("se", "effect.se")),
        ("tau2", ("tau2", "tau2")),
        ("Q", ("QE", "q"), ("QEdf", "q_df")),
    ),
    *_of(
        _TWO, "rma, mods", _ALIKE, ours.two_arm_effect,
        ("effect", ("estimate", "log_hr")),
        ("standard error", ("se", "se")),
        _INTERVAL,
        ("P value", ("p", "p_value")),
    ),
    *_of(
        _TWO, "rma, mods", _ALIKE, ours.two_arm_result,
        ("tau2", ("tau2", "tau2")),
        ("Q", ("QE", "q"), ("studies", "k")),
        ("P of Q", ("QEp", "q_p")),
    ),
    *_of(_TWO, "rma, mods", _OF_Q, ours.two_arm_result, ("I2", ("I2", "i2"))),
)  # fmt: skip

QUANTITIES: Final = _OF_NETMETA + _OF_METAFOR
"""Every number of a network meta-analysis that has one in R."""

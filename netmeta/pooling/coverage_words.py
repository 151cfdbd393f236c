"""What simulated coverage shows, in words."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Final

from netmeta import numerals
from netmeta.pooling.words import trials_in_words

if TYPE_CHECKING:
    from netmeta.pooling.coverages import Coverage, MethodCoverage
    from netmeta.pooling.simulation import Scenario
    from netmeta.showing import Columns

__all__ = [
    "ENOUGH",
    "FRAME",
    "LABELS",
    "TABLE",
    "beside",
    "coverage_in_words",
    "held",
    "scenario_in_words",
    "times",
    "verdict",
]

LABELS: Final = {
    "common": "Common effect, Wald",
    "dl-wald": "Random effects (DL), Wald",
    "reml-wald": "Random effects (REML), Wald",
    "hartung-knapp": "Hartung-Knapp (HKSJ)",
    "modified-hartung-knapp": "Modified Hartung-Knapp",
    "prediction": "Prediction, for a new trial",
}
"""Methods as readers see them, by key."""

ENOUGH: Final = 100
"""Simulations before a method is judged."""

_FAR: Final = 100
_LITTLE: Final = 0.02
_STRICT: Final = 3.29


def held(row: MethodCoverage) -> str:
    """Write a coverage with its Monte Carlo error: ``88.1% ± 1.4``; a dash before the first simulation."""
    if not row.n:
        return numerals.DASH
    return f"{numerals.decimal(100 * row.coverage, 1)}% ± {numerals.decimal(100 * row.error, 1)}"


def times(row: MethodCoverage) -> str:
    """Write how many times the lower limit the upper one is: ``2.1 times``."""
    if not row.n:
        return numerals.DASH
    return f"over {_FAR} times" if row.limits > _FAR else f"{numerals.ratio(row.limits)} times"


def beside(row: MethodCoverage, level: float) -> int:
    """Say whether a method holds the truth too seldom (-1), as promised (0) or more often (1).

    A reader looks again and again while simulations come in: only what chance would show once in a thousand times
    counts.
    """
    if row.n < ENOUGH:
        return 0
    z = (row.coverage - level) / sqrt(level * (1 - level) / row.n)
    return -1 if z < -_STRICT else 1 if z > _STRICT else 0


def verdict(row: MethodCoverage, level: float) -> str:
    """Say whether a method keeps its promise, as far as the simulations can tell."""
    if row.n < ENOUGH:
        return "has too few simulations to be judged"
    found = beside(row, level)
    if found < 0:
        return "holds it a little too seldom" if row.coverage > level - _LITTLE else "holds it too seldom"
    return "holds it more often than promised" if found else "keeps its promise as far as one can tell"


TABLE: Final[Columns] = (
    ("Interval", lambda row: LABELS[row.method]),
    ("Held the truth", held),
    ("Upper over lower limit", times),
)
FRAME: Final[Columns] = (
    ("method", lambda row: row.method),
    ("n", lambda row: row.n),
    ("coverage_percent", lambda row: 100 * row.coverage),
    ("error_percent", lambda row: 100 * row.error),
    ("log_hr_width", lambda row: row.log_width),
)


def scenario_in_words(scenario: Scenario) -> str:
    """Say what is true in a scenario."""
    hr, tau = numerals.ratio(scenario.hr), numerals.decimal(scenario.tau)
    return f"{trials_in_words(scenario.k)}, true hazard ratio {hr}, τ = {tau}, {_sizes(scenario)}"


def _sizes(scenario: Scenario) -> str:
    events = numerals.count(scenario.events)
    if scenario.sizes == "equal":
        return f"{events} events in each"
    if scenario.sizes == "one large":
        return f"{events} events in each but one, which has ten times as many"
    if scenario.sizes == "one small":
        return f"{events} events in each but one, which has a tenth as many"
    return f"{events} events in each of one half of them and a tenth as many in the others"


def coverage_in_words(found: Coverage) -> tuple[str, ...]:
    """Say how often which interval held the truth, one line a thought."""
    about = scenario_in_words(found.scenario)
    if not found.n:
        return (f"Nothing is simulated yet: {about}.",)
    count = numerals.count(found.n)
    said = f"{count} simulated meta-analyses: {about}." if found.n > 1 else f"1 simulated meta-analysis: {about}."
    return (said, _wald(found), _fair(found), *_prediction(found))


def _promised(found: Coverage) -> str:
    return f"{100 * found.scenario.level:g}%"


def _verdict(found: Coverage, method: str) -> str:
    return verdict(found.of(method), found.scenario.level)


def _wald(found: Coverage) -> str:
    k, promised = trials_in_words(found.scenario.k), _promised(found)
    wald, common = held(found.of("dl-wald")), held(found.of("common"))
    says = _verdict(found, "dl-wald")
    return (
        f"With {k}, the Wald interval of random effects (DL) held the true hazard ratio in {wald} of them, where "
        f"{promised} was promised: it {says}. The common-effect interval held it in {common}."
    )


def _fair(found: Coverage) -> str:
    fair, wald = found.of("hartung-knapp"), found.of("dl-wald")
    says, wide, narrow = _verdict(found, "hartung-knapp"), times(fair), times(wald)
    return (
        f"The Hartung-Knapp interval held it in {held(fair)}: it {says}. Its upper limit is {wide} the lower one "
        f"on average; for Wald that is {narrow}."
    )


def _prediction(found: Coverage) -> tuple[str, ...]:
    if found.scenario.k <= 2:  # noqa: PLR2004
        return ()
    row, says = held(found.of("prediction")), _verdict(found, "prediction")
    return (f"The prediction interval held the true effect of one more trial in {row}: it {says}.",)

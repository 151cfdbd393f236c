"""Inconsistency between designs in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from netmeta import numerals
from netmeta.network.words import loops_in_words

if TYPE_CHECKING:
    from netmeta.network.designs import DesignTest, Inconsistency
    from netmeta.showing import Columns

__all__ = ["COLUMNS", "designs_in_words"]

_CLEAR: Final = 0.05


def _written(test: DesignTest) -> str:
    if not test.df:
        return numerals.DASH
    return f"{numerals.decimal(test.q)} on {test.df} df, {numerals.p_value(test.p_value)}"


COLUMNS: Final[Columns] = (
    ("Design", lambda row: row.name),
    ("Studies", lambda row: numerals.count(row.k)),
    ("Heterogeneity within", lambda row: _written(row.within)),
    ("Inconsistency without it", lambda row: _written(row.without)),
)


def designs_in_words(found: Inconsistency) -> tuple[str, ...]:
    """Say how Q splits, and whether designs contradict each other."""
    split = (
        f"Q = {_written(found.total)}: within designs {_written(found.within)}; between designs "
        f"{_written(found.between)}."
    )
    if not found.between.df:
        loops = loops_in_words(found.result)
        return split, f"Designs cannot contradict each other here ({loops}): consistency is assumed, not tested."
    tested, model = found.between, "a common effect within designs"
    if found.interaction is not None:
        tested, model = found.interaction, f"random effects within designs, τ² = {found.tau2:.3g}"
    verdict = "contradict each other" if tested.p_value < _CLEAR else "do not contradict each other beyond chance"
    said = f"Design-by-treatment interaction ({model}): χ² = {_written(tested)}. Designs {verdict}."
    return split, said, "Such tests have little power: agreement is no proof of consistency."

"""What stands above and under a league table, and what a cell says in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from netmeta import numerals
from netmeta.network.assumptions import merged_endpoint
from netmeta.network.words import sentences
from netmeta.pooling.model import CommonEffect
from netmeta.report.league_cells import ROW
from netmeta.signs import cleaned

if TYPE_CHECKING:
    from netmeta.network.result import NetworkResult
    from netmeta.report.league import LeagueTable
    from netmeta.report.league_cells import LeagueCell

__all__ = ["notes", "reading", "shading", "tip", "title"]


def title(table: LeagueTable) -> str:
    """Name the table: ``League table: PFS, 13 treatments``."""
    result, shown = table.result, len(table.treatments)
    endpoint = cleaned(merged_endpoint(next(iter(result.evidence)), result.assumptions))
    whole = len(result.treatments)
    many = f"{shown} treatments" if shown == whole else f"{shown} of {whole} treatments"
    return f"League table: {f'{endpoint}, ' if endpoint else ''}{many}"


def reading(table: LeagueTable, order: str = "") -> str:
    """Say how a cell is read, what is in which triangle, and what the order is (``order``, where it is given)."""
    side = "below" if table.result.better == "lower" else "above"
    return (
        f"Each cell is the hazard ratio ({_level(table.result)} CI) of the treatment of its row against that of "
        f"its column; {side} 1 favours the row. "
        f"Upper triangle: network. Lower triangle: {_lower(table)}. {order or _order(table)}"
    )


def _lower(table: LeagueTable) -> str:
    if table.lower == "direct":
        return "direct evidence only, a dash where no trial compares the two"
    if table.lower == "network":
        return "network too, the other way round"
    said = f"network, with the {_level(table.result)} prediction interval of a new trial"
    missing = any(cell.log_hr is None for cell in table.cells if cell.kind == "prediction")
    return f"{said}, a dash where the model gives none" if missing else said


def _order(table: LeagueTable) -> str:
    return {
        "score": "Treatments stand by P-score, the best first.",
        "name": "Treatments stand in alphabetical order.",
    }.get(table.order, "Treatments stand in an order that was asked for.")


def shading(*, coloured: bool = True) -> str:
    """Say what bold and colour mean."""
    if coloured:
        return "Bold and shaded where the interval excludes 1: blue favours the row, orange the column."
    return "Bold where the interval excludes 1."


def notes(table: LeagueTable) -> tuple[str, ...]:
    """Say the model, what was assumed, how much trials differ, and how direct evidence was pooled."""
    result = table.result
    tau2 = "" if isinstance(result.model, CommonEffect) else ", at the τ² of the network"
    direct = f"Direct evidence: inverse-variance means of the trials that compare the two{tau2}; normal intervals."
    return (*map(cleaned, sentences(result)), *((direct,) if table.lower == "direct" else ()))


def tip(cell: LeagueCell) -> str:
    """Say a cell in one sentence: the two treatments, the numbers, whom they favour, and the trials."""
    pair = f"{cleaned(cell.row)} against {cleaned(cell.column)}"
    if cell.interval is None:
        return f"{pair}: {_NONE[cell.kind]}."
    low, high = (numerals.ratio(bound) for bound in cell.interval.exp())
    level = f"{100 * cell.level:g}%"
    kind = f"{level} prediction interval" if cell.kind == "prediction" else f"{level} CI"
    said = f"HR {cell.estimate} ({kind} {low} to {high}){_verdict(cell)}"
    return f"{pair}{_WHERE[cell.kind]}: {said}; {_trials(cell)}."


_NONE: Final = {
    "direct": "no trial compares them directly",
    "prediction": "the model gives no prediction interval",
}
_WHERE: Final = {"network": "", "direct": ", direct evidence only", "prediction": ", in a new trial"}


def _verdict(cell: LeagueCell) -> str:
    if cell.favours:
        return f", favours {cleaned(cell.row if cell.favours == ROW else cell.column)}"
    if cell.kind == "prediction":
        return "; the interval includes 1: either may do better there"
    return "; the interval includes 1: it does not settle which is better"


def _trials(cell: LeagueCell) -> str:
    if not cell.trials:
        return "no trial compares them directly"
    return "1 trial compares them directly" if cell.trials == 1 else f"{cell.trials} trials compare them directly"


def _level(result: NetworkResult) -> str:
    return f"{100 * result.model.level:g}%"

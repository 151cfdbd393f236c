"""The network in an R script: the comparisons under the assumptions, and the numbers at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netmeta.network.studies import studies
from netmeta.pooling import CommonEffect
from netmeta.report.code.quoting import comment, r_number, r_text
from netmeta.report.code.r_pieces import as_ascii, commas, convention_lines, method_of, piece

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netmeta.network import NetworkResult
    from netmeta.report.code.repeat import Repeat

__all__ = ["network_lines", "number_lines"]


def network_lines(found: Repeat) -> list[str]:
    """Write the network that hangs together with the reference."""
    head = comment("---- Network: all treatments that trials connect ----")
    answer = found.answer
    if answer is None:
        return [*head, *_safe(f"There is none: {getattr(found.network, 'message', '')}")]
    result = answer.result
    assumed = (f"Assumed: {merge}." for merge in result.assumptions)
    apart = (f"Not joined to it: {item.trial.label} ({item.trial.comparison})." for item in answer.apart)
    interval = "wald" if isinstance(result.model, CommonEffect) else result.model.interval
    return [
        *head,
        *_safe(*assumed, *apart),
        "comparison <- function(study, label, experimental, control, yi, sei)",
        "  data.frame(study, label, experimental, control, yi, sei, stringsAsFactors = FALSE)",
        "comparisons <- do.call(rbind, list(",
        *commas(_comparisons(result)),
        "))",
        f"reference <- {r_text(result.reference)}",
        f'method <- "{method_of(result.model)}"',
        f'interval <- "{interval}"',
        *convention_lines(result.model),
        *comment("Where the search for tau2 starts: at the highest maximum of the likelihood."),
        f"tau2_start <- {r_number(result.tau2)}",
        *piece("network.R"),
    ]


def _safe(*sentences: str) -> list[str]:
    return [as_ascii(line) for line in comment(*sentences)]


def _comparisons(result: NetworkResult) -> Iterator[str]:
    """Write each comparison with its treatments as the assumptions have them; studies are counted."""
    for at, study in enumerate(studies(result.evidence, result.assumptions), start=1):
        for row in study.rows:
            names = ", ".join(r_text(name) for name in (study.name, row.experimental, row.control))
            yield f"comparison({at}, {names}, {r_number(row.trial.log_hr)}, {r_number(row.trial.se)})"


def number_lines(found: Repeat) -> list[str]:
    """Write the network's numbers for a program: each treatment against the reference, by its place."""
    answer = found.answer
    if answer is None:
        return []
    result = answer.result
    lines = [f'number("network.{name}", {value})' for name, value in _WHOLE]
    for at, name in enumerate(result.treatments):
        if name != result.reference:
            lines.append(f"one <- effect({r_text(name)}, reference)")
            lines.append(f'number(paste0("network.{at}.", names(one)), one)')
    return lines


_WHOLE = (
    ("tau2", "tau2"), ("tau2_low", "tau2_ci[1]"), ("tau2_high", "tau2_ci[2]"), ("q", "q"), ("q_df", "q_df"),
)  # fmt: skip

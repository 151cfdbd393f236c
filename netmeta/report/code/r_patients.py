"""What the pooled ratio means in patients, in an R script: three lines of arithmetic under the baseline in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netmeta.pooling.absolute import absolute_effects
from netmeta.report.code.quoting import comment, r_number
from netmeta.report.code.r_pieces import as_ascii
from netmeta.report.code.trying import works

if TYPE_CHECKING:
    from netmeta.report.code.repeat import Repeat

__all__ = ["patient_lines", "patient_numbers"]


def patient_lines(found: Repeat) -> list[str]:
    """Write shares without the event and the number needed to treat; nothing without a baseline."""
    baseline = found.state.baseline_in_use
    if not _stated(found) or baseline is None:
        return []
    said = f"Share of the control arm without the event at {baseline.time:g} months, by assumption."
    return [
        *comment("---- In patients, under a baseline that is assumed ----"),
        *map(as_ascii, comment(baseline.in_words, said)),
        f"control_share <- {r_number(baseline.share)}",
        "treated_share <- control_share^exp(c(fit$beta[1], fit$ci.ub, fit$ci.lb))",
        'cat("Share without the event: control", control_share, "treated", treated_share, "\\n")',
        'cat("Number needed to treat", 1 / (treated_share - control_share), "\\n")',
    ]


def patient_numbers(found: Repeat) -> list[str]:
    """Write the same for a program."""
    if not _stated(found):
        return []
    return [
        'number("absolute.control", control_share)',
        'number(paste0("absolute.", c("treated", "treated_low", "treated_high")), treated_share)',
    ]


def _stated(found: Repeat) -> bool:
    return found.result is not None and works(absolute_effects, found.result, found.state.baseline_in_use)

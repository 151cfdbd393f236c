"""An analysis as an R script that needs metafor alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from netmeta.pooling import CommonEffect
from netmeta.report.code.quoting import comment, r_number, r_text
from netmeta.report.code.r_network import network_lines, number_lines
from netmeta.report.code.r_patients import patient_lines, patient_numbers
from netmeta.report.code.r_pieces import as_ascii, commas, convention_lines, method_of, piece
from netmeta.report.code.repeat import MOST, Repeat, asked_in_words, repeat
from netmeta.report.given import OMISSIONS, TESTS
from netmeta.state.version import own_version

if TYPE_CHECKING:
    from netmeta.evidence import Trial
    from netmeta.state import State

__all__ = ["to_r"]

_TESTS: Final = {"wald": "z", "hartung-knapp": "knha", "modified-hartung-knapp": "adhoc"}
_NUMBERS: Final = (
    "k", "log_hr", "se", "ci_low", "ci_high", "p_value", "tau2", "tau2_low", "tau2_high", "i2", "q", "q_p",
    "pi_low", "pi_high",
)  # fmt: skip


def to_r(state: State) -> str:
    """Return an R script, data included, that repeats an analysis with metafor as it stands.

    Parameters
    ----------
    state
        The analysis.

    Returns
    -------
    str
        The script, of ASCII alone. It needs R 4 with metafor 3 or later, uses R's netmeta where that is installed,
        and prints at its end a line ``name<TAB>value`` for each number, 15 digits, on the log scale. Names of
        trials and treatments stand in it as escaped literals only.
    """
    found = repeat(state)
    blocks = (
        _head(found),
        _trials(found),
        _pool(found),
        patient_lines(found),
        network_lines(found),
        _numbers(found),
    )
    return "\n".join("\n".join(block) + "\n" for block in blocks if block)


def _head(found: Repeat) -> list[str]:
    said = "log_hr and se are log hazard ratios and standard errors, from what each paper prints by the way named."
    return [
        *comment(f"A meta-analysis, repeated in R with metafor. Written by netmeta {own_version()} (Python)."),
        *comment('install.packages("metafor")'),
        "#",
        *(as_ascii(line) for line in comment(*asked_in_words(found), said)),
        "",
        "suppressPackageStartupMessages(library(metafor))",
        "options(warn = 1)",
        "pictures <- TRUE # FALSE for numbers alone",
    ]


def _trials(found: Repeat) -> list[str]:
    lines = [
        *comment("---- Trials: those that answer the question ----"),
        "trial <- function(label, experimental, control, log_hr, se, way, taken_out = FALSE)",
        "  data.frame(label, experimental, control, log_hr, se, way, taken_out, stringsAsFactors = FALSE)",
    ]
    if not len(found.selected):
        return [*lines, "trials <- NULL"]
    rows = [_trial(trial, trial.key in found.state.excluded) for trial in found.selected]
    return [*lines, "trials <- do.call(rbind, list(", *commas(rows), "))"]


def _trial(trial: Trial, out: bool) -> str:
    texts = (r_text(name) for name in (trial.label, trial.experimental, trial.control))
    way = r_text("" if trial.effect is None else trial.effect.kind.name)
    gone = ", taken_out = TRUE" if out else ""
    return f"trial({', '.join(texts)}, {r_number(trial.log_hr)}, {r_number(trial.se)}, {way}{gone})"


def _pool(found: Repeat) -> list[str]:
    head = comment("---- Pooled ----")
    result, model = found.result, found.state.model
    if result is None:
        why = as_ascii(getattr(found.outcome, "message", ""))
        return [*head, *map(as_ascii, comment(f"There is no pooled result: {why}")), "print(trials)"]
    test = "z" if isinstance(model, CommonEffect) else _TESTS[model.interval]
    return [
        *head,
        *convention_lines(model),
        *piece("pairwise.R"),
        "",
        "pooled <- trials[!trials$taken_out, ]",
        *_control(found, result.tau2),
        f'fit <- rma(log_hr, sei = se, data = pooled, slab = label, method = "{method_of(model)}",',
        f'           test = "{test}", level = 100 * level, control = control)',
        "print(fit)",
        "fit_tau2 <- tau2_interval(fit)",
        "fit_pi <- prediction_interval(fit)",
        'cat("Hazard ratio", exp(fit$beta[1]), "interval", exp(c(fit$ci.lb, fit$ci.ub)), "\\n")',
        'cat("In a new trial", exp(fit_pi), "\\n")',
        *_beyond(result.k),
    ]


def _control(found: Repeat, tau2: float) -> list[str]:
    """Write how exactly tau2 is searched for."""
    model = found.state.model
    if isinstance(model, CommonEffect):
        return ["control <- list()"]
    lines = [
        "scale <- median(pooled$se^2)",
        *comment("metafor's own settings stop up to 1e-4 from tau2."),
        "control <- list(threshold = 1e-13 * scale, maxiter = 1e5, tau2.max = 1e6 * scale, tol = 1e-15 * scale)",
    ]
    if method_of(model) in ("REML", "ML"):
        said = "The likelihood can have several maxima; the search starts at the highest one, as netmeta found it."
        lines += [*comment(said), f"control$tau2.init <- {r_number(tau2)}"]
    if method_of(model) == "EB":
        lines += [f"control$tau2.init <- {r_number(tau2)}"]
    return lines


def _beyond(k: int) -> list[str]:
    """Write pictures, and what looks behind the pooled number, as far as there are trials enough for it."""
    drawn = ["forest(fit, atransf = exp, addpred = FALSE)", *(["funnel(fit, atransf = exp)"] if k >= TESTS else [])]
    lines = [
        "if (pictures) {",
        '  pdf("plots.pdf", width = 9, height = 3 + nrow(pooled) / 4)',
        *(f"  try({each})" for each in drawn),
        "  invisible(dev.off())",
        "}",
    ]
    if OMISSIONS <= k <= MOST:
        lines += ["try(print(leave1out(fit)))"]
    if k >= TESTS:
        lines += ['try(print(regtest(fit, model = "lm")))']
    return lines


def _numbers(found: Repeat) -> list[str]:
    """Write the block that a program reads."""
    lines = [
        *comment("---- Numbers, a line each ----"),
        'number <- function(name, value) cat(sprintf("%s\\t%.15g\\n", name, value), sep = "")',
    ]
    if found.result is not None:
        values = (
            "fit$k", "fit$beta[1]", "fit$se", "fit$ci.lb", "fit$ci.ub", "fit$pval", "fit$tau2", "fit_tau2[1]",
            "fit_tau2[2]", "fit$I2", "fit$QE", "fit$QEp", "fit_pi[1]", "fit_pi[2]",
        )  # fmt: skip
        lines += [f'number("{name}", {value})' for name, value in zip(_NUMBERS, values, strict=True)]
    return [*lines, *patient_numbers(found), *number_lines(found)]

"""An analysis as a Python script that needs netmeta alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netmeta.pooling import cumulative, leave_one_out
from netmeta.report.code.python_further import absolute_lines, network_lines
from netmeta.report.code.quoting import called, comment, in_comment, packed, python_value
from netmeta.report.code.repeat import MOST, Repeat, asked_in_words, repeat
from netmeta.report.code.trying import works
from netmeta.report.given import OMISSIONS, TESTS
from netmeta.state.encoding import given_of
from netmeta.state.version import own_version

if TYPE_CHECKING:
    from netmeta.evidence import Trial
    from netmeta.pooling import Model, PooledResult
    from netmeta.state import State

__all__ = ["to_python"]


def to_python(state: State) -> str:
    """Return a Python script, data included, that repeats an analysis as it stands.

    Parameters
    ----------
    state
        The analysis.

    Returns
    -------
    str
        The script. It needs netmeta alone, prints what it finds, and ends with ``result`` (a `PooledResult`) and
        ``network`` (a `NetworkResult`), each ``None`` where there is none; the script then says why. Names of
        trials and treatments stand in it as literals only.
    """
    found = repeat(state)
    blocks = (
        _head(found), _trials(found), _question(found), _pool(found), _beyond(found), network_lines(found),
        absolute_lines(found), _check(found),
    )  # fmt: skip
    return "\n".join("\n".join(block) + "\n" for block in blocks if block)


def _head(found: Repeat) -> list[str]:
    return [
        *comment(
            f"A meta-analysis, repeated by netmeta. Written by netmeta {own_version()}, which is all it needs."
        ),
        *comment("It prints what it finds and draws a few pictures into the folder where it runs."),
        "#",
        *comment(*asked_in_words(found)),
        "",
        "import netmeta as nm",
        "",
        "pictures = True  # False for numbers alone",
    ]


def _trials(found: Repeat) -> list[str]:
    said = "The trials, as their papers print them or as the reader entered them."
    lines = [*comment("---- Trials ----", said), "rows = nm.Evidence(", "    ("]
    for trial in found.rows:
        lines += _trial(trial, found.role(trial))
    return [*lines, "    )", ")"]


def _trial(trial: Trial, role: str) -> list[str]:
    fields = [f"{name}={python_value(value)}" for name, value in given_of(trial).items()]
    above = [f"        # {role}"] if role else []
    return [*above, "        nm.Trial(", *packed(fields, " " * 12), "        ),"]


def _question(found: Repeat) -> list[str]:
    keys = [python_value(trial.key) for trial in found.taken_out]
    out = ["taken_out = set()"] if not keys else ["taken_out = {", *(f"    {key}," for key in keys), "}"]
    asked = found.state.selection
    return [
        *comment("---- The question, and the rows that answer it ----"),
        called("question = nm.Selection", endpoint=asked.endpoint, population=asked.population,
               control=asked.control, treatments=asked.treatments, assessor=asked.assessor),
        *out,
        "",
        "",
        "def answering(asked):",
        "    chosen = nm.select(rows, asked).evidence",
        "    return nm.Evidence(tuple(trial for trial in chosen if trial.key not in taken_out))",
        "",
        "",
        "trials = answering(question)",
    ]  # fmt: skip


def _pool(found: Repeat) -> list[str]:
    model = f"model = {model_code(found.state.model)}"
    head = [*comment("---- Pooled ----"), model]
    if found.result is None:
        why = getattr(found.outcome, "message", "")
        return [*head, *comment(f"There is no pooled result: {why}"), "result = None", *_single(found)]
    return [
        *head,
        "result = nm.pool(trials, model)",
        "print(result)",
        "for caution in nm.cautions(result):",
        '    print("Beware:", caution.message)',
        "if pictures:",
        '    nm.forest(result).save("forest.svg")',
    ]


def _single(found: Repeat) -> list[str]:
    return [
        f"print({python_value(in_comment(getattr(found.outcome, 'message', '')))})",
        "for trial in trials:",
        "    print(trial.label, trial.log_hr, trial.se)",
    ]


def _beyond(found: Repeat) -> list[str]:
    """Write what looks behind the pooled number, as far as there are trials enough for it."""
    result, model = found.result, found.state.model
    if result is None or not OMISSIONS <= result.k <= MOST:
        return []
    lines = comment("---- Does the answer hang on one trial? ----")
    if works(leave_one_out, found.pooled, model):
        lines += ["without_each = nm.leave_one_out(trials, model)", "print(without_each)"]
        lines += ["if pictures:", '    nm.leave_one_out_forest(without_each).save("leave-one-out.svg")']
    order = "year" if all(trial.year is not None for trial in found.pooled) else "precision"
    if works(cumulative, found.pooled, model, order):
        lines += [f'step_by_step = nm.cumulative(trials, model, order="{order}")', "print(step_by_step)"]
    return [*lines, *_small_studies(result, found)]


def _small_studies(result: PooledResult, found: Repeat) -> list[str]:
    from netmeta.pooling import egger

    if result.k < TESTS or not works(egger, found.pooled, found.state.model):
        return []
    return [
        "",
        *comment("---- Do small trials tell another story? ----"),
        "print(nm.egger(trials, model))",
        "if pictures:",
        '    nm.funnel(result).save("funnel.svg")',
    ]


def _check(found: Repeat) -> list[str]:
    result = found.result
    if result is None:
        return []
    numbers = {"log_hr": result.log_hr, "se": result.se, "tau2": result.tau2, "i2": result.i2, "q": result.q}
    values = ", ".join(f'"{name}": {value!r}' for name, value in numbers.items())
    return [
        *comment("---- Is it what it was when this script was written? ----"),
        f"written = {{{values}}}",
        "differing = {name: getattr(result, name) for name, was in written.items()",
        "             if abs(getattr(result, name) - was) > 1e-8 * max(1, abs(was))}",
        'print("The numbers are those of the analysis." if not differing else f"Numbers that differ: {differing}")',
    ]


def model_code(model: Model) -> str:
    """Write a model as the call that makes it: its ``repr``, for its fields are names and a number."""
    return f"nm.{model!r}"

"""What R scripts have in common: the fixed pieces of R that lie beside this file, and the model as R variables."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from netmeta.pooling import CommonEffect
from netmeta.pooling.model import convention

if TYPE_CHECKING:
    from collections.abc import Iterable

    from netmeta.pooling import Model

__all__ = ["as_ascii", "commas", "convention_lines", "method_of", "piece"]


@lru_cache(maxsize=8)
def piece(name: str) -> tuple[str, ...]:
    """Return the lines of a fixed piece of R: it has no text of anybody in it."""
    return tuple(files("netmeta.report.code").joinpath(name).read_text(encoding="utf-8").splitlines())


def commas(rows: Iterable[str]) -> list[str]:
    """Write rows of a call, indented, with a comma behind each but the last."""
    *others, last = (f"  {row}" for row in rows)
    return [*(f"{row}," for row in others), last]


def as_ascii(line: str) -> str:
    """Write out what is not ASCII: a comment has to be readable to R in every locale."""
    return line.encode("ascii", "backslashreplace").decode("ascii")


def method_of(model: Model) -> str:
    """Return metafor's name of an estimator of tau2; ``"EE"`` for a common effect."""
    return "EE" if isinstance(model, CommonEffect) else model.tau2_method


def convention_lines(model: Model) -> list[str]:
    """Write the level and the convention of the prediction interval as variables."""
    rule = None if isinstance(model, CommonEffect) else convention(model.prediction)
    lost = "NA" if rule is None or rule.lost is None else str(rule.lost)
    adjusted = rule is not None and rule.adjusted
    return [
        f"level <- {model.level!r}",
        f"predicted <- {'FALSE' if rule is None else 'TRUE'} # whether a prediction interval is asked for",
        f"lost <- {lost} # degrees of freedom that its t loses; NA for the normal quantile",
        f"adjusted <- {'TRUE' if adjusted else 'FALSE'} # whether it has the Hartung-Knapp standard error",
    ]

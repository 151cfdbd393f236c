"""Multiverse: every defensible way to pool the same trials, the prespecified one among them."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from netmeta.errors import PoolingError, shown
from netmeta.evidence.evidence import Evidence
from netmeta.evidence.selection import Selection, select
from netmeta.pooling.axes import COMMON, MultiverseAxes
from netmeta.pooling.families import arrays, spreads, without_width
from netmeta.pooling.inclusions import EACH, included
from netmeta.pooling.interval import Interval
from netmeta.pooling.kernel import fit_many_steps
from netmeta.pooling.model import CommonEffect, RandomEffects
from netmeta.pooling.pooled import pool
from netmeta.pooling.specifications import Multiverse, Skipped, Specification
from netmeta.pooling.steps import finish
from netmeta.pooling.words import model_in_words

if TYPE_CHECKING:
    import numpy.typing as npt

    from netmeta.pooling.kernel import Fits
    from netmeta.pooling.model import Model
    from netmeta.pooling.result import PooledResult
    from netmeta.pooling.steps import Steps

__all__ = ["multiverse", "multiverse_steps"]

_DEFAULT: Final = RandomEffects()
_AXES: Final = MultiverseAxes()
_MOST: Final = 10_000
_LEAST: Final = 2

_Keys: TypeAlias = tuple[str, ...]
_Ways: TypeAlias = dict[_Keys, list[tuple[str, str]]]
_Found: TypeAlias = dict[tuple[_Keys, "Model"], Specification]


def multiverse(
    evidence: Evidence,
    model: Model = _DEFAULT,
    *,
    selection: Selection | None = None,
    axes: MultiverseAxes = _AXES,
    most: int = _MOST,
) -> Multiverse:
    """Pool the same trials in every defensible way (Steegen and others 2016, Perspect Psychol Sci 11:702).

    Parameters
    ----------
    evidence
        With a ``selection``, all rows at hand, of which it takes one for each trial and reader; without, the
        trials to be pooled, two or more.
    model
        The prespecified model; its level is that of every interval.
    selection
        The prespecified question; its endpoint, population and treatments stay, its reader is an axis.
    axes
        The choices to go through; what was prespecified is added where it is not among them.
    most
        At most so many distinct analyses.

    Returns
    -------
    Multiverse
        The prespecified analysis first. Combinations that lead to the same rows are pooled once and remembered in
        `Specification.also`; those that cannot be pooled are named in ``skipped``. Numbers are those of `pool`.
        Equal questions give the same object again.

    Raises
    ------
    PoolingError
        For more analyses than ``most`` (the message says how many), and for what `pool` refuses of what was asked.
    SelectionError
        For a filter whose field or value no trial has.
    """
    return finish(multiverse_steps(evidence, model, selection=selection, axes=axes, most=most))


def multiverse_steps(
    evidence: Evidence,
    model: Model = _DEFAULT,
    *,
    selection: Selection | None = None,
    axes: MultiverseAxes = _AXES,
    most: int = _MOST,
) -> Steps[Multiverse]:
    """Do what `multiverse` does, saying now and then which fraction is done."""
    _check_types(evidence, selection, axes, most)
    chosen = evidence if selection is None else select(evidence, selection).evidence
    overall = pool(chosen, model)
    shelf = _shelf(evidence, model, selection, axes)
    if not shelf:
        shelf.append((yield from _walk(evidence, overall, selection, axes, most)))
    _refuse_more(shelf[0].n, most)
    return shelf[0]


def _check_types(evidence: object, selection: object, axes: object, most: object) -> None:
    wanted = (
        ("evidence", evidence, Evidence, "an Evidence"),
        ("selection", selection, Selection | None, "a Selection or None"),
        ("axes", axes, MultiverseAxes, "MultiverseAxes(...)"),
    )
    for name, given, kind, words in wanted:
        if not isinstance(given, kind):
            raise PoolingError(f"multiverse() takes {words} as {name}, not {shown(given)}.")
    if isinstance(most, bool) or not isinstance(most, int) or most < 1:
        raise PoolingError(f"most is a whole number, 1 or more, not {shown(most)}.")


@lru_cache(maxsize=16)
def _shelf(
    _evidence: Evidence, _model: Model, _selection: Selection | None, _axes: MultiverseAxes
) -> list[Multiverse]:
    """Keep a place for the answer to a question: empty until it is found, as work can be stopped before."""
    return []


@dataclass(frozen=True, slots=True, eq=False)
class _Plan:
    """What is to be pooled.

    Parameters
    ----------
    models
        The prespecified one first.
    readings
        The rows that answer the question, by who read them; the prespecified reader first.
    ways
        For each set of rows, the choices that lead to it: (assessor, inclusion).
    skipped
        What cannot be pooled; what turns out so is added.
    """

    models: tuple[Model, ...]
    readings: dict[str, Evidence]
    ways: _Ways
    skipped: list[Skipped]


def _walk(
    evidence: Evidence, overall: PooledResult, selection: Selection | None, axes: MultiverseAxes, most: int
) -> Steps[Multiverse]:
    plan = _planned(evidence, overall, selection, axes, most)
    found: _Found = {}
    for at, assessor in enumerate(plan.readings):
        for done in _pooled(plan, assessor, found):
            yield (at + done) / len(plan.readings)
    rows = (found.get((keys, model)) for keys in plan.ways for model in plan.models)
    return Multiverse(
        overall=overall,
        selection=selection,
        axes=axes,
        rows=tuple(row for row in rows if row is not None),
        skipped=tuple(plan.skipped),
    )


def _planned(
    evidence: Evidence, overall: PooledResult, selection: Selection | None, axes: MultiverseAxes, most: int
) -> _Plan:
    models = axes.models(overall.model)
    plan = _Plan(models, _readings(evidence, selection, axes), {}, [])
    kept = {one.name: one.keys(evidence) for one in axes.filters}
    for assessor, selected in plan.readings.items():
        # Each trial left out is another set of rows: known before thousands of sets are made.
        _refuse_more(len(selected) * len(models) if EACH in axes.inclusions else 0, most)
        for name, keys in included(selected, axes.inclusions, kept):
            if len(keys) < _LEAST:
                reason = "only 1 trial" if keys else "no trial"
                plan.skipped.append(Skipped(assessor=assessor, inclusion=name, model="", reason=reason))
            else:
                plan.ways.setdefault(keys, []).append((assessor, name))
    _refuse_more(len(plan.ways) * len(models), most)
    return plan


def _readings(evidence: Evidence, selection: Selection | None, axes: MultiverseAxes) -> dict[str, Evidence]:
    if selection is None:
        return {"": evidence}
    readers = dict.fromkeys((selection.assessor, *axes.assessors))
    return {reader: select(evidence, replace(selection, assessor=reader)).evidence for reader in readers}


def _refuse_more(n: int, most: int) -> None:
    if n > most:
        raise PoolingError(
            f"This multiverse has {n:,} analyses or more, and the limit is {most:,}. Take fewer choices "
            f"(MultiverseAxes(tau2_methods=('REML', 'DL'), inclusions=('all', 'verified'))), or most={n}."
        )


def _pooled(plan: _Plan, assessor: str, found: _Found) -> Steps[None]:
    """Pool the sets of rows to which this reader leads first, under every model."""
    selected = plan.readings[assessor]
    own = [keys for keys, ways in plan.ways.items() if ways[0][0] == assessor]
    if not own:
        return
    y, v = arrays(selected)
    masks = np.array([[key in there for key in selected.keys] for there in map(frozenset, own)])
    names = dict(zip(selected.keys, selected.labels, strict=True))
    labels = {keys: tuple(names[key] for key in keys) for keys in own}
    methods = dict.fromkeys(_method(model) for model in plan.models)
    for at, method in enumerate(methods):
        fits = yield from fit_many_steps(y, v, masks, method)
        for model in (one for one in plan.models if _method(one) == method):
            flat = without_width(y, v, masks, model)
            plan.skipped.extend(_no_width(plan, [own[row] for row in np.flatnonzero(flat)], model))
            sound = np.flatnonzero(~flat)
            rows = _specified(plan, labels, [own[row] for row in sound], _only(fits, sound), model)
            found.update({(row.keys, model): row for row in rows})
        yield (at + 1) / len(methods)


def _method(model: Model) -> str:
    return COMMON if isinstance(model, CommonEffect) else model.tau2_method


def _no_width(plan: _Plan, flat: list[_Keys], model: Model) -> list[Skipped]:
    reason = "all its effects are the same number, so that the interval has no width"
    first = (plan.ways[keys][0] for keys in flat)
    return [
        Skipped(assessor=assessor, inclusion=inclusion, model=model_in_words(model), reason=reason)
        for assessor, inclusion in first
    ]


def _only(fits: Fits, rows: npt.NDArray[np.intp]) -> Fits:
    return type(fits)(*(getattr(fits, field.name)[rows] for field in fields(fits)))


def _specified(
    plan: _Plan, labels: dict[_Keys, _Keys], own: list[_Keys], fits: Fits, model: Model
) -> list[Specification]:
    spread = spreads(fits, model)
    half = spread.halves(model.level)
    columns = (
        fits.k, fits.mean, spread.se, fits.mean - half, fits.mean + half, spread.p_values(fits.mean),
        fits.tau2, fits.i2,
    )  # fmt: skip
    first = next(iter(plan.ways)), plan.models[0]
    return [
        Specification(
            method=_method(model),
            interval="wald" if isinstance(model, CommonEffect) else model.interval,
            assessor=plan.ways[keys][0][0],
            inclusion=plan.ways[keys][0][1],
            also=tuple(plan.ways[keys][1:]),
            keys=keys, labels=labels[keys],
            k=k, log_hr=mean, se=se, ci=Interval(low, high), p_value=p, tau2=tau2, i2=i2,
            prespecified=(keys, model) == first,
        )
        for keys, k, mean, se, low, high, p, tau2, i2 in zip(
            own, *(column.tolist() for column in columns), strict=True
        )
    ]  # fmt: skip

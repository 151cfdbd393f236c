"""Every way from what a trial prints to its effect: which are open, what they give, how far they disagree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from netmeta import numerals
from netmeta.errors import EntryError, hint, shown
from netmeta.evidence.listing import Listing
from netmeta.evidence.normal import as_ratio
from netmeta.evidence.recipes import RECIPES
from netmeta.evidence.routes import KINDS, Kind, Route

if TYPE_CHECKING:
    from netmeta.evidence.trial import Trial

__all__ = ["ClosedWay", "ClosedWays", "Way", "Ways", "best", "chosen", "closed_ways", "open_ways", "uses"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way that the printed numbers allow, and what it gives.

    Parameters
    ----------
    name, title, formula, source
        Of its `Kind`.
    log_hr, se
        What it gives, on the log scale.
    in_use
        Whether the trial's own ``log_hr`` and ``se`` are from it.
    shift
        ``log_hr`` less that of the way in use.
    se_ratio
        ``se`` over that of the way in use.
    """

    name: str
    title: str
    formula: str
    source: str
    log_hr: float
    se: float
    in_use: bool
    shift: float
    se_ratio: float

    @property
    def hr(self) -> float:
        """The hazard ratio."""
        return as_ratio(self.log_hr)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedWay:
    """One way that is not open, and why.

    Parameters
    ----------
    name, title
        Of its `Kind`.
    why_not
        What is lacking or in the way: ``"P < 0.001 is a bound, not a value: z is not known"``.
    begun
        Whether something that only some ways need is given for it.
    lacking
        The fields that it needs and that are not given.
    """

    name: str
    title: str
    why_not: str
    begun: bool
    lacking: tuple[str, ...]


class Ways(Listing[Way]):
    """Every way that is open, best first, and how far each is from the one in use."""

    __slots__ = ()
    head = ("Way", "route=", "Log HR", "SE", "HR", "", "Log HR apart by", "SE, times")
    nothing = "No way is open: .closed_ways() says what each lacks."

    @classmethod
    def cells(cls, one: Way) -> tuple[str, ...]:
        """Return title, name, log HR, SE, HR, whether it is in use, or how far it is from the one that is."""
        apart = ("", numerals.signed(one.shift, 3), numerals.decimal(one.se_ratio, 2))
        found = (numerals.decimal(one.log_hr, 3), numerals.decimal(one.se, 3), numerals.ratio(one.hr))
        return (one.title, one.name, *found, *(("in use", "", "") if one.in_use else apart))


class ClosedWays(Listing[ClosedWay]):
    """Every way that is not open, and why."""

    __slots__ = ()
    head = ("Way", "route=", "Why it is closed")
    nothing = "Every way is open."

    @classmethod
    def cells(cls, one: ClosedWay) -> tuple[str, ...]:
        """Return title, name and reason."""
        return one.title, one.name, one.why_not


def best(trial: Trial, among: tuple[str, ...] = tuple(KINDS)) -> Route | None:
    """Return the first way that is open, best first; ``None`` where none is.

    Raises
    ------
    EntryError
        Where a printed effect (log-rank numbers, interval, limit, log HR and SE) cannot be right: the next way
        is not taken in silence.
    """
    for name in among:
        recipe = RECIPES[name]
        if not recipe.is_open(trial):
            continue
        try:
            return recipe.make(trial)
        except EntryError:
            if recipe.strict:
                raise
    return None


def uses(trial: Trial, name: str) -> bool:
    """Say whether a way whose numbers were found right is the one in use, without making it."""
    if trial.route:
        return trial.route == name
    first = next((other for other, recipe in RECIPES.items() if recipe.is_open(trial)), "")
    return first == name


def chosen(trial: Trial) -> Route | None:
    """Return the way that the reader chose (``trial.route``), or the best one.

    Raises
    ------
    EntryError
        Where the way chosen does not exist or is not open, with the reason.
    """
    if not trial.route:
        return best(trial)
    if trial.route not in RECIPES:
        raise EntryError(f"route is {shown(trial.route)}.{hint(trial.route, KINDS)}")
    recipe = RECIPES[trial.route]
    lacking = recipe.why_not(trial)
    if lacking:
        raise EntryError(f"route is {trial.route!r} ({KINDS[trial.route].title}), which is not open: {lacking}.")
    return recipe.make(trial)


def open_ways(trial: Trial) -> Ways:
    """Return every way that is open, best first."""
    used = trial.effect
    found = [(KINDS[name], made) for name in RECIPES if isinstance(made := _try(trial, name), Route)]
    return Ways() if used is None else Ways(_way(kind, made, used) for kind, made in found)


def closed_ways(trial: Trial) -> ClosedWays:
    """Return every way that is not open, with the reason, best first."""
    found = [(KINDS[name], why) for name in RECIPES if isinstance(why := _try(trial, name), str)]
    return ClosedWays(_closed(trial, kind, why) for kind, why in found)


def _try(trial: Trial, name: str) -> Route | str:
    lacking = RECIPES[name].why_not(trial)
    if lacking:
        return lacking
    try:
        return RECIPES[name].make(trial)
    except EntryError as error:
        return str(error)


def _way(kind: Kind, made: Route, used: Route) -> Way:
    return Way(
        name=kind.name,
        title=kind.title,
        formula=kind.formula,
        source=kind.source,
        log_hr=made.log_hr,
        se=made.se,
        in_use=used.kind is kind,
        shift=made.log_hr - used.log_hr,
        se_ratio=made.se / used.se,
    )


_SHARED = frozenset({"hr", "n_experimental", "n_control"})


def _closed(trial: Trial, kind: Kind, why: str) -> ClosedWay:
    lacking = RECIPES[kind.name].lacking(trial)
    given = set(RECIPES[kind.name].needs) - set(lacking)
    return ClosedWay(name=kind.name, title=kind.title, why_not=why, begun=bool(given - _SHARED), lacking=lacking)

"""From JSON back to values, each by the type of its field: nothing else than the listed kinds is ever made."""

from __future__ import annotations

from dataclasses import is_dataclass
from math import isfinite
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

from netmeta.errors import NetmetaError, StateError, hint, shown
from netmeta.evidence import Evidence, Trial
from netmeta.state.encoding import IS
from netmeta.state.kinds import KINDS, fields_of, required
from netmeta.state.snapshot import Saved

__all__ = ["decoded"]

_NAMES = {str: "a text", int: "a whole number", float: "a number", bool: "true or false"}


def decoded(body: object) -> Saved:
    """Return what the body of a file holds.

    Raises
    ------
    StateError
        For anything that a saved analysis cannot be; the message says where it stands, and what was expected.
    """
    if not isinstance(body, dict) or set(body) != {"trials", "saved"} or not isinstance(body["trials"], list):
        raise StateError(
            "The body of the file is not that of a saved analysis: 'trials' and 'saved'. Save it again."
        )
    trials = [_made(Trial, one, f"trial {at}", ()) for at, one in enumerate(body["trials"])]
    found: Saved = _made(Saved, body["saved"], "saved", tuple(trials))
    return found


def _read(wanted: Any, given: object, where: str, trials: tuple[Trial, ...]) -> Any:  # noqa: ANN401
    origin = get_origin(wanted)
    if origin in (Union, UnionType):
        return _one_of(get_args(wanted), given, where, trials)
    if wanted is Evidence:
        return _evidence(given, where, trials)
    if is_dataclass(wanted):
        return _made(wanted, given, where, trials)  # type: ignore[arg-type]
    if origin in (tuple, frozenset):
        return _several(wanted, given, where, trials)
    return _plain(wanted, given, where)


def _one_of(choices: tuple[Any, ...], given: object, where: str, trials: tuple[Trial, ...]) -> Any:  # noqa: ANN401
    if given is None and NoneType in choices:
        return None
    rest = [one for one in choices if one is not NoneType]
    kind = given.get(IS) if isinstance(given, dict) else None
    chosen = next((one for one in rest if getattr(one, "__name__", "") == kind), rest[0])
    return _read(chosen, given, where, trials)


def _plain(wanted: Any, given: object, where: str) -> Any:  # noqa: ANN401
    fits = isinstance(given, bool) if wanted is bool else isinstance(given, wanted) and not isinstance(given, bool)
    if wanted is float and isinstance(given, int) and not isinstance(given, bool) and abs(given) < 2**53:
        return float(given)
    if not fits or (isinstance(given, float) and not isfinite(given)):
        raise StateError(f"{where} is {shown(given)}; it has to be {_NAMES.get(wanted, 'something else')}.")
    return given


def _several(wanted: Any, given: object, where: str, trials: tuple[Trial, ...]) -> Any:  # noqa: ANN401
    if not isinstance(given, list):
        raise StateError(f"{where} is {shown(given)}; it has to be a list.")
    origin, parts = get_origin(wanted), [one for one in get_args(wanted) if one is not Ellipsis]
    kinds = parts * len(given) if Ellipsis in get_args(wanted) or origin is frozenset else parts
    if len(kinds) != len(given):
        raise StateError(f"{where} has {len(given)} values; it has to have {len(kinds)}.")
    pairs = enumerate(zip(kinds, given, strict=True))
    return origin(_read(kind, one, f"{where}[{at}]", trials) for at, (kind, one) in pairs)


def _evidence(given: object, where: str, trials: tuple[Trial, ...]) -> Evidence:
    if not isinstance(given, list):
        raise StateError(f"{where} is {shown(given)}; it has to be a list of places in 'trials'.")
    for at in given:
        if isinstance(at, bool) or not isinstance(at, int) or not 0 <= at < len(trials):
            raise StateError(f"{where} names trial {shown(at)}; the file has {len(trials)}, counted from 0.")
    found: Evidence = _tried(lambda: Evidence(tuple(trials[at] for at in given)), where)
    return found


def _made(kind: type, given: object, where: str, trials: tuple[Trial, ...]) -> Any:  # noqa: ANN401
    if not isinstance(given, dict) or KINDS.get(kind.__name__) is not kind or given.get(IS) != kind.__name__:
        raise StateError(f"{where} is {shown(given)}; it has to be a {kind.__name__}.")
    known = fields_of(kind)
    for name in given:
        if name != IS and name not in known:
            raise StateError(
                f"{where} has a field {shown(name)}, which a {kind.__name__} does not have.{hint(name, known)}"
            )
    for name, (_hint, field) in known.items():
        if name not in given and required(field):
            raise StateError(f"{where} lacks the field {name!r}, which a {kind.__name__} cannot do without.")
    values = {
        name: _read(known[name][0], value, f"{where}.{name}", trials) for name, value in given.items() if name != IS
    }
    return _tried(lambda: kind(**values), where)


def _tried(make: Any, where: str) -> Any:  # noqa: ANN401
    """Make a value; what it refuses is said with the place where it stands."""
    try:
        return make()
    except StateError:
        raise
    except NetmetaError as error:
        raise StateError(f"{where} cannot be right: {error}") from None

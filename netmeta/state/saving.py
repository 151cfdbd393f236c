"""An analysis as one JSON text: its format, its version, a checksum, and the whole of the state."""

from __future__ import annotations

import json
from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from netmeta.errors import StateError, clipped, shown
from netmeta.state.decoding import decoded
from netmeta.state.encoding import encoded
from netmeta.state.snapshot import Saved
from netmeta.state.version import own_version

if TYPE_CHECKING:
    from collections.abc import Iterable

    from netmeta.state.snapshot import Snapshot
    from netmeta.state.state import State

__all__ = ["FORMAT", "LARGEST", "UNCHECKED", "VERSION", "read_saved", "state_from_json", "state_to_json"]

FORMAT: Final = "netmeta analysis"
VERSION: Final = 1
LARGEST: Final = 64 * 2**20
"""Bytes of the largest file that is read: ten thousand trials take about four million."""
UNCHECKED: Final = "Take an unchanged copy. If the change was yours, load it with checked=False."

_AROUND = ("format", "version", "netmeta", "sha256", "body")


def state_to_json(state: State, snapshots: Iterable[Snapshot] = ()) -> str:
    """Write a state, and the states that were kept, as one JSON object.

    Parameters
    ----------
    state
        The analysis as it stands, with all of its evidence.
    snapshots
        The states that were kept; each trial is written once, however many of them have it.

    Returns
    -------
    str
        ASCII text with ``format``, ``version`` (of the format), ``netmeta`` (the version that wrote it), ``sha256``
        (of the body as canonical JSON: sorted keys, no blanks) and ``body``. The same state gives the same text.

    Raises
    ------
    StateError
        For two snapshots of one name.
    """
    body = encoded(Saved(state, tuple(snapshots)))
    around = dict(zip(_AROUND, (FORMAT, VERSION, own_version(), _checksum(body), body), strict=True))
    return json.dumps(around, indent=1, allow_nan=False)


def state_from_json(text: str | bytes, *, checked: bool = True) -> State:
    """Return the state that a JSON text of `state_to_json` holds, without the states that were kept.

    Parameters
    ----------
    text, checked
        As for `read_saved`.
    """
    return read_saved(text, checked=checked).state


def read_saved(text: str | bytes, *, checked: bool = True) -> Saved:
    """Return the state and the kept states that a JSON text holds; nothing in it is ever executed.

    Parameters
    ----------
    text
        What `state_to_json` wrote.
    checked
        Whether a text that was changed after it was saved is refused. Without, what it holds is still held to every
        rule that a value has; only the checksum is not looked at.

    Raises
    ------
    StateError
        For anything that is no saved analysis, a newer format, a checksum that does not fit, and values that cannot
        be right; the message says which.
    """
    around = _opened(text)
    if around.get("format") != FORMAT:
        raise StateError(
            f"This is no saved analysis of netmeta: its format is {shown(around.get('format'))}, "
            f"and {FORMAT!r} was expected. For a table of trials, use nm.read_table."
        )
    _check_version(around)
    lacking = [name for name in _AROUND if name not in around]
    if lacking or len(around) > len(_AROUND):
        raise StateError(
            f"A saved analysis has the fields {', '.join(_AROUND)}; this one has others. Save it again."
        )
    if checked and around["sha256"] != _checksum(around["body"]):
        raise StateError(
            f"The file was changed after it was saved: its checksum does not fit what it holds. {UNCHECKED}",
            changed=True,
        )
    return decoded(around["body"])


def _check_version(around: dict[str, Any]) -> None:
    version = around.get("version")
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise StateError(f"The version of the format is {shown(version)}; it has to be a whole number from 1 on.")
    if version > VERSION:
        raise StateError(
            f"The file was made by a newer netmeta ({clipped(around.get('netmeta', 'version not stated'))}): its "
            f"format has version {version}, and this netmeta ({own_version()}) reads up to version {VERSION}. "
            "Update netmeta."
        )


def _opened(text: str | bytes) -> dict[str, Any]:
    if len(text) > LARGEST:
        raise StateError(
            f"The file has {len(text) / 1e6:.0f} MB; a saved analysis has at most {LARGEST / 1e6:.0f} MB."
        )
    try:
        found = json.loads(
            text.removeprefix("\ufeff") if isinstance(text, str) else text,
            object_pairs_hook=_once,
            parse_constant=_refuse_constant,
        )
    except RecursionError:
        raise StateError("The file is nested too deeply for a saved analysis.") from None
    except StateError:
        raise
    except ValueError as error:
        raise StateError(f"The file is not JSON: {clipped(error)}. Take the file that netmeta saved.") from None
    if not isinstance(found, dict):
        raise StateError(f"A saved analysis is a JSON object; this file holds a {type(found).__name__}.")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice, _times = Counter(name for name, _value in pairs).most_common(1)[0]
        raise StateError(f"The file has the field {shown(twice)} twice in one object; nobody can say which counts.")
    return found


def _refuse_constant(name: str) -> float:
    raise StateError(f"The file has {name} for a number; a saved analysis has finite numbers only.")


def _checksum(body: object) -> str:
    try:
        canonical = json.dumps(body, sort_keys=True, separators=(",", ":"))
    except RecursionError:
        raise StateError("The file is nested too deeply for a saved analysis.") from None
    return sha256(canonical.encode("ascii")).hexdigest()

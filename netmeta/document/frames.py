"""The numbers of an analysis at full precision, as rows for files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from netmeta.errors import NetmetaError
from netmeta.network.asking import NetworkAnswer
from netmeta.pooling import PooledResult, cumulative, influence, leave_one_out

if TYPE_CHECKING:
    from collections.abc import Callable

    from netmeta.document.sheets import Cell
    from netmeta.showing import Tabled
    from netmeta.state import State

__all__ = ["frames"]

_NUMBERS: Final = ("k", "log_hr", "se", "hr", "p_value", "tau2", "i2", "h2", "q", "q_df", "q_p", "pi_convention")
_INTERVALS: Final = ("ci", "pi", "tau2_ci", "i2_ci")


def frames(state: State) -> dict[str, tuple[str, list[list[Cell]]]]:
    """Return tables by file name: what each is, and its rows with a row of headings first.

    Pooled numbers are on the log scale (``log_hr``, ``ci``, ``pi``) but for ``hr``; ``tau2`` is in (log HR)
    squared, ``i2`` in percent.
    """
    found = state.outcome
    tables: dict[str, tuple[str, list[list[Cell]]]] = {}
    if isinstance(found, PooledResult):
        tables["pooled"] = ("The pooled result in numbers; intervals are on the log scale.", _pooled(found))
    families: dict[str, tuple[str, Callable[[], Tabled]]] = {
        "leave-one-out": ("Leave-one-out in numbers.", lambda: leave_one_out(state.included, state.model)),
        "cumulative": ("Cumulative analysis in numbers.", lambda: cumulative(state.included, state.model)),
        "influence": ("Influence diagnostics in numbers.", lambda: influence(state.included, state.model)),
        "network-effects": ("All network effects in numbers.", lambda: _network(state)),
    }
    for name, (what, make) in families.items():
        rows = _rows(make)
        if rows:
            tables[name] = what, rows
    return tables


def _pooled(found: PooledResult) -> list[list[Cell]]:
    rows: list[list[Cell]] = [["quantity", "value"], *([name, getattr(found, name)] for name in _NUMBERS)]
    for name in _INTERVALS:
        span = getattr(found, name)
        if span is not None:
            rows += [[f"{name}_low", span.low], [f"{name}_high", span.high]]
    return rows


def _network(state: State) -> Tabled:
    found = state.network_answer
    if not isinstance(found, NetworkAnswer):
        raise NetmetaError(found.message)
    return found.result


def _rows(make: Callable[[], Tabled]) -> list[list[Cell]]:
    try:
        frame = make().to_frame()
    except NetmetaError:
        return []
    return [list(frame.columns), *([_plain(value) for value in row] for row in frame.itertuples(index=False))]


def _plain(value: Any) -> Cell:  # noqa: ANN401
    """Turn numpy's numbers and tuples into what a file holds."""
    if isinstance(value, tuple | list):
        return ", ".join(map(str, value))
    plain: Cell = value.item() if hasattr(value, "item") else value
    return None if isinstance(plain, float) and plain != plain else plain  # noqa: PLR0124

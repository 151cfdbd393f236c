"""The league table: every treatment of a network against every other, as a value that writes itself."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, TypeAlias

from netmeta.errors import NetworkError, SelectionError, hint, shown
from netmeta.network.result import NetworkResult
from netmeta.pooling.interval import hazard_ratio
from netmeta.report.league_cells import KINDS, LeagueCell, league_cell
from netmeta.report.league_words import notes, reading, title
from netmeta.report.saving import save
from netmeta.showing import Table, Tabled
from netmeta.signs import cleaned

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from netmeta.showing import Columns

__all__ = ["ORDERS", "LeagueTable", "league_table"]

ORDERS: Final = ("score", "name")
Order: TypeAlias = "str | Iterable[str]"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class LeagueTable(Tabled):
    """Every treatment against every other; in each cell the hazard ratio of the row's against the column's.

    Parameters
    ----------
    result
        The network meta-analysis.
    treatments
        Rows from the top and columns from the left.
    order
        ``"score"``, ``"name"``, or ``"given"`` where the order was given by name.
    lower
        What stands under the diagonal: ``"direct"``, ``"network"`` or ``"prediction"``; above it, the network.
    cells
        Row by row, without the diagonal.
    """

    result: NetworkResult
    treatments: tuple[str, ...]
    order: str
    lower: str
    cells: tuple[LeagueCell, ...]

    @property
    def rows(self) -> tuple[tuple[LeagueCell | None, ...], ...]:
        """Cells by row, each as long as ``treatments``, with ``None`` on the diagonal."""
        wide = len(self.treatments) - 1
        lines = [self.cells[at * wide : (at + 1) * wide] for at in range(wide + 1)]
        return tuple((*line[:at], None, *line[at:]) for at, line in enumerate(lines))

    def cell(self, row: str, column: str) -> LeagueCell:
        """Return the cell of two treatments, or raise `NetworkError` where the table has none."""
        found = next((cell for cell in self.cells if (cell.row, cell.column) == (row, column)), None)
        if found is None:
            wrong = next((name for name in (row, column) if name not in self.treatments), row)
            raise NetworkError(f"The table has no such cell: {shown(wrong)}.{hint(wrong, self.treatments)}")
        return found

    def blocks(self, most: int) -> tuple[range, ...]:
        """Return the places of columns in parts of at most ``most``, as even as can be: what fits a page."""
        whole = len(self.treatments)
        parts = -(-whole // most)
        ends = [round(at * whole / parts) for at in range(parts + 1)]
        return tuple(range(start, end) for start, end in pairwise(ends))

    def to_csv(self, path: str | Path | None = None) -> str:
        """Return the table as CSV, with what it rests on under it, and write it to ``path`` if there is one.

        A text that a spreadsheet would run as a formula has an apostrophe before it; the file begins with a byte
        order mark, by which a spreadsheet knows UTF-8. Raises `TableError` if the file cannot be written.
        """
        from netmeta.report.league_csv import written

        return save(written(self), path, "utf-8-sig")

    def to_html(self, path: str | Path | None = None) -> str:
        """Return a page with the table and nothing from outside, and write it to ``path`` if there is one.

        Raises `TableError` if the file cannot be written.
        """
        from netmeta.report.league_html import page

        return save(page(self), path)

    def to_latex(self, path: str | Path | None = None) -> str:
        """Return LaTeX for the package booktabs, and write it to ``path`` if there is one.

        Raises `TableError` if the file cannot be written.
        """
        from netmeta.report.league_latex import written

        return save(written(self), path)

    def to_docx(self, path: str | Path) -> None:
        """Write a Word document: landscape, the row of headings repeated on each page.

        Raises
        ------
        TableError
            If python-docx is not there (``pip install 'netmeta[word]'``), or the file cannot be written.
        """
        save(self.docx(), path)

    def docx(self) -> bytes:
        """Return the Word document of `to_docx` as bytes."""
        from netmeta.report.league_word import written

        return written(self)

    def _lines(self) -> tuple[str, ...]:
        return f"{title(self)}.", reading(self), *notes(self)

    def _brief(self) -> tuple[str, ...]:
        return f"{len(self.treatments)} treatments", f"lower={self.lower!r}", f"order={self.order!r}"

    def _table(self) -> Table:
        names = tuple(map(cleaned, self.treatments))
        rows = tuple(
            (name, *(cell.text if cell else "" for cell in line))
            for name, line in zip(names, self.rows, strict=True)
        )
        return Table(("", *names), rows, len(rows), lines=len(rows))

    def _repr_html_(self) -> str:
        from netmeta.report.league_html import fragment

        return fragment(self)

    def _frame(self) -> tuple[Columns, tuple[LeagueCell, ...]]:
        return _COLUMNS, self.cells


_COLUMNS: Final[Columns] = (
    ("row", lambda cell: cell.row),
    ("column", lambda cell: cell.column),
    ("kind", lambda cell: cell.kind),
    ("hr", lambda cell: None if cell.log_hr is None else hazard_ratio(cell.log_hr)),
    ("hr_low", lambda cell: cell.interval.exp().low if cell.interval else None),
    ("hr_high", lambda cell: cell.interval.exp().high if cell.interval else None),
    ("log_hr", lambda cell: cell.log_hr),
    ("log_hr_se", lambda cell: cell.se),
    ("direct_trials", lambda cell: cell.trials),
    ("favours", lambda cell: cell.favours),
)


def league_table(result: NetworkResult, *, lower: str = "direct", order: Order = "score") -> LeagueTable:
    """Set every treatment of a network against every other.

    Each cell is the hazard ratio of the treatment of its row against that of its column, in both triangles; the
    network's stands above the diagonal.

    Parameters
    ----------
    result
        What `netmeta.compare` gave.
    lower
        What stands under the diagonal: ``"direct"`` (pooled from the trials that compare the two, at the network's
        tau2), ``"network"``, or ``"prediction"`` (the network's, with the prediction interval of a new trial).
    order
        ``"score"`` (P-score, the best at the top left), ``"name"``, or names of treatments, at least two of them:
        these are then all that is shown.

    Raises
    ------
    NetworkError
        For what is no result, and for names that the network does not have.
    SelectionError
        For another ``lower`` or ``order``, and for names that stand twice.

    Examples
    --------
    >>> import netmeta as nm
    >>> trials = nm.select(nm.load_trials(), nm.Selection("PFS")).evidence
    >>> result = nm.compare(nm.connected_to(trials, "placebo"))
    >>> nm.league_table(result).cell("cabozantinib", "placebo").text
    '0.31 (0.19–0.51)'
    """
    if not isinstance(result, NetworkResult):
        raise NetworkError(f"A league table shows a NetworkResult, not a {type(result).__name__}: see compare().")
    if lower not in KINDS:
        raise SelectionError(f"There is no lower={shown(lower)}.{hint(str(lower), KINDS)}")
    names, said = _ordered(result, order)
    cells = tuple(
        league_cell(result, row, column, "network" if at < beside else lower)
        for at, row in enumerate(names)
        for beside, column in enumerate(names)
        if at != beside
    )
    return LeagueTable(result=result, treatments=names, order=said, lower=lower, cells=cells)


def _ordered(result: NetworkResult, order: Order) -> tuple[tuple[str, ...], str]:
    if isinstance(order, str):
        if order not in ORDERS:
            raise SelectionError(f"There is no order={shown(order)}.{hint(order, ORDERS)} Or give names.")
        return (result.ranking if order == "score" else result.treatments), order
    names = tuple(result.treatments[result.place(name)] for name in order)
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise SelectionError(f"The order names {shown(twice)} twice.")
    if len(names) < 2:  # noqa: PLR2004
        raise SelectionError(f"A league table has at least 2 treatments; the order names {len(names)}.")
    return names, "given"

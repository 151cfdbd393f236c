"""A league table as HTML: all texts escaped, all style inside, readable on a light or dark page and on paper."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from netmeta.report.league_cells import COLUMN, NOBODY, ROW
from netmeta.report.league_tints import over_page
from netmeta.report.league_words import notes, reading, shading, tip, title
from netmeta.signs import cleaned

if TYPE_CHECKING:
    from netmeta.report.league import LeagueTable
    from netmeta.report.league_cells import LeagueCell

__all__ = ["fragment", "page"]

_GROUND: Final = "var(--jp-layout-color0,Canvas)"
_LINE, _FAINT = "1px solid rgba(128,128,128,.7)", "1px solid rgba(128,128,128,.3)"
_TABLE: Final = (
    "border-collapse:separate;border-spacing:2px;table-layout:auto;width:auto;margin:0;"
    "font-size:13px;line-height:1.3;font-variant-numeric:tabular-nums"
)
_WORDS: Final = "text-align:left;max-width:min(96ch,92vw);position:sticky;left:0"
_BESIDE: Final = (
    f"text-align:left;vertical-align:middle;padding:3px 8px 3px 4px;font-weight:600;position:sticky;left:0;"
    f"background:{_GROUND};border-bottom:{_FAINT}"
)
_ABOVE: Final = (
    "text-align:center;vertical-align:bottom;padding:3px 2px;font-weight:600;font-size:11.5px;"
    f"border-bottom:{_LINE}"
)
# No wider than the longest word, and a word of no bounds is parted.
_HEAD: Final = "width:min-content;min-width:5em;max-width:12em;overflow-wrap:break-word;margin:auto"
_SIDE: Final = "width:max-content;max-width:12.5em;overflow-wrap:anywhere"
_CELL: Final = (
    "text-align:center;vertical-align:middle;padding:2px 3px;min-width:5em;white-space:nowrap;"
    f"border-bottom:{_FAINT}"
)
_GROUNDS: Final = {ROW: over_page(ROW), COLUMN: over_page(COLUMN), NOBODY: "transparent"}
_SPAN: Final = "font-size:12px"
_PAGE: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
body {{ font-family: system-ui, -apple-system, 'Segoe UI', Roboto, Arial, sans-serif; margin: 14px; }}
td, th {{ print-color-adjust: exact; -webkit-print-color-adjust: exact; }}
@page {{ size: A4 landscape; margin: 10mm; }}
@media print {{
  body {{ margin: 0; color-scheme: light; }}
  .netmeta-league-box {{ overflow: visible !important; }}
  table {{ zoom: {zoom}; }}
  tr {{ break-inside: avoid; }}
}}
</style>
</head>
<body>
{fragment}
</body>
</html>
"""
# Pixels that a column of two lines takes, a row's name, and a landscape A4 page between its margins.
_WIDE, _FIRST, _PAPER = 80, 180, 1046


def page(table: LeagueTable) -> str:
    """Return a whole page that asks for nothing from outside."""
    zoom = min(1.0, _PAPER / (_FIRST + _WIDE * len(table.treatments)))
    return _PAGE.format(title=escape(title(table)), zoom=f"{zoom:.2f}", fragment=fragment(table))


def fragment(table: LeagueTable) -> str:
    """Return the table with what stands above and under it, to be set into a page or a notebook."""
    names = tuple(map(cleaned, table.treatments))
    above = "".join(f'<th scope="col" style="{_ABOVE}">{_name(name, _HEAD)}</th>' for name in names)
    rows = "".join(_row(name, row) for name, row in zip(names, table.rows, strict=True))
    caption = f"<div style='{_WORDS}'><strong>{escape(title(table))}.</strong> {escape(reading(table))}</div>"
    under = "".join(f"<p style='margin:2px 0'>{escape(said)}</p>" for said in (shading(), *notes(table)))
    return (
        '<div class="netmeta-result"><div class="netmeta-league-box" role="region" tabindex="0" '
        f'aria-label="{escape(title(table))}" style="overflow-x:auto;max-width:100%">'
        f'<table style="{_TABLE}"><caption style="text-align:left;padding:4px 0 8px">{caption}</caption>'
        f'<thead><tr><td style="{_BESIDE}"></td>{above}</tr></thead><tbody>{rows}</tbody></table></div>'
        f'<div style="font-size:12px;line-height:1.45;max-width:110ch;margin-top:6px">{under}</div></div>'
    )


def _row(name: str, row: tuple[LeagueCell | None, ...]) -> str:
    cells = "".join(map(_cell, row))
    return f'<tr style="background:none"><th scope="row" style="{_BESIDE}">{_name(name, _SIDE)}</th>{cells}</tr>'


def _name(name: str, style: str) -> str:
    # A plus sign stays with what is before it.
    bound = name.replace(" + ", "\u00a0+ ")
    return f'<div style="{style}">{escape(bound)}</div>'


def _cell(cell: LeagueCell | None) -> str:
    if cell is None:
        return f'<td style="{_CELL};background:rgba(128,128,128,.18)"></td>'
    look = "font-weight:700" if cell.favours else "font-weight:400" if cell.span else "opacity:.65"
    found = f'<span style="{look}">{escape(cell.estimate)}</span>'
    span = f'<br><span style="{_SPAN}">{escape(cell.span)}</span>' if cell.span else ""
    return f'<td title="{escape(tip(cell))}" style="{_CELL};background:{_GROUNDS[cell.favours]}">{found}{span}</td>'

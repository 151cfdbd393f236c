"""A league table as LaTeX, with nothing but booktabs; names are text, whatever signs they have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from netmeta import numerals
from netmeta.report.league_words import notes, reading, shading, title
from netmeta.signs import cleaned

if TYPE_CHECKING:
    from collections.abc import Iterable

    from netmeta.report.league import LeagueTable
    from netmeta.report.league_cells import LeagueCell

__all__ = ["escaped", "written"]

_ACROSS, _DOWN, _SMALL = 13, 18, 7
_LONGEST, _PART = 20, 10
_GREEK: Final = (
    ("αβγδεζηθικλμ", "alpha beta gamma delta varepsilon zeta eta theta iota kappa lambda mu"),
    ("νξπρστυφχψω", "nu xi pi rho sigma tau upsilon varphi chi psi omega"),
    ("ΓΔΘΛΞΠΣΦΨΩ", "Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega"),
)
_APART, _BREAK = "\0", "\1"
_SIGNS: Final = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    "`": r"\textasciigrave{}",
    '"': r"\textquotedbl{}",
    _APART: "{}",
    _BREAK: r"\-",
    numerals.DASH: "--",
    numerals.MINUS: "$-$",
    numerals.THIN: r"\,",
    "∞": r"$\infty$",
    "²": r"$^2$",
    "µ": r"$\mu$",
    "±": r"$\pm$",
    "×": r"$\times$",
    "≤": r"$\le$",
    "≥": r"$\ge$",
    "\ufffd": "?",
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
    **{one: f"$\\{name}$" for signs, names in _GREEK for one, name in zip(signs, names.split(), strict=True)},
}


def escaped(text: str) -> str:
    """Write a text for LaTeX so that it prints as it stands; a word too long for a column may be parted."""
    # Of two of these in a row LaTeX makes a dash, or another sign.
    said = re.sub(r"([-',])(?=\1)", rf"\1{_APART}", cleaned(text))
    parted = re.sub(rf"[^\s-]{{{_LONGEST + 1},}}", lambda word: _BREAK.join(_parts(word[0])), said)
    return "".join(_SIGNS.get(sign, sign) for sign in parted)


def _parts(word: str) -> list[str]:
    return [word[at : at + _PART] for at in range(0, len(word), _PART)]


def written(table: LeagueTable) -> str:
    """Return a table, or several where it is too large for a page; the notes stand under the last."""
    head = "% Needs \\usepackage{booktabs} and \\usepackage[T1]{fontenc}; a wide table wants a landscape page.\n"
    parts = [(down, across) for down in table.blocks(_DOWN) for across in table.blocks(_ACROSS)]
    said = [f"{title(table)}. {reading(table)}", *[f"{title(table)}, continued."] * (len(parts) - 1)]
    made = (_table(table, *part, words) for part, words in zip(parts, said, strict=True))
    again = "\\end{table}\n\n\\begin{table}\n\\addtocounter{table}{-1}\n"
    under = "".join(map(_note, (shading(coloured=False), *notes(table))))
    return f"{head}\\begin{{table}}\n{again.join(made)}{under}\\end{{table}}\n"


def _note(said: str) -> str:
    return f"\\par\\smallskip\\parbox{{\\linewidth}}{{\\raggedright {escaped(said)}}}\n"


def _table(table: LeagueTable, down: range, across: range, said: str) -> str:
    wide = len(across) > _SMALL
    size, column = (r"\scriptsize", "15mm") if wide else (r"\footnotesize", "20mm")
    heads = (rf"\parbox[b]{{{column}}}{{\centering {escaped(table.treatments[one])}}}" for one in across)
    rows = table.rows
    lines = [_line(table.treatments[at], [rows[at][one] for one in across]) for at in down]
    return "\n".join((
        r"\centering", rf"\caption{{{escaped(said)}}}", size, r"\setlength{\tabcolsep}{1pt}",
        rf"\begin{{tabular}}{{@{{}}l*{{{len(across)}}}{{c}}@{{}}}}", r"\toprule",
        _joined(("", *heads)), r"\midrule", "\n\\addlinespace[2pt]\n".join(lines), r"\bottomrule", r"\end{tabular}",
        "",
    ))  # fmt: skip


def _line(name: str, cells: list[LeagueCell | None]) -> str:
    return _joined((rf"\parbox[c]{{30mm}}{{\raggedright {escaped(name)}}}", *map(_cell, cells)))


def _joined(cells: Iterable[str]) -> str:
    return f"{' & '.join(cells)} \\\\"


def _cell(cell: LeagueCell | None) -> str:
    if cell is None:
        return ""
    found = escaped(cell.estimate)
    found = rf"\textbf{{{found}}}" if cell.favours else found
    if not cell.span:
        return found
    return rf"\begin{{tabular}}{{@{{}}c@{{}}}}{found}\\({escaped(cell.span)})\end{{tabular}}"

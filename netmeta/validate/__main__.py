"""``python -m netmeta.validate``: every reference number, ours, and the difference."""

from __future__ import annotations

import argparse
import os
import sys
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from netmeta.errors import NetmetaError, SelectionError, hint, shown
from netmeta.validate.comparing import compare, summarise
from netmeta.validate.printing import in_text, listed, markdown, replace_table, verdict
from netmeta.validate.reading import versions
from netmeta.validate.topics import quantities

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from netmeta.validate.comparing import Comparison, Summary

_STDOUT = "-"


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare, print, and return the exit code.

    Parameters
    ----------
    arguments
        As on the command line, which is read where they are ``None``.

    Returns
    -------
    int
        0; 1 where a number is beyond the tolerance; 2 for a name or a file that is not there.
    """
    asked = _parser().parse_args(arguments)
    try:
        return _run(asked)
    except NetmetaError as error:
        sys.stderr.write(f"{error}\n")
        return 2


def _run(asked: argparse.Namespace) -> int:
    found: list[Comparison] = []
    for _, group in groupby(_compared(asked.data), key=attrgetter("quantity")):
        found += (these := list(group))
        if not (asked.summary or asked.markdown):
            _print(listed(these))
    summaries = summarise(found)
    _print(_report(summaries, asked.markdown))
    return int(any(one.beyond for one in summaries))


def _compared(data: str | None) -> Iterator[Comparison]:
    wanted = quantities()
    names = {line["data"] for one in wanted for line in one.rows()}
    if data is not None and data not in names:
        raise SelectionError(f"There is no data set called {shown(data)}.{hint(data, names)}")
    return compare(wanted, data)


def _report(summaries: Sequence[Summary], where: str | None) -> str:
    said = verdict(summaries, versions())
    if where is None:
        return f"\n{in_text(summaries)}\n\n{said}"
    if where == _STDOUT:
        return markdown(summaries)
    replace_table(Path(where), markdown(summaries) + f"\n\n{said}")
    return said


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m netmeta.validate",
        description="Print every reference number, ours, and the difference; then the largest by quantity. "
        "The exit code is 1 where a difference is beyond the tolerance.",
    )
    parser.add_argument(
        "--summary", action="store_true", help="the largest difference of each quantity, and no more"
    )
    parser.add_argument("--data", metavar="NAME", help="one data set only, as bcg")
    parser.add_argument(
        "--markdown",
        metavar="FILE",
        nargs="?",
        const=_STDOUT,
        help="the summary as a Markdown table; with FILE, into its place there (docs/validation.md)",
    )
    return parser


def _print(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    try:
        code = main()
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of a pipe has seen enough: say nothing more, at the interpreter's end either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code)

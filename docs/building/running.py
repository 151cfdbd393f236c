"""Runs the Python of a page while the site is built, and puts under each block what it shows."""

from __future__ import annotations

import ast
import io
import re
from contextlib import redirect_stdout
from typing import TYPE_CHECKING, Any

from IPython.core.formatters import DisplayFormatter

from building.showing import stream

if TYPE_CHECKING:
    from building.showing import Sheet

__all__ = ["run_page"]

_BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def run_page(markdown: str, sheet: Sheet) -> str:
    """Run every ```` ```python ```` block of a page in one namespace; ```` ```py ```` is not run.

    Raises
    ------
    RuntimeError
        A block fails; the page and the block are named.
    """
    space: dict[str, Any] = {"__name__": "__main__"}

    def answered(block: re.Match[str]) -> str:
        return "\n\n".join(filter(None, (block[0], _run(block[1], space, sheet))))

    return _BLOCK.sub(answered, markdown)


def _run(code: str, space: dict[str, Any], sheet: Sheet) -> str:
    printed = io.StringIO()
    try:
        with redirect_stdout(printed):
            value = _evaluated(code, space)
    except Exception as error:
        raise RuntimeError(f"In {sheet.name}, this block fails with {error!r}:\n{code}") from error
    shown = "" if value is None else sheet.shown(DisplayFormatter().format(value)[0])
    return "\n\n".join(filter(None, (stream([printed.getvalue()]), shown)))


def _evaluated(code: str, space: dict[str, Any]) -> object:
    """Execute code as a cell does: the value of a last expression is what it shows."""
    tree = ast.parse(code)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "<docs>", "exec"), space)  # noqa: S102
    return None if last is None else eval(compile(ast.Expression(last.value), "<docs>", "eval"), space)  # noqa: S307

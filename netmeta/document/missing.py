"""What a document needs beyond netmeta itself, asked for when it is made."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from netmeta.errors import ReportError

if TYPE_CHECKING:
    from types import ModuleType

__all__ = ["needed"]

_PACKAGES = {"docx": "python-docx", "typst": "typst", "openpyxl": "openpyxl"}
_KINDS = {"docx": "Word documents", "typst": "PDF", "openpyxl": "workbooks"}


def needed(module: str) -> ModuleType:
    """Import what writes a kind of file.

    Raises
    ------
    ReportError
        If it is not installed; the message says how to.
    """
    try:
        return import_module(module)
    except ImportError:
        raise ReportError(
            f"{_PACKAGES[module]} is needed for {_KINDS[module]}: python -m pip install 'netmeta[report]'. "
            "Or make the report as .html, which needs nothing more."
        ) from None

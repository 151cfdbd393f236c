"""The version of this netmeta, for files and scripts that say what made them."""

from __future__ import annotations

from importlib import import_module

__all__ = ["own_version"]


def own_version() -> str:
    """Return ``netmeta.__version__``.

    The front door stands above every room; it is asked when the number is wanted, not imported.
    """
    return str(import_module("netmeta").__version__)

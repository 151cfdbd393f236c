"""What a page gets once, however many views are on it: the style sheet, the shortcut shield, Vega."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Final, TypeVar, cast

import anywidget
import traitlets as t

from netmeta.errors import NetmetaError

__all__ = ["Page", "VegaEngine", "ensure_engine", "ensure_page", "script"]


_WITH_SHARED: Final = "//= shared.js\n"


@lru_cache(maxsize=32)
def script(name: str) -> str:
    """Return one of the package's front-end files as text; a script that asks for the shared one has it in front.

    A widget's script is one module that the page cannot import others into.
    """
    text = files("netmeta.widgets").joinpath("static", name).read_text(encoding="utf-8")
    return script("shared.js") + text.removeprefix(_WITH_SHARED) if text.startswith(_WITH_SHARED) else text


@lru_cache(maxsize=1)
def vega_bundle() -> bytes:
    """Return Vega, Vega-Lite and Vega-Embed as one gzipped module, made when the package was built."""
    file = files("netmeta.widgets").joinpath("static", "vega.js.gz")
    if not file.is_file():
        raise NetmetaError(
            "The bundled Vega is missing: netmeta runs from a source folder that was not built. "
            "Install it with: python -m pip install --editable ."
        )
    return file.read_bytes()


class Page(anywidget.AnyWidget):
    """Not shown; when a page hears of it, it adds the style sheet and the shortcut shield once."""

    _esm = t.Unicode(script("page.js")).tag(sync=True)
    css = t.Unicode().tag(sync=True)


class VegaEngine(anywidget.AnyWidget):
    """Not shown; brings Vega to the page once, about 300 kB, for every chart on it."""

    _esm = t.Unicode(script("engine.js")).tag(sync=True)
    bundle = t.Bytes().tag(sync=True)


W = TypeVar("W", bound=anywidget.AnyWidget)
_shared: dict[type, anywidget.AnyWidget] = {}


def ensure_page() -> Page:
    """Return this kernel's `Page`, made anew if it was closed."""
    return _ensure(Page, css=script("netmeta.css"))


def ensure_engine() -> VegaEngine:
    """Return this kernel's `VegaEngine`, made anew if it was closed."""
    return _ensure(VegaEngine, bundle=vega_bundle())


def _ensure(kind: type[W], **traits: object) -> W:
    widget = _shared.get(kind)
    if widget is None or widget.comm is None:
        widget = _shared[kind] = kind(**traits)
    return cast("W", widget)

"""The one door to vl-convert, which draws still pictures; in a browser (JupyterLite) there is none."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

from netmeta.charts.spoken import in_language
from netmeta.errors import NetmetaError
from netmeta.language import translate
from netmeta.signs import drawable

if TYPE_CHECKING:
    from types import ModuleType

__all__ = ["SWITCH", "beside_live", "pdf_of", "png_of", "still_bundle", "svg_of"]

SWITCH: Final = "NETMETA_SAVED_PICTURES"
"""An environment variable: ``off`` where nobody saves the notebook (Voila), which spares each kernel 35 MB."""

_MISSING = (
    "A still picture needs vl-convert, which is not here (JupyterLite has none). "
    "The live views work without it; elsewhere: python -m pip install vl-convert-python."
)


def svg_of(spec: dict[str, Any]) -> str:
    """Draw a Vega-Lite specification as the text of an SVG.

    A sign that an SVG cannot hold would end the whole process: U+FFFD stands in its place.

    Raises
    ------
    NetmetaError
        vl-convert is not installed, as in JupyterLite.
    """
    return str(_converter().vegalite_to_svg(drawable(spec)))


def png_of(svg: str, ppi: int) -> bytes:
    """Draw an SVG as PNG; raises as `svg_of` does."""
    return bytes(_converter().svg_to_png(svg, ppi=ppi))


def pdf_of(svg: str) -> bytes:
    """Draw an SVG as PDF, its fonts inside; raises as `svg_of` does."""
    return bytes(_converter().svg_to_pdf(svg))


def _converter() -> ModuleType:
    try:
        import vl_convert
    except ImportError as error:
        raise NetmetaError(_MISSING) from error
    return vl_convert


def still_bundle(spec: dict[str, Any], said: str) -> dict[str, str]:
    """Return what a page shows where no widget runs: an SVG and a line of text; text alone without vl-convert."""
    try:
        return {"image/svg+xml": svg_of(spec), "text/plain": said}
    except NetmetaError as missing:
        return {"text/plain": f"{said} {missing}".strip()}


def beside_live(spec: dict[str, Any], said: str) -> dict[str, str]:
    """Return what is saved beside a live view, for a page without a kernel, in the reader's language.

    Words alone where `SWITCH` is off.
    """
    words = translate(said)
    return {"text/plain": words} if os.environ.get(SWITCH) == "off" else still_bundle(in_language(spec), words)

"""A figure as SVG for a page, as PNG for Word and as PDF for print."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from netmeta import language
from netmeta.charts.drawing import pdf_of, png_of, svg_of

if TYPE_CHECKING:
    from netmeta.document.blocks import Figure

__all__ = ["page_svg", "pdf", "png", "size", "svg"]

_NAMESPACE: Final = "http://www.w3.org/2000/svg"
_TIP: Final = re.compile(r"(?:^|; )tip: (.+)", re.DOTALL)
_CLIP: Final = re.compile(r"\bclip\d+\b")
_SPOKEN: Final = ("aria-label", "aria-roledescription", "aria-hidden", "role", "cursor", "class")
_RGB: Final = re.compile(r"rgb\((\d+), (\d+), (\d+)\)")
_DPI: Final = 170
_MANY: Final = 60
_REFERRING: Final = frozenset({"id", "fill", "stroke", "clip-path", "mask"})


def svg(figure: Figure) -> str:
    """Draw a figure as a file of its own, with its alternative text.

    Raises
    ------
    NetmetaError
        Where vl-convert is not installed, as in JupyterLite.
    """
    return _drawn(figure)


def png(figure: Figure) -> bytes:
    """Draw a figure as PNG: 240 dots per inch on the page of a report."""
    return _png(figure)


def pdf(figure: Figure) -> bytes:
    """Draw a figure as PDF with its fonts."""
    return _pdf(figure)


def page_svg(figure: Figure, name: str) -> str:
    """Draw a figure to be put into a page: names of its own, one label, and tooltips as ``data-tip``.

    The keyboard stops at every mark with a tooltip, unless there are more than a reader would go through.

    Parameters
    ----------
    figure
        What is drawn.
    name
        Tells its parts from those of the page's other figures.
    """
    ET.register_namespace("", _NAMESPACE)
    root = ET.fromstring(_drawn(figure))  # noqa: S314
    tipped = [element for element in root.iter() if _bare(element)]
    for element in tipped if len(tipped) > _MANY else ():
        element.attrib.pop("tabindex")
    width, height = root.attrib.pop("width"), root.attrib.pop("height")
    root.attrib |= {"role": "group" if tipped else "img", "aria-label": language.translate(figure.alt)}
    root.attrib["style"] = f"aspect-ratio:{width}/{height};width:{width}px"
    for element in root.iter():
        element.attrib |= {
            key: _own(key, value, name) for key, value in element.attrib.items() if key in _REFERRING
        }
    return ET.tostring(root, encoding="unicode", short_empty_elements=True)


def _own(key: str, value: str, name: str) -> str:
    """Give names and what refers to them the figure's own; write colours as the style sheet has them."""
    if key == "id":
        return f"{name}-{value}"
    found = _RGB.fullmatch(value)
    return _hex(found) if found else value.replace("url(#", f"url(#{name}-")


def _hex(found: re.Match[str]) -> str:
    return "#" + "".join(f"{int(part):02x}" for part in found.groups())


def size(figure: Figure) -> tuple[float, float]:
    """Return the width and height of a figure in pixels."""
    root = ET.fromstring(_drawn(figure))  # noqa: S314
    return float(root.attrib["width"]), float(root.attrib["height"])


@lru_cache(maxsize=64)
def _drawn(figure: Figure) -> str:
    drawn = svg_of(figure.spec)
    # Vega counts its clips over all pictures of a process.
    order = {name: f"clip-{at}" for at, name in enumerate(dict.fromkeys(_CLIP.findall(drawn)))}
    return _CLIP.sub(lambda found: order[found[0]], drawn)


@lru_cache(maxsize=32)
def _png(figure: Figure) -> bytes:
    return png_of(_drawn(figure), _DPI)


@lru_cache(maxsize=32)
def _pdf(figure: Figure) -> bytes:
    return pdf_of(_drawn(figure))


def _bare(element: ET.Element) -> bool:
    """Take off what speaks to a screen reader mark by mark; leave a tooltip, which the keyboard reaches too."""
    found = _TIP.search(element.get("aria-label", ""))
    for name in _SPOKEN:
        element.attrib.pop(name, None)
    if found is None:
        return False
    element.attrib |= {"data-tip": found[1], "tabindex": "0", "role": "img", "aria-label": found[1]}
    return True

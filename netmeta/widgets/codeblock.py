"""Code on screen: to be read, selected and copied; set as text, never as HTML, and never translated."""

from __future__ import annotations

from typing import ClassVar

import anywidget
import traitlets as t

from netmeta.widgets.assets import script
from netmeta.widgets.spoken import Spoken, one

__all__ = ["CodeBlock"]


class CodeBlock(Spoken, anywidget.AnyWidget):
    """Lines of code in a box that scrolls, with a button that copies all of them.

    ``text`` is the code, ``label`` says what it is to those who hear the page.
    """

    _esm = t.Unicode(script("codeblock.js")).tag(sync=True)
    text = t.Unicode().tag(sync=True)
    label = t.Unicode("Code").tag(sync=True)
    copy_words = t.Unicode("Copy").tag(sync=True)
    copied_words = t.Unicode("Copied").tag(sync=True)
    refused_words = t.Unicode("The page may not copy: select the code and copy it by keyboard.").tag(sync=True)
    spoken: ClassVar = {"label": one, "copy_words": one, "copied_words": one, "refused_words": one}

"""The controls of ipywidgets, in the reader's language: ``from netmeta.widgets import controls as w``.

In the kernel every control keeps its English words, so that code may read them; they are translated on their way
to the page, and sent anew when the language changes.
"""

from __future__ import annotations

from typing import ClassVar

import ipywidgets as w
from ipywidgets import ButtonStyle, GridBox, HBox, Layout, VBox, Widget

from netmeta.widgets.spoken import Spoken, each, one

__all__ = [
    "Button",
    "ButtonStyle",
    "Checkbox",
    "Combobox",
    "Dropdown",
    "FileUpload",
    "FloatProgress",
    "FloatSlider",
    "GridBox",
    "HBox",
    "IntSlider",
    "Label",
    "Layout",
    "RadioButtons",
    "SelectMultiple",
    "Spoken",
    "Text",
    "Textarea",
    "ToggleButtons",
    "VBox",
    "Widget",
]


_CHOICE = {**Spoken.spoken, "_options_labels": each}
_ENTRY = {**Spoken.spoken, "placeholder": one}


class Button(Spoken, w.Button):  # type: ignore[misc]
    """A button."""


class Checkbox(Spoken, w.Checkbox):  # type: ignore[misc]
    """A box to tick."""


class Combobox(Spoken, w.Combobox):  # type: ignore[misc]
    """A text with suggestions, which are data and stay as they are."""

    spoken = _ENTRY


class Dropdown(Spoken, w.Dropdown):  # type: ignore[misc]
    """A choice of one."""

    spoken = _CHOICE


class FileUpload(Spoken, w.FileUpload):  # type: ignore[misc]
    """A file of the reader's."""


class FloatProgress(Spoken, w.FloatProgress):  # type: ignore[misc]
    """A bar of progress."""


class FloatSlider(Spoken, w.FloatSlider):  # type: ignore[misc]
    """A number on a line."""


class IntSlider(Spoken, w.IntSlider):  # type: ignore[misc]
    """A whole number on a line."""


class Label(Spoken, w.Label):  # type: ignore[misc]
    """Words on the page."""

    spoken: ClassVar = {**Spoken.spoken, "value": one}


class RadioButtons(Spoken, w.RadioButtons):  # type: ignore[misc]
    """A choice of one, all in sight."""

    spoken = _CHOICE


class SelectMultiple(Spoken, w.SelectMultiple):  # type: ignore[misc]
    """A choice of several."""

    spoken = _CHOICE


class Text(Spoken, w.Text):  # type: ignore[misc]
    """A text of the reader's."""

    spoken = _ENTRY


class Textarea(Spoken, w.Textarea):  # type: ignore[misc]
    """Lines of text of the reader's."""

    spoken = _ENTRY


class ToggleButtons(Spoken, w.ToggleButtons):  # type: ignore[misc]
    """A choice of one as buttons."""

    spoken: ClassVar = {**_CHOICE, "tooltips": each}

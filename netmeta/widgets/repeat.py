"""Code that repeats the analysis as it stands: in Python and in R, to read, to copy and to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from netmeta import numerals
from netmeta.report.code import to_python, to_r
from netmeta.widgets import controls as w
from netmeta.widgets.codeblock import CodeBlock
from netmeta.widgets.download import Download, FileMade
from netmeta.widgets.textblock import TextBlock
from netmeta.widgets.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["RepeatView"]

_MOST: Final = 4000
_FILES: Final = {"Python": ("analysis.py", "text/x-python"), "R": ("analysis.R", "text/plain")}
_NEEDS: Final = {
    "Python": (
        "A complete script, data included. It needs this version of netmeta and nothing else, and ends with the "
        "variables result and network."
    ),
    "R": (
        "A complete script, data included. It needs R with the package metafor; where R's package netmeta is "
        "installed too, the network is run through it as well. The last lines give each number for a program."
    ),
}


class RepeatView(View):
    """A choice of language over the script that repeats the analysis; it follows every change."""

    def build(self) -> Sequence[w.Widget]:
        """Make the choice, the code and the button that saves it."""
        self.which = w.ToggleButtons(options=list(_FILES), tooltips=["A script for Python", "A script for R"])
        self.which.style.button_width = "auto"
        self.which.observe(self.answer(lambda _change: self.refresh()), "value")
        self.about, self.code = TextBlock(), CodeBlock()
        self.save = Download(self._file, description="Download the script", tooltip="Save the script as a file")
        bar = w.HBox([self.which, self.save])
        bar.add_class("netmeta-repeatbar")
        return bar, self.about, self.code

    @property
    def script(self) -> str:
        """The script in the language that is chosen, whole."""
        write = to_python if self.which.value == "Python" else to_r
        return write(self.analysis.state)

    def show(self) -> None:
        """Write the script of the moment."""
        script, name = self.script, self.which.value
        lines = script.splitlines(keepends=True)
        cut = len(lines) > _MOST
        self.code.label = f"The analysis as a script in {name}"
        self.code.text = "".join(lines[:_MOST]) if cut else script
        more = (
            f" Here are its first {numerals.count(_MOST)} of {numerals.count(len(lines))} lines; the file has all."
        )
        self.about.write([("aside", f"{_NEEDS[name]}{more if cut else ''}")])

    def _file(self) -> FileMade:
        name, mime = _FILES[self.which.value]
        return FileMade(name, mime, self.script)

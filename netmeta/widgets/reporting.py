"""The report, live: its texts to read and copy, and the whole of it as a page, Word, PDF or a zip to take away."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from netmeta.widgets import controls as w
from netmeta.widgets.download import Download, FileMade
from netmeta.widgets.reporting_texts import ChecklistText, FindingsText, MethodsText, ResultsText
from netmeta.widgets.tabs import TabbedView
from netmeta.widgets.textblock import TextBlock
from netmeta.widgets.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from netmeta.errors import NetmetaError
    from netmeta.pooling import Steps

__all__ = ["MadeDownload", "ReportView"]

_MIMES: Final = {
    "html": "text/html",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "zip": "application/zip",
}
_BUTTONS: Final = {
    "html": ("Page", "Everything as one page for any browser", "Making the page"),
    "docx": ("Word", "Everything as a Word document", "Making the Word document"),
    "pdf": ("PDF", "Everything as a PDF", "Making the PDF"),
    "zip": ("Zip", "All figures, tables, programs and data in one file", "Making the zip"),
}


class MadeDownload(Download):
    """A button whose file takes time: a press begins the work, and the file is handed over when it is made.

    Parameters
    ----------
    start
        Begins the work.
    description, tooltip
        As for `Download`.
    """

    made: FileMade | None = None

    def __init__(self, start: Callable[[MadeDownload], None], *, description: str, tooltip: str) -> None:
        self._start = start
        super().__init__(self._last, description=description, tooltip=tooltip)

    def press(self) -> FileMade | None:
        """Begin the work; return the file where it was done at once, as in a script."""
        self.made = None
        self._start(self)
        return self.made

    def hand(self, made: FileMade) -> None:
        """Send the file to the page."""
        self.made = made
        super().press()

    def _last(self) -> FileMade:
        return self.made or FileMade("", "", "")


class ReportView(TabbedView):
    """Methods, results, summary of findings and checklist as text; buttons make the files.

    Examples
    --------
    >>> view = ReportView()
    >>> view.choose("Results").said.text.splitlines()[0]
    'Trials'
    """

    kinds = MappingProxyType(
        {
            "Methods": (MethodsText, "What was done, as a paper says it"),
            "Results": (ResultsText, "What was found, as a paper says it"),
            "Findings": (FindingsText, "Outcomes with relative and absolute effects"),
            "Checklist": (ChecklistText, "PRISMA, item by item"),
        }
    )
    what = "part of the report"

    def build(self) -> Sequence[w.Widget]:
        """Make the buttons, the bar of choices and the first text; nothing here can be picked."""
        *parts, bar = super().build()
        bar.layout.display = "none"
        self.add_class("netmeta-report-view")
        return (*parts, bar)

    def above(self) -> Sequence[w.Widget]:
        """Make the buttons, and the room for what is under way."""
        self.work, self.note = Work(), TextBlock()
        self.buttons = {
            kind: MadeDownload(self._starter(kind), description=name, tooltip=tip)
            for kind, (name, tip, _words) in _BUTTONS.items()
        }
        row = w.HBox([w.Label("Take it away as"), *self.buttons.values(), self.work])
        row.add_class("netmeta-switches")
        return (row, self.note)

    def attend(self, *, seen: bool) -> None:
        """Stop making what nobody waits for."""
        if not seen and self.work.running:
            self.work.stop()
        super().attend(seen=seen)

    def _starter(self, kind: str) -> Callable[[MadeDownload], None]:
        return lambda button: self._make(kind, button)

    def _make(self, kind: str, button: MadeDownload) -> None:
        words = _BUTTONS[kind][2]
        self.note.write([])
        self.work.start(
            self._steps(kind),
            lambda raw: self._done(kind, raw, button),
            failed=self._failed,
            stopped=lambda: self.note.write([("aside", "Stopped before it was done.")]),
            words=words,
        )

    def _steps(self, kind: str) -> Steps[bytes]:
        from netmeta.document.making import archive_steps, report_steps

        state = self.analysis.state
        return archive_steps(state) if kind == "zip" else report_steps(state, f".{kind}")

    def _done(self, kind: str, raw: bytes, button: MadeDownload) -> None:
        name = f"{'netmeta' if kind == 'zip' else 'report'}.{kind}"
        self.note.write([("aside", f"{name} is made: {len(raw) / 1e6:.1f} MB.")])
        button.hand(FileMade(name, _MIMES[kind], raw))

    def _failed(self, error: NetmetaError) -> None:
        self.note.write([("error", str(error))])

"""GOSH, live: the cloud of all subsets; a brush shows which trials make a part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from netmeta import numerals
from netmeta.charts.frozen import frozen
from netmeta.charts.gosh_rows import gosh_rows, gosh_signals
from netmeta.charts.share_rows import share_rows, share_signals
from netmeta.pooling import Gosh, gosh_steps
from netmeta.pooling.sensitivity_words import gosh_in_words
from netmeta.widgets.livechart import LINKED_KEYS, LiveChart
from netmeta.widgets.longwork import LongView
from netmeta.widgets.textblock import TextBlock

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from netmeta.pooling import Steps
    from netmeta.widgets import controls as w
    from netmeta.widgets.figure import Drawn

__all__ = ["GoshView"]

_MEASURES = {"w_label": {"table": "rows", "field": "label", "most": 250}}
# Subsets times trials: REML pools so many in a second or two.
_ROOM, _MOST, _LEAST = 2**22, 65_536, 1_000


class GoshView(LongView[Gosh]):
    """Every subset of the trials, pooled: hazard ratio across, I2 upwards. The picked trial splits the cloud."""

    figure = "gosh"
    waiting = "Pooling every subset of the trials"
    region: dict[str, list[float]]

    def build(self) -> Sequence[w.Widget]:
        """Make the cloud, and the bars under it."""
        self.region = {}
        self.brushed = TextBlock()
        bars = LiveChart(frozen("gosh_shares"), *self._bars(None), measures=_MEASURES, keys=LINKED_KEYS)
        self.shares = self.linked(bars)
        above = super().build()
        self.chart.on_brush(self.brush)
        return (*above, self.brushed, self.shares)

    def asked(self) -> Hashable:
        """Return what is pooled, and how."""
        return self.analysis.included, self.analysis.model

    def steps(self) -> Steps[Gosh]:
        """Pool every subset, or a sample beyond 16 trials: a smaller one of very many trials."""
        room = _ROOM // max(1, len(self.analysis.included))
        return gosh_steps(self.analysis.included, self.analysis.model, most=max(_LEAST, min(_MOST, room)))

    def drawn(self, found: Gosh | None) -> Drawn:
        """Count the subsets in cells."""
        table = gosh_rows(found, picked=self.analysis.picked)
        return {"rows": list(table.rows)}, gosh_signals(table)

    def draw(self, found: Gosh) -> None:
        """Put the cloud and the bars on the page."""
        super().draw(found)
        self._share(found)

    def tell(self, reason: str) -> None:
        """Say why there is no cloud."""
        super().tell(reason)
        self._share(None)

    def brush(self, _name: str, region: dict[str, list[float]]) -> None:
        """Compare the subsets of a region with all of them; no region is everything."""
        self.region = region
        self._share(self._found)

    def words(self, found: Gosh) -> str:
        """Say how far the cloud reaches, and what the picked trial has to do with it."""
        return f"{gosh_in_words(found)}{self._split(found)}"

    def choices(self, _rows: list[dict[str, Any]]) -> tuple[dict[str, str], ...]:
        """Name nothing: cells are no trials; the bars under the cloud are."""
        return ()

    def _split(self, found: Gosh) -> str:
        trial = self.analysis.picked_trial
        if trial is None or trial not in found.overall.evidence:
            return " Pick a trial to see the cloud split by it."
        inside = found.including(trial)
        there, gone = (
            f"{numerals.ratio(float(np.exp(np.median(found.log_hr[rows]))))} "
            f"(I² {numerals.percent(float(np.median(found.i2[rows])))})"
            for rows in (inside, ~inside)
        )
        return f" With {trial.label} the middle one is {there}, without it {gone}."

    def _bars(self, found: Gosh | None) -> Drawn:
        table = share_rows(found, self.region)
        return {"rows": list(table.rows)}, share_signals(table)

    def _share(self, found: Gosh | None) -> None:
        tables, signals = self._bars(found)
        said = "" if found is None else _made(tables["rows"], brushed=bool(self.region))
        self.brushed.write([("aside", said)] if said else [])
        rows = [row for row in tables["rows"] if row["kind"] == "trial"]
        choices = tuple({"id": row["id"], "label": row["tip"]} for row in rows)
        self.shares.push(tables, signals, label=said, choices=choices)


def _made(rows: Sequence[dict[str, object]], *, brushed: bool) -> str:
    if not brushed:
        return "Drag over a part of the cloud to see which trials make it."
    trials = [row for row in rows if row["kind"] == "trial"]
    if not trials or str(rows[0]["title"]).startswith("0 "):
        return "No subset lies in the brushed part."
    first = trials[0]
    share, usual = (numerals.percent(100 * float(str(first[name]))) for name in ("share", "usual"))
    most = f"What sets the brushed part apart most is {first['label']}"
    return f"{most}: in {share} of it, against {usual} of all subsets."

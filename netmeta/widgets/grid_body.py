"""The grid for entering data, on screen."""

from __future__ import annotations

import json
from typing import Any, ClassVar

import anywidget
import traitlets as t

from netmeta.widgets.assets import script
from netmeta.widgets.entry_rows import COLUMNS
from netmeta.widgets.spoken import Worded, in_json, in_pairs, one

__all__ = ["GridBody"]


class GridBody(Worded, anywidget.AnyWidget):
    """The grid on screen: one page of rows as JSON text; what is typed comes back as messages."""

    _esm = t.Unicode(script("evidencetable.js")).tag(sync=True)
    columns = t.Unicode(json.dumps(list(COLUMNS.items()))).tag(sync=True)
    rows = t.Unicode("[]").tag(sync=True)
    caption = t.Unicode().tag(sync=True)
    scope = t.Unicode().tag(sync=True)
    spoken: ClassVar = {
        **Worded.spoken,
        "columns": in_pairs,
        "rows": in_json("id", "cells", "name"),
        "caption": one,
    }
    focus: t.List[Any] = t.List().tag(sync=True)

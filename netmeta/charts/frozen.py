"""Chart specifications that live views embed, kept as JSON so that a kernel need not load Altair to show one.

``python -m netmeta.charts.frozen`` writes them anew from the Altair charts; a test holds the two equal.
"""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

__all__ = ["forest_spec", "frozen", "thawed"]


@lru_cache(maxsize=8)
def frozen(name: str) -> str:
    """Return the JSON text of a chart's specification: no rows, every parameter at a neutral value."""
    text = files("netmeta.charts").joinpath(f"{name}.vl.json").read_text(encoding="utf-8")
    return json.dumps(json.loads(text), separators=(",", ":"), ensure_ascii=False)


def thawed(name: str, tables: dict[str, Any], signals: dict[str, Any]) -> dict[str, Any]:
    """Return the specification with rows and parameter values in place, for a static picture."""
    spec: dict[str, Any] = json.loads(frozen(name))
    spec["datasets"] = tables
    for param in spec["params"]:
        if param["name"] in signals:
            param["value"] = signals[param["name"]]
    return spec


def forest_spec() -> str:
    """Build the forest plot's specification with Altair."""
    import altair as alt

    from netmeta.charts.forest_chart import forest_chart
    from netmeta.charts.forest_layout import forest_signals
    from netmeta.charts.forest_rows import forest_rows
    from netmeta.charts.theme import LIGHT

    signals = {**forest_signals(forest_rows((), None)), **LIGHT}
    spec = forest_chart(signals, alt.NamedData(name="rows")).to_dict()
    return json.dumps(spec, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    Path(__file__).with_name("forest.vl.json").write_text(forest_spec(), encoding="utf-8")

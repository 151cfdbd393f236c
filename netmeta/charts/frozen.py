"""Chart specifications that live views embed, kept as JSON so that a kernel need not load Altair to show one.

``python -m netmeta.charts.frozen`` writes them anew from the Altair charts; a test holds the two equal.
A chart takes part by a function ``spec()`` in its module and a line in `MODULES`.
"""

from __future__ import annotations

import json
from functools import lru_cache
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

__all__ = ["MODULES", "built", "frozen", "thawed"]

MODULES: Final = {
    "absolute": "absolute_chart",
    "adjusted_funnel": "adjusted_funnel_chart",
    "baujat": "baujat_chart",
    "benefit_harm": "benefit_harm_chart",
    "bubble": "bubble_chart",
    "contribution_bars": "contribution_bars_chart",
    "coverage": "coverage_chart",
    "coverage_trials": "coverage_trials_chart",
    "forest": "forest_chart",
    "funnel": "funnel_chart",
    "gosh": "gosh_chart",
    "gosh_shares": "share_chart",
    "influence": "influence_chart",
    "kaplan_meier": "kaplan_meier_chart",
    "matrix": "matrix_chart",
    "network_forest": "network_forest_chart",
    "network_graph": "network_graph_chart",
    "posterior": "posterior_chart",
    "rank": "rank_chart",
    "shrinkage": "shrinkage_chart",
    "specifications": "curve_chart",
}
"""The module in `netmeta.charts` whose ``spec()`` gives each specification: an Altair chart over named data."""


@lru_cache(maxsize=32)
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


def built(name: str) -> str:
    """Build a chart's specification with Altair, as the text of its file."""
    chart = import_module(f"netmeta.charts.{MODULES[name]}").spec()
    return json.dumps(chart.to_dict(), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    for each in MODULES:
        Path(__file__).with_name(f"{each}.vl.json").write_text(built(each), encoding="utf-8")

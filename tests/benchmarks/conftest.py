"""Figures of the browser benchmarks are collected here and printed as one table at the end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

FIGURES = pytest.StashKey[list]()
FILE = Path(__file__).parents[1] / "artefacts" / "figures.json"


@pytest.fixture
def figures(request):
    """``figures(what, milliseconds=[...], **more)`` notes a row of the table."""
    rows = request.config.stash.setdefault(FIGURES, [])

    def note(what: str, milliseconds: list[float], **more: object) -> None:
        ordered = sorted(milliseconds)
        median, high = ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
        rows.append({"what": what, "median": round(median, 1), "p95": round(high, 1), "n": len(ordered), **more})

    return note


def pytest_terminal_summary(terminalreporter, config):
    rows = config.stash.get(FIGURES, [])
    if not rows:
        return
    terminalreporter.write_line("\n| what | median, ms | 95th percentile, ms | n | |\n|---|---|---|---|---|")
    for row in rows:
        more = ", ".join(
            f"{name} {value}" for name, value in row.items() if name not in ("what", "median", "p95", "n")
        )
        terminalreporter.write_line(f"| {row['what']} | {row['median']} | {row['p95']} | {row['n']} | {more} |")
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(json.dumps(rows, indent=1))

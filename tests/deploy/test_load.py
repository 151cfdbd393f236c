"""Three learners at once: the load test works, each answer is right, and a kernel stays within a modest memory."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
KERNELS, CLICKS = 3, 4


@pytest.fixture(scope="module")
def figures():
    command = [sys.executable, "tests/deploy/load.py", f"--kernels={KERNELS}", f"--clicks={CLICKS}", "--pause=0.2"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def test_every_click_of_every_learner_is_answered(figures):
    assert figures["clicks"] == KERNELS * CLICKS
    # Each click takes one of nine trials out or back in: four of them leave an odd number.
    assert len(figures["k_at_the_end"]) == KERNELS
    assert all(k % 2 == 1 and 5 <= k <= 9 for k in figures["k_at_the_end"])


def test_a_learner_needs_less_than_the_limit_that_the_docs_give(figures):
    assert 100 < figures["kernel_mb_after_clicks"]["uss"] < 300
    text = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
    limits = [int(found) for found in re.findall(r"\*\*(\d+) MB\*\* is enough", text)]
    assert limits == [512]
    assert figures["kernel_mb_after_clicks"]["pss"] < limits[0]


def test_a_click_is_answered_while_others_work(figures):
    assert 0 < figures["click_ms"]["median"] < 1000

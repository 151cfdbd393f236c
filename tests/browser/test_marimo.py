"""The app of ``docs/deploy.md`` in marimo: a click is answered, and what depends on the analysis follows."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

import netmeta as nm

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]


@pytest.fixture
def address(tmp_path):
    """Where marimo runs the app that the documentation prints."""
    text = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```py\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    (tmp_path / "app.py").write_text(next(block for block in blocks if "marimo.App" in block), encoding="utf-8")
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    options = ["--headless", "--no-token", "--host=127.0.0.1", f"--port={port}"]
    command = [sys.executable, "-m", "marimo", "-q", "run", str(tmp_path / "app.py"), *options]
    with (tmp_path / "log").open("w") as log:
        env = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_CONFIG_HOME": str(tmp_path), "HOME": str(tmp_path)}
        process = subprocess.Popen(command, env=env, cwd=tmp_path, stdout=log, stderr=log)
        url = f"http://127.0.0.1:{port}"
        try:
            answers(url)
            yield url
        finally:
            process.terminate()
            process.wait(10)


def answers(url: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{url}/health", timeout=2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"marimo does not answer at {url}")


def test_a_click_is_answered_in_marimo(address, page, keep):
    page.goto(address)
    page.locator(".squares_marks path").first.wait_for(state="attached", timeout=90_000)
    trials = nm.load_trials().where(endpoint="PFS", use="primary", control="placebo")
    page.get_by_text(nm.sentence(nm.pool(trials))).wait_for()
    box = page.locator(".netmeta-figure text", has_text="CABINET pNET").first.bounding_box()
    page.mouse.click(box["x"] + 5, box["y"] + box["height"] / 2)
    page.get_by_text(nm.sentence(nm.pool(trials.without("CABINET pNET")))).wait_for()
    keep("host-marimo")

"""What importing netmeta costs, and where the time to the first result goes, each in a fresh interpreter."""

from __future__ import annotations

import subprocess
import sys

import pytest

STEPS = {
    "python alone": "",
    "import netmeta": "import netmeta",
    "load_trials": "import netmeta as nm; nm.load_trials()",
    "numpy": "import numpy",
    "pymare (brings pandas, scipy, sympy)": "import warnings; warnings.simplefilter('ignore'); import pymare",
    "altair (not needed by the workbench)": "import altair",
    "ipywidgets and anywidget": "import ipywidgets, anywidget",
    "first pooled result": "import netmeta as nm; nm.pool(nm.load_trials().where(endpoint='PFS', use='primary', control='placebo'))",
    "Workbench()": "import netmeta as nm; nm.Workbench()",
    "Workbench() with its still picture": "import netmeta as nm; nm.Workbench()._repr_mimebundle_()",
}


@pytest.mark.benchmark(group="start, fresh interpreter")
@pytest.mark.parametrize("what", STEPS)
def test_start(benchmark, what):
    command = [sys.executable, "-c", STEPS[what]]
    done = benchmark.pedantic(subprocess.run, (command,), {"check": True}, rounds=5, warmup_rounds=1)
    assert done.returncode == 0

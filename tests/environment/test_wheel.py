"""The wheel, built through the sdist as a release is, installed elsewhere and used."""

from __future__ import annotations

import zipfile

import pytest

pytestmark = pytest.mark.environment

USE = """
import json, netmeta as nm
trials = nm.load_trials()
result = nm.pool(trials.where(endpoint="PFS", use="primary", control="placebo"))
bench = nm.Workbench()
bench.forest.click("CABINET pNET")
nm.forest(result).save("forest.svg")
print(json.dumps({"rows": len(trials), "k": result.k, "without": bench.analysis.outcome.k,
                  "treatments": len(nm.load_treatments()), "home": nm.__file__}))
"""


def test_holds_data_vega_and_styles(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {"netmeta/data/trials.csv", "netmeta/data/treatments.csv", "netmeta/data/datapackage.json"} <= names
    assert {f"netmeta/widgets/static/{name}" for name in ("vega.js.gz", "livechart.js", "netmeta.css")} <= names
    assert {"netmeta/charts/forest.vl.json", "netmeta/py.typed"} <= names
    assert not [name for name in names if name.startswith(("tests/", "notebooks/"))]


def test_installs_into_an_empty_environment_and_works(wheel, environment, tmp_path):
    import json

    environment.pip(str(wheel))
    said = json.loads(
        environment.run(str(environment.python), "-W", "error::SyntaxWarning", "-c", USE, cwd=tmp_path)
    )
    assert (said["rows"], said["treatments"]) == (111, 31)
    assert (said["k"], said["without"]) == (9, 8)
    assert str(environment.folder) in said["home"]
    assert (tmp_path / "forest.svg").read_text().count("CABINET") >= 2

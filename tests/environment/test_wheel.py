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


def test_holds_data_vega_and_every_file_of_the_package(wheel, checkout):
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {
        "netmeta/data/trials.csv",
        "netmeta/data/outcomes.csv",
        "netmeta/data/treatments.csv",
        "netmeta/data/datapackage.json",
    } <= names
    package = checkout / "netmeta"
    files = (file for file in package.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
    lacking = {str(file.relative_to(checkout)) for file in files} - names
    assert lacking == set()
    assert {"netmeta/widgets/static/vega.js.gz", "netmeta/charts/forest.vl.json", "netmeta/py.typed"} <= names
    assert not [name for name in names if name.startswith(("tests/", "notebooks/"))]


def test_holds_every_reference_table_and_nothing_else_of_the_fixtures(wheel, checkout):
    held = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("netmeta/reference/")}
    fixtures = checkout / "tests" / "fixtures"
    assert held == {f"netmeta/reference/{file.relative_to(fixtures)}" for file in fixtures.glob("*/*.csv")}
    assert "netmeta/reference/metafor/fits.csv" in held


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
    # A difference beyond the tolerance would be an exit code of 1, which `run` does not pass.
    summary = environment.run(str(environment.python), "-m", "netmeta.validate", "--summary", cwd=tmp_path)
    assert "Leave-one-out: tau2" in summary
    assert "all agree within 1e-06" in summary

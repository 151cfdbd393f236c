"""Against R: integrals piece by piece, and mean and tau together on a grid."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

REFERENCE = Path(__file__).parents[1] / "fixtures" / "bayesian" / "reference.py"
SPEC = spec_from_file_location("bayesian_reference", REFERENCE)
reference = sys.modules[SPEC.name] = module_from_spec(SPEC)
SPEC.loader.exec_module(reference)


@pytest.mark.parametrize(("data", "prior", "mean"), reference.cases())
def test_every_number_is_that_of_r(data, prior, mean):
    ours, theirs = reference.numbers(data, prior, mean), reference.wanted(data, prior, mean)
    assert set(theirs) <= set(ours)
    # uniroot() ends within 1e-14 of log HR, and a probability of 1e-10 is a sum of parts of 1e-18.
    wrong = {
        name: (ours[name], x) for name, x in theirs.items() if ours[name] != pytest.approx(x, rel=1e-8, abs=1e-10)
    }
    assert wrong == {}


@pytest.mark.parametrize(("data", "prior"), sorted({(r["data"], r["prior"]) for r in reference.table("grids")}))
def test_mean_and_tau_together_on_a_grid(data, prior):
    ours = reference.numbers(data, prior, "flat")
    lines = [line for line in reference.table("grids") if (line["data"], line["prior"]) == (data, prior)]
    assert len(lines) == 4
    for line in lines:
        assert ours[line["quantity"], 0] == pytest.approx(float(line["value"]), rel=1e-9), line

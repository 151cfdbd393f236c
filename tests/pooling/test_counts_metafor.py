"""Counts and absolute effects as metafor and base R have them, to 1e-8."""

from __future__ import annotations

import pytest

from netmeta.validate.counts import QUANTITIES

# Where their number is 0, ours is what rounding leaves of it.
NOISE = 1e-9


def numbers(quantity):
    for line in quantity.rows():
        for column, ours in quantity.parts:
            if line[column] not in {"", "NA"}:
                yield line, ours(line), float(line[column])


@pytest.mark.parametrize("quantity", QUANTITIES, ids=lambda one: one.name)
def test_every_number_is_theirs(quantity):
    found = list(numbers(quantity))
    assert len(found) >= 10
    for line, ours, theirs in found:
        assert ours == pytest.approx(theirs, rel=1e-8, abs=NOISE), dict(line)

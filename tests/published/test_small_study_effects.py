"""The examples of metafor's help pages ?regtest (BCG vaccine) and ?trimfill (passive smoking), as metafor 3.8 prints them."""

from __future__ import annotations

import pytest

from netmeta.evidence import Evidence, Trial
from netmeta.pooling import CommonEffect, RandomEffects, egger, trim_and_fill

WALD = RandomEffects("REML", "wald", "none")


def evidence(metafor, name):
    y, v = metafor.arrays(name)
    pairs = enumerate(zip(y, v, strict=True))
    return Evidence(
        tuple(Trial(study=f"{at}", experimental="a", control="b", log_hr=a, se=b**0.5) for at, (a, b) in pairs)
    )


def test_eggers_regression_on_the_bcg_trials(metafor):
    # ?regtest: t = -1.4013, df = 11, p = 0.1887; limit estimate b = -0.1909 (CI: -0.6753, 0.2935).
    found = egger(evidence(metafor, "bcg"))
    assert (found.statistic, found.df, found.p_value) == pytest.approx((-1.4013, 11, 0.1887), abs=5e-5)
    assert (found.limit, *_ends(found)) == pytest.approx((-0.1909, -0.6753, 0.2935), abs=5e-5)


def test_eggers_mixed_effects_regression_on_the_bcg_trials(metafor):
    # ?regtest: z = -0.8033, p = 0.4218; limit estimate b = -0.5104 (CI: -1.1182, 0.0974).
    found = egger(evidence(metafor, "bcg"), WALD, form="mixed")
    assert (found.statistic, found.p_value) == pytest.approx((-0.8033, 0.4218), abs=5e-5)
    assert (found.limit, *_ends(found)) == pytest.approx((-0.5104, -1.1182, 0.0974), abs=5e-5)


def test_trim_and_fill_on_passive_smoking(metafor):
    # ?trimfill, method="EE": 7 missing on the left side (SE = 4.0405); 0.1556 (0.0842 to 0.2270) with them.
    found = trim_and_fill(evidence(metafor, "hackshaw1998"), CommonEffect())
    assert (found.missing, found.side) == (7, "left")
    assert found.missing_se == pytest.approx(4.0405, abs=5e-5)
    adjusted = found.adjusted
    assert (adjusted.log_hr, adjusted.ci.low, adjusted.ci.high) == pytest.approx((0.1556, 0.0842, 0.2270), abs=5e-5)


def _ends(found):
    return found.limit_ci.low, found.limit_ci.high

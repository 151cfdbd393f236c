"""From printed numbers to log HR and SE: Parmar 1998, Tierney 2007, METHODS.md and the evidence README."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netmeta.errors import EntryError
from netmeta.evidence import routes
from netmeta.evidence.normal import as_ratio, z_two_sided


def test_a_95_percent_interval() -> None:
    # CABINET epNET, 0.38 (0.25 to 0.59): ln 0.38 = -0.967584; (ln 0.59 - ln 0.25) / (2 x 1.959964) = 0.219050.
    effect = routes.HazardRatioInterval(0.38, 0.25, 0.59, 0.95)
    assert effect.log_hr == pytest.approx(-0.967584, abs=1e-6)
    assert effect.se == pytest.approx(0.219050, abs=1e-6)


def test_an_interval_of_another_level_uses_its_own_quantile() -> None:
    # STARTER-NET's interim analysis, 0.38 (99.91% 0.15 to 0.96): SE 0.280 (the evidence README, trap 1).
    assert routes.HazardRatioInterval(0.38, 0.15, 0.96, 0.9991).se == pytest.approx(0.280, abs=5e-4)


def test_a_one_sided_limit_uses_the_quantile_of_its_side() -> None:
    # Alliance A021202 in 2019, 0.53 (one-sided 90% upper limit 0.69): SE 0.206 (the evidence README, trap 1).
    assert routes.HazardRatioBound(0.53, 0.69, 0.90).se == pytest.approx(0.206, abs=5e-4)


def test_a_lower_limit_gives_a_positive_standard_error() -> None:
    # ln 0.5 - ln 0.4 = 0.223144, over z of 0.95 = 1.644854.
    assert routes.HazardRatioBound(0.5, 0.4, 0.95).se == pytest.approx(0.223144 / 1.644854, rel=1e-5)


def test_an_exact_p_value() -> None:
    # ECOG-ACRIN E2211's survival, 0.82 with P = .42: SE 0.246 (the evidence README, trap 3).
    assert routes.HazardRatioP(0.82, 0.42, 2).se == pytest.approx(0.246, abs=5e-4)


def test_z_is_that_of_half_of_p_not_half_of_z() -> None:
    # P = .075 gives 1.7805 (METHODS.md, section 1).
    assert routes.HazardRatioP(math.exp(1.7805), 0.075, 2).se == pytest.approx(1, abs=1e-4)


def test_a_one_sided_p_value_uses_its_own_quantile() -> None:
    # z of 0.025, one-sided, is 1.959964.
    assert routes.HazardRatioP(0.5, 0.025, 1).se == pytest.approx(math.log(2) / 1.959964, rel=1e-6)


@pytest.mark.parametrize(
    ("hr", "p", "sides"), [(1, 0.5, 2), (0.5, 0, 2), (0.5, 1, 2), (0.5, 0.5, 1), (0.5, 5e-324, 2)]
)
def test_a_p_value_that_says_nothing_about_the_standard_error_is_refused(hr: float, p: float, sides: int) -> None:
    with pytest.raises(EntryError, match=f"hazard ratio of {hr:g} .* give the interval instead"):
        routes.HazardRatioP(hr, p, sides)


def test_an_overflowing_limit_is_infinite() -> None:
    assert as_ratio(1000) == math.inf
    assert as_ratio(0) == 1


@settings(deadline=None)
@given(log_hr=st.floats(-3, 3), se=st.floats(0.01, 2), level=st.floats(0.51, 0.9999), side=st.sampled_from([-1, 1]))
def test_the_routes_by_interval_and_by_limit_give_back_what_the_interval_was_made_of(
    log_hr: float, se: float, level: float, side: int
) -> None:
    z = z_two_sided(level)
    low, high = math.exp(log_hr - z * se), math.exp(log_hr + z * se)
    both = routes.HazardRatioInterval(math.exp(log_hr), low, high, level)
    one = routes.HazardRatioBound(math.exp(log_hr), high if side > 0 else low, (1 + level) / 2)
    assert both.log_hr == pytest.approx(log_hr, abs=1e-9)
    assert (both.se, one.se) == pytest.approx((se, se), rel=1e-6)

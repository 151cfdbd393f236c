from __future__ import annotations

from math import erf, exp, inf, nan, pi, sqrt

import numpy as np
import pytest

from netmeta.errors import PoolingError
from netmeta.pooling import HalfCauchy, HalfNormal, Normal, OwnDensity, Uniform

TAU = np.array([1e-3, 0.1, 0.5, 2.0])


def test_densities_are_those_of_their_names():
    assert HalfNormal(0.5).density(TAU) == pytest.approx(sqrt(2 / pi) / 0.5 * np.exp(-2 * TAU**2), rel=1e-14)
    assert HalfCauchy(0.5).density(TAU) == pytest.approx(2 / pi / 0.5 / (1 + 4 * TAU**2), rel=1e-14)
    assert Uniform(4).density(TAU) == pytest.approx([0.25] * 4)
    assert HalfNormal(0.5).below(0.98) == pytest.approx(erf(0.98 * 2 / sqrt(2)))
    assert HalfCauchy(0.5).below(0.5) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("density", "mass", "half"),
    [
        (lambda t: np.exp(-3 * t) * t, 1 / 9, 0.5594489966744),  # qgamma(0.5, 2, 3) in R
        (lambda t: t**-0.5 * np.exp(-t), sqrt(pi), 0.2274682115597861),  # qgamma(0.5, 0.5): infinite at 0
        (lambda t: 1 / (1 + t**2), pi / 2, 1.0),
        (lambda t: max(0.0, 1 - abs(t - 1)), 1.0, 1.0),  # a triangle: kinks, and one number at a time
    ],
)
def test_a_density_of_ones_own_is_brought_to_a_mass_of_1(density, mass, half):
    own = OwnDensity(density)
    assert own.density(0.7) == pytest.approx(density(0.7) / mass, rel=1e-9)
    assert own.below(half) == pytest.approx(0.5, abs=1e-10)
    assert own.below(1e9) == pytest.approx(1, abs=1e-8)
    assert own.below(0) == 0


def test_a_narrow_density_is_found_where_its_ends_are_said():
    own = OwnDensity(lambda t: 1 + 0 * t, lower=0.3, upper=0.3001)
    assert own.below(0.30005) == pytest.approx(0.5, abs=1e-9)
    with pytest.raises(PoolingError, match=r"is 0 wherever it was tried\. If it is narrow"):
        OwnDensity(lambda t: np.where(abs(t - 0.3) < 1e-9, 1.0, 0.0))


def test_tails_are_measured():
    assert OwnDensity(lambda t: 1 / (1 + t**3)).tail == pytest.approx(3)
    assert OwnDensity(lambda t: np.exp(-t)).tail == inf
    assert OwnDensity(lambda t: 1 / (1 + t), upper=9).tail == inf


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: HalfNormal(0), "scale of a half-normal prior is a positive number .* not 0"),
        (lambda: HalfNormal(-1), "not -1"),
        (lambda: HalfNormal(nan), "not nan"),
        (lambda: HalfNormal(inf), "not inf"),
        (lambda: HalfNormal(True), "not True"),
        (lambda: HalfNormal("0.5"), "not '0.5'"),
        (lambda: HalfCauchy(1e200), "scale of a half-Cauchy prior"),
        (lambda: Uniform(-inf), "end of a uniform prior .* not -inf"),
        (lambda: Uniform(nan), "or math.inf, not nan"),
        (lambda: Normal(0, 0), "sd of a normal prior"),
        (lambda: Normal(nan, 1), "mean of a normal prior is a log HR"),
        (lambda: OwnDensity(3), "is a function of tau, not 3"),
        (lambda: OwnDensity(np.exp, lower=2, upper=1), "ends at 1, which is not above its beginning, 2"),
        (lambda: OwnDensity(lambda t: -t), "it is -"),
        (lambda: OwnDensity(lambda t: t * nan), "it is nan"),
        (lambda: OwnDensity(lambda t: 1 / t), "no finite mass, or too much of it near 0"),
        (lambda: OwnDensity(lambda t: 1 / (1 + t)), "no finite mass, or too much of it far out"),
        (lambda: OwnDensity(lambda t: 0 * t), "is 0 wherever it was tried"),
        (lambda: OwnDensity(lambda t: {}[str(t)]), "could not be computed: "),
        (lambda: OwnDensity(lambda t: f"no {t}"), "could not be computed"),
    ],
)
def test_what_is_no_prior_is_refused_with_the_number(make, message):
    with pytest.raises(PoolingError, match=message):
        make()


def test_priors_are_values():
    assert HalfNormal(1) == HalfNormal(1.0)
    assert hash(HalfNormal(1)) == hash(HalfNormal(1.0))
    assert HalfNormal(1) != HalfCauchy(1)
    own = OwnDensity(lambda t: exp(-t), name="exponential")
    assert own == OwnDensity(own.function, name="exponential")
    assert [str(p) for p in (HalfNormal(0.5), HalfCauchy(1), Uniform(4), Uniform(inf), own, Normal(0, 1))] == [
        "half-normal(0.5)", "half-Cauchy(1)", "uniform(0, 4)", "uniform, without an end", "exponential", "normal(0, 1)",
    ]  # fmt: skip

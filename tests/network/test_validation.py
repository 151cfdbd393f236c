"""``netmeta.validate.network`` compares every number that netmeta and metafor gave, but for those named here."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from netmeta.validate import TOPICS, compare, network
from netmeta.validate.reading import lines

# Names of rows, and what says how far R's own search went.
KEYS = {
    "data", "method", "quantity", "at", "treat1", "treat2", "treatment", "reference", "omitted", "measure",
    "tau2_nlminb", "slope", "newton",
}  # fmt: skip
# Columns of each table that are not compared. Likelihoods and the test that all effects are 0 are no part of a result;
# direct estimates by netmeta's matrices are those of netsplit. I2 and H2 of rma are made of tau2 (I2 by DL is compared).
NOT_OURS = {
    "rma_mv_fits": {"logLik", "logLik_without", "QM", "QMdf", "QMp"},
    "rma_two_arm": {"I2", "H2"},
}
COMPARED = (
    "netmeta_effects", "netmeta_fits", "netmeta_ranks", "netmeta_splits", "netmeta_designs", "rma_mv_fits",
    "rma_mv_coefficients", "rma_mv_covariance", "rma_mv_splits", "rma_mv_designs", "rma_mv_omissions", "rma_two_arm",
)  # fmt: skip
# Of netmeta's comparisons without a trial: its indirect estimate is the network's, which is compared.
# Its REML is another estimator. Q of single comparisons belongs to their own pools. I2 of Woods: see `network`.
QUANTITIES_NOT_OURS = {"Q.pairwise", "df.pairwise", "pval.Q.pairwise"}


@pytest.fixture(scope="module")
def comparisons():
    return list(compare(network.QUANTITIES))


def test_the_topic_is_one_of_the_command():
    assert "network" in TOPICS


def test_all_agree_far_closer_than_the_tolerance(comparisons):
    assert len(comparisons) > 6500
    assert [one for one in comparisons if not one.relative <= 1e-10] == []


def left_out(name, line):
    if name.startswith("netmeta_") and line.get("method") == "REML":
        return True
    if name == "netmeta_splits":
        return line["k"] == "0"
    if name == "netmeta_fits":
        woods = line["data"] == "woods2010" and line["quantity"].endswith(".I2")
        return line["quantity"] in QUANTITIES_NOT_OURS or woods
    return name == "rma_two_arm" and line["method"] == "SJ"


@pytest.mark.parametrize("name", COMPARED)
def test_no_number_of_a_table_is_left_out(name):
    table = lines("network", name)
    columns = table[0].keys() - KEYS - NOT_OURS.get(name, set())
    wanted = Counter(
        (at, column)
        for at, line in enumerate(table)
        for column in columns
        if line[column] not in {"", "NA"} and not left_out(name, line)
    )
    place = {id(line): at for at, line in enumerate(table)}
    seen = Counter(
        (place[id(line)], column)
        for one in network.QUANTITIES
        for line in one.rows()
        if id(line) in place
        for column, _ours in one.parts
        if line[column] not in {"", "NA"} and column in columns
    )
    assert set(seen) == set(wanted)


def test_a_wrong_number_is_found_out(comparisons):
    one = next(each for each in comparisons if each.quantity == "Network: effect" and each.ours)
    wrong = type(one)(
        **{name: getattr(one, name) for name in one.__dataclass_fields__} | {"ours": one.ours * (1 + 2e-6)}
    )
    assert one.agrees
    assert not wrong.agrees


def test_what_the_page_says_of_networks():
    page = (Path(__file__).parents[2] / "docs" / "validation.md").read_text(encoding="utf-8")
    fits = lines("network", "rma_mv_fits")
    studies = {line["data"]: int(line["studies"]) for line in fits}
    assert len(studies) == 11
    assert f"Eleven, of {min(studies.values())} to {max(studies.values())} studies" in page
    assert len({line["data"] for line in lines("network", "netmeta_fits")}) == 2
    assert len({line["data"] for line in lines("network", "rma_mv_omissions")}) == 2
    assert len({line["method"] for line in lines("network", "rma_two_arm")} - {"SJ"}) == 7
    assert page.count("| Network") == len({(one.name, one.source) for one in network.QUANTITIES})

"""One comparison of a network as a forest plot: its trials, what they say together, what the network says."""

from __future__ import annotations

import netmeta as nm
from netmeta.charts.comparison_rows import comparison_rows

TRIALS = nm.select(nm.load_trials(), nm.Selection("PFS")).evidence
RESULT = nm.compare(nm.connected_to(TRIALS, "placebo"))
PAIR = ("everolimus", "placebo")
OWN = tuple(trial for trial in TRIALS if trial.comparison == "everolimus vs placebo")


def lines(**asked):
    table = comparison_rows(OWN, **{"included": [trial.key for trial in OWN], **asked})
    return [(row["kind"], row["label"], row["effect"]) for row in table.rows]


def test_trials_stand_over_what_they_say_together_and_what_the_network_says():
    direct, network = nm.direct_effect(RESULT, *PAIR), RESULT.effect(*PAIR)
    assert lines(direct=direct, network=network) == [
        ("head", "Trial", "HR (95% CI)"),
        # As printed: Yao 2011 and Yao 2016.
        ("trial", "RADIANT-3", "0.35 (0.27–0.45)"),
        ("trial", "RADIANT-4", "0.48 (0.35–0.67)"),
        ("subtotal", "Together: everolimus vs placebo", nm.pooling.words.effect(direct)),
        ("pooled", "Network: everolimus vs placebo", nm.pooling.words.effect(network)),
    ]


def test_a_trial_that_is_out_is_grey_and_one_trial_needs_no_sum():
    out = lines(included=[OWN[1].key], direct=nm.direct_effect(RESULT, "pazopanib", "placebo"))
    assert [kind for kind, _label, _effect in out] == ["head", "out", "trial"]


def test_no_weights_are_shown_where_none_are_meant():
    table = comparison_rows(OWN, included=[trial.key for trial in OWN])
    assert {row["weight"] for row in table.rows} == {""}

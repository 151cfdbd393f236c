"""One trial's card, and the outcomes behind it."""

from __future__ import annotations

import re

import pytest

import netmeta as nm
from netmeta.errors import SelectionError
from netmeta.evidence.card_show import linked


def test_outcomes_have_the_kinds_of_their_columns() -> None:
    rows = nm.load_outcomes()
    assert rows is nm.load_outcomes()
    netter = next(row for row in rows if row.study == "NETTER-1")
    assert (netter.events_experimental, netter.n_experimental, netter.percent_control) == (18, 101, 3.0)
    assert (netter.label, netter.verification) == ("NETTER-1", "partly verified")
    pnet = next(row for row in rows if row.label == "CABINET pNET" and row.use == "sensitivity")
    assert (pnet.experimental_as_printed, pnet.interval_experimental, pnet.events_control) == (
        "18% (10-30)",
        "10-30",
        None,
    )


@pytest.mark.parametrize("name", ["CABINET", "cabinet", " Cabinet ", "CABINET pNET", "NCT03375320"])
def test_a_card_has_all_there_is(name: str) -> None:
    card = nm.trial(name)
    assert card.study == "CABINET"
    assert len(card.rows) == len(nm.load_trials().where(study="CABINET"))
    assert len(card.outcomes) == 7
    assert [one.label for one in card.treatments] == ["cabozantinib", "placebo"]
    for words in (str(card), card._repr_html_()):
        for said in (
            *("0.38 (0.25–0.59)", "8.4 vs 3.9", "134 vs 69", "double-blind", "FDA, 26 March 2025", "NCT03375320"),
            *("62%", "confirmed, BICR", "superseded", "lung/thymus subgroup", "10.1056/NEJMoa2403991"),
        ):
            assert said in words, said


@pytest.mark.parametrize("study", sorted({row.study for row in nm.load_trials()}))
def test_every_trial_has_a_card_in_text_and_html(study: str) -> None:
    card = nm.trial(study)
    assert str(card).startswith(study)
    html = card._repr_html_()
    assert set(re.findall(r"href='([^:']+):", html)) <= {"https", "http"}
    assert html.count("<table") == html.count("</table>") >= 1


@pytest.mark.parametrize(
    ("name", "said"), [("CABINT", "Did you mean 'CABINET'"), ("", "Choose from"), ("zzz", "Choose from")]
)
def test_a_misspelt_name_is_suggested(name: str, said: str) -> None:
    with pytest.raises(SelectionError, match=said):
        nm.trial(name)


def test_a_trial_of_ones_own_has_a_card_and_is_escaped() -> None:
    bad = "<img src=x onerror=alert(1)>"
    own = nm.Trial(
        study=bad, experimental=bad, control="'\"><script>alert(1)</script>", hr=0.5, ci_low=0.4, ci_high=0.6,
        cohort=bad, data_cut=bad, median_experimental=bad, source=bad, notes=bad, setting=bad, experimental_regimen=bad,
        doi="10.1000/'onmouseover='alert(1)", nct="javascript:alert(1)", seen_at=f"javascript:alert(1) | https://x.org/a'b | {bad}",
    )  # fmt: skip
    card = nm.trial(bad, nm.Evidence([own]))
    html = card._repr_html_()
    assert card.outcomes == ()
    assert "<img" not in html
    assert "<script" not in html
    assert "href='javascript" not in html
    assert set(re.findall(r"<a ([^>]*?)>", html)) == {
        "href='https://doi.org/10.1000/%27onmouseover%3D%27alert(1)' target='_blank' rel='noopener noreferrer'"
    }


def test_links() -> None:
    assert linked("10.1016/S1470-2045(21)00572-6").startswith(
        "<a href='https://doi.org/10.1016/S1470-2045(21)00572-6'"
    )
    assert linked("NCT03375320").startswith("<a href='https://clinicaltrials.gov/study/NCT03375320'")
    assert linked("https://x.org/?a=1&b=2").startswith("<a href='https://x.org/?a=1&amp;b=2'")
    assert linked("a <b>") == "a &lt;b&gt;"

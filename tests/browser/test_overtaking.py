"""A press never overtakes the letters that were typed before it, however busy the kernel is."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser
FORM = """
import time
import netmeta as nm
form = nm.TrialForm()
form.fields["hr"].observe(lambda change: time.sleep(1.5) if change["new"] == "0" else None, "value")
form
"""


def test_a_trial_is_added_as_it_stands_in_the_fields(page, notebook):
    """The kernel hears of letters one by one: with the first unanswered, the others wait in the page."""
    book = notebook([FORM])
    page.set_default_timeout(15_000)
    named = {
        "Trial": "T",
        "Experimental arm": "A",
        "Hazard ratio": "0.38",
        "Lower limit": "0.25",
        "Upper limit": "0.58",
    }
    for label, text in named.items():
        page.get_by_label(label, exact=True).press_sequentially(text)
    page.get_by_role("button", name="Add trial").click()
    page.get_by_text("Added: T.").wait_for()
    trial = "form.analysis.evidence[-1]"
    assert book.python(f"print({trial}.hr, {trial}.ci_low, {trial}.ci_high)") == "0.38 0.25 0.58"
    assert [page.get_by_label(label, exact=True).input_value() for label in named] == [""] * 5

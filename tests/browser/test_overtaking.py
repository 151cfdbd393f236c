"""A press never overtakes the words that were typed before it, however busy the kernel is."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser
KEEPING = "import netmeta as nm; bench = nm.Workbench(); bench.keeping.toggle(); bench"
SLOW = """
import time
from netmeta.widgets import controls as w
slow = w.Text(placeholder="slow")
slow.observe(lambda change: time.sleep(1.5) if change["new"] == "b" else None)
slow
"""
FORM = """
import time
import netmeta as nm
form = nm.TrialForm()
form.fields["hr"].observe(lambda change: time.sleep(1.5) if change["new"] == "0" else None, "value")
form
"""


def keep_under(page, name: str) -> None:
    page.get_by_placeholder("such as: without CABINET").fill(name)
    page.get_by_role("button", name="Keep this state").click()
    page.get_by_text(f"Kept: {name}.").wait_for()


def test_a_button_waits_for_the_field_beside_it(page, notebook):
    book = notebook([KEEPING, SLOW])
    field = page.get_by_placeholder("slow")
    field.fill("a")
    keep_under(page, "first")
    # The thread that answers the fields is busy; the one for cells, which had sent the button last, is not.
    field.fill("b")
    page.wait_for_timeout(200)
    keep_under(page, "<b>words</b>")
    assert book.python("print([one.name for one in bench.analysis.snapshots])") == "['first', '<b>words</b>']"


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

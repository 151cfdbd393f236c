"""Formulas are grammar: what they name is read, and nothing in them is run."""

from __future__ import annotations

import builtins
import contextlib

import pytest
from formulaic import Formula as Reference
from hypothesis import given
from hypothesis import strategies as st

from netmeta.errors import SelectionError
from netmeta.pooling.formula import Factor, listed, parse


def terms(found):
    return {":".join(sorted(found.factors[at].label for at in term)) or "1" for term in found.terms}


@pytest.mark.parametrize(
    "text",
    [
        "~ a", "a", "a + b", "a * b", "a:b", "a + b:c", "a * b * c", "(a + b):c", "(a + b) * c - a:c", "a * b - a", "a - 1",
        "0 + a", "a + b - 1", "a + 1", "-1 + a:b", "a + a", "a:a + b", "a*b:c", "a:b*c",
    ],
)  # fmt: skip
def test_the_grammar_is_that_of_formulaic(text):
    theirs = {
        ":".join(sorted(str(factor) for factor in term.factors)) for term in Reference(text.removeprefix("~ "))
    }
    assert terms(parse(text)) == theirs


def test_forms():
    found = parse('~ log(n) + center(year) + I(year**2) + C(assessor, "not stated") + C(phase, 3)')
    assert found.factors == (
        Factor("n", "log"),
        Factor("year", "center"),
        Factor("year", "I", power=2),
        Factor("assessor", "C", reference="not stated"),
        Factor("phase", "C", reference="3"),
    )
    assert found.names == ("n", "year", "assessor", "phase")
    assert [factor.label for factor in found.factors] == ["log(n)", "center(year)", "year**2", "assessor", "phase"]


def test_names_in_a_list():
    found = listed(["year", "dose in mg"])
    assert (found.names, found.terms, found.text) == (
        ("year", "dose in mg"),
        ((), (0,), (1,)),
        "~ year + dose in mg",
    )


HOSTILE = [
    "__import__('os').system('id')", "~ year + __import__('os')", "~ eval('1')", "~ exec('1')", "~ year.__class__",
    "~ (lambda: 1)()", "~ [x for x in (1,)]", "~ {open('/etc/passwd')}", "~ {year}", "~ `year`", "~ open('x')", "~ I(year + 1)",
    "~ I(__import__('os'))", "~ I(year**year)", "~ I(2**year)", "~ I(year**99)", "~ C(open('x'))", "~ C(year, open('x'))",
    "~ C(assessor, contr.treatment(base=1))", "~ np.log(year)", "~ log(log(year))", "~ poly(year, 2)", "~ C(*assessor)",
    "~ C(assessor, levels=['a'])", "~ year if year else n", "~ year == 3", "~ year and n", "~ f'{year}'", "~ 'year'", "~ b'x'",
    "~ year | n", "~ (year := 3)", "~ year; import os", "~ year\nimport os", "~ await year", "~ year[0]", "~ ...", "~ True",
    "~ year / n", "~ year % n", "~ year @ n", "~ year ^ 2", "~ year ** 2", "~ year // 2", "~ 2", "~ 1.0", "~ year + 1j", "~ ~year",
    "~ not year", "~ .", "~ year + -n", "log_hr ~ year", "~ year # and more", "~ \x00", "~ year \\", "~ (year", "~ year)", "~ '", "",
    "~", "~ 1", "~ 0", "~ year - year", "~ 1 - 1", "~ " + "(" * 300 + "year" + ")" * 300, "~ " + " + ".join(f"x{i}" for i in range(99)),
    "~ " + "*".join(f"x{i}" for i in range(9)), "~ " + "(a+b+c+d+e+f):" * 9 + "g", "~ year" * 400, "~ " + "-" * 400 + "1",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_formula_is_refused_and_never_run(text, monkeypatch):
    for name in ("eval", "exec", "open", "__import__"):
        monkeypatch.setattr(builtins, name, _never(name, getattr(builtins, name)))
    with pytest.raises(SelectionError, match=r"formula|covariate|cannot be read"):
        parse(text)


def _never(name, own):
    def watched(*args, **kwargs):
        said = str(args[:1])
        assert "os" not in said.split("'"), f"{name}{said}"
        assert "/etc/passwd" not in said, f"{name}{said}"
        return own(*args, **kwargs)

    return watched


@given(st.text(alphabet="abC~+-*:()01I,'\"`{}[].@|^%/\\ \n=lo_g2", max_size=40))
def test_any_text_is_read_or_refused(text):
    try:
        found = parse(text)
    except SelectionError:
        return
    assert found.names
    assert all(name.isidentifier() for name in found.names)


@given(st.text(max_size=60))
def test_any_unicode_is_read_or_refused(text):
    with contextlib.suppress(SelectionError):
        assert parse(text).names


@pytest.mark.parametrize("names", [[], [""], [3], ["year", "year"], [None]])
def test_a_list_that_names_no_covariates_is_refused(names):
    with pytest.raises(SelectionError, match="covariate"):
        listed(names)

"""Random, damaged and hostile sources: a typed error or a reading, never a crash, a wrong number or a hang."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import netmeta as nm
from netmeta.errors import NetmetaError, TableError

from . import revman_files as files

ARMS = {"experimental": "x", "control": "y"}
CALM = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
TABLE = nm.table_text(nm.load_trials()[:8]).encode()
STARTS = (
    b"",
    b"PK\x03\x04",
    b"<?xml version='1.0'?>",
    b"<COCHRANE_REVIEW>",
    b"{",
    b"[",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"study,hr\n",
)


def read(source: object, **same: str) -> nm.Reading | None:
    """Read, and take a refusal for an answer."""
    try:
        found = nm.read_table(source, **same)
    except NetmetaError as error:
        said, found = str(error), None
    else:
        said = str(found)
    assert len(said) < 60_000
    return found


@CALM
@given(st.sampled_from(STARTS), st.binary(max_size=400))
def test_random_bytes(start: bytes, rest: bytes) -> None:
    read(start + rest, **ARMS)


@CALM
@given(st.text(max_size=200), st.sampled_from(["\n", "\t", ",", ";"]))
def test_random_text(text: str, separator: str) -> None:
    read(f"study{separator}hr\n{text}\n", **ARMS)
    read(f"{text}\n{text}", **ARMS)


def damaged(raw: bytes, at: float, size: int, put: bytes) -> bytes:
    start = int(at * len(raw))
    return raw[:start] + put + raw[start + size :]


def sources() -> dict[str, bytes]:
    package = files.package(
        ["1,1,OS,,,A,2011,-0.5,0.1,,,,,,,,,,,,,,,"], ["1,1,OS,x,,,Contrast level,TRUE,a,b,,,IV,Hazard Ratio"]
    )
    rm5 = files.rm5(files.iv(files.iv_row("RADIANT_x002d_3", 0.5, 0.2)) + files.ipd(5))
    found = {"csv": TABLE, "json": nm.table_text(nm.load_trials()[:5], "json").encode(), "zip": package, "rm5": rm5}
    try:
        from netmeta.evidence.reading.workbook import write_workbook

        found["xlsx"] = write_workbook(["study", "hr"], [["A", 0.5], ["B", "0.5 (0.4-0.6)"]])
    except TableError:
        pass
    return found


SOURCES = sources()


@CALM
@given(st.sampled_from(sorted(SOURCES)), st.floats(0, 1), st.integers(0, 40), st.binary(max_size=12))
def test_damaged_files(kind: str, at: float, size: int, put: bytes) -> None:
    read(damaged(SOURCES[kind], at, size, put))


@CALM
@given(st.sampled_from(sorted(SOURCES)), st.floats(0, 1))
def test_files_cut_short(kind: str, at: float) -> None:
    read(SOURCES[kind][: int(at * len(SOURCES[kind]))])


@CALM
@given(st.floats(0, 1), st.integers(0, 30), st.binary(max_size=12))
def test_zips_damaged_inside(at: float, size: int, put: bytes) -> None:
    """A damaged member in a sound zip: checksums do not stand in the way of the damage."""
    for kind in ("zip", "xlsx"):
        if kind not in SOURCES:
            continue
        with zipfile.ZipFile(io.BytesIO(SOURCES[kind])) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        name = sorted(members)[int(at * 7919) % len(members)]
        read(files.zipped({**members, name: damaged(members[name], at, size, put)}), **ARMS)


cells = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.binary(max_size=4),
    st.just([1]),
    st.just({}),
)


@CALM
@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["study", "hr", "se", "year", "p", "level", "notes", "CI", "O-E", "V", "vi"]), cells
        ),
        max_size=4,
    )
)
def test_records_of_anything(records: list[dict[str, object]]) -> None:
    read(records, **ARMS)
    read(json.dumps(records, default=str), **ARMS)


@pytest.mark.parametrize(
    "raw",
    [
        b"study,hr\n" + b"a" * 5_000_000,
        b'study,hr\n"' + b"a\n" * 1_000_000,
        b"," * 1_000_000 + b"\n",
        b"study,hr\n" + b"\n" * 1_000_000,
        b"study,hr\n" + b"A," + b"9" * 100_000,
        b"study,hr\nA," + b"(" * 100_000,
        b'{"study": ' + b"9" * 100_000 + b"}",
        b"[" + b"{}," * 100_000 + b"{}]",
        b"<?xml version='1.0'?><COCHRANE_REVIEW>" + b"<P>" * 1_000_000,
        b"<?xml version='1.0'?><COCHRANE_REVIEW a='" + b"x" * 5_000_000 + b"'/>",
    ],
    ids=[
        "long cell",
        "open quote",
        "commas",
        "empty lines",
        "digits",
        "brackets",
        "digits in JSON",
        "records",
        "deep",
        "wide",
    ],
)
def test_huge_sources_end_soon(raw: bytes) -> None:
    read(raw, **ARMS)


@CALM
@given(
    st.lists(
        st.sampled_from(["0.5", "0,5", "1,234", "1.234", "1,234,567", "NR", "<0.5", "0.5 (0,4-0,6)", "2 345"]),
        min_size=1,
        max_size=6,
    )
)
def test_no_cell_is_read_as_a_number_that_it_is_not(column: list[str]) -> None:
    meant = {
        "0.5": {0.5}, "0,5": {0.5}, "1,234": {1.234}, "1.234": {1.234}, "1,234,567": {1234567}, "0.5 (0,4-0,6)": {0.5},
        "2 345": {2345}, "<0.5": set(), "NR": {None},
    }  # fmt: skip
    lines = "".join(f"T{at}\t{cell}\n" for at, cell in enumerate(column))
    found = nm.read_table(f"study\thr\n{lines}", **ARMS)
    by_place = {int(row.study[1:]): row.hr for row in found.evidence}
    assert all(hr in meant[column[at]] for at, hr in by_place.items())
    assert len(by_place) + len(found.refused) == len(column)

"""Texts that fit their room: broken lines, names beside points, ticks of a short axis."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netmeta.charts.axis import ratio_axis
from netmeta.charts.few_ticks import decades, with_room
from netmeta.charts.matrix_names import Heading, column_names, line_names
from netmeta.charts.matrix_rows import MatrixFrame, matrix_of
from netmeta.charts.point_names import beside, meet, name_points
from netmeta.charts.theme import text_width
from netmeta.charts.wrapping import block_width, blocks, notes_of, pair_name, wrapped


@given(st.text(max_size=80), st.floats(20, 300), st.integers(1, 4))
def test_every_line_fits_and_nothing_is_lost_but_by_an_ellipsis(text, width, most):
    lines = wrapped(text, width, 12, most)
    assert 1 <= len(lines) <= most
    assert all(text_width(line, 12) <= max(width, 14) for line in lines)
    if not lines[-1].endswith("…"):
        assert "".join("".join(lines).split()) == "".join(text.split())


def test_words_are_broken_only_where_they_have_to_be():
    assert wrapped("everolimus + SSA", 90) == ("everolimus +", "SSA")
    assert wrapped("everolimus", 40, most=9) == ("everol", "imus")
    assert wrapped("a b c d e f g h", 30, most=1) == ("a b…",)
    assert wrapped("", 10) == ("",)
    assert wrapped("a\nb\tc", 100) == ("a b c",)


def test_blocks_take_as_few_lines_as_all_fit_in():
    assert max(map(len, blocks(["placebo", "everolimus + SSA"], 200))) == 1
    assert blocks(["placebo", "everolimus + SSA"], 90)[1] == ("everolimus +", "SSA")
    # A long word has more room rather than a break.
    assert blocks(["177Lu-edotreotide"], 100) == [("177Lu-edotreotide",)]
    assert block_width(("a", "abc")) == text_width("abc")


def test_both_names_of_a_pair_are_seen():
    long = "peptide receptor radionuclide therapy with lutetium-177 dotatate"
    assert pair_name((long, "placebo"), " vs ", 900).endswith("… vs placebo")
    assert len(pair_name((long, long), " : ", 420)) <= 55
    assert pair_name(("SSA", "placebo"), " vs ", 420) == "SSA vs placebo"


def test_notes_are_broken_to_the_page():
    note = "A rank says nothing of the size of a difference, nor whether patients of different trials are alike."
    assert len(notes_of((note, ""), 900)) == 1
    assert len(notes_of((note,), 300)) > 1
    assert " ".join(notes_of((note,), 300)) == note


@pytest.mark.parametrize("count", [3, 30, 300])
def test_names_cover_neither_names_nor_points(count):
    rng = np.random.default_rng(4)
    size = (600.0, 300.0)
    points = [
        (float(x), float(y)) for x, y in zip(rng.uniform(0, 600, count), rng.uniform(0, 300, count), strict=True)
    ]
    names = [f"Trial {at}" for at in range(count)]
    sides = name_points(points, names, size)
    boxes = {at: beside(*points[at], side, names[at]) for at, side in enumerate(sides) if side}
    assert boxes
    for at, box in boxes.items():
        assert 0 <= box[0] < box[2] <= size[0]
        assert not any(meet(box, other) for place, other in boxes.items() if place != at)
        assert not any(
            box[0] < x < box[2] and box[1] < y < box[3] for place, (x, y) in enumerate(points) if place != at
        )
    assert name_points([(1, 1)], [""], size) == [None]


def test_few_ticks_on_a_narrow_page():
    axis = ratio_axis([0.02, 2], [0.02, 2])
    assert with_room(axis, 900) == axis
    assert with_room(axis, 420).ticks == decades(axis) == (0.1, 1.0)
    short = ratio_axis([0.6], [])
    assert decades(short) == short.ticks


def test_columns_are_upright_where_they_are_narrow():
    wide = column_names([Heading("SSA vs placebo")], 100)
    narrow = column_names([Heading("SSA vs placebo")], 20)
    assert not wide.rows[0]["upright"]
    assert narrow.rows[0]["upright"]
    assert narrow.size > wide.size
    assert column_names([Heading("12")], 15).rows[0]["upright"] is False
    assert column_names([], 20).rows == ()


def test_lines_are_as_high_as_their_names():
    low, high = (
        line_names([Heading(name)], "", 420) for name in ("SSA", "everolimus + bevacizumab + SSA and more")
    )
    assert low.cell < high.cell
    assert high.rows[0]["text"].count("\n") >= 1
    many = line_names([Heading("SSA")] * 40, "", 420)
    assert many.cell < low.cell


@pytest.mark.parametrize("space", [420, 900])
def test_the_key_of_a_matrix_stays_within_the_page(space):
    key = tuple({"text": f"what the mark number {at} means", "tint": 0.5, "tone": "mark"} for at in range(6))
    table = matrix_of([Heading("a")], [Heading("b")], [], MatrixFrame(key=key), space=space)
    rows = [row for row in table.rows if row["kind"] == "key"]
    assert all(row["x"] + 22 + text_width(row["text"], 12) <= space for row in rows)
    for one, other in pairwise(rows):
        assert other["y"] > one["y"] or other["x"] >= one["x"] + 22 + text_width(one["text"], 12)
    assert table.head > max(row["y"] for row in rows)

"""Kinds of slip: each is found, ranked as it should be, and neighbours are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from evalcore.bench.slips import DOMAIN, DOUBLED, DROPPED, SLIPS, SWAPPED, find_slips


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("ab-1", "AB1", "case or punctuation"),
        ("A007", "A7", "leading zero"),
        ("7", "007", "leading zero"),
        ("1-02", "1-2", "leading zero"),
        ("SU-O1", "su01", "O for 0"),
        ("Al2", "A12", "l or I for 1"),
        ("AI2", "A12", "l or I for 1"),
        ("A0l", "A01", "l or I for 1"),
        ("AB21", "AB12", "two neighbours swapped"),
        ("1-12", "11-2", "two neighbours swapped"),
        ("AAB12", "AB12", "doubled character"),
        ("AB12", "AB112", "doubled character"),
        ("AB2", "AB12", "dropped character"),
        ("ann.smith", "annsmith", "dropped character"),
        ("0403", "0304", "day and month swapped"),
        ("AB040390", "AB030490", "day and month swapped"),
        ("AB-04-03-1990", "AB 03/04/1990", "day and month swapped"),
        ("19900403x", "19900304x", "day and month swapped"),
        ("04031990", "03041990", "day and month swapped"),
        ("1990-4-3", "1990-3-4", "day and month swapped"),
        ("4/3/90", "3/4/90", "day and month swapped"),
        ("04/03", "03/04", "day and month swapped"),
        ("ann@gmaill.com", "ann@gmail.com", "e-mail domain"),
        ("ann@gmeil.com", "Ann@gmail.com", "e-mail domain"),
        ("ann@gmial.com", "ann@gmail.com", "e-mail domain"),
        ("anm@gmail.com", "amn@gmail.com", "two neighbours swapped"),
    ],
)
def test_a_slip_is_found_from_either_side(one, other, slip):
    assert [found.name for found in find_slips([one], [other]).values()] == [slip]
    assert [found.name for found in find_slips([other], [one]).values()] == [slip]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A01", "A02"),
        ("A01", "A01"),
        ("SU12", "SU34"),
        ("1", "12"),
        ("A100", "A1"),
        ("1304", "0413"),
        ("AB2131", "AB3121x"),
        ("ann@gmail.com", "bob@gmail.com"),
        ("ann@gmail.com", "ann@example.org"),
        ("A-0403-5", "A-0304-6"),
    ],
)
def test_neighbours_and_others_are_not(one, other):
    assert find_slips([one], [other]) == {}


@pytest.mark.parametrize("text", ["AB12345", "x1y2z3"])
def test_each_of_several_candidates_is_found(text):
    others = [text[:i] + text[i + 1 :] for i in range(len(text))]
    assert set(find_slips([text], others)) == {(text, other) for other in others}


short = st.text("ab12", min_size=3, max_size=6)


@given(short, short)
def test_swapped_doubled_and_dropped_are_what_another_library_counts_as_one_step(one, other):
    slip = find_slips([one], [other]).get((one, other))
    one_step = OSA.distance(one, other) == 1
    if slip in (SWAPPED, DOUBLED, DROPPED):
        assert one_step
    if one_step and (len(one) != len(other) or sorted(one) == sorted(other)):
        assert slip is not None


def test_the_kinds_are_in_order_and_explained():
    assert len({slip.name for slip in SLIPS}) == len(SLIPS) == 9
    assert SLIPS[-1] is DOMAIN
    assert all(slip.label.endswith(".") for slip in SLIPS)

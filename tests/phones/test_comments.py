"""What becomes of a comment, and which ones are refused."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalcore.phones.server.comments import JOINERS, cleaned, tells_how_to_reach


@given(st.text(st.characters()))
def test_a_cleaned_comment_is_one_line_of_visible_signs(text: str) -> None:
    comment = cleaned(text)
    assert comment == comment.strip()
    assert "  " not in comment
    assert not [sign for sign in comment if unicodedata.category(sign)[0] == "C" and sign not in JOINERS]
    assert not [sign for sign in comment if sign.isspace() and sign != " "]


@given(st.text(st.characters()))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert cleaned(cleaned(text)) == cleaned(text)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("one\r\ntwo\tthree\u2028four", "one two three four"),
        ("\u202eright to left\u202c", "right to left"),
        ("a\u200bb\x00c\x1b[31m\ufeff", "abc[31m"),
        ("Z" + "\u0321" * 30 + "algo", "Z\u0321\u0321algo"),
        ("caf\u0065\u0301", "café"),
        ("\U0001f468\u200d\U0001f469", "\U0001f468\u200d\U0001f469"),
        ("\u200d \u200c", ""),
        ("<b>&amp;</b>", "<b>&amp;</b>"),
        ("\ud800 half a sign", "half a sign"),
    ],
)
def test_cleaning(typed: str, kept: str) -> None:
    assert cleaned(typed) == kept


@pytest.mark.parametrize(
    "comment",
    [
        "a.b@example.org",
        "write to a@ example.org",
        "ａ＠ｅｘａｍｐｌｅ．ｏｒｇ",
        "http://x",
        "see HTTPS://x",
        "www.somewhere",
        "it is on gov.uk",
        "look at example.co.uk/page",
        "bit.ly/abc",
        "01632 960123",
        "+44 (0)1632-960.123",
        "٠١٦٣٢ ٩٦٠١٢٣",
        "my number: 7946 0958",
        "born 12-03-1984",
        "0\u200d1\u200d6\u200d3\u200d2\u200d9\u200d6\u200d0\u200d1",
    ],
)
def test_what_tells_how_to_reach_somebody(comment: str) -> None:
    assert tells_how_to_reach(comment)


@pytest.mark.parametrize(
    "comment",
    [
        "",
        "Yes, but less so in winter.",
        "We saw that in 2019-2020 and 2021 – 2022.",
        "At 9.30 on 12/03 with 8 of 12 people, 66.7 %",
        "e.g. the course.The rest did not come",
        "About 1,000,000 things; see p. 12.",
        "I agree @ least partly",
        "no.one info.",
    ],
)
def test_what_tells_no_such_thing(comment: str) -> None:
    assert not tells_how_to_reach(comment)

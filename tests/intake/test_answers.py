"""Cells to codes, for every questionnaire by its own definition."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalcore.instruments import list_instruments, load_instrument
from evalcore.intake.answers import for_instrument
from evalcore.intake.values import UNREADABLE

EVERY = [(name, code) for name in list_instruments() for code in load_instrument(name).codes]


def convert(name, text):
    return for_instrument(name).convert(text)


@pytest.mark.parametrize(("name", "code"), EVERY)
@pytest.mark.parametrize("form", ["{}", " {} ", "{}.0", "{},00", "\u00a0{}", "+{}"])
def test_codes_in_every_writing(name, code, form):
    assert convert(name, form.format(code)) == code


@pytest.mark.parametrize(("name", "code"), EVERY)
@pytest.mark.parametrize(
    "form", ["{1}", " {1}. ", "{0} - {1}", "{0}. {1}", "{0}: {1}", "{0} ({1})", "{0}={1}", "{1} ({0})"]
)
def test_labels_and_their_variants(name, code, form):
    answer = load_instrument(name).answers[code]
    for label in (answer.label, *answer.variants, *answer.unverified_variants):
        for text in (label, label.upper(), label.replace("'", "\u2019"), label.replace(" ", "\u00a0")):
            assert convert(name, form.format(code, text)) == code


@pytest.mark.parametrize(("name", "code"), EVERY)
def test_a_number_and_words_that_disagree_are_no_answer(name, code):
    instrument = load_instrument(name)
    for other, answer in instrument.answers.items():
        if other != code:
            assert convert(name, f"{code} - {answer.label}") is UNREADABLE
            assert convert(name, f"{answer.label} ({code})") is UNREADABLE


@pytest.mark.parametrize("name", list_instruments())
@pytest.mark.parametrize("text", ["", " ", "NA", "n/a", "N/A", "#N/A", "-", "–", ".", "null", "NaN"])
def test_marks_for_nothing_are_missing(name, text):
    assert convert(name, text) is None


NO_ANSWERS = (
    "99 -9 -99 999 2.5 1,5 0.5 1e0 1-2 1/2 one ? =2 inf 2x",
    "1 2|2 - |- 2|" + "9" * 400 + "|1 " + "x\n" * 5_000,
)


@pytest.mark.parametrize("name", list_instruments())
@pytest.mark.parametrize("text", [*NO_ANSWERS[0].split(), *NO_ANSWERS[1].split("|")])
def test_what_is_no_answer(name, text):
    assert convert(name, text) is UNREADABLE


@given(st.sampled_from(list_instruments()), st.text())
def test_nothing_but_a_code_ever_comes_out(name, text):
    code = convert(name, text)
    assert code is None or code is UNREADABLE or code in load_instrument(name).codes


@given(st.sampled_from(list_instruments()), st.integers(-10_000, 10_000))
def test_a_number_is_itself_or_nothing(name, number):
    code = convert(name, str(number))
    assert code == number if number in load_instrument(name).codes else code is UNREADABLE

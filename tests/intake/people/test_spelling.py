"""Spellings of an identifier: what the rules pass over, and what they never do."""

from __future__ import annotations

import re
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalcore.intake.people.spelling import RULES, fold, rules_used

MARKS = " -_./:#"


@pytest.mark.parametrize(
    ("one", "other", "rules"),
    [
        ("AB12", "ab12", ("capitals",)),
        ("AB 12", "AB12", ("blanks",)),
        ("AB-12", "AB12", ("punctuation",)),
        ("ab - 12", "AB12", ("capitals", "blanks", "punctuation")),
        ("#12", "12", ("punctuation",)),
        ("12.", "12", ("punctuation",)),
        ("AB--CD", "AB-CD", ("punctuation",)),
        ("Ann  Smith", "Ann Smith", ("blanks",)),
        ("Ann Smith", "Ann_Smith", ("blanks", "punctuation")),
        ("1/12", "1-12", ("punctuation",)),
        ("A\u20131", "A-1", ("punctuation",)),
        ("Zoe\u0308", "Zo\u00eb", ("accents",)),
        ("Ann@Example.org ", "ann@example.org", ("capitals", "blanks")),
    ],
)
def test_the_same_identifier(one, other, rules):
    assert fold(one) == fold(other)
    assert set(rules_used(one, other)) <= {name for name, _ in RULES}
    assert rules_used(one, other) == rules


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1-12", "11-2"),
        ("1-12", "112"),
        ("ann-b", "anna-b"),
        ("Ann B", "AnnB"),
        ("007", "7"),
        ("A07", "A7"),
        ("AO1", "A01"),
        ("Al1", "A11"),
        ("A01", "A02"),
        ("Zoe", "Zo\u00eb"),
        ("stra\u00dfe1", "strasse1"),
        ("ann.b@example.org", "ann-b@example.org"),
        ("ann1@example.org", "ann-1@example.org"),
        ("#", "-"),
        ("--", "_"),
    ],
)
def test_two_identifiers(one, other):
    assert fold(one) != fold(other)


def essence(identifier):
    """What may tell two people apart, found another way: letters, figures, and marks between two of a kind."""
    text = normalize("NFC", normalize("NFC", identifier).lower())
    marks = f"[{re.escape(MARKS)}]"
    while (shorter := re.sub(rf"({marks}){marks}", r"\1", text)) != text:
        text = shorter
    text = text.strip(MARKS)
    kept = ""
    for at, sign in enumerate(text):
        if sign not in MARKS:
            kept += sign
        elif {text[at - 1].isalpha(), text[at + 1].isalpha()} != {True, False}:
            kept += "|"
    return kept


typed = st.text(st.sampled_from("aAbB01" + MARKS), min_size=1, max_size=7)


@given(typed, typed)
def test_only_the_named_rules_join(one, other):
    if essence(one) and essence(other):
        assert (fold(one) == fold(other)) == (essence(one) == essence(other))


@given(st.one_of(typed, st.text(min_size=1, max_size=8)))
def test_folding_again_changes_nothing(identifier):
    assert fold(fold(identifier)) == fold(identifier)
    assert fold(identifier)


@given(typed, typed)
def test_every_joining_names_its_rules(one, other):
    if fold(one) == fold(other):
        assert bool(rules_used(one, other)) == (one != other)


def test_each_rule_is_explained():
    names = [name for name, _ in RULES]
    assert len(set(names)) == len(names)
    assert all(sentence.endswith(".") for _, sentence in RULES)

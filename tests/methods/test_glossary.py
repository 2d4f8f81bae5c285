"""The glossary: each word once, in order, and every short form that a reader meets."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from evalcore.claims import rule_table
from evalcore.errors import DefinitionError
from evalcore.instruments import list_instruments, load_instrument
from evalcore.methods import glossary, list_statistics, list_terms
from evalcore.rules.needs import list_need_forms, load_need_form
from evalcore.rules.source import STANDINGS

TERMS = {one.term.casefold(): one for one in list_terms()}
SHORT_FORM = re.compile(r"\b(?:\w*[A-Z]\w*[A-Z]\w*(?:-\d+)?|[dg]_[a-z]+)\b")
# Names of programs, publishers and countries, and parts of a title: nothing that a reader has to look up.
NO_TERMS = {"SPSS", "USA", "UK", "STDEV", "QUARTILE", "INC", "SciPy", "INTERNAL"}
USED = (
    "wave, matched pair, attrition, service user, caseload, OGRS, OASys, need, layer, norm, band, alpha, omega,"
    " item-rest correlation, SEM, floor and ceiling, Wilson interval, Newcombe interval, Holm's correction, disclosure,"
    " working copy, horizon, roster, trail of numbers, metric score, standing, 95 % interval, p value, effect size"
)


def test_the_words_that_the_pages_use_are_defined() -> None:
    assert [word for word in USED.split(", ") if word.casefold() not in TERMS] == []


def test_every_short_form_of_a_definition_is_defined() -> None:
    texts = [f"{one.label} {one.text}" for one in list_statistics()]
    texts += [f"{load_instrument(name).short_name} {load_instrument(name).name}" for name in list_instruments()]
    texts += [load_need_form(name).label for name in list_need_forms()]
    texts += [one.meaning for one in list_terms()]
    words = {found for text in texts for found in SHORT_FORM.findall(text.replace("SDs", "SD"))}
    assert {"OASys", "SD", "d_z", "UWES-9"} <= words
    known = " ".join(one.term for one in list_terms())
    assert sorted(word for word in words - NO_TERMS if word not in known) == []


def test_terms_are_sorted_and_stand_once() -> None:
    keys = [one.term.casefold() for one in list_terms()]
    assert keys == sorted(set(keys))


@pytest.mark.parametrize("one", list_terms(), ids=lambda one: one.term)
def test_a_meaning_is_a_sentence_with_a_known_standing(one: glossary.Term) -> None:
    assert one.meaning.endswith(".")
    assert len(one.meaning.split()) >= 5
    assert one.source is None or one.source.standing in STANDINGS


def test_no_meaning_claims_a_cause_or_a_success() -> None:
    said = " ".join(one.meaning for one in list_terms()).lower()
    assert [stem for stem in rule_table().forbidden if stem in said] == []


def test_a_term_that_stands_twice_is_a_fault(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "glossary.toml"
    path.write_text('[[terms]]\nterm = "Wave"\nmeaning = "A time."\n' * 2, encoding="utf-8")
    monkeypatch.setattr(glossary, "_GLOSSARY", path)
    with pytest.raises(DefinitionError, match="2 entries called Wave"):
        list_terms()


def test_terms_are_sorted_as_in_a_dictionary(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "glossary.toml"
    entries = [f'[[terms]]\nterm = "{term}"\nmeaning = "A meaning."\n' for term in ("Zeal", "alpha", "Beta")]
    path.write_text("".join(entries), encoding="utf-8")
    monkeypatch.setattr(glossary, "_GLOSSARY", path)
    assert [one.term for one in list_terms()] == ["alpha", "Beta", "Zeal"]

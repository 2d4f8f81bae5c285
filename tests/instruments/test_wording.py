"""Licences: every instrument carries its line, and no licensed wording is shipped."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

from evalcore.instruments import list_instruments, load_instrument

ROOT = Path(__file__).parents[2]
FORBIDDEN = set(json.loads(Path(__file__).with_name("licensed_wording.json").read_text(encoding="utf-8"))["hashes"])
SHIPPED = ("evalcore", "pages", "sample_data", "tests", "benchmarks")
TEXT = {".py", ".toml", ".md", ".json", ".csv", ".R", ".txt", ".css", ".html"}
BIG = 1_000_000


def forbidden_in(text: str) -> list[str]:
    """Four-word sequences of the licensed wording that stand in the text."""
    words = re.findall(r"[a-z]+", re.sub(r"['’]", "", text.lower()))
    sequences = {" ".join(words[start : start + 4]) for start in range(len(words) - 3)}
    return [one for one in sorted(sequences) if hashlib.sha256(one.encode()).hexdigest()[:16] in FORBIDDEN]


def test_no_licensed_wording_is_shipped() -> None:
    files = [path for folder in SHIPPED for path in (ROOT / folder).rglob("*") if path.suffix in TEXT] + list(
        ROOT.glob("*.md")
    )
    small = [path for path in files if path.stat().st_size < BIG]
    assert len(small) > 20
    found = {str(path.relative_to(ROOT)): forbidden_in(path.read_text(encoding="utf-8")) for path in small}
    assert {name: sequences for name, sequences in found.items() if sequences} == {}


def test_the_search_finds_a_sequence() -> None:
    parts = ["Colour", "less green; ideas", " sleep"]
    assert len(forbidden_in("They say: " + "".join(parts))) == 1


@pytest.mark.parametrize("name", list_instruments())
def test_every_instrument_has_its_licence_line(name: str) -> None:
    instrument = load_instrument(name)
    owner = {"gse": "Schwarzer", "uwes9": "© Schaufeli & Bakker", "wemwbs": "©", "swemwbs": "©"}[name]
    assert owner in instrument.licence
    assert instrument.licence_terms


@pytest.mark.parametrize("name", list_instruments())
def test_a_keyword_is_a_few_words(name: str) -> None:
    assert all(len(item.keyword.split()) <= 4 for item in load_instrument(name).items)


def test_header_words_tell_every_two_questions_apart() -> None:
    """No set of words of one question is part of another question's: a heading never fits two by one set alone."""
    sets = [
        (item.code, item.also, frozenset(words))
        for name in list_instruments()
        for item in load_instrument(name).items
        for words in item.header_words
    ]
    assert {code for code, _, _ in sets} == {
        code for name in list_instruments() for code in load_instrument(name).columns
    }
    for code, also, words in sets:
        clashing = [
            other for other, longer, more in sets if words <= more and other not in (code, also) and longer != code
        ]
        assert clashing == []


@pytest.mark.parametrize("name", list_instruments())
def test_answer_words_are_lower_case_and_lead_to_one_code(name: str) -> None:
    labels = load_instrument(name).labels
    assert all(text == text.lower().strip() for text in labels)
    assert set(labels.values()) == set(load_instrument(name).codes)


def test_both_words_for_the_second_answer_of_the_gse() -> None:
    labels = load_instrument("gse").labels
    assert labels["hardly true"] == labels["barely true"]

"""Codes in place of identifiers: the primitive, the key, who shares a code and who does not, what is left behind."""

from __future__ import annotations

import dataclasses
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalcore.errors import EvalcoreError, TableError
from evalcore.intake.files.raw import RawTable
from evalcore.intake.files.reading import read_table
from evalcore.intake.people import pseudonyms
from evalcore.intake.people.pseudonyms import check_key, new_key, pseudonym, replace_identifiers
from evalcore.intake.people.spelling import fold
from evalcore.intake.problems import Problem
from tests.intake.made import csv_bytes

KEY = "7Q4ZM-0T8KD-R5XBN-W2HJC-9VPGA"
OTHER_KEY = "8Q4ZM-0T8KD-R5XBN-W2HJC-9VPGA"
# RFC 4231, section 4: key, data, HMAC-SHA-256 of the test cases 1, 2 and 6.
RFC_4231 = (
    (b"\x0b" * 20, b"Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
    (
        b"Jefe",
        b"what do ya want for nothing?",
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    ),
    (
        b"\xaa" * 131,
        b"Test Using Larger Than Block-Size Key - Hash Key First",
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
    ),
)
SPELLINGS = ("AB12", "ab 12", " Ab12\u00a0", "ab-12")


def raw(*cells: str) -> RawTable:
    return read_table(csv_bytes([["respondent_id", "gse_1"], *([cell, "3"] for cell in cells)]), "made.csv")


def cells(table: RawTable, position: int = 1) -> list[str]:
    column = table.columns[position - 1]
    return [column.texts[code] for code in column.codes]


def everything(table: RawTable) -> str:
    """All that a table holds, as one text."""
    texts = [text for column in table.columns for text in column.texts]
    told = [f"{one}" for one in (*table.refused, *table.notes, *table.header, *table.questions)]
    return " ".join([*texts, *told])


@pytest.mark.parametrize(("key", "data", "expected"), RFC_4231)
def test_the_keyed_hash_is_that_of_rfc_4231(key: bytes, data: bytes, expected: str) -> None:
    assert pseudonyms._keyed_hash(key, data).hex() == expected


def test_the_code_is_the_first_fifty_bits_of_the_keyed_hash() -> None:
    digest = hmac.new(KEY.replace("-", "").encode(), fold("AB12").encode(), "sha256").digest()
    bits = "".join(f"{byte:08b}" for byte in digest)[:50]
    letters = [pseudonyms._ALPHABET[int(bits[at : at + 5], 2)] for at in range(0, 50, 5)]
    assert pseudonym("AB12", KEY) == "P-" + "".join(letters)


def test_the_codes_never_change() -> None:
    """Codes that people have noted must come out again in every later version."""
    noted = {"AB12": "P-0H4Y7NC2JZ", "1": "P-WF4C4S9G5N", "Zoë 7": "P-F55ART21F5"}
    assert {who: pseudonym(who, KEY) for who in noted} == noted


def test_spellings_that_are_read_as_one_have_one_code() -> None:
    assert len({pseudonym(spelling, KEY) for spelling in SPELLINGS}) == 1


def test_a_number_with_the_decimals_of_a_spreadsheet_has_the_code_of_the_number() -> None:
    assert pseudonym("12.0", KEY) == pseudonym("12", KEY)
    assert len(set(cells(replace_identifiers(raw("12.0", "12"), 1, KEY)))) == 1


@given(st.lists(st.integers(0, 10**6), unique=True, min_size=2, max_size=50))
def test_different_people_have_different_codes(numbers: list[int]) -> None:
    assert len({pseudonym(f"S{number}", KEY) for number in numbers}) == len(numbers)


def test_another_key_gives_other_codes() -> None:
    assert pseudonym("AB12", KEY) != pseudonym("AB12", OTHER_KEY)


@pytest.mark.parametrize("typed", [KEY.lower(), KEY.replace("-", " "), KEY.replace("0", "O"), f" {KEY}\u00a0"])
def test_a_key_may_be_typed_otherwise(typed: str) -> None:
    assert pseudonym("AB12", typed) == pseudonym("AB12", KEY)


def test_new_keys_differ_and_have_no_look_alikes() -> None:
    keys = {new_key() for _ in range(200)}
    assert len(keys) == 200
    signs = set("".join(keys)) - {"-"}
    assert len(signs) == 32
    assert not signs & set("ILOU")
    assert all(check_key(key) == "" and [len(part) for part in key.split("-")] == [5] * 5 for key in keys)
    assert 25 * 5 >= 100


@pytest.mark.parametrize("key", ["", "secret", "A" * 40, "ABABABABABABABABABABABAB", "-" * 30, KEY[:20]])
def test_a_weak_key_is_refused_and_not_quoted(key: str) -> None:
    assert check_key(key).endswith(".")
    with pytest.raises(EvalcoreError) as raised:
        pseudonym("AB12", key)
    assert str(raised.value) == check_key(key)
    assert not key or key not in str(raised.value)
    with pytest.raises(EvalcoreError):
        replace_identifiers(raw("AB12"), 1, key)


def test_a_key_of_twenty_letters_and_digits_will_do() -> None:
    assert check_key("7Q4ZM0T8KDR5XBNW2HJC") == ""
    assert "20" in check_key("7Q4ZM0T8KDR5XBNW2HJ")


@pytest.mark.parametrize("nothing", ["", " ", "n/a", "-", "Prefer not to say"])
def test_nobody_has_no_code(nothing: str) -> None:
    with pytest.raises(TableError):
        pseudonym(nothing, KEY)


def test_identifiers_are_replaced_and_blanks_stay() -> None:
    result = replace_identifiers(raw("AB12", "", "n/a", "AB13", "ab 12", "Prefer not to say"), 1, KEY)
    one, other = pseudonym("AB12", KEY), pseudonym("AB13", KEY)
    assert cells(result) == [one, "", "n/a", other, one, "Prefer not to say"]
    assert cells(result, 2) == ["3"] * 6
    assert result.header == ("respondent_id", "gse_1")
    assert result.rows.tolist() == [2, 3, 4, 5, 6, 7]


def test_nothing_of_the_identifiers_is_left() -> None:
    whole = everything(replace_identifiers(raw(*SPELLINGS, "Z99", "1.18052E+11"), 1, KEY))
    assert not [text for text in (*SPELLINGS, "ab12", "Z99", "z99", "1.18052") if text.strip() in whole]
    assert KEY not in whole
    assert KEY.replace("-", "") not in whole


def test_what_was_replaced_is_listed() -> None:
    notes = replace_identifiers(raw("AB12", "ab 12", "AB13", "", "AB13"), 1, KEY).notes
    assert [(note.row, note.column, note.found, note.severity) for note in notes] == [
        (None, "respondent_id", "2 identifiers, replaced by codes", "note"),
        (None, "respondent_id", "1 identifier in several spellings", "note"),
    ]


def test_a_table_may_go_through_twice() -> None:
    once = replace_identifiers(raw("AB12", "AB13"), 1, KEY)
    twice = replace_identifiers(once, 1, KEY)
    assert cells(twice) == cells(once)
    assert twice.notes == once.notes


def test_each_text_has_its_new_one_in_its_place() -> None:
    before = raw("AB12", "ab 12", "-")
    after = replace_identifiers(before, 1, KEY).columns[0]
    assert after.texts == (pseudonym("AB12", KEY), pseudonym("AB12", KEY), "-")
    assert after.codes.tolist() == before.columns[0].codes.tolist()


def test_what_reading_had_to_say_is_kept() -> None:
    said = Problem(None, "", "more sheets: B", "one sheet", "sheet not read", "note")
    before = dataclasses.replace(raw("AB12"), notes=(said,))
    assert replace_identifiers(before, 1, KEY).notes[0] is said


def test_one_spelling_each_is_not_remarked_upon() -> None:
    assert len(replace_identifiers(raw("AB12", "AB12", "AB13"), 1, KEY).notes) == 1


def test_the_table_that_was_given_stays_as_it_was() -> None:
    before = raw("AB12", "AB13")
    replace_identifiers(before, 1, KEY)
    assert cells(before) == ["AB12", "AB13"]
    assert before.notes == ()


def test_a_table_shows_neither_key_nor_people_when_printed() -> None:
    shown = repr(replace_identifiers(raw("AB12"), 1, KEY))
    assert KEY not in shown
    assert "AB12" not in shown


@pytest.mark.parametrize("position", [0, 3, -1])
def test_a_column_that_is_not_there_is_refused(position: int) -> None:
    with pytest.raises(TableError, match="2 columns"):
        replace_identifiers(raw("AB12"), position, KEY)


def test_a_table_without_rows_stays_without_rows() -> None:
    result = replace_identifiers(raw(), 1, KEY)
    assert len(result) == 0
    assert result.notes == ()

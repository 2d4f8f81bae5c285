"""Identifiers become codes as files are read, if a person wants it; the key stays in the session."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from evalcore.intake.people.pseudonyms import new_key, pseudonym
from tests.pages import adding, frame
from tests.pages.adding import check, choose, column, files_of, give, gse, page_with, press, table

ITEMS = ",".join(adding.ITEMS)
NAMED = ("named.csv", table(f"respondent_id,wave,number,{ITEMS}", gse("AB12", "pre", "N1"), gse("AB13", "pre", "N2")))
BOX = "Replace identifiers by codes as files are read"


def private(at: AppTest) -> AppTest:
    next(box for box in at.main.checkbox if box.label == BOX).check().run()
    return at


def key_of(at: AppTest) -> str:
    return next(field.value for field in at.main.text_input if field.label == "Your key")


def people(at: AppTest) -> list[str]:
    return sorted(at.session_state["study"].responses["respondent_id"])


def test_identifiers_become_codes_of_the_key_that_is_shown() -> None:
    at = private(frame.dashboard("add_data"))
    give(at, NAMED)
    assert people(at) == sorted(pseudonym(name, key_of(at)) for name in ("AB12", "AB13"))
    assert not any(found.isin(["AB12"]).to_numpy().any() for found in frame.tables(at))


def test_the_key_outlasts_a_visit_to_another_page_and_is_in_no_address() -> None:
    at = private(frame.dashboard("add_data"))
    key = key_of(at)
    frame.go(frame.go(at, "overview"), "add_data")
    assert key_of(at) == key
    assert key not in str(frame.address(at))


def test_a_key_that_was_noted_gives_the_same_codes() -> None:
    key = new_key()
    found = []
    for _ in range(2):
        at = private(frame.dashboard("add_data"))
        next(field for field in at.main.text_input if field.label == "Your key").input(key).run()
        found.append(people(give(at, NAMED)))
    assert found[0] == found[1]


def test_a_key_that_is_too_short_stops_the_reading_until_it_is_mended() -> None:
    at = private(frame.dashboard("add_data"))
    field = next(field for field in at.main.text_input if field.label == "Your key")
    field.input("abc").run()
    give(at, NAMED)
    assert len(files_of(at)) == 4
    assert "Until then no file is read" in frame.words(at)
    next(field for field in at.main.text_input if field.label == "Your key").input(new_key()).run()
    assert files_of(at) == ["named.csv"]


def test_files_that_came_before_stay_as_they_are_and_without_the_tick_nothing_is_replaced() -> None:
    at = private(page_with(NAMED))
    assert people(at) == ["AB12", "AB13"]
    next(box for box in at.main.checkbox if box.label == BOX).uncheck().run()
    give(at, NAMED, ("more.csv", NAMED[1].replace(b"AB", b"CD")))
    assert "CD12" in people(at)


def test_reading_again_neither_replaces_a_code_twice_nor_gives_an_identifier_away() -> None:
    at = give(private(frame.dashboard("add_data")), NAMED)
    key, before = key_of(at), people(at)
    check(at, "named.csv")
    choose(at, "Column", "4: gse_1")
    choose(at, "What it is", "Left out")
    press(at, "Use this")
    assert people(at) == before
    choose(at, "Column", "3: number")
    choose(at, "What it is", "Respondent")
    press(at, "Use this")
    assert people(at) == sorted(pseudonym(name, key) for name in ("N1", "N2"))
    press(at, "Back to how it was read at first")
    assert people(at) == before


@pytest.mark.parametrize("column_chosen", ["colour", "shape"])
def test_an_identifier_that_is_named_later_becomes_a_code_as_well(column_chosen: str) -> None:
    rows = table(f"colour,shape,wave,{ITEMS}", gse("red", "round", "pre"), gse("blue", "square", "pre"))
    at = give(private(frame.dashboard("add_data")), ("boxes.csv", rows))
    key = key_of(at)
    choose(at, "boxes.csv: Which column says who answered?", column_chosen)
    names = {"colour": ("red", "blue"), "shape": ("round", "square")}[column_chosen]
    assert people(at) == sorted(pseudonym(name, key) for name in names)
    assert column(at, "Rows used") == ["2"]

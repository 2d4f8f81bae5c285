"""Cells to values, for each kind of native column."""

from __future__ import annotations

import datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalcore.intake import native
from evalcore.intake.cells.values import NO_ANSWER, UNREADABLE, convert_column, for_field
from evalcore.intake.files.raw import TextColumn
from evalcore.intake.native import CHOICE, DATE, IDENTIFIER, NUMBER, TEXT, WHOLE, YES_NO, Field, fields

FOURTH = datetime.datetime(2026, 2, 4)
TWENTIETH = datetime.datetime(2026, 3, 20)
ROLE = next(field for field in fields("responses") if field.name == "role")
CONSENT = next(field for field in fields("roster") if field.name == "consent")

ONE_WAY = (
    "2026-02-04|2026-02-04T14:02|2026-02-04T14:02:11|2026-02-04T14:02:11Z|2026-02-04T14:02:11.000+00:00"
    "|2026-02-04 14:02:11.123456|2026-02-04 14:05:40 UTC|2026-02-04T23:59:59-05:00|2026/02/04|2026.2.4|20260204"
    "|2026/02/04 7:10:37 PM GMT|2026/02/04 7:10:37 PM GMT+1|4 Feb 2026|4 February 2026|04-Feb-26|04-FEB-2026 09:00"
    "|4th February 2026|Wed 4 Feb 2026|Wednesday, 4 February 2026|Feb 4, 2026|February 4th, 2026 2:05 pm|Feb 04 2026"
    "|46057|46057.5868|46057,25| 2026-02-04 |2026-02-04\u00a014:02"
)
DAY_FIRST = "04/02/2026|4/2/2026|4.2.2026|04-02-2026|04/02/26|04/02/2026 14:05|04/02/2026 14:05:40|4.2.26 14.05"
NO_DATES = (
    "31/02/2026|2026-13-01|2026-02-30|2026|3|04/02|February 2026|4/2-2026|2026-02-04 25:00|2026-02-04 14:61|0004-02-04"
    "|04/02/1826|4 Foo 2026|20261332|19999|73051|yesterday|1/2/3|2026-02-04 Europe|٤/٢/٢٠٢٦"
)


def date(text, texts=()):
    return for_field(Field("on", DATE), texts).convert(text)


@pytest.mark.parametrize("text", ONE_WAY.split("|"))
def test_dates_that_can_be_read_one_way_only(text):
    assert date(text) == FOURTH
    assert date(text, ["12/31/2026", text]) == FOURTH, "whatever the order of the column"


@pytest.mark.parametrize("text", DAY_FIRST.split("|"))
def test_the_day_comes_first_unless_the_column_shows_otherwise(text):
    assert date(text) == FOURTH
    assert date(text, [text, "31/12/2026"]) == FOURTH
    assert date(text, [text, "12/31/2026"]) == datetime.datetime(2026, 4, 2)


@pytest.mark.parametrize("text", NO_DATES.split("|"))
def test_what_is_no_date(text):
    assert date(text) is UNREADABLE


@given(st.dates(datetime.date(1954, 10, 4), datetime.date(2099, 12, 31)))
def test_every_day_comes_back_from_every_writing(day):
    expected = datetime.datetime(day.year, day.month, day.day)
    serial = (expected - datetime.datetime(1899, 12, 30)).days
    for form in ("%Y-%m-%d", "%Y-%m-%dT09:30:00Z", "%d/%m/%Y", "%d.%m.%Y 09:30", "%d %b %Y", "%B %d, %Y", "%Y%m%d"):
        assert date(day.strftime(form)) == expected
    assert date(str(serial)) == expected
    if day.year >= 2000:
        assert date(day.strftime("%d/%m/%y")) == expected
    american = [day.strftime("%m/%d/%Y"), "11/30/2001 10:17:34 AM"]
    assert date(american[0], american) == expected


def notes(*texts):
    return for_field(Field("on", DATE), texts).notes


def test_a_column_with_the_month_first_is_read_so_and_says_so():
    texts = ["10/27/2021 10:17:34 AM", "3/4/2021 9:00:00 PM", "7/27/26 19:06:23"]
    converted = convert_column(TextColumn.from_cells(texts), for_field(Field("on", DATE), texts))
    days = [datetime.datetime(2021, 10, 27), datetime.datetime(2021, 3, 4), datetime.datetime(2026, 7, 27)]
    assert converted.values.tolist() == days
    assert not converted.bad.any()
    ((found, expected),) = notes(*texts)
    assert "10/27/2021" in found
    assert "month first" in expected
    assert "month first" in for_field(Field("on", DATE), texts).expected


def test_dates_against_the_order_of_most_are_unreadable_and_the_column_says_so():
    texts = ["27/10/2021", "28/10/2021", "10/29/2021", "01/02/2021"]
    converted = convert_column(TextColumn.from_cells(texts), for_field(Field("on", DATE), texts))
    assert converted.bad.tolist() == [False, False, True, False]
    assert converted.values[3] == datetime.datetime(2021, 2, 1)
    ((found, expected),) = notes(*texts)
    assert "27/10/2021" in found
    assert "10/29/2021" in found
    assert "day first" in expected
    assert date("01/02/2021", ["10/27/2021", "10/28/2021", "29/10/2021"]) == datetime.datetime(2021, 1, 2)
    assert date("01/02/2021", ["10/27/2021", "29/10/2021"]) == datetime.datetime(2021, 2, 1), "day first in a draw"


def test_an_order_that_nothing_shows_is_noted_only_beside_an_american_clock():
    assert len(notes("02/04/2026 02:02:11 PM")) == 1
    assert date("02/04/2026 02:02:11 PM", ["02/04/2026 02:02:11 PM"]) == datetime.datetime(2026, 4, 2)
    assert notes("02/04/2026 14:02", "2026-02-04 02:02 PM", "") == ()
    assert notes("02/04/2026 02:02:11 PM", "27/04/2026 03:00 PM") == ()
    assert notes("27/04/2026", "01/02/2026") == ()


def test_day_numbers_of_a_spreadsheet_are_noted_once_for_the_column():
    ((found, expected),) = notes("46057", "46058", "2026-02-04")
    assert "46057" in found
    assert "spreadsheet" in expected


@pytest.mark.parametrize("text", ["1980-01-01 00:00:00", "1980-01-01T00:00:00", "01/01/1980 00:00", "99", "Missing"])
def test_a_time_that_was_not_taken_is_missing(text):
    assert date(text) is NO_ANSWER


def test_other_times_of_1980_are_dates():
    assert date("1980-01-01 10:00:00") == date("1980-01-01") == datetime.datetime(1980, 1, 1)
    assert date("1980-01-02 00:00:00") == datetime.datetime(1980, 1, 2)


NUMBERS = {"2,5": 2.5, "2.5": 2.5, ",5": 0.5, "68 %": 68.0, "-3": -3.0, "99": 99.0, "1,25": 1.25}


@pytest.mark.parametrize(("text", "number"), NUMBERS.items())
def test_numbers_with_a_decimal_comma(text, number):
    assert for_field(Field("x", NUMBER)).convert(text) == number


def test_a_number_in_range_is_never_missing():
    ogrs = for_field(Field("ogrs", NUMBER, low=1, high=100)).convert
    assert [ogrs(text) for text in ("99", "98,0", "999", "-9", "101", "0", "Not recorded")] == [
        *(99, 98, NO_ANSWER, NO_ANSWER, UNREADABLE, UNREADABLE, NO_ANSWER)
    ]
    score = for_field(Field("s", WHOLE, low=0, high=12)).convert
    assert [score(text) for text in ("12", "99", "2,5", "1,234")] == [12, NO_ANSWER, UNREADABLE, UNREADABLE]


@pytest.mark.parametrize(
    "text", ["Service User", "service-user", "SERVICE_USER", " service  user ", "1 - Service user", "Service User (1)"]
)
def test_a_role_in_other_letters(text):
    assert for_field(ROLE).convert(text) == "service user"


@pytest.mark.parametrize("text", ["client", "participant", "case manager", "1", "staff and volunteer", "1 - client"])
def test_a_role_that_is_not_certain_is_not_taken(text):
    assert for_field(ROLE).convert(text) is UNREADABLE
    assert for_field(ROLE, chosen={text.upper(): "staff"}).convert(text) == "staff"


def test_words_of_a_column_come_before_words_for_no_answer():
    assert for_field(CONSENT).convert("Refused") == "refused"
    assert for_field(ROLE).convert("Refused") is NO_ANSWER
    assert for_field(ROLE).convert("3 - Prefer not to say") is NO_ANSWER
    assert for_field(ROLE).convert("99") is NO_ANSWER


def test_choices_win_and_may_say_nothing():
    converter = for_field(ROLE, chosen={"SU ": "staff", "x": None, "y": "", "z": "nobody"})
    assert [converter.convert(text) for text in ("su", "X", "y", "z", "volunteer")] == [
        *("staff", None, None, UNREADABLE, "volunteer")
    ]
    on = for_field(Field("on", DATE), ["12/31/2026"], chosen={"soon": "2026-02-04"})
    assert on.convert("Soon") == FOURTH
    assert on.convert("3/20/2026") == TWENTIETH
    assert len(on.notes) == 1


def test_text_and_identifiers_keep_what_only_looks_missing():
    site = for_field(Field("site", TEXT)).convert
    assert [site(text) for text in ("  North\u00a0 Site ", "St Ann@SQ@s", "Prefer not to say", "99", "n/a")] == [
        *("North Site", "St Ann's", "Prefer not to say", "99", None)
    ]
    identifier = for_field(Field("respondent_id", IDENTIFIER)).convert
    assert [identifier(text) for text in ("99", "-99", "0099", "NASK1", "Unknown", "(blank)", "-")] == [
        *("99", "-99", "0099", "NASK1", NO_ANSWER, NO_ANSWER, None)
    ]


def test_yes_and_no():
    eligible = for_field(Field("eligible", YES_NO)).convert
    assert [eligible(text) for text in ("Yes", "0,0", "Don't know", "-9", "maybe", "")] == [
        *(True, False, NO_ANSWER, NO_ANSWER, UNREADABLE, None)
    ]


@pytest.mark.parametrize("kind", native.KINDS)
def test_every_native_column_has_a_converter_and_a_bad_cell_is_in_one_mask_only(kind):
    texts = ["", "Prefer not to say", "?!", "1", "-99"]
    column = TextColumn(np.array([0, 1, 2, 3, 4, 2], dtype=np.int32), tuple(texts))
    for field in fields(kind):
        converted = convert_column(column, for_field(field, texts))
        assert len(converted.values) == len(converted.bad) == len(converted.said_missing) == 6
        assert not (converted.bad & converted.said_missing).any()
        assert converted.values[converted.bad | converted.said_missing].isna().all()
        assert not converted.bad[0]
        assert converted.bad[2] == converted.bad[5] == (field.kind not in (TEXT, IDENTIFIER))


def test_each_different_text_is_converted_once():
    seen = []
    field = Field("role", CHOICE, ("staff",))
    converter = for_field(field)
    counting = type(converter)(lambda text: seen.append(text) or converter.convert(text), "str", "")
    convert_column(TextColumn.from_cells(["staff"] * 1000 + ["x"] * 1000), counting)
    assert seen == ["staff", "x"]

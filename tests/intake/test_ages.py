"""Dates of birth turned into ages at the door: what is made, what is listed, and that no date is left anywhere."""

from __future__ import annotations

import datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalcore.intake import Choices, read_any, read_caseload, read_cases, read_roster, reread
from evalcore.storage.intakes import intake_parts
from tests.intake.made import csv_bytes, listed

MADE, MISSING, LEFT_OUT = "turned into ages", "value set to missing", "column left out"
HEADER = ["ID", "Date of birth", "Start date"]


def cases(*rows, header=HEADER, reader=read_cases, **more):
    return reader(csv_bytes([header, *([f"A{i}", *row] for i, row in enumerate(rows))]), name="cases.csv", **more)


def ages(intake, name="age"):
    return [None if pd.isna(age) else age for age in intake.table[name]] if name in intake.table else None


def everything(intake):
    """All that is kept of a file, also in a study that is saved."""
    shown = [intake.table.to_csv(), intake.mapping.to_csv(), intake.problems.to_csv(), intake.entries.table.to_csv()]
    cells = [text for column in intake.raw.columns for text in column.texts]
    asked = [repr(question.options) + question.why for question in intake.questions]
    stored = [part.decode() for _, part in intake_parts(intake)]
    return "\n".join([*shown, *cells, *asked, *stored, repr(intake.raw.notes)])


@pytest.mark.parametrize(
    ("born", "start", "age"),
    [
        ("1980-02-01", "2026-02-01", 46),
        ("1980-02-02", "2026-02-01", 45),
        ("2 Feb 1980", "1/2/2026", 45),
        ("29/02/2000", "28/02/2026", 25),
        ("29/02/2000", "01/03/2026", 26),
        ("29259", "2026-02-07", 45),
        ("29259", "2026-02-08", 46),
        ("1980-01-01 00:00:00", "2026-02-01", 46),
        ("19800201", "2026-02-01", 46),
        ("2016-02-01", "2026-02-01", 10),
        ("1916-01-01", "2026-02-01", 110),
    ],
)
def test_an_age_is_that_in_completed_years_at_the_start(born, start, age):
    intake = cases([born, start])
    assert ages(intake) == [age]
    assert listed(intake) == {(None, "Date of birth", MADE)}


@given(
    st.dates(datetime.date(1930, 1, 1), datetime.date(2005, 1, 1)),
    st.dates(datetime.date(2020, 1, 1), datetime.date(2026, 12, 31)),
)
def test_an_age_is_the_number_of_birthdays(born, start):
    birthdays = sum(
        1
        for year in range(born.year + 1, start.year + 1)
        if (start.year, start.month, start.day) >= (year, born.month, born.day)
    )
    assert ages(cases([born.isoformat(), start.isoformat()])) == [birthdays]


@pytest.mark.parametrize(
    ("born", "start", "said"),
    [
        ("01/02/80", "2026-02-01", "two digits"),
        ("1 Feb 80", "2026-02-01", "two digits"),
        ("about 1980", "2026-02-01", "can not be read"),
        ("31/02/1980", "2026-02-01", "can not be read"),
        ("1980-02-01", "", "no date in the row"),
        ("1980-02-01", "soon", "no date in the row"),
        ("1900-01-01", "2026-02-01", "over 110"),
        ("2020-01-01", "2026-02-01", "under 10"),
        ("2030-01-01", "2026-02-01", "under 10"),
    ],
)
def test_what_can_not_be_an_age_is_listed_without_the_date(born, start, said):
    intake = cases([born, start], ["1990-05-05", "2026-02-01"])
    assert ages(intake) == [None, 35]
    assert (2, "Date of birth", MISSING) in listed(intake)
    found = intake.problems.loc[(intake.problems["row"] == 2) & (intake.problems["column"] == "Date of birth"), "found"]
    assert [said in text for text in found] == [True]
    assert born not in everything(intake)


def test_no_date_of_birth_is_left_anywhere_also_when_read_again():
    born = ["1980-02-01", "13/04/1991", "04/12/75", "07 Jun 1969", ""]
    intake = cases(*([one, "2026-02-01"] for one in born))
    again = reread(intake, Choices(kind="cases"))
    caseload = reread(intake, Choices(kind="caseload"))
    for one in (intake, again, caseload):
        assert not any(date in everything(one) for date in born if date)
        assert ages(one) == [46, 34, None, 56, None]
    assert (
        listed(again)
        == listed(intake)
        == listed(caseload)
        == {
            (None, "Date of birth", MADE),
            (4, "Date of birth", MISSING),
        }
    )


def test_a_mapping_that_is_changed_finds_the_ages():
    intake = cases(["1980-02-01", "2026-02-01"], ["1990-02-01", "2026-02-01"])
    mapping = intake.mapping.copy()
    mapping.loc[mapping["header"] == "Date of birth", "taken_for"] = "age"
    assert ages(reread(intake, Choices(mapping=mapping, kind="cases"))) == [46, 36]
    mapping.loc[mapping["header"] == "Date of birth", "taken_for"] = "keep"
    kept = reread(intake, Choices(mapping=mapping, kind="cases"))
    assert kept.table["Date of birth"].tolist() == ["age 46", "age 36"]
    mapping.loc[mapping["header"] == "Date of birth", "taken_for"] = ""
    assert ages(reread(intake, Choices(mapping=mapping, kind="cases"))) is None


@pytest.mark.parametrize("taken", ["keep", "", "age", "date_of_birth"])
def test_a_mapping_of_another_file_lets_no_date_in(taken):
    first = cases(["1980-02-01", "2026-02-01"])
    mapping = first.mapping.assign(taken_for=["respondent_id", taken, "started_on"])
    intake = cases(["1981-07-09", "2026-02-01"], mapping=mapping)
    assert "1981-07-09" not in everything(intake)
    assert ages(intake) == ([44] if taken in ("age", "date_of_birth") else None)


def test_a_person_may_say_which_column_holds_the_dates_of_birth():
    first = cases(["1980-02-01", "2026-02-01"], header=["ID", "Birth details", "Start date"])
    assert (None, "Birth details", LEFT_OUT) in listed(first)
    assert "1980-02-01" not in everything(first)
    mapping = first.mapping.assign(taken_for=["respondent_id", "date_of_birth", "started_on"])
    chosen = reread(first, Choices(mapping=mapping, kind="cases"))
    assert ages(chosen) == [46]
    assert listed(chosen) == {(None, "Birth details", MADE)}


def test_a_column_of_ages_goes_before():
    intake = cases(["1980-02-01", "2026-02-01", 50], header=[*HEADER, "Age"])
    assert ages(intake) == [50]
    assert "column 4 holds ages" in intake.problems["found"].str.cat()
    assert "1980-02-01" not in everything(intake)


def test_a_column_called_age_may_hold_dates_of_birth():
    intake = cases(
        ["1980-02-01", "2026-02-01"],
        ["34", "2026-02-01"],
        ["2000-01-01", "2026-02-01"],
        header=["ID", "Age", "Start date"],
    )
    assert ages(intake) == [46, None, 26]
    assert "1980-02-01" not in everything(intake)


def test_of_two_columns_of_dates_of_birth_that_called_age_goes_before():
    rows = ["1980-02-01", "2026-02-01", "1990-02-01"]
    assert ages(cases(rows, header=["ID", "Age", "Start date", "DOB"])) == [46]


def test_the_date_to_count_to_is_the_first_that_the_row_has():
    header = ["ID", "DOB", "Start date", "Referral date", "Assessment date", "Date of conviction"]
    born = "1980-06-01"
    intake = cases(
        [born, "2026-07-01", "2020-07-01", "2019-07-01", "2018-07-01"],
        [born, "", "2020-07-01", "2019-07-01", "2018-07-01"],
        [born, "", "", "2019-07-01", ""],
        [born, "", "", "", "2018-07-01"],
        header=header,
    )
    assert ages(intake) == [46, 40, 39, 38]
    assert ages(intake, "age_at_conviction") == [38, 38, None, 38]
    assert "convicted_on" not in intake.table
    said = intake.problems["found"].tolist()
    assert any("1 at started_on, 1 at referred_on, 1 at oasys_date and 1 at convicted_on" in text for text in said)
    assert ages(reread(intake, Choices(kind="cases")), "age_at_conviction") == [38, 38, None, 38]


def test_the_age_at_follow_up():
    header = ["ID", "DOB", "Start date", "Release date", "Date of conviction"]
    intake = cases(["1980-06-01", "2026-07-01", "2025-01-01", "2022-01-01"], header=header)
    assert (ages(intake), ages(intake, "age_at_followup"), ages(intake, "age_at_conviction")) == ([46], [44], [41])


def test_without_a_date_to_count_to_there_is_no_age_and_one_line_says_so():
    intake = cases(["1980-02-01"], ["1990-02-01"], header=["ID", "DOB"], reader=read_caseload)
    assert ages(intake) is None
    assert listed(intake, "error") == {(None, "DOB", MISSING)}
    assert "1980-02-01" not in everything(intake)


def test_a_month_that_comes_first_is_seen_and_not_quoted():
    intake = cases(["02/25/1980", "2026-03-01"], ["03/04/1990", "2026-03-25"])
    assert ages(intake) == [46, 36]
    assert "the month first" in intake.problems["found"].str.cat()
    assert "02/25/1980" not in everything(intake)


def test_two_columns_of_dates_of_birth_are_both_replaced():
    intake = cases(["1980-02-01", "2026-02-01", "1981-03-03"], header=[*HEADER, "DOB"])
    assert "1980-02-01" not in everything(intake)
    assert "1981-03-03" not in everything(intake)


def test_elsewhere_a_date_of_birth_stays_left_out():
    rows = [["ID", "Role", "Consent", "DOB"], ["A1", "staff", "yes", "1980-02-01"]]
    intake = read_roster(csv_bytes(rows))
    assert (None, "DOB", LEFT_OUT) in listed(intake)
    place = cases(["Leeds", "2026-02-01"], header=["ID", "Place of birth", "Start date"])
    assert (None, "Place of birth", LEFT_OUT) in listed(place)
    assert read_any(csv_bytes([["ID", "Site", "Consent", "DOB"], ["A1", "N", "yes", "1980-02-01"]])).kind == "roster"

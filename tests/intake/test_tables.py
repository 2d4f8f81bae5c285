"""Roster, cases, caseload and published figures: what each column takes, and what is listed."""

from __future__ import annotations

import pandas as pd
import pytest

from evalcore.errors import UnknownNameError, UnreadableFileError
from evalcore.intake import detect_kind, read_any, read_caseload, read_cases, read_published, read_roster, template
from evalcore.intake.native import KINDS, SECTION_MAXIMA, fields
from tests.intake.made import csv_bytes, fates, listed, workbook_bytes

ASIDE, MISSING, KEPT, NOT_READ = "row set aside", "value set to missing", "kept, please check", "file not read"


def column(reader, name, cells, **more):
    """One column of a table of people, as it is read, and the rows that are listed."""
    rows = [["respondent_id", name], *([f"A{i}", cell] for i, cell in enumerate(cells))]
    intake = reader(csv_bytes(rows), name="file.csv", **more)
    values = [None if pd.isna(value) else value for value in intake.table[name].tolist()]
    return values, {row for row, where, action in listed(intake) if (where, action) == (name, MISSING)}


@pytest.mark.parametrize(
    ("name", "cells", "values", "bad"),
    [
        ("sex", ["m", "F", "Man", "woman", "Male", "FEMALE", "x", ""], ["male", "female"] * 3 + [None] * 2, {8}),
        (
            "age",
            ["10", "110", "34.5", "9", "111", "old", "n/a", "40,0"],
            [10, 110, 34.5, None, None, None, None, 40],
            {5, 6, 7},
        ),
        ("ogrs", ["0", "100", "68%", "101", "-1", "5,5"], [0, 100, 68, None, None, 5.5], {5, 6}),
        ("contacts_offered", ["0", "12", "1.5", "-1", "1,234"], [0, 12, None, None, None], {4, 5, 6}),
        ("status", ["Active", "completed", "DISENGAGED", "left"], ["active", "completed", "disengaged", None], {5}),
        (
            "ogrs_horizon",
            ["1 year", "two years", "1-year", "Not stated", "3 years"],
            ["1 year", "2 years", "1 year", "not stated", None],
            {6},
        ),
        ("drugs_need", ["yes", "N", "1", "0", "True", "2", "-"], [True, False, True, False, True, None, None], {7}),
        ("reoffended", ["no", "Y", "maybe"], [False, True, None], {4}),
        ("drugs_score", ["0", "10", "11", "2.5", ""], [0, 10, None, None, None], {4, 5}),
        ("finance_score", ["0", "99", "-1"], [0, 99, None], {4}),
        ("offence", ["theft ", "a\u00a0 b", "n/a", "=1+1"], ["theft", "a b", None, "=1+1"], set()),
    ],
)
def test_cases(name, cells, values, bad):
    assert column(read_cases, name, cells) == (values, bad)


@pytest.mark.parametrize(
    ("cell", "date"),
    [
        ("2026-02-04", "2026-02-04"),
        ("2026-2-4 14:05", "2026-02-04"),
        ("2024-11-29T23:04:32Z", "2024-11-29"),
        ("04/02/2026", "2026-02-04"),
        ("4.2.2026", "2026-02-04"),
        ("4-2-2026 14:05", "2026-02-04"),
        ("02/13/2026", "2026-02-13"),
        ("31/02/2026", None),
        ("04/02/26", "2026-02-04"),
        ("46057", "2026-02-04"),
        ("1066-10-14", None),
        ("soon", None),
    ],
)
def test_dates_are_iso_or_day_first(cell, date):
    values, bad = column(read_cases, "started_on", [cell])
    assert ([value and value.strftime("%Y-%m-%d") for value in values], bad) == ([date], set() if date else {2})


def test_dates_of_a_workbook():
    day = pd.Timestamp("2026-02-04").to_pydatetime()
    intake = read_cases(workbook_bytes(A=[["respondent_id", "started_on"], ["A1", day]]))
    assert listed(intake) == set()
    assert intake.cases["started_on"].tolist() == [day]


@pytest.mark.parametrize(("section", "most"), [pair for pair in SECTION_MAXIMA.items() if pair[1]])
def test_section_maxima(section, most):
    assert column(read_cases, f"{section}_score", [most, most + 1]) == ([most, None], {3})


def test_a_score_that_is_never_above_1_is_questioned():
    def warned(scores):
        rows = [["respondent_id", "drugs_score"], *([f"A{i}", score] for i, score in enumerate(scores))]
        return listed(read_cases(csv_bytes(rows)))

    assert warned([0, 1] * 5) == {(None, "drugs_score", KEPT)}
    assert warned([0, 1] * 4) == set()
    assert warned([0] * 12) == set()
    assert warned([0, 1] * 5 + [2]) == set()


def test_roster():
    rows = [
        ["respondent_id", "role", "consent", "eligible", "reason_no_post"],
        ["A1", "Service user", "yes", "yes", ""],
        ["A2", "STAFF", "Withdrew", "0", "moved away"],
        ["A3", "volunteers", "perhaps", "", ""],
        ["", "staff", "given", "", ""],
        ["A2", "service user", "refused", "", ""],
    ]
    intake = read_roster(csv_bytes(rows))
    assert listed(intake) == {(4, "consent", MISSING), (5, "respondent_id", ASIDE)}
    assert intake.roster["role"].tolist() == ["service user", "staff", "volunteer", "service user"]
    assert intake.roster["consent"].fillna("").tolist() == ["given", "withdrawn", "", "refused"]
    assert intake.roster["eligible"].astype(object).where(intake.roster["eligible"].notna(), None).tolist() == [
        True,
        False,
        None,
        None,
    ]
    assert list(intake.roster.columns) == [field.name for field in fields("roster")]


@pytest.mark.parametrize("reader", [read_roster, read_cases, read_caseload])
def test_people_twice(reader):
    header = ["respondent_id", "site"]
    rows = [header, ["A1", "North"], ["A2", "North"], ["A1", "South"], ["A2", "North"], ["A3", ""]]
    intake = reader(csv_bytes(rows))
    assert listed(intake, "error") == {(2, "", ASIDE), (4, "", ASIDE)}
    assert listed(intake, "warning") == {(5, "", ASIDE)}
    assert intake.table["respondent_id"].tolist() == ["A2", "A3"]
    assert [fate for _, fate in fates(intake)] == ["set aside", "used", "set aside", "set aside", "used"]


@pytest.mark.parametrize("reader", [read_roster, read_cases])
def test_without_identifiers_nothing_is_used(reader):
    intake = reader(b"site,company\nNorth,A\n")
    assert listed(intake) == {(None, "respondent_id", NOT_READ)}
    assert intake.table.empty
    assert fates(intake) == [(2, "set aside")]


def test_a_caseload_needs_no_identifiers():
    intake = read_caseload(b"sex,age\nmale,30\nmale,30\n")
    assert listed(intake) == set()
    assert intake.caseload["respondent_id"].isna().all()
    assert len(intake.caseload) == 2
    assert listed(read_caseload(b"colour,shape\nred,round\n"), "error") == {(None, "", NOT_READ)}


def test_published():
    intake = read_published(b"measure,category,count,total,mean,sd\nOGRS,,,,48.2,20\n,x,1,2,,\nneed,drugs,1.5,10,,-1\n")
    assert listed(intake) == {(3, "measure", ASIDE), (4, "count", MISSING), (4, "sd", MISSING)}
    assert intake.published["measure"].tolist() == ["OGRS", "need"]
    means = read_published(b'measure,mean\na,"1,234"\nb,"12,34"\nc,1234\n')
    assert listed(means) == {(2, "mean", MISSING)}
    assert means.published["mean"].tolist()[1:] == [12.34, 1234]
    assert listed(read_published(b"figure,mean\nOGRS,2\n"), "error") == {(None, "measure", NOT_READ)}


@pytest.mark.parametrize(
    ("header", "name", "kind"),
    [
        ("respondent_id,wave,gse_1", "a.csv", "responses"),
        ("respondent_id,GSE 1", "a.csv", "responses"),
        ("respondent_id,wave", "a.csv", "responses"),
        ("respondent_id,role,consent", "a.csv", "roster"),
        ("respondent_id,reason_no_post", "a.csv", "roster"),
        ("respondent_id,role,site", "a.csv", "roster"),
        ("respondent_id,sex,ogrs", "a.csv", "cases"),
        ("respondent_id,sex,ogrs", "The Case-load 2026.csv", "caseload"),
        ("sex,ogrs", "a.csv", "caseload"),
        ("measure,mean", "a.csv", "published"),
        ("colour,shape", "a.csv", "responses"),
    ],
)
def test_kind_by_columns(header, name, kind):
    data = (header + "\n" + "1," * header.count(",") + "1\n").encode()
    assert detect_kind(data, name=name) == kind
    assert read_any(data, name=name).kind == kind


def test_kind_by_size_and_by_choice():
    many = csv_bytes([["respondent_id", "sex"], *([f"A{i}", "m"] for i in range(501))])
    assert read_any(many).kind == "caseload"
    assert read_any(many, kind="cases").kind == "cases"
    with pytest.raises(UnknownNameError, match="roster"):
        read_any(many, kind="people")


@pytest.mark.parametrize("kind", KINDS)
def test_templates_are_recognised(kind):
    assert detect_kind(template(kind), name=f"{kind}.csv") == kind
    with pytest.raises(UnknownNameError):
        template("people")


def test_one_column_is_a_table_only_if_it_is_known():
    assert read_roster(b"respondent_id\nA1\n").roster["respondent_id"].tolist() == ["A1"]
    with pytest.raises(UnreadableFileError, match="not a table"):
        read_roster(b"people\nA1\n")


def test_nothing_about_people_stands_in_a_repr():
    intake = read_cases(b"respondent_id,sex\nSECRET,m\n")
    assert "SECRET" not in repr(intake) + repr(intake.entries)

"""Blank workbooks: what they check and explain, and that they are read as they are once filled in."""

from __future__ import annotations

import datetime
import io
import re
import tempfile
import zipfile

import pytest

from evalcore.errors import UnknownNameError
from evalcore.instruments import list_instruments, load_instrument
from evalcore.intake import native, read_all, read_any, templates
from evalcore.intake.templates import CODES_SHEET, study_template, workbook_template
from evalcore.rules.needs import load_need_rules
from tests.instruments.test_wording import forbidden_in
from tests.intake.filling import Page, cells_of, checks_of, filled, has_formula, is_frozen, sheet_names, styles_of

KINDS = native.KINDS
NAMES = (*list_instruments(), *KINDS)
DAY = datetime.date(2026, 2, 4)
WHO = ("007", "pre", "staff", "Site-1", DAY, "read aloud")
# One value that a column of each kind may hold, and what it is read as.
VALUES = {
    native.IDENTIFIER: ("1-2", "1-2"),
    native.TEXT: ("0012", "0012"),
    native.DATE: (DAY, datetime.datetime(2026, 2, 4)),
    native.YES_NO: ("yes", True),
}


def value_for(field: native.Field) -> tuple[object, object]:
    """What is written into a cell of the column, and what is read from it."""
    if field.kind in VALUES:
        return VALUES[field.kind]
    if field.kind == native.CHOICE:
        return field.allowed[-1], field.allowed[-1]
    return 11, 11.0


def grave(problems: object) -> list[list[object]]:
    return problems[problems["severity"] != "note"].values.tolist()


@pytest.mark.parametrize("name", list_instruments())
def test_a_filled_questionnaire_is_read_as_it_is(name: str) -> None:
    instrument = load_instrument(name)
    answers = [instrument.codes[at % len(instrument.codes)] for at in range(len(instrument.items))]
    book = filled(workbook_template(name), {"Answers": [[*WHO, *answers], ["1-2", "post", None, None, None, None]]})
    intake = read_any(book, name="answers.xlsx")
    assert grave(intake.problems) == []
    assert intake.kind == native.RESPONSES
    assert intake.instruments == (name,)
    first = intake.responses.iloc[0]
    assert first[["respondent_id", "wave", "role", "site", "how_completed"]].tolist() == [*WHO[:4], WHO[5]]
    assert first["completed_on"] == datetime.datetime(2026, 2, 4)
    assert first[list(instrument.columns)].tolist() == answers
    assert intake.responses["respondent_id"].tolist() == ["007", "1-2"]
    assert intake.responses.loc[1, list(instrument.columns)].isna().all()


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != native.RESPONSES])
def test_a_filled_table_is_read_as_it_is(kind: str) -> None:
    fields = native.fields(kind)
    highest = {f.name: f.high for f in fields if f.name.endswith("_score")}
    row = [
        min(value_for(f)[0], highest.get(f.name) or 99) if f.kind == native.WHOLE else value_for(f)[0] for f in fields
    ]
    book = filled(workbook_template(kind), {kind.capitalize(): [row]})
    intake = read_any(book, name=f"{kind}.xlsx")
    assert intake.kind == kind
    assert grave(intake.problems) == []
    read = intake.table.iloc[0]
    expected = {f.name: value_for(f)[1] for f in fields if f.kind != native.WHOLE}
    assert {name: read[name] for name in expected} == expected
    assert not intake.table.isna().any(axis=None)


def test_a_filled_study_is_read_sheet_by_sheet() -> None:
    answers = [3] * sum(len(load_instrument(name).items) for name in list_instruments())
    book = filled(
        study_template(),
        {
            "Questionnaires": [[*WHO, *answers], ["007", "post", "staff", *[None] * 3, *answers]],
            "Roster": [["007", "staff"], ["008", "staff"]],
            "Cases": [["1-2", "Site 1", None, "female", 34]],
        },
    )
    intakes = read_all(book, name="study.xlsx")
    assert [intake.kind for intake in intakes] == [native.RESPONSES, native.ROSTER, native.CASES]
    assert [intake.table["respondent_id"].tolist() for intake in intakes] == [["007", "007"], ["007", "008"], ["1-2"]]
    assert intakes[0].responses["wave"].tolist() == ["pre", "post"]
    assert intakes[2].cases["age"].tolist() == [34.0]
    assert [grave(intake.problems) for intake in intakes] == [[], [], []]


def test_a_study_may_name_its_questionnaires() -> None:
    header = cells_of(study_template(["gse", "uwes9"]), "Questionnaires")[0]
    items = [*load_instrument("gse").columns, *load_instrument("uwes9").columns]
    assert header == [*(f.name for f in native.fields(native.RESPONSES)), *items]
    explained = " ".join(text for row in cells_of(study_template(["gse"]), CODES_SHEET) for text in row)
    assert "UWES" not in explained


@pytest.mark.parametrize("name", NAMES)
def test_a_blank_template_says_that_it_has_no_rows(name: str) -> None:
    intake = read_any(workbook_template(name), name="blank.xlsx")
    assert len(intake.table) == len(intake.rows) == 0
    errors = intake.problems[intake.problems["severity"] == "error"]
    assert errors["found"].tolist() == ["no rows under the headings"]


def test_a_blank_study_says_that_it_has_no_rows() -> None:
    intakes = read_all(study_template(), name="blank.xlsx")
    assert all(len(intake.table) == 0 for intake in intakes)
    assert "no rows under the headings" in intakes[0].problems["found"].tolist()


@pytest.mark.parametrize("name", list_instruments())
def test_an_answer_cell_takes_the_codes_only(name: str) -> None:
    instrument = load_instrument(name)
    checks = checks_of(workbook_template(name), "Answers")
    codes = '"' + ",".join(str(code) for code in instrument.codes) + '"'
    assert {item: checks[item] for item in instrument.columns} == dict.fromkeys(instrument.columns, ("list", codes))
    assert checks["wave"] == ("list", '"pre,post"')
    assert checks["role"] == ("list", '"service user,staff,volunteer"')


def test_the_cells_of_a_table_take_what_its_columns_take() -> None:
    checks = checks_of(workbook_template("cases"), "Cases")
    assert checks["drugs_need"] == ("list", '"yes,no"')
    assert checks["drugs_score"] == ("whole", "0", "10")
    assert checks["ogrs"] == ("decimal", "0", "100")
    assert checks["contacts_offered"] == ("whole", "0")
    assert checks["ended_on"][0] == "date"
    assert {f.name for f in native.fields("cases") if f.kind in (native.TEXT, native.IDENTIFIER)} == {
        f.name for f in native.fields("cases") if f.name not in checks
    } - {"ogrs_offence"}  # more categories than a spreadsheet takes as a list


@pytest.mark.parametrize("name", NAMES)
def test_identifiers_and_words_stay_text_and_dates_show_the_month_as_a_word(name: str) -> None:
    kind = name if name in KINDS else native.RESPONSES
    styles = styles_of(workbook_template(name), kind.capitalize() if kind != native.RESPONSES else "Answers")
    wanted = {native.IDENTIFIER: "@", native.TEXT: "@", native.DATE: "d mmm yyyy"}
    told = {f.name: wanted.get(f.kind, "") for f in native.fields(kind)}
    assert {column: styles.get(column, "") for column in told} == told


@pytest.mark.parametrize("name", NAMES)
def test_the_heading_row_stays_in_sight_and_codes_stand_on_the_second_sheet(name: str) -> None:
    book = workbook_template(name)
    assert is_frozen(book, sheet_names(book)[0])
    assert sheet_names(book)[1:] == ["Codes"]
    assert sheet_names(study_template()) == ["Questionnaires", "Roster", "Cases", "Codes"]


@pytest.mark.parametrize("name", NAMES)
def test_every_column_is_explained(name: str) -> None:
    book = workbook_template(name)
    header = cells_of(book, sheet_names(book)[0])[0]
    explained = {row[0]: row[1:] for row in cells_of(book, CODES_SHEET)}
    assert [column for column in header if not all(explained.get(column, [""]))] == []
    fixed = native.fields(name) if name in KINDS else native.fields(native.RESPONSES)
    for field in fixed:
        assert all(value in explained[field.name][1] for value in field.allowed)


@pytest.mark.parametrize("name", list_instruments())
def test_codes_have_labels_and_the_licence_is_said(name: str) -> None:
    instrument = load_instrument(name)
    rows = cells_of(workbook_template(name), CODES_SHEET)
    assert {code: row[1] for row in rows for code in instrument.codes if row[0] == str(code)} == {
        code: answer.label for code, answer in instrument.answers.items()
    }
    said = [row[1] for row in rows]
    assert instrument.licence in said
    assert instrument.licence_terms in said
    assert forbidden_in(" ".join(text for row in rows for text in row)) == []


def test_every_native_column_has_words_and_no_words_are_left_over() -> None:
    names = {field.name for kind in KINDS for field in native.fields(kind)}
    made = {f"{section}_{suffix}" for section in load_need_rules() for suffix in ("score", "need")}
    assert set(templates._words()["columns"]) == names - made
    assert set(templates._words()["rows"]) == set(KINDS)


def test_the_same_template_is_the_same_file() -> None:
    """No part of it says when it was made, so that it is the same on another day too."""
    templates._study.cache_clear()
    first = study_template()
    templates._study.cache_clear()
    assert study_template() == first
    with zipfile.ZipFile(io.BytesIO(study_template())) as archive:
        told = set(re.findall(rb"\d{4}-\d\d-\d\dT[\d:]+", archive.read("docProps/core.xml")))
        assert told == {b"2026-01-01T00:00:00"}
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_nothing_is_written_to_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a file was made")

    for maker in ("mkstemp", "mkdtemp", "TemporaryFile", "NamedTemporaryFile"):
        monkeypatch.setattr(tempfile, maker, refuse)
    workbook_template.cache_clear()
    assert workbook_template("gse")


@pytest.mark.parametrize("name", NAMES)
def test_no_cell_is_a_formula(name: str) -> None:
    assert not has_formula(workbook_template(name))


def test_an_unknown_name_lists_those_that_exist() -> None:
    with pytest.raises(UnknownNameError, match=r"swemwbs.*roster"):
        workbook_template("phq9")
    with pytest.raises(UnknownNameError, match="swemwbs"):
        study_template(["phq9"])


def test_a_filled_page_is_not_the_blank_one() -> None:
    """The tests above stand on rows that are really there."""
    page: Page = {"Answers": [["A1", "pre"]]}
    assert cells_of(filled(workbook_template("gse"), page), "Answers")[1][:2] == ["A1", "pre"]

"""Which lines above the answers are headings, for every survey tool and for tables made by hand."""

from __future__ import annotations

import pytest

from evalcore.intake.files.delimited import parse_large
from evalcore.intake.files.layout import find_headings, repeated_headings
from evalcore.intake.files.reading import read_table
from evalcore.intake.files.source import Limits
from tests.intake.files.tool_files import (
    FILES,
    LIMESURVEY,
    OPTIMISTIC,
    OVER,
    QUALTRICS,
    QUALTRICS_LEGACY,
    SMARTSURVEY,
    SMARTSURVEY_OPTIONS,
    SURVEYMONKEY,
    USEFUL,
    cells,
    import_ids,
)
from tests.intake.made import csv_bytes, opendocument_bytes, workbook_bytes

# (header, questions) of the tools with several heading lines
FOLDED = {
    "qualtrics": (
        QUALTRICS[0],
        [
            *["Start Date", "End Date", "Response Type", "Response ID", "Distribution Channel"],
            *["Your participant code", f"{OVER} - {OPTIMISTIC}", f"{OVER} - {USEFUL}"],
        ],
    ),
    "qualtrics, older": (
        ["ResponseID", "ResponseSet", "StartDate", "EndDate", "Q1", "Q14_1", ""],
        ["V1", "V2", "V8", "V9", "Your code", f"{OVER}-{OPTIMISTIC}", ""],
    ),
    "surveymonkey": (
        [*SURVEYMONKEY[0][:5], "What is your ID?", OPTIMISTIC, USEFUL],
        [*[""] * 6, "Please tick", "Please tick"],
    ),
    "smartsurvey": (
        [*SMARTSURVEY[0][:5], *SMARTSURVEY[1][5:]],
        [*[""] * 5, f"Q2. {OVER}", f"Q2. {OVER}"],
    ),
    "smartsurvey, options": (
        [*SMARTSURVEY_OPTIONS[0][:4], "Housing", "Work"],
        [*[""] * 4, "Q2. Help", "Q2. Help"],
    ),
}


@pytest.mark.parametrize("file", FILES)
def test_headings_questions_and_rows_of_each_tool(file):
    lines, tool, first = FILES[file]
    table = read_table(csv_bytes(lines))
    header, questions = FOLDED.get(file, (lines[0], []))
    assert (list(table.header), list(table.questions), table.tool) == (header, questions, tool)
    assert table.rows.tolist() == list(range(first, len(lines) + 1))
    assert cells(table) == lines[first - 1 :]
    assert (table.refused, table.notes) == ((), ())


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_large_files_of_each_tool_are_read_as_small_ones_are(file, delimiter):
    lines, tool, _ = FILES[file]
    answer = [f"{cell}\nand 2,5" if cell == "AB12" else cell for cell in lines[-1]]
    text = csv_bytes([*lines, [], answer], delimiter=delimiter).decode()
    careful, sheet = read_table(text.encode()), parse_large(text, delimiter, Limits())
    assert sheet is not None
    assert (sheet.headings.header, sheet.headings.tool) == (careful.header, tool)
    assert (sheet.grid.without_blank_rows().rows.tolist(), cells(sheet.grid)[-1]) == (careful.rows.tolist(), answer)
    assert careful.rows.tolist()[-1] == len(lines) + 2


@pytest.mark.parametrize("write", [workbook_bytes, opendocument_bytes])
@pytest.mark.parametrize("file", FILES)
def test_workbooks_of_each_tool_are_read_as_text_is(file, write):
    lines, _, _ = FILES[file]
    if not any(line[-1] for line in lines):  # a separator at the end of each line makes no column of a sheet
        lines = [line[:-1] for line in lines]
    book, text = read_table(write(Answers=lines)), read_table(csv_bytes(lines))
    assert (book.header, book.questions, book.tool) == (text.header, text.questions, text.tool)
    assert (cells(book), book.rows.tolist()) == (cells(text), text.rows.tolist())


def test_a_large_qualtrics_file_goes_through_the_columns():
    lines = QUALTRICS[:3] + [QUALTRICS[4]] * 12_000
    data = csv_bytes(lines, encoding="utf-8-sig")
    assert len(data) > 1_000_000
    table = read_table(data)
    assert (table.tool, table.questions[5], len(table)) == ("qualtrics", "Your participant code", 12_000)
    assert (int(table.rows[0]), int(table.rows[-1])) == (4, 12_003)
    assert [len(column.texts) for column in table.columns] == [1] * 8


def without(lines, *headings):
    """The file with some columns deleted by hand."""
    kept = [i for i, cell in enumerate(lines[0]) if cell not in headings]
    return [[line[i] for i in kept] for line in lines]


@pytest.mark.parametrize(
    ("lines", "first", "tool", "header", "questions"),
    [
        (without(QUALTRICS, *QUALTRICS[0][:5]), 4, "qualtrics", QUALTRICS[0][5:], FOLDED["qualtrics"][1][5:]),
        (QUALTRICS[:2] + QUALTRICS[3:], 3, "qualtrics", *FOLDED["qualtrics"]),
        (QUALTRICS[:1] + QUALTRICS[2:], 3, "qualtrics", QUALTRICS[0], []),
        (QUALTRICS[1:], 3, "qualtrics", QUALTRICS[1], []),
        (QUALTRICS[:1] + QUALTRICS[3:], 2, "qualtrics", QUALTRICS[0], []),
        (without(QUALTRICS_LEGACY, "V1", "V2"), 3, "qualtrics", *[part[2:] for part in FOLDED["qualtrics, older"]]),
        (
            without(SURVEYMONKEY, *SURVEYMONKEY[0][1:5]),
            3,
            "surveymonkey",
            *[[part[0], *part[5:]] for part in FOLDED["surveymonkey"]],
        ),
        (
            without(SURVEYMONKEY, *SURVEYMONKEY[0][:5]),
            3,
            "surveymonkey",
            *[part[5:] for part in FOLDED["surveymonkey"]],
        ),
        (
            [["Respondent ID", "Site"], ["", "Response"], ["118052219061", "North"]],
            *(3, "surveymonkey", ["Respondent ID", "Site"], []),
        ),
        (SURVEYMONKEY[:1] + SURVEYMONKEY[2:], 2, "surveymonkey", SURVEYMONKEY[0], []),
        (SMARTSURVEY[:2] + SMARTSURVEY[3:], 3, "smartsurvey", *FOLDED["smartsurvey"]),
        (
            without(SMARTSURVEY, *SMARTSURVEY[0][1:4]),
            4,
            "smartsurvey",
            *[[part[0], *part[4:]] for part in FOLDED["smartsurvey"]],
        ),
        (without(SMARTSURVEY, *SMARTSURVEY[0][:4]), 4, "smartsurvey", *[part[4:] for part in FOLDED["smartsurvey"]]),
        (
            without(LIMESURVEY, "Response ID", "Seed"),
            2,
            "limesurvey",
            without(LIMESURVEY, "Response ID", "Seed")[0],
            [],
        ),
    ],
)
def test_exports_that_somebody_has_edited(lines, first, tool, header, questions):
    table = read_table(csv_bytes(lines))
    assert (list(table.header), list(table.questions), table.tool) == (header, questions, tool)
    assert table.rows.tolist() == list(range(first, len(lines) + 1))


def test_the_second_line_of_qualtrics_in_another_language():
    lines = [QUALTRICS[0], ["Anfang", "Ende", "Typ", "Antwort-ID", "Kanal", "Kennung", "a", "b"], *QUALTRICS[3:]]
    table = read_table(csv_bytes(lines))
    assert (table.tool, table.question(5), table.rows.tolist()) == ("qualtrics", "Kennung", [3, 4])


def test_a_question_is_not_carried_over_a_column_of_the_tool_itself():
    lines = [["Respondent ID", "Collector ID", "Site", "Custom Data 1", ""], ["", "", "Response", "", USEFUL]]
    table = read_table(csv_bytes([*lines, ["118052219061", "446", "North", "", "Often"]]))
    assert (table.header[-1], table.question(4), table.rows.tolist()) == (USEFUL, "", [3])


def test_a_heading_line_that_is_longer_than_the_one_above_it():
    lines = [SURVEYMONKEY[0][:7], *SURVEYMONKEY[1:]]
    table = read_table(csv_bytes(lines))
    assert (list(table.header), list(table.questions)) == FOLDED["surveymonkey"]
    assert table.refused == ()


@pytest.mark.parametrize(
    "lines",
    [
        [["Respondent ID", "wave", "note"], ["", "pre", "a"], ["A2", "post", "b"]],
        [["Respondent ID", "wave", "note"], ["A1", "pre", "a"], ["103", "post", "b"]],
        [["Respondent ID", "wave", "score", ""], ["", "pre", "12", "late"], ["103", "post", "13", ""]],
        [["id", "Start Date", "End Date"], ["A1", "", ""], ["A2", "2026-02-04", ""]],
        [["UserID", "wave"], ["", "pre"], ["12", "post"]],
        [["V1", "V2", "V3"], ["1", "2", "3"], ["4", "5", "6"]],
        [["Q1. Code", "Q2. Wave"], ["", "pre"], ["A2", "post"]],
        [["", "Before", "", "After"], ["Code", "GSE 1", "GSE 2", "GSE 1"], ["A1", "1", "2", "3"]],
    ],
)
def test_first_answers_of_a_table_made_by_hand_are_no_headings(lines):
    table = read_table(csv_bytes(lines))
    assert (list(table.header), table.questions, table.tool) == (lines[0], (), "")
    assert table.rows.tolist() == list(range(2, len(lines) + 1))


TITLE = [["Well-being survey, North"], ["typed in March"], [], ["respondent_id", "wave", "gse_1"], ["A1", "pre", "3"]]


def padded(lines):
    return [[*line, *[""] * (3 - len(line))] for line in lines]


@pytest.mark.parametrize(
    "write",
    [
        csv_bytes,
        lambda lines: csv_bytes(lines).replace(b",", b";").replace(b"survey;", b"survey,"),
        lambda lines: csv_bytes(lines, delimiter="\t", encoding="utf-16"),
        lambda lines: workbook_bytes(A=lines),
    ],
)
@pytest.mark.parametrize("lines", [TITLE, padded(TITLE)])
def test_titles_above_the_headings_are_skipped_with_a_note(write, lines):
    table = read_table(write(lines))
    assert (table.header, table.rows.tolist(), table.refused) == (("respondent_id", "wave", "gse_1"), [5], ())
    assert [(note.row, note.column, note.found, note.action, note.severity) for note in table.notes] == [
        (1, "", "Well-being survey, North", "row set aside", "note"),
        (2, "", "typed in March", "row set aside", "note"),
    ]


def test_a_title_above_a_large_file_and_above_an_export():
    lines = [["Answers of all sites"], *QUALTRICS[:3], *[QUALTRICS[4]] * 12_000]
    table = read_table(csv_bytes(lines))
    assert (table.tool, list(table.header), int(table.rows[0]), len(table)) == ("qualtrics", QUALTRICS[0], 5, 12_000)
    assert [note.row for note in table.notes] == [1]


def test_a_long_title_is_cut():
    note = read_table(csv_bytes([["word " * 40], ["id", "wave", "note"], ["A1", "pre", ""]])).notes[0]
    assert (len(note.found), note.found[-1]) == (80, "…")


@pytest.mark.parametrize(
    ("lines", "header", "kept", "refused"),
    [
        ([["id"], ["A1"], ["A2"]], ("id",), [2, 3], []),
        ([["id"], ["A1", "north"], ["A2"]], ("id",), [3], [2]),
        ([["id"], ["A1", "north"], ["A2", "south"]], ("id",), [], [2, 3]),
        ([["id"], ["1", "2", "3"]], ("id",), [], [2]),
        ([["Your own code"], ["A1", "12"]], ("Your own code",), [], [2]),
        ([["id"], ["A1", "x", "x"]], ("id",), [], [2]),
        ([["id", "wave"], ["A1", "pre", "x"], ["A2", "pre"]], ("id", "wave"), [3], [2]),
        ([["A title"], [], ["1", "2"]], ("A title",), [], [3]),
        ([["A title"]], ("A title",), [], []),
        ([["Any comment"], ["red; green; blue"], ["none"], ["all fine"]], ("Any comment",), [2, 3, 4], []),
    ],
)
def test_one_column_and_ragged_files_are_read_as_they_were(lines, header, kept, refused):
    table = read_table(csv_bytes(lines))
    assert (table.header, table.rows.tolist(), [p.row for p in table.refused]) == (header, kept, refused)
    assert table.notes == ()


@pytest.mark.parametrize("file", ["qualtrics", "qualtrics, older", "surveymonkey", "smartsurvey", "forms", "jisc"])
def test_heading_lines_that_come_again_are_told_apart(file):
    lines, _, first = FILES[file]
    table = read_table(csv_bytes([*lines, *lines]))
    again = [row for row, is_heading in zip(table.rows, repeated_headings(table), strict=True) if is_heading]
    not_blank = [row for row, line in enumerate(lines[: first - 1], start=len(lines) + 1) if any(line)]
    assert again == not_blank


def test_answers_that_repeat_a_heading_are_not_headings():
    table = read_table(b"id,Housing,Work\nA1,Housing,Work\nA2,Housing,\nid ,Housing,\n,Housing,\n,,\n")
    assert repeated_headings(table).tolist() == [False, False, True, False]
    assert repeated_headings(read_table(b"id\nA1\nid\n")).tolist() == [False, True]
    assert repeated_headings(read_table(b"id,wave\n")).tolist() == []


def test_a_question_that_no_line_names_has_no_heading():
    lines = [
        ["ResponseId", "", "Q2"],
        ["Response ID", "", "Code"],
        import_ids("_recordId", "QID1", "QID2"),
        ["R_1", "a", "b"],
    ]
    found = find_headings(lines)
    assert found is not None
    assert (found.header, found.questions) == (("ResponseId", "", "Q2"), ("Response ID", "", "Code"))

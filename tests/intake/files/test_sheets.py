"""Workbooks of several sheets, hidden sheets, and cells that hold the error of a formula."""

from __future__ import annotations

import io
import zipfile

import pytest
import xlsxwriter

from evalcore.errors import UnreadableFileError
from evalcore.intake.files.reading import read_table, read_tables
from evalcore.intake.files.source import Limits
from tests.intake.files.tool_files import QUALTRICS, cells
from tests.intake.made import csv_bytes, opendocument_bytes, workbook_bytes

ANSWERS = [["id", "wave", "n"], ["A1", "pre", 1], ["A2", "pre", 2]]
CODES = [["code", "label"], [1, "Rarely"]]


def told(table):
    return [(note.row, note.column, note.found, note.action, note.severity) for note in table.notes]


@pytest.mark.parametrize("write", [workbook_bytes, opendocument_bytes])
def test_every_sheet_that_holds_data(write):
    data = write(Empty=[], Before=ANSWERS, Blank=[[" "]], After=[["typed by hand"], *ANSWERS], Export=QUALTRICS)
    tables = read_tables(data, "book.xlsx")
    assert [table.name for table in tables] == ["book.xlsx", "book.xlsx (After)", "book.xlsx (Export)"]
    assert [cells(table)[0][0] for table in tables] == ["A1", "A1", QUALTRICS[3][0]]
    assert [(table.rows.tolist(), table.tool) for table in tables] == [
        ([2, 3], ""),
        ([3, 4], ""),
        ([4, 5], "qualtrics"),
    ]
    assert [told(table) for table in tables] == [[], [(1, "", "typed by hand", "row set aside", "note")], []]
    assert len({table.digest for table in tables}) == 3


def test_the_first_sheet_is_what_is_read_alone_but_for_the_note():
    data = workbook_bytes(Before=ANSWERS, After=ANSWERS, Codes=CODES)
    alone, first = read_table(data, "b.xlsx"), read_tables(data, "b.xlsx")[0]
    assert told(alone) == [(None, "", "more sheets: After and Codes", "sheet not read", "note")]
    assert told(first) == []
    assert (alone.name, alone.digest, alone.header) == (first.name, first.digest, first.header)
    assert (cells(alone), alone.rows.tolist()) == (cells(first), first.rows.tolist())


def test_equal_to_python_is_not_equal_to_a_reader():
    table = read_table(workbook_bytes(A=[["a", "b"], [1, 0], [True, 0.0], [1.0, "0"], ["1", False]]))
    assert cells(table) == [["1", "0"], ["TRUE", "0"], ["1", "0"], ["1", "FALSE"]]
    assert [sorted(column.texts) for column in table.columns] == [["1", "TRUE"], ["0", "FALSE"]]


def test_other_files_are_one_table():
    assert [(table.name, told(table)) for table in read_tables(csv_bytes(ANSWERS), "a.csv")] == [("a.csv", [])]


def with_hidden(*, shown: bool, very: bool = False) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    for name, hide, lines in (("Old", True, CODES), ("Now", not shown, ANSWERS)):
        sheet = book.add_worksheet(name)
        for row, line in enumerate(lines):
            sheet.write_row(row, 0, line)
        if hide:
            (sheet.very_hidden if very else sheet.hide)()
    book.add_worksheet("Empty").activate()
    book.close()
    return file.getvalue()


@pytest.mark.parametrize("very", [False, True])
def test_a_hidden_sheet_is_named_and_not_read(very):
    tables = read_tables(with_hidden(shown=True, very=very), "b.xlsx")
    assert [table.header for table in tables] == [("id", "wave", "n")]
    assert told(tables[0]) == [(None, "", "hidden sheets: Old", "sheet not read", "note")]
    assert told(read_table(with_hidden(shown=True, very=very))) == told(tables[0])


def test_hidden_sheets_are_read_where_no_other_holds_data():
    tables = read_tables(with_hidden(shown=False), "b.xlsx")
    assert [table.header for table in tables] == [("code", "label"), ("id", "wave", "n")]
    assert told(tables[0]) == [(None, "", "hidden sheets: Old and Now", "kept, please check", "note")]


@pytest.mark.parametrize("write", [workbook_bytes, opendocument_bytes])
def test_limits_count_all_sheets_together(write):
    data = write(One=ANSWERS, Two=ANSWERS)
    assert len(read_tables(data, limits=Limits(cells=18))) == 2
    with pytest.raises(UnreadableFileError, match="hold more cells together"):
        read_tables(data, limits=Limits(cells=17))


def with_errors(first_line: int = 0) -> bytes:
    """A sheet in the second place, with errors of formulas in it."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    book.add_worksheet("Notes & more")
    sheet = book.add_worksheet("Answers")
    sheet.write_row(first_line, 0, ["id", "gse_1", "gse_2", ""])
    for row in range(1, 30):
        sheet.write_row(first_line + row, 0, [f"A{row}", 3, True])
    for row, column, error in ((2, 1, "#N/A"), (5, 1, "#REF!"), (5, 2, "#DIV/0!"), (3, 3, "#NAME?")):
        sheet.write_formula(first_line + row, column, "=NA()", None, error)
    book.close()
    return file.getvalue()


def test_errors_of_formulas_are_blank_with_one_note_a_column():
    table = read_table(with_errors())
    assert cells(table)[1:5] == [
        ["A2", "", "TRUE", ""],
        ["A3", "3", "TRUE", ""],
        ["A4", "3", "TRUE", ""],
        ["A5", "", "", ""],
    ]
    assert told(table) == [
        (
            None,
            "gse_1",
            "2 cells hold the error of a formula, #N/A and #REF!: rows 3 and 6",
            "value set to missing",
            "note",
        ),
        (None, "gse_2", "1 cell holds the error of a formula, #DIV/0!: row 6", "value set to missing", "note"),
        (None, "column 4", "1 cell holds the error of a formula, #NAME?: row 4", "value set to missing", "note"),
    ]


def test_rows_of_errors_are_those_of_the_sheet():
    assert "rows 7 and 10" in told(read_table(with_errors(first_line=4)))[0][2]


def test_errors_are_found_where_the_workbook_names_its_parts_otherwise():
    with zipfile.ZipFile(io.BytesIO(with_errors())) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    relations = "xl/_rels/workbook.xml.rels"
    parts[relations] = parts[relations].replace(b'"worksheets/sheet2.xml"', b'"/xl/worksheets/sheet2.xml"')
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as changed:
        for name, content in parts.items():
            changed.writestr(name, content)
    assert len(told(read_table(file.getvalue()))) == 3


def test_many_errors_name_the_first_rows():
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["id", "n"])
    for row in range(1, 26):
        sheet.write(row, 0, f"A{row}")
        sheet.write_formula(row, 1, "=NA()", None, "#N/A")
    book.close()
    assert told(read_table(file.getvalue()))[0][2].endswith("20, 21 and 5 more")


ERROR = 'office:value-type="float" office:value="0" calcext:value-type="error"'


def test_errors_of_an_opendocument_sheet_are_no_zeros():
    plain = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
    error = f"<table:table-cell {ERROR}><text:p>#DIV/0!</text:p></table:table-cell>"
    rows = [f"{plain * 2}", f"{plain}{error}", f"{error}{plain}", f"{plain * 2}"]
    sheet = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    space = ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    table = read_table(opendocument_bytes(First=[], A=sheet.replace("<table:table-row>", f"<table:table-row{space}>")))
    assert cells(table) == [["x", ""], ["", "x"], ["x", "x"]]
    assert [note.found for note in table.notes] == [
        "1 cell holds the error of a formula: row 3",
        "1 cell holds the error of a formula: row 2",
    ]

"""Bytes to cells: encodings, separators, row numbers, and clear refusals."""

from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalcore.errors import UnreadableFileError
from evalcore.intake import read_any
from evalcore.intake.files import opendocument
from evalcore.intake.files.delimited import decode, parse, parse_large
from evalcore.intake.files.raw import Grid
from evalcore.intake.files.reading import read_table
from evalcore.intake.files.source import Limits
from tests.intake.files.tool_files import cells
from tests.intake.made import csv_bytes, opendocument_bytes, workbook_bytes

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_separators(encoding, delimiter):
    rows = [["respondent_id", "site"], ["Zoë", "£5, “South”; here"], ["B\nC", 'say "so"']]
    table = read_table(csv_bytes(rows, delimiter=delimiter, encoding=encoding))
    assert list(table.header) == rows[0]
    assert cells(table) == rows[1:]


def test_separators_inside_answers_do_not_make_columns():
    table = read_table(b"id,comment\nA1,red; green; blue\nA2,slow; quiet; far\n")
    assert (table.header, len(table), table.notes) == (("id", "comment"), 2, ())


def test_utf16_big_endian_by_its_mark():
    assert decode(b"\xfe\xff" + "é,b".encode("utf-16-be")) == "é,b"


def test_separator_hint_of_a_spreadsheet_is_no_row():
    table = read_table(b"sep=|\na,b;c|d\n1;2|3\n")
    assert table.header == ("a,b;c", "d")
    assert table.rows.tolist() == [2]


def test_rows_are_numbered_as_a_spreadsheet_numbers_them():
    table = read_table(b'\n \nid,note\n\nA1,"two\nlines"\n,,\n  ,\nA2,x\n')
    assert table.header == ("id", "note")
    assert table.rows.tolist() == [5, 8]


@pytest.mark.parametrize("write", [workbook_bytes, opendocument_bytes])
def test_workbook_and_text_give_the_same_cells(write):
    rows = [["respondent_id", "wave", "on"], ["007", "pre", "2016-10-25"], [None] * 3, ["12", "2.5", "a & <b>"]]
    sheet = [["respondent_id", "wave", "on"], ["007", "pre", datetime.date(2016, 10, 25)], [], [12, 2.5, "a & <b>"]]
    book, text = read_table(write(Answers=sheet)), read_table(csv_bytes(rows))
    assert (book.header, cells(book), book.rows.tolist()) == (text.header, cells(text), text.rows.tolist())


@pytest.mark.parametrize("write", [workbook_bytes, opendocument_bytes])
def test_first_sheet_with_data_is_read_and_the_others_are_named(write):
    book = read_table(write(Empty=[], Answers=[[], ["a", "b"], [1, 2]], Codes=[["x"]], Blank=[[" "]]))
    assert book.header == ("a", "b")
    assert book.rows.tolist() == [3]
    assert [(note.found, note.action) for note in book.notes] == [("more sheets: Codes", "sheet not read")]


def test_ragged_rows():
    table = read_table(b"a,b,c\n1,2,3,4\n1,2,3,,\n1\n\n1,2,3\n")
    assert table.rows.tolist() == [3, 4, 6]
    assert [(p.row, p.action, p.severity) for p in table.refused] == [(2, "row set aside", "error")]
    assert [(p.row, p.action, p.severity) for p in table.notes] == [(4, "filled with blanks", "note")]


def test_a_quotation_mark_without_its_fellow_costs_one_row():
    table = read_table(b'a,b\n1,2\n"3,4\n5,6\n7,"8\n9,10\n')
    assert table.rows.tolist() == [2, 4, 6]
    assert [p.row for p in table.refused] == [3, 5]


def test_a_cell_that_swallows_lines_is_not_filled_up_silently():
    table = read_table(b'a,b,c\n1,"2,3\n4,5,6\n7,8,9"\n10,11,12\n')
    assert table.rows.tolist() == [3]
    assert [(p.row, p.action) for p in table.refused] == [(2, "row set aside")]


def test_every_kind_of_source(tmp_path: Path):
    data = b"a,b\n1,2\n"
    path = tmp_path / "some file.csv"
    path.write_bytes(data)
    named = io.BytesIO(data)
    named.name = "upload.csv"
    named.seek(4)
    with path.open("rb") as handle:
        sources = [
            (data, "file"),
            (path, path.name),
            (str(path), path.name),
            (named, "upload.csv"),
            (handle, path.name),
        ]
        for source, name in sources:
            table = read_table(source)
            assert (table.name, cells(table)) == (name, [["1", "2"]])
    assert read_table(io.StringIO("a,b\n1,2\n"), "given").name == "given"


def archive(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/") + (".xml" if name.startswith("xl") else ""), content)
    return file.getvalue()


def lying_archive() -> bytes:
    """An archive whose directory says that a part is small while it unpacks to much more."""
    data = archive(xl__workbook=b"<a/>", xl__worksheets__sheet1=b"0" * 50_000)
    return data.replace((50_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))


def without_a_piece(data: bytes) -> bytes:
    """An archive cut in its middle: its directory points to places before its beginning."""
    return data[:40] + data[data.index(b"PK\x01\x02") - 40 :]


def far_corner() -> bytes:
    sheet = [[None] * 16_384 for _ in range(3)]
    sheet[0][0], sheet[2][16_383] = "a", "z"
    made = workbook_bytes(Far=sheet)
    with zipfile.ZipFile(io.BytesIO(made)) as book:
        parts = {name: book.read(name).replace(b'r="XFD3"', b'r="XFD1048576"') for name in book.namelist()}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as changed:
        for name, content in parts.items():
            changed.writestr(name, content)
    return file.getvalue()


def repeated(rows: int, columns: int, before: str = "") -> str:
    """One cell that stands so many times in so many rows."""
    kind = f'{before} office:value-type="string" table:number-columns-repeated="{columns}"'
    cell = f"<table:table-cell {kind}><text:p>x</text:p></table:table-cell>"
    return f'<table:table-row {before} table:number-rows-repeated="{rows}">{cell}</table:table-row>'


def test_rows_that_an_opendocument_sheet_repeats_are_written_out():
    table = read_table(opendocument_bytes(A=repeated(3, 2)))
    assert (table.header, cells(table), table.rows.tolist()) == (("x", "x"), [["x", "x"], ["x", "x"]], [2, 3])


ROW, CELL, BLANK = "<table:table-row>", "<table:table-cell>1</table:table-cell>", "<table:table-cell/>"
FOUR, NINE = 'table:number-columns-repeated="4"/>', '<table:table-row table:number-rows-repeated="9"/>'


@pytest.mark.parametrize(
    ("rows", "extent"),
    [
        (f"{ROW}{CELL}", (1, 1)),
        (f"{ROW}{BLANK}", (0, 0)),
        (f"<!-- <table:table> -->{ROW}{CELL}{ROW}{CELL}", (2, 1)),
        (f"{NINE}{ROW}<table:table-cell {FOUR}<table:table-cell office:value='1'/>", (10, 5)),
        (f"{ROW}{CELL}<table:table-cell {FOUR}{NINE}", (1, 1)),
    ],
)
def test_blank_cells_count_only_before_something(rows, extent):
    assert list(opendocument.extents(f"<table:table>{rows}".encode())) == [extent]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"\r\n  \n", "empty"),
        (b"\x00\x00\x00", "empty"),
        (bytes(range(256)), "does not hold text"),
        (b"a,b\x00c\n", "does not hold text"),
        (b"\xff\xfea", "does not hold text"),
        (b"a,b\n\x81,2\n", "does not hold text"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"%PDF-1.7\n", "PDF"),
        (b"<html><body><table>", "web page"),
        (b"\xef\xbb\xbf  <!DOCTYPE html>", "web page"),
        (COMPOUND + b"0" * 600, "old Excel workbook"),
        (COMPOUND + "EncryptedPackage".encode("utf-16-le"), "password"),
        (archive(hello=b"x"), "not a workbook"),
        (archive(mimetype=b"application/vnd.oasis.opendocument.text", **{"content.xml": b"<a/>"}), "not a workbook"),
        (opendocument_bytes(Empty=[]), "no data"),
        (opendocument_bytes(A=[["a", "b"], [1, 2]])[:400], "damaged"),
        (opendocument_bytes("<manifest:encryption-data/>", A=[["a"]]), "password"),
        (opendocument_bytes(A=repeated(1_048_576, 16_384)), "spans 1,048,576 rows and 16,384 columns"),
        (opendocument_bytes(A=repeated(1_048_576, 16_384, before='table:x=">"')), "spans 1,048,576 rows"),
        (archive(xl__workbook=b"<a/>"), "damaged"),
        (workbook_bytes(A=[["a", "b"], [1, 2]])[:700], "damaged"),
        (workbook_bytes(Empty=[]), "no data"),
        (lying_archive(), "damaged"),
        (without_a_piece(workbook_bytes(A=[["a", "b"], [1, 2]])), "damaged"),
        (far_corner(), "spans 1,048,576 rows and 16,384 columns"),
        (b"Dear colleagues\nplease find the answers below\n", "not a table"),
        (b'"respondent_id,wave\nA1,pre\n', "quotation mark"),
        ("nowhere/answers.csv", "answers.csv can not be opened"),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(data, says):
    with pytest.raises(UnreadableFileError, match=says):
        read_any(data)


@pytest.mark.parametrize(
    ("data", "limits", "says"),
    [
        (b"a,b\n" * 30, Limits(size=100), "larger than"),
        (b"a,b\n" * 30, Limits(rows=20), "more than 20 rows"),
        (b"a,b,c\n1,2,3\n", Limits(columns=2), "more than 2 columns"),
        (archive(xl__workbook=b"0" * 5_000), Limits(unpacked=4_000), "unpacks to more"),
        (workbook_bytes(A=[["a", "b"]] * 30), Limits(cells=50), "spans 30 rows and 2 columns"),
        (workbook_bytes(A=[["a", "b"]] * 30), Limits(rows=20), "more than 20 rows"),
    ],
)
def test_limits(data, limits, says):
    with pytest.raises(UnreadableFileError, match=says):
        read_table(data, limits=limits)


def test_size_of_a_path_is_looked_at_before_it_is_read(tmp_path: Path, monkeypatch):
    path = tmp_path / "large.csv"
    path.write_bytes(b"a,b\n" * 100)
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("the file was read"))
    with pytest.raises(UnreadableFileError, match="larger than"):
        read_table(path, limits=Limits(size=100))


def test_messages_about_a_file_never_quote_it():
    with pytest.raises(UnreadableFileError) as caught:
        read_any(b"Jane Example of Leeds\n")
    assert "Jane" not in str(caught.value)


def large(text: str) -> Grid | None:
    """Cells of a text that is parsed as if it were large."""
    sheet = parse_large(text, ",", Limits())
    return None if sheet is None else sheet.grid


CELLS = st.text(st.sampled_from('ab, "\n1;é'), max_size=6)


@given(
    st.integers(2, 4).flatmap(
        lambda width: st.lists(st.lists(CELLS, min_size=width - 1, max_size=width + 1), min_size=1, max_size=8).map(
            lambda rows: [["h"] * width, *rows]
        )
    ),
    st.sampled_from(["\r\n", "\n"]),
)
def test_large_files_are_read_as_small_ones_are(rows, line_end):
    text = csv_bytes(rows).decode().replace("\r\n", line_end)
    fast, careful = large(text), parse(f"sep=,\n{text}", Limits()).grid
    if fast is None:
        return
    assert (fast.header, fast.refused, fast.notes) == (careful.header, careful.refused, careful.notes)
    blank_last = len(careful.rows) - len(fast.rows)  # lines at the very end that hold nothing
    assert fast.rows.tolist() == careful.rows.tolist()[: len(fast.rows)]
    for quick, slow in zip(fast.columns, careful.columns, strict=True):
        read = [slow.texts[code] for code in slow.codes]
        assert [quick.texts[code] for code in quick.codes] == read[: len(fast.rows)]
        assert not any(read[len(read) - blank_last :])


@given(st.text(st.sampled_from('a,"\n'), max_size=30))
def test_doubtful_quotation_marks_are_left_to_the_careful_reader(body):
    text = "h,h\n" + body + "\nx,y\n"
    fast, careful = large(text), parse(f"sep=,\n{text}", Limits()).grid
    if fast is not None:
        assert (fast.rows.tolist(), fast.refused, fast.notes) == (careful.rows.tolist(), careful.refused, careful.notes)
        assert cells(fast) == cells(careful)


def test_a_large_file_is_parsed_by_columns_and_keeps_its_ragged_rows_apart():
    lines = ["respondent_id,site,n", *(f"A{i},North,{i % 7}" for i in range(100_000))]
    lines[50_000] += ",x"
    lines[60_000] = "B1,South"
    lines.insert(70_000, "")
    text = "\n".join(lines)
    assert len(text) > 1_000_000
    assert large(text) is not None
    table = read_table(text.encode())
    assert len(table) == 99_999
    assert set(range(2, 100_003)) - set(table.rows.tolist()) == {50_001, 70_001}
    assert [(p.row, p.action) for p in (*table.refused, *table.notes)] == [
        (50_001, "row set aside"),
        (60_001, "filled with blanks"),
    ]
    at = table.rows.tolist().index(60_001)
    assert [column.texts[column.codes[at]] for column in table.columns] == ["B1", "South", ""]
    assert [column.texts[column.codes[-1]] for column in table.columns] == ["A99999", "North", str(99_999 % 7)]

"""Every table of the report stands in the workbook as it is: numbers as numbers, hidden values hidden, all marked."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from evalcore.figures.theme import HIDDEN
from evalcore.findings.finding import Column
from evalcore.reporting.model import Report, Section, Table
from evalcore.reporting.workbook.names import headings
from tests.reporting.studies import full_report, sample_report
from tests.reporting.workbook.workbooks import MAIN, Marked, Opened, full, opened

_LIKE_A_CELL = re.compile(r"^([A-Z]{1,3}\d+|[RC]|R\d+C\d+)$", re.IGNORECASE)


def marked(book: Opened, name: str) -> Marked:
    return next(table for table in book.tables if table.name == name)


def with_table(table: Table) -> Report:
    """A report of one table."""
    return replace(sample_report(), sections=(Section("problems", "Problems", (replace(table, number=1),)),))


def test_every_table_of_the_report_stands_there_cell_by_cell() -> None:
    tables = full_report().tables
    assert len(tables) > 30
    for table in tables:
        found = marked(full(), f"Table_{table.number:02d}")
        heads, *rows = full().rows(found)
        assert heads == list(found.headings) == list(headings(table.headings))
        assert len(rows) == len(table.rows)
        for row, values in zip(rows, table.rows, strict=True):
            assert row == ["" if value is None else value for value in values]
            assert [isinstance(cell, float) for cell in row] == [isinstance(value, int | float) for value in values]


def test_the_caption_stands_right_above_its_table_and_the_title_in_the_first_cell() -> None:
    book = full()
    titles = {one.table.number: one.title for one in full_report().exhibits if one.table is not None}
    for table in full_report().tables:
        found = marked(book, f"Table_{table.number:02d}")
        assert book.cells[found.sheet][found.first - 1][0] == table.label
        assert book.cells[found.sheet][0][0] == titles.get(table.number, table.caption)


def test_a_sheet_holds_one_table_at_most() -> None:
    sheets = [table.sheet for table in full().tables]
    assert len(sheets) == len(set(sheets)) == len(full_report().tables) + 1


def test_names_of_tables_are_legal_and_different() -> None:
    names = [table.name for table in full().tables]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(re.fullmatch(r"[A-Za-z_]\w{0,254}", name) and not _LIKE_A_CELL.match(name) for name in names)


def test_marked_tables_have_no_filters() -> None:
    for part in full().sheets.values():
        for table in full().related(part, "table"):
            assert list(full().xml(table).iter(f"{MAIN}autoFilter")) == []


def test_a_heading_holds_no_code_of_a_character() -> None:
    assert headings(["Room _x0041_: agree", "_x004_"]) == ("Room _ x0041_: agree", "_x004_")


def test_headings_are_there_and_different_in_each_table() -> None:
    for table in full().tables:
        assert all(heading.strip() for heading in table.headings)
        assert len({heading.casefold() for heading in table.headings}) == len(table.headings)


def test_a_heading_that_only_says_to_says_of_what() -> None:
    assert headings(["95 % interval from (%)", "to (%)"])[1] == "95 % interval to (%)"
    assert headings(["to"]) == ("to",)


@pytest.mark.parametrize("labels", [["A", "a", "A (2)", "", "Value"], ["x" * 300, "x" * 300], ["ß", "ss"], ["İ", "i̇"]])
def test_headings_that_a_program_would_take_for_the_same_are_told_apart(labels: list[str]) -> None:
    found = headings(labels)
    assert len({one.casefold() for one in found}) == len({one.lower() for one in found}) == len(labels)
    assert all(0 < len(one) <= 255 for one in found)


def formats(book: Opened, found: Marked, column: int) -> set[str]:
    """The number formats of the cells of one column that hold numbers."""
    styles = book.xml("xl/styles.xml")
    codes = {one.attrib["numFmtId"]: one.attrib["formatCode"] for one in styles.iter(f"{MAIN}numFmt")}
    looks = [one.attrib["numFmtId"] for one in next(styles.iter(f"{MAIN}cellXfs"))]
    letter = chr(ord("A") + column)
    wanted = {f"{letter}{row + 1}" for row in range(found.first + 1, found.last + 1)}
    cells = [one for one in book.xml(book.sheets[found.sheet]).iter(f"{MAIN}c") if one.attrib["r"] in wanted]
    numbers = [one for one in cells if one.find(f"{MAIN}v") is not None and one.attrib.get("t", "n") == "n"]
    return {codes.get(looks[int(one.attrib["s"])], "General") for one in numbers}


def test_numbers_show_as_many_decimals_as_their_column() -> None:
    seen = set()
    for table in full_report().tables:
        found = marked(full(), f"Table_{table.number:02d}")
        for at, column in enumerate(table.columns):
            shown = formats(full(), found, at)
            if column.decimals:
                assert shown <= {f"#,##0.{'0' * column.decimals}"}
            else:
                assert shown <= {"#,##0", "General"}
            seen |= shown
    assert {"#,##0", "#,##0.00", "#,##0.000"} <= seen


def test_words_in_a_column_of_numbers_stand_on_their_side() -> None:
    column = Column("p_value", "p", "test", 3)
    book = opened(with_table(Table("Tests", (column,), ((0.25,), ("< 0.001",), (HIDDEN,), (None,)))))
    found = marked(book, "Table_01")
    assert [row[0] for row in book.rows(found)[1:]] == [0.25, "< 0.001", HIDDEN, ""]
    looks = list(next(book.xml("xl/styles.xml").iter(f"{MAIN}cellXfs")))
    cells = {one.attrib["r"]: one for one in book.xml(book.sheets[found.sheet]).iter(f"{MAIN}c")}
    for row in range(found.first, found.last + 1):
        look = looks[int(cells[f"A{row + 1}"].attrib["s"])]
        assert look.find(f"{MAIN}alignment").attrib["horizontal"] == "right"


@pytest.mark.parametrize(
    ("value", "said"), [(HIDDEN, "few people are behind it"), (None, "An empty cell"), ("", "An empty cell")]
)
def test_signs_are_explained_below_the_table_that_has_them(value: str | None, said: str) -> None:
    columns = (Column("who", "Who", "text"), Column("n", "People", "fieldwork"))
    for held, there in ((value, True), (5, False)):
        book = opened(with_table(Table("Who", columns, (("All", held), ("Some", 7)), notes=("A note of its own.",))))
        below = book.text(marked(book, "Table_01").sheet)
        assert any(said in line for line in below) is there
        assert "A note of its own." in below


def test_only_a_long_table_repeats_its_headings_and_keeps_them_in_sight() -> None:
    column = Column("n", "People", "fieldwork")
    for rows, long in ((5, False), (60, True)):
        book = opened(with_table(Table("Many", (column,), tuple((one,) for one in range(rows)))))
        found = marked(book, "Table_01")
        assert (b"Print_Titles" in book.parts["xl/workbook.xml"]) is long
        panes = list(book.xml(book.sheets[found.sheet]).iter(f"{MAIN}pane"))
        assert [pane.attrib["topLeftCell"] for pane in panes] == ([f"A{found.first + 2}"] if long else [])


def test_a_table_without_rows_has_its_headings() -> None:
    book = opened(with_table(Table("Nothing", (Column("n", "People", "fieldwork"),), ())))
    assert [table.name for table in book.tables if table.name == "Table_01"] == []
    assert "People" in book.text(next(name for name in book.names if name.startswith("T01")))

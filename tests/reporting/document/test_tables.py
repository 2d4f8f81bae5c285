"""The tables of a document: the model's cells, numbered captions, and what a reader without eyes needs."""

from __future__ import annotations

import re

import pytest

from evalcore.findings.finding import Column
from evalcore.reporting.document.grids import grid_of
from evalcore.reporting.document.pages import Paper
from evalcore.reporting.model import Paragraph, Report, Table
from tests.reporting.document.documents import (
    W,
    body,
    each_table,
    full_docx,
    page_of_each_block,
    rendered,
    room_of,
    small_report,
    style_of,
    tables,
    words,
)
from tests.reporting.studies import full_report

UPRIGHT, LYING = Paper().room[0], Paper().lying().room[0]
WORDS, FIGURE = Column("a", "What", "label"), Column("n", "People", "fieldwork")


def wide_table(columns: int, rows: int, word: str = "assessed") -> Table:
    made = (WORDS, *(Column(f"n{place}", f"{word} {place}", "fieldwork") for place in range(columns - 1)))
    return Table("Wide", made, tuple((f"row {row}", *range(columns - 1)) for row in range(rows)), number=1)


def test_every_table_of_the_report_stands_in_the_document_cell_for_cell() -> None:
    expected = [[list(table.headings), *map(list, table.written)] for table in full_report().tables]
    found = tables(full_docx())
    assert len(found) == len(expected) > 20
    turned = 0
    for ours, theirs in zip(found, expected, strict=True):
        if ours != theirs:
            assert [list(line) for line in zip(*ours, strict=True)] == theirs
            turned += 1
    assert 0 < turned < len(found)


def test_captions_of_figures_and_tables_are_numbered_through_by_fields() -> None:
    for kind in ("Figure", "Table"):
        found = [one for one in body(full_docx()).findall(f"{W}p") if words(one).startswith(f"{kind} ")]
        captions = [one for one in found if style_of(one) == "Caption"]
        numbers = [int(re.match(rf"{kind} (\d+)\. ", words(one))[1]) for one in captions]
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) == _count(full_report(), kind)
        for one in captions:
            assert [field.text for field in one.iter(f"{W}instrText")] == [f" SEQ {kind} \\* ARABIC "]


def test_every_table_follows_its_caption_on_the_same_page() -> None:
    blocks = list(body(full_docx()))
    for place, block in enumerate(blocks):
        if block.tag == f"{W}tbl":
            before = blocks[place - 1]
            assert words(before).startswith("Table ")
            assert before.find(f"{W}pPr/{W}keepNext") is not None


def test_headings_of_tables_are_repeated_and_rows_are_never_torn() -> None:
    for table in each_table(full_docx()):
        first, *rows = table.findall(f"{W}tr")
        assert first.find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}tblHeader") is None for row in rows)
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in (first, *rows))
        looks = table.find(f"{W}tblPr/{W}tblLook")
        assert (looks.get(f"{W}firstRow"), looks.get(f"{W}firstColumn")) == ("1", "1"), (
            "both name what stands beside them"
        )


def test_tables_are_described_for_those_who_do_not_see_them() -> None:
    sentences = {one.sentence for one in full_report().exhibits}
    captions = [table.caption for table in full_report().tables]
    found = [table.find(f"{W}tblPr") for table in each_table(full_docx())]
    assert [one.find(f"{W}tblCaption").get(f"{W}val") for one in found] == captions
    described = {one.find(f"{W}tblDescription").get(f"{W}val") for one in found}
    assert all(described)
    assert sentences & described


def test_figures_stand_to_the_right_and_words_to_the_left() -> None:
    made = rendered(small_report(Table("Scores", (WORDS, FIGURE), (("Before", 18), ("After", "[c]")), number=1)))
    styles = [
        [style_of(cell.find(f"{W}p")) for cell in row.iter(f"{W}tc")] for row in each_table(made)[0].iter(f"{W}tr")
    ]
    assert styles == [["TableHeading", "TableHeadingNumber"], *[["TableText", "TableNumber"]] * 2]


def test_a_hidden_value_stays_hidden_and_what_it_stands_for_is_said_below() -> None:
    marks = 0
    for exhibit in full_report().exhibits:
        if exhibit.table is not None and any("[c]" in row for row in exhibit.table.written):
            assert "[c] stands for" in exhibit.hidden
            marks += 1
    found = [words(one) for one in body(full_docx()).findall(f"{W}p") if style_of(one) == "TableNote"]
    assert sum(one.startswith("[c] stands for") for one in found) == marks > 5


def test_words_after_a_table_keep_a_distance_by_their_style() -> None:
    table = Table("Scores", (WORDS,), (("Before",),), number=1)
    report = small_report(Paragraph("One."), table, Paragraph("Two."), Paragraph("Three."))
    found = body(rendered(report)).findall(f"{W}p")
    assert [style_of(one) for one in found if words(one) == "Two."] == ["BodyTextAfterTable"]
    assert [style_of(one) for one in found if words(one) in ("One.", "Three.")] == ["BodyText", "BodyText"]


def test_nothing_of_a_table_is_cut_off() -> None:
    seen = 0
    for block, page in page_of_each_block(full_docx()):
        if block.tag == f"{W}tbl":
            widths = [int(one.get(f"{W}w")) for one in block.iter(f"{W}gridCol")]
            assert sum(widths) == room_of(page)
            for row in block.iter(f"{W}tr"):
                assert [int(one.get(f"{W}w")) for one in row.iter(f"{W}tcW")] == widths
            seen += 1
    assert seen == len(full_report().tables)


def test_no_word_of_the_report_is_torn_apart() -> None:
    grids = [grid_of(table, UPRIGHT, LYING) for table in full_report().tables]
    assert all(grid.fits for grid in grids)
    assert any(grid.wide for grid in grids)


def test_few_columns_stand_upright_as_they_are() -> None:
    table = wide_table(7, 40)
    grid = grid_of(table, UPRIGHT, LYING)
    assert (grid.lines, grid.wide) == ((table.headings, *table.written), False)


def test_a_table_on_pages_that_lie_wide_already_takes_their_width() -> None:
    for table in (wide_table(3, 4), wide_table(12, 3)):
        grid = grid_of(table, UPRIGHT, LYING, lies=True)
        assert (grid.wide, grid.room, grid.lines[0]) == (True, LYING, table.headings)


def test_many_columns_and_few_rows_are_turned() -> None:
    grid = grid_of(wide_table(12, 3), UPRIGHT, LYING)
    assert grid.lines[0] == ("What", "row 0", "row 1", "row 2")
    assert grid.lines[1] == ("assessed 0", "0", "0", "0")
    assert grid.numbers[1] == (False, True, True, True)
    assert not grid.wide


def test_rows_with_long_names_do_not_become_columns() -> None:
    table = wide_table(12, 3)
    named = Table("Wide", table.columns, tuple(("a long name " * 8, *row[1:]) for row in table.rows))
    assert grid_of(named, UPRIGHT, LYING).lines[0] == table.headings


def test_many_columns_and_rows_lie_wide() -> None:
    grid = grid_of(wide_table(13, 12), UPRIGHT, LYING)
    assert grid.wide
    assert grid.lines[0] == wide_table(13, 12).headings


def test_a_table_that_does_not_even_fit_lying_is_turned_there() -> None:
    grid = grid_of(wide_table(18, 8, "unquestionably"), UPRIGHT, LYING)
    assert grid.wide
    assert grid.lines[0][:2] == ("What", "row 0")


@pytest.mark.parametrize("columns", [30, 60])
def test_a_table_that_fits_nowhere_still_takes_no_more_than_the_page(columns: int) -> None:
    grid = grid_of(wide_table(columns, 40, "unquestionably"), UPRIGHT, LYING)
    assert sum(grid.widths) == LYING
    assert min(grid.widths) > 0


def test_the_words_of_a_section_lie_wide_with_its_table_and_the_next_section_stands_upright() -> None:
    report = full_report()
    headings = {
        words(block): page.find(f"{W}pgSz").get(f"{W}orient")
        for block, page in page_of_each_block(full_docx())
        if block.tag == f"{W}p" and style_of(block) == "Heading1"
    }
    lying = {name for name, orient in headings.items() if orient == "landscape"}
    assert report.section("workshop") is not None
    assert lying == {"Validation workshop"}


def _count(report: Report, kind: str) -> int:
    return len(report.tables) if kind == "Table" else sum(one.chart is not None for one in report.exhibits)

"""A table of a report as a Word table, with its numbered caption above it and its notes below."""

from __future__ import annotations

from collections.abc import Iterator

from evalcore.reporting.document import markup
from evalcore.reporting.document.grids import Grid, grid_of
from evalcore.reporting.document.pages import Paper
from evalcore.reporting.document.widths import most_lines
from evalcore.reporting.document.writing import Writer
from evalcore.reporting.model import Table

_WHOLE = 24
"""A table of so many lines is kept on one page; a longer one may break between its rows."""

FIGURE, TABLE = "Figure", "Table"


def caption(kind: str, number: int, words: str) -> str:
    """Return the content of a caption: its number is a field, so that Word can count anew and list them all.

    >>> "SEQ Table" in caption("Table", 3, "Table 3. Scores")
    True
    """
    rest = words.removeprefix(f"{kind} {number}")
    return markup.text(f"{kind} ") + markup.field(f"SEQ {kind} \\* ARABIC", str(number)) + markup.text(rest)


def write_table(writer: Writer, table: Table, described: str, notes: tuple[str, ...] = ()) -> None:
    """Write a table with its caption and notes; a wide one on a page that lies wide.

    Parameters
    ----------
    writer : Writer
    table : Table
    described : str
        What it tells, for those who do not see it.
    notes : tuple of str
        More sentences under it, after its own.
    """
    grid = stands(writer.paper, table, lies=writer.lies)
    writer.lay(wide=grid.wide)
    writer.write("Caption", caption(TABLE, table.number, table.label), keep=True)
    writer.add(_table(writer, grid, table.caption, described))
    for note in (*table.notes, *notes):
        writer.say("TableNote", note)


def stands(paper: Paper, table: Table, *, lies: bool = False) -> Grid:
    """Return how a table stands on a page; `lies`: one that lies wide already."""
    return grid_of(table, paper.room[0], paper.lying().room[0], lies=lies)


def _table(writer: Writer, grid: Grid, title: str, described: str) -> str:
    widths = grid.widths
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{writer.styles["ReportTable"]}"/>'
        f'<w:tblW w:w="{grid.room}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="04A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0"'
        ' w:noHBand="0" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{markup.attribute(title)}"/><w:tblDescription w:val="{markup.attribute(described)}"/>'
        f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(_rows(writer, grid, widths))}</w:tbl>"
    )


def _rows(writer: Writer, grid: Grid, widths: tuple[int, ...]) -> Iterator[str]:
    last = len(grid.lines) - 1
    whole = _height(grid, widths) <= _WHOLE
    for place, line in enumerate(grid.lines):
        heading = not place
        settings = "<w:cantSplit/><w:tblHeader/>" if heading else "<w:cantSplit/>"
        together = place < last and (whole or place < 2)
        cells = (
            _cell(writer, words, widths[column], heading, _to_the_right(grid, place, column), together)
            for column, words in enumerate(line)
        )
        yield f"<w:tr><w:trPr>{settings}</w:trPr>{''.join(cells)}</w:tr>"


def _height(grid: Grid, widths: tuple[int, ...]) -> int:
    """Lines of text of all rows together, about."""
    rows = grid.lines[1:]
    return sum(max(most_lines(("", words), wide) for words, wide in zip(row, widths, strict=True)) for row in rows)


def _to_the_right(grid: Grid, row: int, column: int) -> bool:
    """Figures stand to the right, and a heading over figures with them."""
    if row:
        return grid.numbers[row][column]
    below = [line[column] for line in grid.numbers[1:]]
    return 2 * sum(below) > len(below)


def _cell(writer: Writer, words: str, width: int, heading: bool, number: bool, together: bool) -> str:
    style = (
        ("TableHeadingNumber" if number else "TableHeading") if heading else "TableNumber" if number else "TableText"
    )
    content = markup.paragraph(writer.styles[style], markup.text(words), keep=together)
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content}</w:tc>'

"""The sheet of a finding: its words, its table, what to take care of, and its figure as a native chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evalcore.figures.chart import Chart
from evalcore.figures.native_panels import is_flow
from evalcore.reporting.model import Exhibit
from evalcore.reporting.workbook.page import Page
from evalcore.reporting.workbook.sheets import NUMBERS
from evalcore.reporting.workbook.tables import table_notes, write_table

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

_FLOW = (
    "A spreadsheet has no chart of boxes and arrows. What stands in the boxes is told in the table above, and box by"
    " box on the sheet of figure numbers."
)


def write_finding(book: Workbook, page: Page, exhibit: Exhibit, numbers: Page | None, behind: str) -> None:
    """Write a finding on its sheet.

    Parameters
    ----------
    book : xlsxwriter Workbook
    page : Page
        The finding's own sheet, after its title.
    exhibit : Exhibit
    numbers : Page or None
        The sheet on which the numbers of every figure stand; None where there is no figure.
    behind : str
        The sheet that tells who is behind the finding; empty where none does.
    """
    page.say(exhibit.message)
    page.say(exhibit.sentence)
    if exhibit.table is not None:
        write_table(page, exhibit.table, f"Table_{exhibit.table.number:02d}")
        page.said("Notes", table_notes(exhibit.table, exhibit.hidden))
    page.said("What was hidden", [exhibit.hidden])
    page.said("Take care", [exhibit.caution])
    page.said("Why nothing stronger is said", exhibit.reasons)
    page.said("Other explanations that are registered", exhibit.rivals)
    page.said("Planned or added", [exhibit.planned])
    page.said("Source", [exhibit.source])
    page.said("Definition", [exhibit.definition])
    if behind:
        page.link("Who is behind it, from the people asked on", behind)
    if exhibit.chart is not None and numbers is not None:
        _write_figure(book, page, exhibit, exhibit.chart, numbers)


def _write_figure(book: Workbook, page: Page, exhibit: Exhibit, chart: Chart, numbers: Page) -> None:
    """The figure with its caption, how to read it and where its numbers stand."""
    from evalcore.figures.sheet_chart import draw_on_sheet

    top = page.row
    page.caption(exhibit.caption)
    page.say(chart.how_to_read)
    page.link("The numbers of this figure", NUMBERS, numbers.row)
    numbers.caption(exhibit.caption)
    numbers.link(f"To the figure: {exhibit.label}", str(page.sheet.get_name()))
    drawn = draw_on_sheet(
        book,
        page.sheet,
        chart,
        row=page.row,
        column=0,
        words=exhibit.sentence or exhibit.title,
        data_sheet=numbers.sheet,
        data_row=numbers.row,
        heading=numbers.looks.caption,
    )
    page.row, numbers.row = drawn.row, drawn.data_row
    if drawn.charted:
        page.sheet.set_h_pagebreaks([top])
    elif is_flow(chart):
        page.say(_FLOW)

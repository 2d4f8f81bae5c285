"""The whole report as one workbook."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from evalcore.figures.native_text import plain
from evalcore.reporting.model import Exhibit, Report, Stamp, Table
from evalcore.reporting.workbook.contents import write_contents, write_notes
from evalcore.reporting.workbook.findings import write_finding
from evalcore.reporting.workbook.looks import DEFAULTS, Looks
from evalcore.reporting.workbook.names import one_line, safe
from evalcore.reporting.workbook.page import Page
from evalcore.reporting.workbook.sheets import CONTENTS, NOTES, NUMBERS, Plan, Sheet, Words, plan_sheets
from evalcore.reporting.workbook.tables import table_notes, write_table

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_WORDS_WIDE = 80
_AXIS, _COLUMN = 40, 20
"""Digits in a column of figure numbers: of one that an axis may name, and of the others."""

_EARLY = datetime(1980, 1, 1)
_SHORT, _FINGERPRINT, _LONGEST = 60, 12, 120
_NUMBERS_SAY = (
    "Under the caption of each figure stand the cells from which it is drawn. Rows of names, lines and words draw what"
    " stands around its marks. A row without numbers ends a line. A position counts along an axis of the figure."
)


def report_xlsx(report: Report) -> bytes:
    """Return a report as an Excel workbook: a sheet a table, with its figure as a native chart.

    Parameters
    ----------
    report : Report
        As `build_report` gives it; nothing of it is computed again.

    Returns
    -------
    bytes
        An .xlsx file without a formula, a macro or a link to the outside; the same report gives the same bytes.

    Examples
    --------
    >>> from evalcore.reporting.model import Paragraph, Section
    >>> stamp = Stamp("Study", "0" * 64, "not kept", "", "2026-05-04T09:00:00+00:00", (), 0, "")
    >>> section = Section("summary", "Summary", (Paragraph("Nothing can be shown."),))
    >>> report_xlsx(Report("Report", "", "", "", stamp, (section,)))[:2]
    b'PK'
    """
    import xlsxwriter

    held = io.BytesIO()
    never = dict.fromkeys(("strings_to_urls", "strings_to_formulas", "strings_to_numbers"), False)
    # In memory: nothing is written to disk.
    book = xlsxwriter.Workbook(held, {"in_memory": True, **never, **DEFAULTS})
    book.set_properties({**_properties(report), "created": _moment(report.stamp.made_at)})
    _write_sheets(book, report)
    book.close()
    return held.getvalue()


def _properties(report: Report) -> dict[str, str]:
    """What a program says of the workbook before it is opened."""
    said = {
        "title": report.title,
        "subject": report.stamp.study,
        "author": report.organisation,
        "comments": f"{report.stamp.software}. Data fingerprint {report.stamp.fingerprint}.",
    }
    return {name: one_line(text)[:_LONGEST] for name, text in said.items()}


def _moment(made_at: str) -> datetime:
    """When the report was made, as the workbook's properties take it; a fixed day where that can not be read."""
    try:
        found = datetime.fromisoformat(made_at)
    except ValueError:
        return _EARLY
    return (found.astimezone(UTC) if found.tzinfo else found).replace(tzinfo=None)


def _write_sheets(book: Workbook, report: Report) -> None:
    """Add every sheet in its place, then write them."""
    plan = plan_sheets(report)
    charted = any(one.chart is not None for one in report.exhibits)
    last = (Sheet(NUMBERS, "Numbers behind the figures", "Figures", Words(())),) if charted else ()
    looks, foot = Looks(book), _foot(report.stamp)
    names = [CONTENTS, NOTES, *(sheet.name for sheet in (*plan.sheets, *last))]
    pages = {name: Page(_add_sheet(book, name), looks) for name in names}
    for page in pages.values():
        page.sheet.set_footer(foot)
    write_contents(pages[CONTENTS], report, plan, last)
    write_notes(pages[NOTES])
    if last:
        _begin_numbers(pages[NUMBERS], last[0])
    for place, sheet in enumerate(plan.sheets, start=1):
        _write_sheet(book, pages, plan, sheet, place)


def _add_sheet(book: Workbook, name: str) -> Worksheet:
    """A worksheet whose cells take any text as words: the writer takes what looks like its own markup for markup."""
    sheet = book.add_worksheet(name)
    write = sheet.write_string

    def write_words(row: int, column: int, text: str, look: Format | None = None) -> None:
        write(row, column, safe(text), look)

    sheet.write_string = write_words
    return sheet


def _write_sheet(book: Workbook, pages: dict[str, Page], plan: Plan, sheet: Sheet, place: int) -> None:
    page, content = pages[sheet.name], sheet.content
    page.title(sheet.title)
    page.link("Back to the contents", CONTENTS)
    if isinstance(content, Exhibit):
        write_finding(book, page, content, pages.get(NUMBERS), plan.behind(content))
    elif isinstance(content, Table):
        write_table(page, content, f"Table_{content.number:02d}" if content.number else f"Table_on_sheet_{place}")
        page.said("Notes", table_notes(content))
    else:
        page.first = _WORDS_WIDE
        page.widths({0: _WORDS_WIDE})
        for section in content.sections:
            if section.heading != sheet.title:
                page.head(section.heading)
            page.blocks(section.blocks, plan.homes)


def _begin_numbers(page: Page, sheet: Sheet) -> None:
    page.sheet.set_column(1, 2, _AXIS, page.looks.behind_a_figure)
    page.sheet.set_column(3, 15, _COLUMN, page.looks.behind_a_figure)
    page.title(sheet.title)
    page.link("Back to the contents", CONTENTS)
    page.say(_NUMBERS_SAY)


def _foot(stamp: Stamp) -> str:
    """What stands at the foot of each printed page; a footer has codes, which begin with an ampersand."""
    study = one_line(stamp.study)[:_SHORT].replace("&", "&&")
    return f"&L&A&C{study}, data {plain(stamp.fingerprint)[:_FINGERPRINT].replace('&', '&&')}&RPage &P of &N"

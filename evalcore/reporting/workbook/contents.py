"""The first two sheets: what the workbook is and where to find what, and what its signs mean."""

from __future__ import annotations

from evalcore.disclosure.record import when
from evalcore.figures.theme import TINY_P
from evalcore.findings.finding import Column
from evalcore.reporting.model import Report
from evalcore.reporting.workbook.measuring import lines_of
from evalcore.reporting.workbook.page import FIRST, Page, write_link
from evalcore.reporting.workbook.sheets import NOTES, NUMBERS, RULES, Plan, Sheet, Words, summary_of
from evalcore.reporting.workbook.tables import EMPTY, HIDDEN_SAYS, marked_table

_COLUMNS = tuple(Column(label.lower(), label, "text") for label in ("What it holds", "Number", "People", "Section"))
_WIDTHS = (FIRST, 20, 40, 30)
_ABOUT = "About this workbook"

_SIGNS = (
    f"{HIDDEN_SAYS} The sheet “{RULES}” names what was hidden, and the rules by which it was.",
    EMPTY,
    f"{TINY_P} in a column of p values stands for a p value that is smaller than 0.001. It is text, as [c] is.",
    "n is the number of people, or of pairs of scores, that a figure rests on.",
)
_FIGURES = (
    "All other figures are numbers. In tables they are rounded as in the report: no cell holds more than it shows.",
    "Percentages are numbers from 0 to 100. A change is after minus before; a difference is pilot minus caseload.",
)
_SHEETS = (
    "Each sheet holds one table at most; it begins in column A, and one row holds its headings.",
    f"The sheet “{NUMBERS}” holds the numbers that figures are drawn from; none of them is of a hidden mark.",
    "There are no formulas, no macros and no links to anything outside of this workbook.",
)


def write_contents(page: Page, report: Report, plan: Plan, after: tuple[Sheet, ...]) -> None:
    """Write the first sheet: what this is, the summary, and a link to each sheet.

    Parameters
    ----------
    page : Page
    report : Report
    plan : Plan
    after : tuple of Sheet
        Those that stand after the sheets of `plan`.
    """
    page.title(report.title)
    page.say(report.subtitle)
    page.say(f"Study: {report.stamp.study}")
    page.say(f"Made {when(report.stamp.made_at)}, from the study as it then was: {report.stamp.version}")
    if report.authors:
        page.say(f"By {report.authors}")
    page.say(report.organisation)
    summary = summary_of(report)
    if summary:
        page.head("Summary")
        page.blocks(summary, plan.homes)
    page.head("What is on which sheet")
    _write_list(page, (_notes_sheet(), *plan.sheets, *after))


def _notes_sheet() -> Sheet:
    return Sheet(NOTES, "What the signs mean", _ABOUT, Words(()))


def _write_list(page: Page, sheets: tuple[Sheet, ...]) -> None:
    """A marked table with one row a sheet; its first column leads there."""
    head = page.row
    page.widths(dict(enumerate(_WIDTHS)))
    for row, sheet in enumerate(sheets, start=head + 1):
        write_link(page.sheet, (row, 0), (sheet.name, 0), sheet.label, page.looks.link)
        texts = (sheet.label, sheet.numbers, sheet.n, sheet.section)
        for at, text in enumerate(texts[1:], start=1):
            page.sheet.write_string(row, at, text, page.looks.text)
        page.high(row, max(lines_of(text, wide) for text, wide in zip(texts, _WIDTHS, strict=True)))
    marked_table(page, _COLUMNS, len(sheets), "Contents_of_workbook", _WIDTHS)


def write_notes(page: Page) -> None:
    """Write what the signs mean, how numbers stand in cells, and how the sheets are laid out."""
    page.title("What the signs mean")
    page.said("Signs", _SIGNS)
    page.said("Figures", _FIGURES)
    page.said("Sheets", _SHEETS)

"""Laying one record under the header: too long is refused, too short is filled, and both are said."""

from __future__ import annotations

from evalcore.intake.files.raw import tidy
from evalcore.intake.problems import CELLS_FILLED, ERROR, NOTE, ROW_SET_ASIDE, Problem

# The cells of one record; None where its quotation marks do not match.
Record = list[str] | None


def fit_row(record: Record, width: int, row: int, faults: list[Problem], notes: list[Problem]) -> list[str] | None:
    """Make a record as wide as the header; None, with the reason added to `faults`, where that can not be done.

    Blank cells beyond the header are dropped. Cells that are missing at the end are blank, which `notes` says.

    >>> faults, notes = [], []
    >>> fit_row(["A1", "3", ""], 2, 5, faults, notes), fit_row(["A1"], 2, 6, faults, notes)
    (['A1', '3'], ['A1', ''])
    >>> fit_row(["A1", "3", "4"], 2, 7, faults, notes), [p.row for p in faults], [p.row for p in notes]
    (None, [7], [6])
    """
    if record is None:
        expected = "quotation marks in pairs"
        faults.append(Problem(row, "", "a quotation mark without its fellow", expected, ROW_SET_ASIDE, ERROR))
        return None
    if len(record) > width:
        if any(tidy(cell) for cell in record[width:]):
            faults.append(Problem(row, "", f"{len(record)} cells", f"{width} cells", ROW_SET_ASIDE, ERROR))
            return None
        return record[:width]
    if len(record) < width and any(tidy(cell) for cell in record):
        if "\n" in record[-1] or "\r" in record[-1]:
            found = "a cell that swallows the lines after it"
            faults.append(Problem(row, "", found, "quotation marks in pairs", ROW_SET_ASIDE, ERROR))
            return None
        notes.append(Problem(row, "", f"{len(record)} cells", f"{width} cells", CELLS_FILLED, NOTE))
    return record + [""] * (width - len(record))

"""Microsoft Forms: a workbook whose sheet is one table, always in words; and the same saved by hand as CSV."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence

import xlsxwriter

from tests.intake.exports.people import (
    ASIDE,
    KEYWORDS,
    NO_ANSWER,
    POST,
    PRE,
    ROW_ASIDE,
    Export,
    Lines,
    Planted,
    cells,
    everyone,
)
from tests.intake.made import csv_bytes

OWN = ("ID", "Start time", "Completion time", "Email", "Name", "Last modified time")
# A curly apostrophe, and a blank that does not break, as the form's author pasted them.
STATEMENTS = tuple(f"I’d say\u00a0… {text}\u00a0" for text in KEYWORDS["swemwbs"])
HEADINGS = (*OWN, "Participant ID", *STATEMENTS, "Anything else?", "Anything else?2")
PERSONAL = frozenset({"Email", "Name"})
OTHERS = frozenset({*OWN, "Anything else?", "Anything else?2"})
DAYS = {PRE: datetime.date(2026, 2, 4), POST: datetime.date(2026, 6, 3)}


def table_bytes(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """Write a sheet as the tool does: an Excel table, with real dates."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"default_date_format": "m/d/yy h:mm:ss"})
    sheet = book.add_worksheet("Sheet1")
    columns = [{"header": heading} for heading in headings]
    sheet.add_table(0, 0, len(rows), len(headings) - 1, {"name": "OfficeForms.Table", "columns": columns})
    for at, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if cell not in (None, ""):
                sheet.write(at, column, cell)
    book.close()
    return file.getvalue()


def answered(wave: str, planted: dict[str, Planted], written_as=None) -> Lines:
    """One submission a person, and one of somebody who gave no code; identifiers as people type them."""
    lines = Lines(HEADINGS)
    typed = {"AB12": "AB12 ", "CD07": "\u00a0CD07"}
    for number, who in everyone():
        given, truth = cells("swemwbs", who, wave, planted=planted.get(who))
        own = own_cells(number, wave, written_as)
        row = lines.add([*own, typed.get(who, who), *given, "" if number > 1 else "Thanks; see you, all", ""])
        lines.say(who, wave, truth, str(DAYS[wave]))
        for at, (cell, code) in planted.get(who, {}).items():
            if cell != "" and code is None:
                lines.fault(row, " ".join(STATEMENTS[at - 1].split()), NO_ANSWER)
    given, _ = cells("swemwbs", "CD08", wave)
    row = lines.add([*own_cells(7, wave, written_as), "", *given, "", ""], ASIDE)
    lines.fault(row, "Participant ID", ROW_ASIDE)
    return lines


def own_cells(number: int, wave: str, written_as) -> list[object]:
    """The cells that the tool puts before the answers."""
    start = datetime.datetime.combine(DAYS[wave], datetime.time(14, number, 11))
    times: list[object] = [start, start + datetime.timedelta(minutes=4)]
    if written_as:
        times = [time.strftime(written_as) for time in times]
    return [number, *times, "anonymous", "", ""]


def workbooks() -> list[Export]:
    """A workbook a wave."""
    planted: dict[str, Planted] = {
        "AB13": {2: ("", None)},
        "EF21": {3: ("Prefer not to say", None), 5: ("Quite often", None), 6: ("rarely ", None)},
    }
    planted["EF21"] = {**planted["EF21"], 6: ("rarely ", 2)}
    made = []
    for wave, name in ((PRE, "How are you - before(1-7).xlsx"), (POST, "How are you - after(1-7).xlsx")):
        lines = answered(wave, planted)
        data = table_bytes([str(heading) for heading in HEADINGS], lines.rows[1:])
        made.append(lines.export(name, data, aside=OTHERS, personal=PERSONAL, from_name=["wave"]))
    return made


def saved_by_hand() -> list[Export]:
    """A CSV file in Windows-1252, with a dash and curly quotation marks that only that encoding writes in one byte."""
    planted: dict[str, Planted] = {"AB13": {4: ("4 \u2013 Often", 4)}, "CD08": {1: ("n/a", None)}}
    lines = answered(POST, planted, "%d/%m/%Y %H:%M")
    lines.faults = {fault for fault in lines.faults if fault[2] != NO_ANSWER}
    lines.rows[0] = ["" if heading is None else str(heading) for heading in lines.rows[0]]
    data = csv_bytes(lines.rows, encoding="cp1252")
    more = {"aside": OTHERS, "personal": PERSONAL, "from_name": ["wave"]}
    return [lines.export("How are you, follow up.csv", data, **more)]


def exports() -> list[Export]:
    """All files of this tool."""
    return [*workbooks(), *saved_by_hand()]

"""A workbook that somebody typed from paper: a title over the headings, a sheet a wave, words and numbers mixed."""

from __future__ import annotations

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
    in_words,
)
from tests.intake.made import opendocument_bytes, workbook_bytes

TITLE = "Thinking ahead pilot, questionnaires typed by the team"
HEADINGS = ["Participant ID", "Site", "Date completed", *(f"... {text}" for text in KEYWORDS["swemwbs"])]
MIXED: dict[str, Planted] = {
    "AB12": {1: (2, 2), 2: ("3 - Some of the time", 3), 3: ("rarely", 2), 6: ("Sometimes", None)},
    "AB13": {1: (4.0, 4), 2: ("Often (4)", 4), 4: (44, None)},
    "CD07": {1: ("1", 1), 2: ("  Rarely ", 2), 7: ("?", None)},
}
MIXED_AFTER: dict[str, Planted] = {"CD08": {1: (3, 3), 2: ("5?", None)}, "EF22": {5: ("All the time", 5)}}


def sheet(wave: str, mixed: dict[str, Planted]) -> Lines:
    """A title, an empty line, the headings; then rows with an empty one and an unsigned one between them."""
    lines = Lines([TITLE, *[None] * 9], [None] * 10, HEADINGS)
    lines.fault(1, "", ROW_ASIDE)
    typed = {"AB12": "AB12 ", "CD07": "CD07\u00a0", "EF21": " EF21"}
    for number, who in everyone():
        given, truth = cells("swemwbs", who, wave, in_words, mixed.get(who))
        day = "24/02/2026" if wave == PRE else "16/06/2026"
        row = lines.add([typed.get(who, who), "North", day, *given])
        lines.say(who, wave, truth, "-".join(reversed(day.split("/"))))
        for at, (_, code) in mixed.get(who, {}).items():
            if code is None:
                lines.fault(row, HEADINGS[at + 2], NO_ANSWER)
        if number == 3:
            lines.add([None] * 10, None)
    given, _ = cells("swemwbs", "CD08", wave)
    row = lines.add([None, "North", None, *given], ASIDE)
    lines.fault(row, "Participant ID", ROW_ASIDE)
    return lines


def book(name: str) -> tuple[str, bytes, list[Export]]:
    """A workbook of both sheets: its name, its bytes, and what is true of each sheet."""
    before, after = sheet(PRE, MIXED), sheet(POST, MIXED_AFTER)
    write = workbook_bytes if name.endswith("xlsx") else opendocument_bytes
    data = write(Before=before.rows, After=after.rows)
    return name, data, [before.export(name, data), after.export(f"{name} (After)", data)]


def books() -> list[tuple[str, bytes, list[Export]]]:
    """As an Excel and as an OpenDocument workbook."""
    return [book("typed.xlsx"), book("typed.ods")]

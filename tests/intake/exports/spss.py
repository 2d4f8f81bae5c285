"""SPSS: a .sav file with value labels, and the same saved as CSV in two ways. 99 stands for "no answer"."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

import pandas as pd

from tests.intake.exports.people import (
    KEYWORDS,
    NO_ANSWER,
    NO_VALUE,
    POST,
    PRE,
    WORDS,
    Export,
    Lines,
    cells,
    everyone,
    in_numbers,
    in_words,
)
from tests.intake.made import csv_bytes

LETTERS = [f"WEMWBS{letter}" for letter in "abcdefghijklmn"]
SHORT = [f"SWEMWBS{letter}" for letter in "abcdefg"]


@cache
def sav_bytes() -> tuple[bytes, Lines]:
    """Numbers with labels, a variable label over each, and a missing value that the file declares."""
    import pyreadstat

    lines = Lines(["ID", "Phase", *(f"Q{at}" for at in range(1, 8)), "Total"])
    table = []
    for wave, phase in ((PRE, 1.0), (POST, 2.0)):
        for number, who in everyone():
            planted = {3: ("99", None)} if number == 2 else {5: ("", None)} if number == 4 else None
            given, truth = cells("swemwbs", who, wave, in_numbers, planted)
            row = lines.add([who, phase, *given, ""])
            lines.say(who, wave, truth)
            table.append([who, phase, *(float(cell) if cell else None for cell in given), 20.5])
            if number == 2:
                lines.fault(row, "Q3", NO_VALUE)
    frame = pd.DataFrame(table, columns=[str(name) for name in lines.rows[0]])
    answers = {float(code): word for code, word in enumerate(WORDS["swemwbs"], start=1)} | {99.0: "No answer"}
    asked = [f"Over the last 2 weeks: ... {text}" for text in KEYWORDS["swemwbs"]]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "pilot.sav")
        pyreadstat.write_sav(
            frame,
            path,
            column_labels=["Participant", "Phase of the study", *asked, "Total score"],
            variable_value_labels={
                "Phase": {1.0: "Before", 2.0: "After"},
                **{f"Q{at}": answers for at in range(1, 8)},
            },
            missing_ranges={f"Q{at}": [99] for at in range(1, 8)},
        )
        return path.read_bytes(), lines


def sav() -> Export:
    """The .sav file: words behind the numbers."""
    data, lines = sav_bytes()
    return lines.export("pilot.sav", data, aside=frozenset({"Total"}))


def values() -> Export:
    """Saved with values, and the items by letter."""
    lines = Lines(["ID", "Wave", *LETTERS, "WEMWBS_total"])
    for wave in (PRE, POST):
        for number, who in everyone():
            planted = {4: ("99", None), 9: (" ", None)} if number == 3 else {14: ("-9", None)} if number == 5 else None
            given, truth = cells("wemwbs", who, wave, in_numbers, planted)
            row = lines.add([who, wave, *given, "" if planted else "40"])
            lines.say(who, wave, truth)
            if planted:
                lines.fault(row, LETTERS[3 if number == 3 else 13], NO_ANSWER)
    return lines.export("saved.csv", csv_bytes(lines.rows), aside=frozenset({"WEMWBS_total"}))


def labels() -> Export:
    """Saved with labels, semicolons and decimal commas."""
    lines = Lines(["ID", "Phase", *SHORT, "Mean"])
    for wave, phase in ((PRE, "Pre"), (POST, "Post")):
        for number, who in everyone():
            planted = {2: ("Missing", None)} if number == 6 else None
            given, truth = cells("swemwbs", who, wave, in_words, planted)
            row = lines.add([who, phase, *(str(cell).lower() for cell in given), "2,50"])
            lines.say(who, wave, truth)
            if planted:
                lines.fault(row, SHORT[1], NO_ANSWER)
    return lines.export("saved with labels.csv", csv_bytes(lines.rows, delimiter=";"), aside=frozenset({"Mean"}))


def decimals() -> Export:
    """Saved with values where the comma is the decimal mark: whole numbers are `3,00`."""
    lines = Lines(["ID", "Phase", *(f"GSE{at}" for at in range(1, 11)), "GSE_mean"])
    for wave in (PRE, POST):
        for number, who in everyone():
            planted = {1: ("99,00", None), 2: ("2,50", None)} if number == 1 else None
            given, truth = cells("gse", who, wave, lambda _, code: f"{code},00", planted)
            row = lines.add([who, wave, *given, "2,50"])
            lines.say(who, wave, truth)
            if planted:
                lines.fault(row, "GSE1", NO_ANSWER)
                lines.fault(row, "GSE2", NO_ANSWER)
    return lines.export("gespeichert.csv", csv_bytes(lines.rows, delimiter=";"), aside=frozenset({"GSE_mean"}))


def exports() -> list[Export]:
    """All files of this tool."""
    return [sav(), values(), labels(), decimals()]

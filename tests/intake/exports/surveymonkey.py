"""SurveyMonkey: two heading rows, the question over its first column only, the statement below; dates in US form."""

from __future__ import annotations

from tests.intake.exports.people import (
    KEYWORDS,
    NO_ANSWER,
    POST,
    PRE,
    Export,
    Lines,
    cells,
    everyone,
    in_numbers,
    in_words,
)
from tests.intake.made import csv_bytes, workbook_bytes

OWN = ("Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address", "First Name")
OWN = (*OWN, "Last Name", "Custom Data 1")
PERSONAL = frozenset({"IP Address", "Email Address", "First Name", "Last Name"})
QUESTION = "Please tick the box that best describes you"


def survey(instrument: str, wave: str, write) -> Lines:
    """One submission a person."""
    statements = [f"... {text}" for text in KEYWORDS[instrument]]
    first = [*OWN, "What is your ID?", QUESTION, *[""] * (len(statements) - 1)]
    lines = Lines(first, [*[""] * len(OWN), "Open-Ended Response", *statements])
    month, day = ("02", "24") if wave == PRE else ("06", "16")
    for number, who in everyone():
        planted = {2: ("Sometimes, maybe", None), 5: ("N/A", None)} if who == "AB13" else None
        given, truth = cells(instrument, who, wave, write, planted)
        times = [f"{month}/{day}/2026 0{number}:{at}:11 PM" for at in (12, 15)]
        own = [f"11805221906{number}", "446111201", *times, f"192.0.2.{number}", f"jo{number}@example.org"]
        row = lines.add([*own, f"Jo{number}", "Doe", "", who, *given])
        lines.say(who, wave, truth, f"2026-{month}-{day}")
        if planted:
            lines.fault(row, statements[1], NO_ANSWER)
    return lines


def exports() -> list[Export]:
    """In words, in numbers, and as a workbook."""
    made = []
    for instrument, wave, write, name in (
        ("swemwbs", PRE, in_words, "Survey baseline.csv"),
        ("gse", POST, in_numbers, "Survey post.csv"),
        ("swemwbs", POST, in_words, "Survey T2.xlsx"),
    ):
        lines = survey(instrument, wave, write)
        data = csv_bytes(lines.rows) if name.endswith("csv") else workbook_bytes(Sheet=lines.rows)
        made.append(lines.export(name, data, aside=frozenset(OWN), personal=PERSONAL, from_name=["wave"]))
    return made

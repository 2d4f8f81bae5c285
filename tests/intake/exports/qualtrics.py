"""Qualtrics: three heading rows (name, text, ImportId), choice text or numeric recodes; the older form with two."""

from __future__ import annotations

import json

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
    in_numbers,
    in_words,
)
from tests.intake.made import csv_bytes

BOOKKEEPING = {
    "StartDate": "Start Date",
    "EndDate": "End Date",
    "Status": "Response Type",
    "IPAddress": "IP Address",
    "Progress": "Progress",
    "Duration (in seconds)": "Duration (in seconds)",
    "Finished": "Finished",
    "RecordedDate": "Recorded Date",
    "ResponseId": "Response ID",
    "RecipientLastName": "Recipient Last Name",
    "RecipientFirstName": "Recipient First Name",
    "RecipientEmail": "Recipient Email",
    "ExternalReference": "External Data Reference",
    "LocationLatitude": "Location Latitude",
    "LocationLongitude": "Location Longitude",
    "DistributionChannel": "Distribution Channel",
    "UserLanguage": "User Language",
}
PERSONAL = frozenset({"IPAddress", "RecipientLastName", "RecipientFirstName", "RecipientEmail"})
PLACES = frozenset({"LocationLatitude", "LocationLongitude"})
OTHERS = frozenset(BOOKKEEPING) | {"Q99"}


def lead(number: int, day: str, *, preview: bool = False, finished: bool = True, numeric: bool = False) -> list[object]:
    """The cells that Qualtrics puts before the answers."""
    status = (("0", "1") if numeric else ("IP Address", "Survey Preview"))[preview]
    yes, no = ("1", "0") if numeric else ("True", "False")
    moment = f"2026-{day} 10:1{number}:34"
    cells = [moment, f"2026-{day} 10:2{number}:49", status, "" if preview else f"192.0.2.{number}"]
    cells += ["100" if finished else "40", f"{200 + number}", yes if finished else no, f"2026-{day} 10:2{number}:50"]
    cells += [f"R_1gTest{number:07d}aB", "Doe", f"Jo{number}", f"jo{number}@example.org", ""]
    return [*cells, f"53.{number}", f"-1.{number}", "preview" if preview else "anonymous", "EN-GB"]


def headings(names: list[str], texts: list[str]) -> list[list[str]]:
    """The three heading rows."""
    identifiers = [json.dumps({"ImportId": name, "timeZone": "Europe/London"}) for name in [*BOOKKEEPING, *names]]
    return [[*BOOKKEEPING, *names], [*BOOKKEEPING.values(), *texts], identifiers]


def survey(instrument: str, wave: str, question: str, write, numeric: bool, planted: dict[str, Planted]) -> Lines:
    """A survey with a preview, an unfinished submission, and one answer a person."""
    statements = KEYWORDS[instrument]
    names = ["Q1", *(f"{question}_{at}" for at in range(1, len(statements) + 1)), "Q99"]
    texts = ["Your\nparticipant code", *(f"Over the last 2 weeks, ... - ... {text}" for text in statements), "More?"]
    lines = Lines(*headings(names, texts))
    day = "02-24" if wave == PRE else "06-16"
    given, _ = cells(instrument, "AB12", wave, write)
    row = lines.add([*lead(0, day, preview=True, numeric=numeric), "TEST", *given, ""], ASIDE)
    lines.fault(row, "Status", ROW_ASIDE)
    for number, who in everyone():
        finished = who != "CD08"
        given, truth = cells(instrument, who, wave, write, planted.get(who))
        row = lines.add([*lead(number, day, finished=finished, numeric=numeric), who, *given, "Thanks;\nsee you"])
        lines.say(who, wave, truth, f"2026-{day}")
        for at, (cell, code) in planted.get(who, {}).items():
            if cell != "" and code is None:
                lines.fault(row, f"{question}_{at}", NO_ANSWER)
    return lines


def choice_text() -> list[Export]:
    """Both waves in choice text; the question has another number after."""
    planted: dict[str, Planted] = {
        "CD08": {4: ("", None), 5: ("", None), 6: ("", None), 7: ("", None)},
        "EF21": {2: ("Prefer not to say", None), 3: ("3 - Some of the time", 3), 5: (" RARELY.", 2)},
    }
    made = []
    for wave, question, name in ((PRE, "Q14", "Wellbeing_baseline.csv"), (POST, "Q9", "Wellbeing_follow-up.csv")):
        lines = survey("swemwbs", wave, question, in_words, False, planted)
        made.append(
            lines.export(name, csv_bytes(lines.rows), aside=OTHERS, personal=PERSONAL | PLACES, from_name=["wave"])
        )
    return made


def numeric() -> list[Export]:
    """Numeric recodes of the self-efficacy scale; a question seen and left is -99."""
    planted: dict[str, Planted] = {"CD07": {2: ("-99", None), 9: ("", None)}, "EF22": {10: ("5", None)}}
    lines = survey("gse", PRE, "Q3", in_numbers, True, planted)
    more = {"aside": OTHERS, "personal": PERSONAL | PLACES, "from_name": ["wave"]}
    return [lines.export("Self-efficacy pre.csv", csv_bytes(lines.rows), **more)]


def tab_separated() -> list[Export]:
    """The same survey as a tab separated file in UTF-16."""
    lines = survey("uwes9", POST, "Q5", in_words, False, {"AB13": {4: ("Sometimes, I suppose", None)}})
    data = csv_bytes(lines.rows, delimiter="\t", encoding="utf-16")
    more = {"aside": OTHERS, "personal": PERSONAL | PLACES, "from_name": ["wave"]}
    return [lines.export("Engagement after.tsv", data, **more)]


def legacy() -> list[Export]:
    """The older form: V1, V2, ... over the texts, a byte order mark, and a comma at the end of each line."""
    texts = ["ResponseID", "ResponseSet", "IPAddress", "StartDate", "EndDate", "RecipientLastName"]
    texts += ["RecipientFirstName", "RecipientEmail", "ExternalDataReference", "Finished", "Status"]
    names = [f"V{number}" for number in range(1, len(texts) + 1)]
    statements = [f"... {text}" for text in KEYWORDS["swemwbs"]]
    lines = Lines(
        [*names, "Q1", *(f"Q2_{at}" for at in range(1, 8)), ""], [*texts, "Your participant code", *statements, ""]
    )
    for number, who in everyone():
        planted = {3: ("Sometimes", None)} if who == "AB13" else None
        given, truth = cells("swemwbs", who, PRE, in_words, planted)
        moment = f"2026-02-24 10:1{number}:00"
        own = [f"R_0l{number:07d}aB", "Default Response Set", f"192.0.2.{number}", moment, moment]
        own += ["Doe", f"Jo{number}", f"jo{number}@example.org", "", "1", "0"]
        row = lines.add([*own, who, *given, ""])
        lines.say(who, PRE, truth)
        if planted:
            lines.fault(row, "Q2_3", NO_ANSWER)
    data = csv_bytes(lines.rows, encoding="utf-8-sig")
    more = {"aside": frozenset({*names, *texts}), "personal": PERSONAL, "from_name": ["wave"]}
    return [lines.export("Old survey, before.csv", data, **more)]  # V3 says nothing: people call it by its text


def exports() -> list[Export]:
    """All files of this tool."""
    return [*choice_text(), *numeric(), *tab_separated(), *legacy()]

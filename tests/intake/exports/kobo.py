"""KoboToolbox (values or labels, semicolons, group paths) and ODK Central (commas, groups joined by a hyphen)."""

from __future__ import annotations

from tests.intake.exports.limesurvey import quoted
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
from tests.intake.made import csv_bytes

TAIL = (
    "_id",
    "_uuid",
    "_submission_time",
    "_validation_status",
    "_notes",
    "_status",
    "_submitted_by",
    "_tags",
    "_index",
)
STARTED = ("start", "end")


def kobo(headings: list[str], wave: str, write, missing: str, fault: bool) -> Lines:
    """One submission a person."""
    lines = Lines([*STARTED, *headings, *TAIL])
    day = "2026-02-24" if wave == PRE else "2026-06-16"
    for number, who in everyone():
        planted = {2: (missing, None), 6: ("", None)} if who == "CD07" else None
        given, truth = cells("swemwbs", who, wave, write, planted)
        times = [f"{day}T14:02:1{number}.000+00:00", f"{day}T14:05:4{number}.000+00:00"]
        tail = [f"5162043{number}", f"0f3c9a2e-0000-4000-8000-00000000000{number}", f"{day}T14:06:0{number}"]
        row = lines.add([*times, who, *given, *tail, "", "", "submitted_via_web", "", "", str(number)])
        lines.say(who, wave, truth, day)
        if who == "CD07" and fault:
            lines.fault(row, headings[2], NO_ANSWER)
    return lines


def odk() -> Export:
    """ODK Central."""
    own = ["SubmissionDate", "start", "end", "pid"]
    tail = ["meta-instanceID", "KEY", "SubmitterID", "SubmitterName", "AttachmentsPresent", "AttachmentsExpected"]
    tail += ["Status", "ReviewState", "DeviceID", "Edits", "FormVersion"]
    lines = Lines([*own, *(f"wellbeing-swemwbs_{at}" for at in range(1, 8)), *tail])
    for number, who in everyone():
        given, truth = cells("swemwbs", who, PRE, in_numbers, {4: ("999", None)} if who == "EF22" else None)
        moment = f"2026-02-24T14:0{number}:11.000Z"
        key = f"uuid:0f3c9a2e-0000-4000-8000-00000000000{number}"
        row = lines.add(
            [moment, moment, moment, who, *given, key, key, "21", "Tablet 1", "0", "0", "", "", "", "0", "1"]
        )
        lines.say(who, PRE, truth, "2026-02-24")
        if who == "EF22":
            lines.fault(row, "wellbeing-swemwbs_4", NO_ANSWER)
    out = frozenset({*own[:3], *tail})
    return lines.export("wellbeing pre.csv", csv_bytes(lines.rows), aside=out, from_name=["wave"])


def exports() -> list[Export]:
    """Values, labels, and ODK Central."""
    values = kobo(["pid", *(f"wellbeing/swemwbs_{at}" for at in range(1, 8))], PRE, in_numbers, "99", True)
    headings = ["Participant ID", *(f"Wellbeing/... {text}" for text in KEYWORDS["swemwbs"])]
    labels = kobo(headings, POST, in_words, "Prefer not to answer", True)
    out = frozenset({*STARTED, *TAIL})
    return [
        values.export("kobo baseline.csv", quoted(values.rows, ";"), aside=out, from_name=["wave"]),
        labels.export("kobo follow-up.csv", quoted(labels.rows, ";"), aside=out, from_name=["wave"]),
        odk(),
    ]

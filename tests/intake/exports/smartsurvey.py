"""SmartSurvey: three heading rows, apostrophes as `@SQ@`, and `-` or `.` where nothing was answered."""

from __future__ import annotations

from tests.intake.exports.people import KEYWORDS, NO_ANSWER, PRE, Export, Lines, cells, everyone
from tests.intake.made import csv_bytes

OWN = ("UserID", "Started", "Ended", "IP Address")


def exports() -> list[Export]:
    """One file, before."""
    statements = [f"I@SQ@d say ... {text}" for text in KEYWORDS["swemwbs"]]
    first = [*OWN, "Q1. Your ID", "Q2. Over the last 2 weeks,", *[""] * 6]
    lines = Lines(first, [*[""] * 5, *statements], [""] * 12)
    for number, who in everyone():
        planted = {
            "AB13": {3: ("-", None), 4: (".", None), 5: ("", None)},
            "EF21": {2: ("Don@SQ@t know", None)},
        }.get(who)
        given, truth = cells("swemwbs", who, PRE, planted=planted)
        moment = [f"24/02/2026 14:0{number}", f"24/02/2026 14:1{number}"]
        row = lines.add([f"14023387{number}", *moment, "-" if number == 1 else f"192.0.2.{number}", who, *given])
        lines.say(who, PRE, truth, "2026-02-24")
        if who == "EF21":
            lines.fault(row, statements[1], NO_ANSWER)
    data = csv_bytes(lines.rows)
    more = {"aside": frozenset(OWN), "personal": frozenset({"IP Address"}), "from_name": ["wave"]}
    return [lines.export("smart survey pre.csv", data, **more)]

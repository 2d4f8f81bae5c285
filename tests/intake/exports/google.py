"""Google Forms: grid headings `Question [Row]` in words, linear scales in numbers, no identifier of its own."""

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
)
from tests.intake.made import csv_bytes

GRID = "Below are some statements, please tick one each"


def exports() -> list[Export]:
    """One file for both waves: people say themselves which it is."""
    grid = [f"{GRID} [... {text}]" for text in KEYWORDS["swemwbs"]]
    scale = [f"How true is it: {text}?" for text in KEYWORDS["gse"]]
    lines = Lines(["Timestamp", "Email Address", "Your ID", "Time point", *grid, *scale, "Any other comments?"])
    for wave, said, day in ((PRE, "Before", "24/02/2026"), (POST, "After", "16/06/2026")):
        for number, who in everyone():
            words, truth = cells("swemwbs", who, wave, planted={6: ("N/A", None)} if number == 2 else None)
            numbers, more = cells("gse", who, wave, in_numbers, {1: ("0", None)} if who == "CD07" else None)
            stamp = f"{day} 14:0{number}:40"
            row = lines.add([stamp, f"jo{number}@example.org", who, said, *words, *numbers, "a, b"])
            lines.say(who, wave, truth | more, "-".join(reversed(day.split("/"))))
            if who == "CD07":
                lines.fault(row, scale[0], NO_ANSWER)
    out = frozenset({"Email Address"})
    data = csv_bytes(lines.rows)
    return [lines.export("Responses.csv", data, aside=out | {"Any other comments?", "Timestamp"}, personal=out)]

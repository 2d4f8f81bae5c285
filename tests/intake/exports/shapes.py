"""Plain tables in the shapes that people make: a wave a column name (wide) or a wave a row (long)."""

from __future__ import annotations

from collections.abc import Callable

from tests.intake.exports.people import (
    ASIDE,
    NO_ANSWER,
    POST,
    PRE,
    ROW_ASIDE,
    Answered,
    Export,
    Lines,
    cells,
    everyone,
    in_numbers,
    in_words,
)
from tests.intake.made import csv_bytes, workbook_bytes


def wide(name: str, instrument: str, heading: Callable[[int, str], str], write) -> Export:
    """A row a person: somebody who never came back, somebody with a fault, a row without a code."""
    n = len(cells(instrument, "AB12", PRE)[0])
    names = [heading(at, wave) for wave in (PRE, POST) for at in range(1, n + 1)]
    lines = Lines(["ID", "Site", *names])
    for number, who in everyone():
        planted = {PRE: {2: ("77", None)}, POST: {n: ("", None)}} if number == 2 else {}
        parts: dict[str, tuple[list[object], Answered]] = {
            wave: cells(instrument, who, wave, write, planted.get(wave)) for wave in (PRE, POST)
        }
        if number == 4:
            parts[POST] = ([""] * n, {})
        row = lines.add([who, "North", *parts[PRE][0], *parts[POST][0]])
        for wave, (_, truth) in parts.items():
            if truth:
                lines.say(who, wave, truth)
        if planted:
            lines.fault(row, heading(2, PRE), NO_ANSWER)
    row = lines.add(["", "North", *cells(instrument, "CD08", PRE, write)[0], *[""] * n], ASIDE)
    lines.fault(row, "ID", ROW_ASIDE)
    data = csv_bytes(lines.rows) if name.endswith("csv") else workbook_bytes(Data=lines.rows)
    return lines.export(name, data)


def wide_files() -> list[Export]:
    """The ways in which the wave stands in a name."""
    word = {PRE: "baseline", POST: "followup"}
    return [
        wide("scores.csv", "gse", lambda at, wave: f"gse_{at}_{wave}", in_numbers),
        wide("joined.xlsx", "swemwbs", lambda at, wave: f"{'T1' if wave == PRE else 'T2'} SWEMWBS {at}", in_words),
        wide("both waves.csv", "swemwbs", lambda at, wave: f"swemwbs_{at}_{word[wave]}", in_numbers),
    ]


def long(name: str, phase: dict[str, str], said: dict[str, dict[str, str]] | None = None) -> Export:
    """A row a person and wave: a wave of another word, the heading line again, and two rows that say the same."""
    n = len(cells("uwes9", "AB12", PRE)[0])
    names = [f"UWES{at}" for at in range(1, n + 1)]
    lines = Lines(["Respondent", "Phase", "Role", *names])
    for wave in (PRE, POST):
        for number, who in everyone():
            given, truth = cells("uwes9", who, wave, in_words, {3: ("Daily", None)} if number == 6 else None)
            row = lines.add([who, phase[wave], "Staff", *given])
            lines.say(who, wave, truth)
            if number == 6:
                lines.fault(row, "UWES3", NO_ANSWER)
        if wave == PRE:
            row = lines.add(lines.rows[0], ASIDE)
            lines.fault(row, "", ROW_ASIDE)
    row = lines.add(["EF22", "Halfway", "Staff", *cells("uwes9", "EF22", PRE)[0]], ASIDE)
    lines.fault(row, "Phase", ROW_ASIDE)
    given, _ = cells("uwes9", "AB12", POST)
    row = lines.add(["AB12", phase[POST], "Staff", *given], ASIDE)
    lines.fault(row, "", ROW_ASIDE)
    return lines.export(name, csv_bytes(lines.rows), said=said or {})


def long_files() -> list[Export]:
    """Words of which nobody needs to be asked, and figures that only a person can explain."""
    return [
        long("staff.csv", {PRE: "Baseline", POST: "Follow-up"}),
        long("staff phases.csv", {PRE: "1", POST: "2"}, {"wave": {"1": PRE, "2": POST}}),
    ]
